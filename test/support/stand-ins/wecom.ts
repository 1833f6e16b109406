import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { z } from 'zod';
import { type EnvelopeKey, sealEnvelope, sortedSignature } from '../../../adapters/bot/envelope.ts';

/**
 * WeCom on this machine, as far as it is documented: tokens that run out, messages to members, cards that are changed
 * with a code that works once, the directory, a group robot that has enough after twenty a minute, and its callbacks.
 */

const Credentials = z.object({ corpid: z.string(), corpsecret: z.string() });
const ButtonShape = z.object({ text: z.string().min(1), style: z.number().optional(), key: z.string().min(1) });
const TemplateCard = z.object({
  card_type: z.literal('button_interaction'),
  main_title: z.object({ title: z.string().optional(), desc: z.string().optional() }),
  sub_title_text: z.string().optional(),
  horizontal_content_list: z
    .array(z.object({ keyname: z.string().min(1), value: z.string() }))
    .max(6)
    .optional(),
  task_id: z.string().regex(/^[\w@-]{1,128}$/),
  button_list: z.array(ButtonShape).min(1).max(6),
  replace_text: z.string().optional(),
});
const Message = z.discriminatedUnion('msgtype', [
  z.object({ msgtype: z.literal('text'), touser: z.string().min(1), agentid: z.number(), text: z.object({ content: z.string().min(1) }) }),
  z.object({ msgtype: z.literal('template_card'), touser: z.string().min(1), agentid: z.number(), template_card: TemplateCard }),
]);
const Change = z.object({
  userids: z.array(z.string()).min(1),
  agentid: z.number(),
  response_code: z.string(),
  template_card: TemplateCard,
});
const Robot = z.object({ msgtype: z.literal('text'), text: z.object({ content: z.string().min(1) }) });

const mostMembers = 1_000;
const robotPerMinute = 20;
/** Beyond it a channel is cut off for a while, as it should be where nothing comes back. */
const mostUnanswered = 5;

/** Ways in which a platform is not there. */
export type Cut = 'none' | 'down' | 'hangs' | 'fails' | 'refusesTokens' | 'losesAnswers';

export type Said = { readonly to: readonly string[]; readonly message: z.output<typeof Message> };

export const startWecom = async ({
  prefix = '',
  directory = {},
}: { prefix?: string; directory?: { readonly [mobile: string]: string } } = {}) => {
  const app = fastify({ bodyLimit: 10_000_000 });
  const identity = { corpId: 'ww1', agentId: 1_000_002, secret: 'a secret of the application', robotKey: 'robot-key' };
  const state = { tokens: 0, token: '', codes: 0, robot: 0, calls: 0 };
  let cut: Cut = 'none';
  /** What was taken and may come again, by what it says. */
  const takenBefore = new Set<string>();
  const unanswered = new Set<string>();
  const said: Said[] = [];
  const changed: z.output<typeof Change>[] = [];
  const toGroup: string[] = [];
  const lookedUp: string[] = [];
  /** Codes that still change a card, with what they belong to. */
  const codes = new Set<string>();
  const taskIds = new Set<string>();
  const failures: number[] = [];
  const refused = new Set<string>();

  app.addHook('onRequest', async (request, reply) => {
    state.calls += 1;
    if (cut === 'down') request.raw.socket.destroy();
    if (cut === 'down' || cut === 'hangs') return reply.hijack();
    return cut === 'fails' ? reply.code(502).send('bad gateway') : undefined;
  });
  // taken, and nobody hears of it
  app.addHook('onSend', async (request, _reply, payload) => {
    const isSent = cut === 'losesAnswers' && request.url.includes('/message/send');
    const words = JSON.stringify(request.body ?? '');
    if (isSent && !unanswered.has(words) && unanswered.size < mostUnanswered) {
      unanswered.add(words);
      request.raw.socket.destroy();
    }
    return payload;
  });

  const guarded = (query: unknown): { errcode: number; errmsg: string } | undefined => {
    const { access_token: token } = query as { readonly access_token?: string };
    if (token === undefined) return { errcode: 41_001, errmsg: 'access_token missing' };
    if (cut === 'refusesTokens') return { errcode: 42_001, errmsg: 'access_token expired' };
    if (token !== state.token) return { errcode: 42_001, errmsg: 'access_token expired' };
    const failure = failures.shift();
    return failure === undefined ? undefined : { errcode: failure, errmsg: 'as asked' };
  };

  app.get(`${prefix}/cgi-bin/gettoken`, async ({ query }) => {
    const { corpid, corpsecret } = Credentials.parse(query);
    if (corpid !== identity.corpId) return { errcode: 40_013, errmsg: 'invalid corpid' };
    if (corpsecret !== identity.secret || cut === 'refusesTokens') return { errcode: 40_001, errmsg: 'invalid secret' };
    state.tokens += 1;
    state.token = `token-${state.tokens}`;
    return { errcode: 0, errmsg: 'ok', access_token: state.token, expires_in: 7_200 };
  });

  app.post(`${prefix}/cgi-bin/message/send`, async ({ query, body }) => {
    const fault = guarded(query);
    if (fault) return fault;
    const parsed = Message.safeParse(body);
    if (!parsed.success) return { errcode: 40_058, errmsg: parsed.error.message };
    const message = parsed.data;
    if (message.agentid !== identity.agentId) return { errcode: 40_056, errmsg: 'invalid agentid' };
    const to = message.touser.split('|');
    if (to.length > mostMembers) return { errcode: 40_032, errmsg: 'too many members' };
    const known = to.filter((account) => !refused.has(account));
    if (known.length === 0) return { errcode: 81_013, errmsg: 'no member may be reached', invaliduser: to.join('|') };
    if (message.msgtype === 'template_card') {
      if (taskIds.has(message.template_card.task_id)) return { errcode: 40_058, errmsg: 'task_id was used before' };
      taskIds.add(message.template_card.task_id);
    }
    const again = JSON.stringify(body);
    const checksAgain = (body as { readonly enable_duplicate_check?: number }).enable_duplicate_check === 1;
    if (checksAgain && message.msgtype === 'text' && takenBefore.has(again)) return { errcode: 0, errmsg: 'ok', msgid: 'again' };
    takenBefore.add(again);
    said.push({ to: known, message });
    const answer = {
      errcode: 0,
      errmsg: 'ok',
      msgid: `msg-${said.length}`,
      invaliduser: to.filter((account) => refused.has(account)).join('|'),
    };
    if (message.msgtype !== 'template_card') return answer;
    const code = `code-${(state.codes += 1)}`;
    codes.add(code);
    return { ...answer, response_code: code };
  });

  app.post(`${prefix}/cgi-bin/message/update_template_card`, async ({ query, body }) => {
    const fault = guarded(query);
    if (fault) return fault;
    const parsed = Change.safeParse(body);
    if (!parsed.success) return { errcode: 40_058, errmsg: parsed.error.message };
    if (!codes.delete(parsed.data.response_code)) return { errcode: 42_045, errmsg: 'response_code was used or is too old' };
    changed.push(parsed.data);
    return { errcode: 0, errmsg: 'ok' };
  });

  app.post(`${prefix}/cgi-bin/user/getuserid`, async ({ query, body }) => {
    const fault = guarded(query);
    if (fault) return fault;
    const { mobile } = z.object({ mobile: z.string() }).parse(body);
    lookedUp.push(mobile);
    const userid = directory[mobile];
    return userid === undefined ? { errcode: 46_004, errmsg: 'no such member' } : { errcode: 0, errmsg: 'ok', userid };
  });

  app.post(`${prefix}/cgi-bin/webhook/send`, async ({ query, body }) => {
    if ((query as { readonly key?: string }).key !== identity.robotKey) return { errcode: 93_000, errmsg: 'invalid webhook' };
    state.robot += 1;
    if (state.robot > robotPerMinute) return { errcode: 45_009, errmsg: 'api freq out of limit' };
    toGroup.push(Robot.parse(body).text.content);
    return { errcode: 0, errmsg: 'ok' };
  });

  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;

  return {
    ...identity,
    base: `http://127.0.0.1:${port}${prefix}`,
    said,
    changed,
    toGroup,
    lookedUp,
    refuses: (account: string) => void refused.add(account),
    /** The next calls with a token are answered with these codes. */
    fails: (...errcodes: readonly number[]) => void failures.push(...errcodes),
    forgetsToken: () => void (state.token = 'gone'),
    goesDown: (down: boolean) => void (cut = down ? 'down' : 'none'),
    /** From now on it does this to whoever calls. */
    isCut: (how: Cut) => void (cut = how),
    tokensGiven: () => state.tokens,
    calls: () => state.calls,
    /** A fresh code, as each press brings one. */
    newCode: (): string => {
      const code = `code-${(state.codes += 1)}`;
      codes.add(code);
      return code;
    },
    close: async () => {
      app.server.closeAllConnections();
      await app.close();
    },
  };
};

export type Wecom = Awaited<ReturnType<typeof startWecom>>;

type Callback = { readonly url: string; readonly payload: string };

/** A callback as WeCom makes it: encrypted, signed, with its stamps in the query. */
export const callbackOf = (
  fields: { readonly [name: string]: string },
  {
    token,
    key,
    at,
    path = '/channels/wecom',
  }: { readonly token: string; readonly key: EnvelopeKey; readonly at: number; readonly path?: string },
): Callback => {
  const inner = Object.entries(fields)
    .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
    .join('');
  const encrypted = sealEnvelope(`<xml>${inner}</xml>`, key, randomBytes(16));
  const [timestamp, nonce] = [String(Math.floor(at / 1_000)), randomBytes(8).toString('hex')];
  const query = new URLSearchParams({ msg_signature: sortedSignature(token, timestamp, nonce, encrypted), timestamp, nonce });
  return {
    url: `${path}?${query.toString()}`,
    payload: `<xml><ToUserName><![CDATA[ww1]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
  };
};
