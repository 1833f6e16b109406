import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { type EnvelopeKey, sealEnvelope, sortedSignature } from '../../../adapters/bot/envelope.ts';
import { cardSignature, robotSignature } from '../../../adapters/dingtalk/verify.ts';

/**
 * DingTalk on this machine, as far as it is documented: tokens that run out, messages of a robot to people and groups,
 * cards of a template that are changed, DINGs, the directory of the old interfaces, a robot of a group with a signature,
 * the stream that its own SDK opens, and its callbacks.
 */

const Texts = z.record(z.string(), z.string());
const Markdown = z.object({ title: z.string().min(1), text: z.string().min(1) });
const ToPeople = z.object({
  robotCode: z.string(),
  userIds: z.array(z.string()).min(1).max(20),
  msgKey: z.literal('sampleMarkdown'),
  msgParam: z.string(),
});
const ToGroup = z.object({
  robotCode: z.string(),
  openConversationId: z.string(),
  msgKey: z.literal('sampleMarkdown'),
  msgParam: z.string(),
});
const CardShape = z.object({
  cardTemplateId: z.string().min(1),
  outTrackId: z.string().min(1).max(64),
  callbackType: z.enum(['STREAM', 'HTTP']),
  callbackRouteKey: z.string().optional(),
  cardData: z.object({ cardParamMap: Texts }),
  userIdType: z.literal(1),
  openSpaceId: z.string().regex(/^dtv1\.card\/\/IM_(?:ROBOT|GROUP)\.\S+$/),
});
const Change = z.object({
  outTrackId: z.string(),
  cardData: z.object({ cardParamMap: Texts }),
  cardUpdateOptions: z.object({ updateCardDataByKey: z.boolean() }),
});
const Ding = z.object({
  robotCode: z.string(),
  remindType: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  receiverUserIdList: z.array(z.string()).min(1),
  content: z.string().min(1),
});
const ButtonShape = z.array(
  z.object({
    text: z.string().min(1),
    color: z.enum(['gray', 'red', 'blue']),
    status: z.literal('normal'),
    event: z.object({ type: z.literal('sendCardRequest'), params: z.object({ actionId: z.string(), params: Texts }) }),
  }),
);

const robotPerMinute = 20;

export const startDingtalk = async ({ directory = {} }: { directory?: { readonly [mobile: string]: string } } = {}) => {
  const app = fastify({ bodyLimit: 1_000_000 });
  const sockets = new WebSocketServer({ noServer: true });
  const identity = { clientId: 'ding1', clientSecret: 'a secret of the application', robot: { token: 'robot-token', secret: 'SECrobot' } };
  const state = { tokens: 0, token: '', down: false, calls: 0, robot: 0, tickets: 0 };
  const said: { readonly to: readonly string[]; readonly title: string; readonly text: string }[] = [];
  const cards: z.output<typeof CardShape>[] = [];
  const changed: z.output<typeof Change>[] = [];
  const dings: z.output<typeof Ding>[] = [];
  const toGroup: string[] = [];
  const lookedUp: string[] = [];
  const failures: { readonly status: number; readonly code: string }[] = [];
  const oldFailures: object[] = [];
  const refused = new Set<string>();
  const limited = new Set<string>();
  const readers = new Set<string>();
  const streams = new Set<WebSocket>();
  const acknowledged: { readonly messageId: string; readonly data: unknown }[] = [];

  app.addHook('onRequest', async (request, reply) => {
    state.calls += 1;
    if (!state.down) return;
    request.raw.socket.destroy();
    return reply;
  });

  const say = (reply: FastifyReply, code: string, status = 400) => reply.code(status).send({ code, message: 'as asked', requestid: 'r' });

  const isAllowed = (request: FastifyRequest, reply: FastifyReply): boolean => {
    const isKnown = request.headers['x-acs-dingtalk-access-token'] === state.token;
    const failure = isKnown ? failures.shift() : { status: 401, code: 'InvalidAuthentication' };
    if (!failure) return true;
    say(reply, failure.code, failure.status);
    return false;
  };

  app.post('/v1.0/oauth2/accessToken', async ({ body }, reply) => {
    const { appKey, appSecret } = z.object({ appKey: z.string(), appSecret: z.string() }).parse(body);
    if (appKey !== identity.clientId || appSecret !== identity.clientSecret) return say(reply, 'invalidClientIdOrSecret');
    state.tokens += 1;
    state.token = `token-${state.tokens}`;
    return { accessToken: state.token, expireIn: 7_200 };
  });

  app.post('/v1.0/robot/oToMessages/batchSend', async (request, reply) => {
    if (!isAllowed(request, reply)) return reply;
    const parsed = ToPeople.safeParse(request.body);
    if (!parsed.success) return say(reply, 'invalidParameter');
    const { userIds, msgParam } = parsed.data;
    const gone = userIds.filter((one) => refused.has(one));
    const slow = userIds.filter((one) => limited.has(one));
    said.push({ to: userIds.filter((one) => !gone.includes(one) && !slow.includes(one)), ...Markdown.parse(JSON.parse(msgParam)) });
    return { processQueryKey: `q-${said.length}`, invalidStaffIdList: gone, flowControlledStaffIdList: slow };
  });

  app.get('/v1.0/robot/oToMessages/readStatus', async (request, reply) => {
    if (!isAllowed(request, reply)) return reply;
    const { robotCode, processQueryKey } = z
      .object({ robotCode: z.string().min(1), processQueryKey: z.string().min(1) })
      .parse(request.query);
    const sending = robotCode === identity.clientId ? said[Number(processQueryKey.slice(2)) - 1] : undefined;
    if (!sending) return say(reply, 'invalidParameter.processQueryKey');
    const messageReadInfoList = sending.to.map((userId) => ({
      userId,
      name: '',
      readStatus: readers.has(userId) ? 'READ' : 'UNREAD',
      readTimestamp: 0,
    }));
    return { sendStatus: 'SUCCESS', messageReadInfoList };
  });

  app.post('/v1.0/robot/groupMessages/send', async (request, reply) => {
    if (!isAllowed(request, reply)) return reply;
    const { msgParam } = ToGroup.parse(request.body);
    toGroup.push(Markdown.parse(JSON.parse(msgParam)).text);
    return { processQueryKey: 'q' };
  });

  app.post('/v1.0/card/instances/createAndDeliver', async (request, reply) => {
    if (!isAllowed(request, reply)) return reply;
    const parsed = CardShape.safeParse(request.body);
    if (!parsed.success) return say(reply, 'param.error');
    ButtonShape.parse(JSON.parse(parsed.data.cardData.cardParamMap['buttons'] ?? '[]'));
    cards.push(parsed.data);
    const [, spaceType, spaceId = ''] = /\/\/(IM_\w+)\.(\S+)$/.exec(parsed.data.openSpaceId) ?? [];
    const deliverResults = [{ spaceType, spaceId, success: !refused.has(spaceId), errorMsg: '' }];
    return { success: true, result: { outTrackId: parsed.data.outTrackId, deliverResults } };
  });

  app.put('/v1.0/card/instances', async (request, reply) => {
    if (!isAllowed(request, reply)) return reply;
    const change = Change.parse(request.body);
    if (cards.every(({ outTrackId }) => outTrackId !== change.outTrackId)) return say(reply, 'card.notExist');
    changed.push(change);
    return { success: true, result: true };
  });

  app.post('/v1.0/robot/ding/send', async (request, reply) => {
    if (!isAllowed(request, reply)) return reply;
    const parsed = Ding.safeParse(request.body);
    if (!parsed.success || parsed.data.receiverUserIdList.length > (parsed.data.remindType === 1 ? 200 : 20))
      return say(reply, 'invalidParameter');
    dings.push(parsed.data);
    return { openDingId: `d-${dings.length}`, failedList: {} };
  });

  app.post('/topapi/v2/user/getbymobile', async ({ query, body }) => {
    if ((query as { readonly access_token?: string }).access_token !== state.token)
      return { errcode: 88, errmsg: 'ding talk error', sub_code: '40014', sub_msg: 'invalid access_token' };
    const failure = oldFailures.shift();
    if (failure) return failure;
    const { mobile } = z.object({ mobile: z.string() }).parse(body);
    lookedUp.push(mobile);
    const userid = directory[mobile];
    return userid === undefined ? { errcode: 60_121, errmsg: 'no such user' } : { errcode: 0, errmsg: 'ok', result: { userid } };
  });

  app.post('/robot/send', async ({ query, body }) => {
    const { access_token: token, timestamp = '', sign } = query as { readonly [name: string]: string | undefined };
    if (token !== identity.robot.token) return { errcode: 300_001, errmsg: 'token is not exist' };
    if (sign !== robotSignature(timestamp, identity.robot.secret)) return { errcode: 310_000, errmsg: 'sign not match' };
    state.robot += 1;
    if (state.robot > robotPerMinute) return { errcode: 130_101, errmsg: 'send too fast' };
    toGroup.push(z.object({ msgtype: z.literal('markdown'), markdown: Markdown }).parse(body).markdown.text);
    return { errcode: 0, errmsg: 'ok' };
  });

  app.post('/v1.0/gateway/connections/open', async ({ body }, reply) => {
    const { clientSecret } = z.object({ clientId: z.string(), clientSecret: z.string(), subscriptions: z.array(z.unknown()) }).parse(body);
    if (clientSecret !== identity.clientSecret) return say(reply, 'authFailed', 401);
    state.tickets += 1;
    return { endpoint: `ws://127.0.0.1:${portOf()}/connect`, ticket: `ticket ${state.tickets}` };
  });

  app.server.on('upgrade', (request, socket, head) => {
    const { searchParams } = new URL(request.url ?? '', 'http://stand-in');
    if (searchParams.get('ticket') !== `ticket ${state.tickets}`) return void socket.destroy();
    sockets.handleUpgrade(request, socket, head, (stream) => {
      streams.add(stream);
      stream.on('close', () => streams.delete(stream));
      stream.on('message', (bytes: Buffer) => {
        const { headers, data } = JSON.parse(bytes.toString('utf8')) as { headers: { messageId: string }; data: string };
        acknowledged.push({ messageId: headers.messageId, data: JSON.parse(data) });
      });
    });
  });

  const portOf = (): number => (app.server.address() as AddressInfo).port;
  await app.listen({ host: '127.0.0.1', port: 0 });

  return {
    ...identity,
    base: `http://127.0.0.1:${portOf()}`,
    said,
    cards,
    changed,
    dings,
    toGroup,
    lookedUp,
    acknowledged,
    streams,
    refuses: (account: string) => void refused.add(account),
    holdsBack: (account: string) => void limited.add(account),
    reads: (account: string) => void readers.add(account),
    /** The next call of a new interface is answered so. */
    fails: (code: string, status = 400) => void failures.push({ code, status }),
    /** The next call of an old one. */
    oldFails: (answer: object) => void oldFailures.push(answer),
    forgetsToken: () => void (state.token = 'gone'),
    goesDown: (down: boolean) => void (state.down = down),
    tokensGiven: () => state.tokens,
    calls: () => state.calls,
    /** Over the stream, as a callback of a topic. */
    pushes: (topic: string, messageId: string, data: object) => {
      const headers = { appId: 'a', connectionId: 'c', contentType: 'application/json', messageId, time: '1', topic };
      for (const stream of streams)
        stream.send(JSON.stringify({ specVersion: '1.0', type: 'CALLBACK', headers, data: JSON.stringify(data) }));
    },
    close: async () => {
      for (const stream of streams) stream.terminate();
      await app.close();
    },
  };
};

export type Dingtalk = Awaited<ReturnType<typeof startDingtalk>>;

export type DingtalkCallback = { readonly url: string; readonly payload: string; readonly headers: { readonly [name: string]: string } };

const json = { 'content-type': 'application/json; charset=utf-8' };
const path = '/channels/dingtalk';

/** A message to the robot, signed as DingTalk does. */
export const robotCallbackOf = (fields: object, { secret, at }: { readonly secret: string; readonly at: number }): DingtalkCallback => {
  const timestamp = String(at);
  return { url: path, payload: JSON.stringify(fields), headers: { ...json, timestamp, sign: robotSignature(timestamp, secret) } };
};

/** A press on a card, as it comes to a registered address. */
export const cardCallbackOf = (fields: object, { secret, at }: { readonly secret: string; readonly at: number }): DingtalkCallback => {
  const timestamp = String(at);
  const headers = { ...json, 'x-ddpaas-signature-timestamp': timestamp, 'x-ddpaas-signature': cardSignature(timestamp, secret) };
  return { url: path, payload: JSON.stringify(fields), headers };
};

/** An encrypted callback, its stamps in the query. */
export const encryptedCallbackOf = (
  fields: object,
  { token, key, at }: { readonly token: string; readonly key: EnvelopeKey; readonly at: number },
): DingtalkCallback => {
  const encrypt = sealEnvelope(JSON.stringify(fields), key, randomBytes(16));
  const [timestamp, nonce] = [String(at), randomBytes(8).toString('hex')];
  const query = new URLSearchParams({ signature: sortedSignature(token, timestamp, nonce, encrypt), timestamp, nonce });
  return { url: `${path}?${query.toString()}`, payload: JSON.stringify({ encrypt }), headers: json };
};
