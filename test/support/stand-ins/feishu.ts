import { createCipheriv, hash, randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { signatureOf } from '../../../adapters/feishu/verify.ts';

/**
 * Feishu on this machine, as far as it is documented: tokens that run out, messages that are the same under the same
 * uuid, cards that may be changed, urgent ones, many at once, the directory, refusals with their HTTP status, and its
 * callbacks. Its own SDK speaks with it in the tests.
 */

const plainText = z.object({ tag: z.literal('plain_text'), content: z.string() });
const Button = z.object({
  tag: z.literal('button'),
  text: plainText,
  type: z.enum(['default', 'primary', 'danger']),
  behaviors: z.array(z.object({ type: z.literal('callback'), value: z.record(z.string(), z.string()) })).length(1),
  name: z.string().optional(),
  form_action_type: z.literal('submit').optional(),
});
const Row = z.object({
  tag: z.literal('column_set'),
  flex_mode: z.string(),
  columns: z.array(z.object({ tag: z.literal('column'), width: z.string(), elements: z.array(Button).length(1) })),
});
const Field = z.discriminatedUnion('tag', [
  z.object({
    tag: z.literal('input'),
    name: z.string(),
    required: z.boolean(),
    label: plainText,
    max_length: z.number().min(1).max(1_000),
  }),
  z.object({ tag: z.literal('date_picker'), name: z.string(), required: z.boolean(), placeholder: plainText }),
  z.object({ tag: z.literal('picker_time'), name: z.string(), required: z.boolean(), placeholder: plainText }),
  z.object({
    tag: z.literal('select_static'),
    name: z.string(),
    required: z.boolean(),
    options: z.array(z.object({ text: plainText, value: z.string() })).min(1),
  }),
]);
const Div = z.object({ tag: z.literal('div'), text: plainText });
const Form = z.object({ tag: z.literal('form'), name: z.string(), elements: z.array(z.union([Div, Field, Row])) });
const CardShape = z.object({
  schema: z.literal('2.0'),
  config: z.object({ update_multi: z.literal(true), summary: z.object({ content: z.string() }).optional() }),
  header: z.object({ title: plainText, template: z.enum(['blue', 'orange', 'red', 'green']) }),
  body: z.object({ elements: z.array(z.union([Div, Form, Row])) }),
});
export type FeishuCard = z.output<typeof CardShape>;

const Send = z.object({
  receive_id: z.string().min(1),
  msg_type: z.enum(['text', 'interactive']),
  content: z.string().min(1),
  uuid: z.string().max(50).optional(),
});
const TextContent = z.object({ text: z.string().min(1) });
const Batch = z.object({
  open_ids: z.array(z.string()).min(1).max(200),
  msg_type: z.literal('text'),
  content: TextContent,
});
const Urgent = z.object({ user_id_list: z.array(z.string()).min(1).max(200) });
const LookUp = z.object({ mobiles: z.array(z.string()).max(50) });

const mostCardBytes = 30_000;

type Said = { readonly id: string; readonly to: string; readonly type: string; readonly card?: FeishuCard; readonly text?: string };

const readCard = (content: string): FeishuCard | undefined => {
  if (Buffer.byteLength(content) > mostCardBytes) return undefined;
  return CardShape.safeParse(JSON.parse(content)).data;
};

export const startFeishu = async ({
  prefix = '',
  directory = {},
}: { prefix?: string; directory?: { readonly [mobile: string]: string } } = {}) => {
  const app = fastify({ bodyLimit: 1_000_000 });
  const identity = { appId: 'cli_a1', appSecret: 'a secret of the application', groupChatId: 'oc_office' };
  const state = { tokens: 0, token: '', down: false, calls: 0, seconds: 0 };
  const said: Said[] = [];
  const changed: { readonly id: string; readonly card: FeishuCard }[] = [];
  const urged: { readonly id: string; readonly how: string; readonly to: readonly string[] }[] = [];
  const toMany: { readonly to: readonly string[]; readonly text: string }[] = [];
  const lookedUp: (readonly string[])[] = [];
  const byUuid = new Map<string, string>();
  const failures: { readonly status: number; readonly code: number }[] = [];
  const refused = new Set<string>();

  app.addHook('onRequest', async (request, reply) => {
    state.calls += 1;
    if (!state.down) return;
    request.raw.socket.destroy();
    return reply;
  });

  const say = (reply: FastifyReply, code: number, status = 400) => reply.code(status).send({ code, msg: 'as asked' });

  /** Whether the call may go on; otherwise it has been answered. */
  const isAllowed = (request: FastifyRequest, reply: FastifyReply): boolean => {
    const { authorization } = request.headers;
    const isKnown = authorization === `Bearer ${state.token}`;
    const badToken = authorization === undefined ? 99_991_661 : 99_991_663;
    const failure = isKnown ? failures.shift() : { status: 400, code: badToken };
    if (!failure) return true;
    if (failure.status === 429) reply.header('x-ogw-ratelimit-limit', '100').header('x-ogw-ratelimit-reset', String(state.seconds));
    say(reply, failure.code, failure.status);
    return false;
  };

  app.post(`${prefix}/open-apis/auth/v3/tenant_access_token/internal`, async ({ body }) => {
    const { app_id: appId, app_secret: secret } = z.object({ app_id: z.string(), app_secret: z.string() }).parse(body);
    if (appId !== identity.appId) return { code: 10_003, msg: 'invalid param' };
    if (secret !== identity.appSecret) return { code: 10_014, msg: 'app secret invalid' };
    state.tokens += 1;
    state.token = `t-${state.tokens}`;
    return { code: 0, msg: 'ok', tenant_access_token: state.token, expire: 7_200 };
  });

  app.post(`${prefix}/open-apis/im/v1/messages`, async (request, reply) => {
    if (!isAllowed(request, reply)) return reply;
    const { receive_id_type: type } = z.object({ receive_id_type: z.enum(['open_id', 'chat_id']) }).parse(request.query);
    const parsed = Send.safeParse(request.body);
    if (!parsed.success) return say(reply, 230_001);
    const { receive_id: to, msg_type: kind, content, uuid } = parsed.data;
    if (type === 'chat_id' && to !== identity.groupChatId) return say(reply, 230_002);
    if (refused.has(to)) return say(reply, 230_013);
    const known = uuid === undefined ? undefined : byUuid.get(uuid);
    if (known !== undefined) return { code: 0, msg: 'success', data: { message_id: known, chat_id: 'oc_1', msg_type: kind } };
    const card = kind === 'interactive' ? readCard(content) : undefined;
    if (kind === 'interactive' && !card) return say(reply, 230_099);
    const id = `om_${said.length + 1}`;
    said.push({ id, to, type: kind, ...(card ? { card } : TextContent.parse(JSON.parse(content))) });
    if (uuid !== undefined) byUuid.set(uuid, id);
    return { code: 0, msg: 'success', data: { message_id: id, chat_id: 'oc_1', msg_type: kind } };
  });

  app.patch(`${prefix}/open-apis/im/v1/messages/:id`, async (request, reply) => {
    if (!isAllowed(request, reply)) return reply;
    const { id } = z.object({ id: z.string() }).parse(request.params);
    const { content } = z.object({ content: z.string() }).parse(request.body);
    const card = readCard(content);
    if (said.every((one) => one.id !== id || one.type !== 'interactive')) return say(reply, 230_001);
    if (!card) return say(reply, 230_099);
    changed.push({ id, card });
    return { code: 0, msg: 'success', data: {} };
  });

  for (const how of ['app', 'sms', 'phone'])
    app.patch(`${prefix}/open-apis/im/v1/messages/:id/urgent_${how}`, async (request, reply) => {
      if (!isAllowed(request, reply)) return reply;
      const { id } = z.object({ id: z.string() }).parse(request.params);
      z.object({ user_id_type: z.literal('open_id') }).parse(request.query);
      const { user_id_list: people } = Urgent.parse(request.body);
      if (said.every((one) => one.id !== id)) return say(reply, 230_001);
      urged.push({ id, how, to: people });
      return { code: 0, msg: 'success', data: { invalid_user_id_list: people.filter((person) => refused.has(person)) } };
    });

  app.post(`${prefix}/open-apis/message/v4/batch_send/`, async (request, reply) => {
    if (!isAllowed(request, reply)) return reply;
    const parsed = Batch.safeParse(request.body);
    if (!parsed.success) return say(reply, 11_203);
    const { open_ids: people, content } = parsed.data;
    toMany.push({ to: people.filter((person) => !refused.has(person)), text: content.text });
    const invalid = people.filter((person) => refused.has(person));
    return {
      code: 0,
      msg: 'ok',
      data: { message_id: 'bm-1', invalid_department_ids: [], invalid_open_ids: invalid, invalid_user_ids: [] },
    };
  });

  app.post(`${prefix}/open-apis/contact/v3/users/batch_get_id`, async (request, reply) => {
    if (!isAllowed(request, reply)) return reply;
    z.object({ user_id_type: z.literal('open_id') }).parse(request.query);
    const parsed = LookUp.safeParse(request.body);
    if (!parsed.success) return say(reply, 40_001);
    const { mobiles } = parsed.data;
    lookedUp.push(mobiles);
    const users = mobiles.map((mobile) => (directory[mobile] === undefined ? { mobile } : { mobile, user_id: directory[mobile] }));
    return { code: 0, msg: 'success', data: { user_list: users } };
  });

  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;

  return {
    ...identity,
    base: `http://127.0.0.1:${port}${prefix}`,
    said,
    changed,
    urged,
    toMany,
    lookedUp,
    refuses: (account: string) => void refused.add(account),
    /** The next call with a token is answered so. */
    fails: (code: number, status = 400) => void failures.push({ code, status }),
    /** The next call is one too many; `seconds` until it would not be. */
    throttles: (seconds: number) => {
      state.seconds = seconds;
      failures.push({ code: 99_991_400, status: 429 });
    },
    forgetsToken: () => void (state.token = 'gone'),
    goesDown: (down: boolean) => void (state.down = down),
    tokensGiven: () => state.tokens,
    calls: () => state.calls,
    close: () => app.close(),
  };
};

export type Feishu = Awaited<ReturnType<typeof startFeishu>>;

const encrypt = (text: string, key: string): string => {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', hash('sha256', key, 'buffer'), iv);
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
};

export type FeishuCallback = { readonly payload: string; readonly headers: { readonly [name: string]: string } };

/** A callback as Feishu makes it: encrypted, and signed over the bytes. The question about the address is not signed. */
export const feishuCallbackOf = (
  fields: object,
  { encryptKey, at, isSigned = true }: { readonly encryptKey: string; readonly at: number; readonly isSigned?: boolean },
): FeishuCallback => {
  const payload = JSON.stringify({ encrypt: encrypt(JSON.stringify(fields), encryptKey) });
  const headers = { 'content-type': 'application/json' };
  if (!isSigned) return { payload, headers };
  const [timestamp, nonce] = [String(Math.floor(at / 1_000)), randomBytes(8).toString('hex')];
  return {
    payload,
    headers: {
      ...headers,
      'x-lark-request-timestamp': timestamp,
      'x-lark-request-nonce': nonce,
      'x-lark-signature': signatureOf(timestamp, nonce, encryptKey, Buffer.from(payload)),
    },
  };
};
