import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { envelopeKey, openEnvelope, sortedSignature } from '../../../adapters/bot/envelope.ts';
import { createPlatformHttp } from '../../../adapters/bot/platform-http.ts';
import { registerDoor, type TakeDeps } from '../../../adapters/bot/webhook-door.ts';
import { createDingtalkDoor } from '../../../adapters/dingtalk/door.ts';
import { createDingtalkEar } from '../../../adapters/dingtalk/ear.ts';
import { type DingtalkStream, openDingtalkStream } from '../../../adapters/dingtalk/stream.ts';
import type { InboundMessage } from '../../../src/ports/inbox.ts';
import { quietLog } from '../../support/quiet-log.ts';
import {
  cardCallbackOf,
  type Dingtalk,
  type DingtalkCallback,
  encryptedCallbackOf,
  robotCallbackOf,
  startDingtalk,
} from '../../support/stand-ins/dingtalk.ts';

const secret = 'a secret of the application';
const cardSecret = 'a secret of cards';
const token = 'mryue';
const key = envelopeKey('Yue0EfdN5900c1ce5cf6A152c63DDe1808a60c5ecd7', 'ding1')!;
const at = Date.UTC(2021, 7, 27, 2);

let put: InboundMessage[];
let said: string[];
let counted: string[];
let isAway: boolean;
let deps: TakeDeps;
beforeEach(() => {
  [put, said, counted, isAway] = [[], [], [], false];
  deps = {
    bindings: { personOf: async (_channel, account) => (account === 'zhaoming' ? 'm1' : undefined) },
    inbox: {
      put: async (message) => {
        if (isAway) throw Object.assign(new Error('away'), { code: 'ZG_STORE_AWAY', statusCode: 503 });
        return put.every(({ id }) => id !== message.id) && put.push(message) > 0;
      },
    },
    clock: { now: () => 7 },
    answerStranger: async () => 'how to be bound',
    sayToAccount: async (account, text) => void said.push(`${account}: ${text}`),
    log: quietLog(),
  };
});
const count = (channel: string, what: string): void => void counted.push(`${channel} ${what}`);

const heard = (content: string, more: object = {}) => ({
  conversationId: 'cid1',
  chatbotCorpId: 'ding1corp',
  chatbotUserId: '$:LWCP',
  msgId: 'msg1',
  senderNick: '赵明',
  senderStaffId: 'zhaoming',
  senderId: '$:LWCP_1',
  conversationType: '1',
  robotCode: 'ding1',
  sessionWebhook: 'https://oapi.dingtalk.example/robot/sendBySession?session=s',
  msgtype: 'text',
  text: { content },
  ...more,
});
const press = (params: object = { action: 'acknowledge', obligationId: 'ocp1.x' }, userId = 'zhaoming') => ({
  type: 'actionCallback',
  outTrackId: 'zg-1',
  corpId: 'ding1corp',
  userId,
  userIdType: 1,
  content: JSON.stringify({ cardPrivateData: { actionIds: ['acknowledge'], params } }),
});

describe("DingTalk's callbacks over HTTP", () => {
  let server: FastifyInstance;
  beforeEach(async () => {
    server = fastify();
    const bound = new Map<string, string>();
    const door = createDingtalkDoor({
      hear: createDingtalkEar(deps),
      robotCode: 'ding1',
      clientSecret: secret,
      cardSecret,
      callback: { token, key },
      isBoundTo: async (signature, digest) => {
        if (!bound.has(signature)) bound.set(signature, digest);
        return bound.get(signature) === digest;
      },
      realNow: () => at,
    });
    registerDoor(server, door, { log: quietLog(), count });
    await server.ready();
  });
  afterEach(() => server.close());

  const send = (callback: DingtalkCallback) => server.inject({ method: 'POST', ...callback });
  const statusOf = async (callback: DingtalkCallback): Promise<number> => (await send(callback)).statusCode;
  const robot = (fields: object, when = at, of = secret) => robotCallbackOf(fields, { secret: of, at: when });
  const card = (fields: object, when = at, of = cardSecret) => cardCallbackOf(fields, { secret: of, at: when });

  it('bring what somebody says to the robot into the inbox under who they are, once', async () => {
    expect([await statusOf(robot(heard(' 收到 '))), await statusOf(robot(heard(' 收到 ')))]).toEqual([200, 200]);
    expect(put).toMatchObject([
      { id: 'dingtalk/msg1', channel: 'dingtalk', conversation: 'cid1', isGroup: false, from: 'm1', text: '收到' },
    ]);
  });

  it('know a group, leave files where they are, and pass over what is of no interest', async () => {
    await statusOf(robot(heard('在岗', { conversationType: '2' })));
    expect(put).toMatchObject([{ isGroup: true }]);
    expect(await statusOf(robot(heard('', { msgtype: 'file', msgId: 'msg2' }), at + 1))).toBe(200);
    expect(said).toHaveLength(1);
    expect(await statusOf(robot(heard('收到', { senderStaffId: undefined, msgId: 'msg3' }), at + 2))).toBe(200);
    expect(put).toHaveLength(1);
  });

  it('bring a press as what the button carries, once', async () => {
    expect([await statusOf(card(press())), await statusOf(card(press()))]).toEqual([200, 200]);
    expect(put).toMatchObject([
      { channel: 'dingtalk', conversation: 'zhaoming', from: 'm1', value: { action: 'acknowledge', obligationId: 'ocp1.x' } },
    ]);
    expect(await statusOf(card(press(), at + 1))).toBe(200);
    expect(put).toHaveLength(2);
    expect(await statusOf(card(press({ other: 1 }), at + 2))).toBe(200);
    expect(put).toHaveLength(2);
  });

  it('take a signature, which says nothing of the body, for the first body alone that came with it', async () => {
    const [first, forged] = [card(press()), card(press({ action: 'help', obligationId: 'ocp1.x' }))];
    expect([await statusOf(first), await statusOf(forged), await statusOf(first)]).toEqual([200, 409, 200]);
    const [message, other] = [robot(heard('收到')), robot(heard('不在', { msgId: 'msg9' }))];
    expect([await statusOf(message), await statusOf(other)]).toEqual([200, 409]);
    expect(put).toHaveLength(2);
    expect(counted.filter((one) => one === 'dingtalk replayed')).toHaveLength(2);
  });

  it('say, encrypted, that the address is ours, and take a press so too', async () => {
    const answer = await send(encryptedCallbackOf({ EventType: 'check_url' }, { token, key, at }));
    const { msg_signature: signature, timeStamp, nonce, encrypt } = answer.json<{ [name: string]: string }>();
    expect(openEnvelope(encrypt!, key)).toEqual({ text: 'success' });
    expect(signature).toBe(sortedSignature(token, timeStamp!, nonce!, encrypt!));
    const pressed = encryptedCallbackOf(press(), { token, key, at });
    expect([await statusOf(pressed), await statusOf(pressed)]).toEqual([200, 200]);
    expect(put).toHaveLength(1);
  });

  it('answer somebody unknown in private, and let nothing else of theirs in', async () => {
    expect(await statusOf(robot(heard('收到', { senderStaffId: 'stranger' })))).toBe(200);
    expect(await statusOf(card(press(undefined, 'stranger')))).toBe(200);
    expect([put, said]).toEqual([[], ['stranger: how to be bound', 'stranger: how to be bound']]);
  });

  it('refuse the forged, the stale, the early, the foreign, the torn and the huge, each with its status', async () => {
    const [hour, day] = [3_600_000, 86_400_000];
    expect([await statusOf(robot(heard('收到'), at, 'other')), await statusOf(card(press(), at, 'other'))]).toEqual([401, 401]);
    expect([await statusOf(robot(heard('收到'), at - hour - 1)), await statusOf(robot(heard('收到'), at + day))]).toEqual([401, 401]);
    expect([await statusOf(card(press(), at - hour)), await statusOf(card(press(), at + hour))]).toEqual([401, 401]);
    expect(await statusOf(robot(heard('收到', { robotCode: 'ding2' })))).toBe(403);
    expect(await statusOf(encryptedCallbackOf(press(), { token, key: { ...key, receiveId: 'ding2' }, at }))).toBe(403);
    expect(await statusOf(encryptedCallbackOf(press(), { token: 'other', key, at }))).toBe(401);
    expect(await statusOf(encryptedCallbackOf(press(), { token, key, at: at - day }))).toBe(401);
    const good = robot(heard('收到'), at + 5);
    const { sign: _, ...unsigned } = good.headers;
    expect(await statusOf({ ...good, headers: unsigned })).toBe(400);
    expect([await statusOf({ ...good, payload: '{"msg' }), await statusOf({ ...good, payload: '{}' })]).toEqual([400, 400]);
    expect(await statusOf({ ...card(press()), payload: JSON.stringify({ ...press(), content: 'torn' }) })).toBe(400);
    expect(await statusOf({ ...good, payload: 'x'.repeat(70_000) })).toBe(413);
    expect(put).toEqual([]);
    expect(counted.filter((one) => one === 'dingtalk taken')).toEqual([]);
  });

  it('let DingTalk try again while nothing can be kept', async () => {
    isAway = true;
    expect([await statusOf(robot(heard('收到'))), await statusOf(card(press()))]).toEqual([503, 503]);
    isAway = false;
    expect([await statusOf(robot(heard('收到'))), await statusOf(card(press()))]).toEqual([200, 200]);
    expect(put).toHaveLength(2);
  });
});

describe("DingTalk's stream", () => {
  let dingtalk: Dingtalk;
  let stream: DingtalkStream;
  beforeEach(async () => {
    dingtalk = await startDingtalk();
    const { clientId, clientSecret, base } = dingtalk;
    const http = createPlatformHttp({ base, timeoutMs: 2_000 });
    stream = await openDingtalkStream({
      http,
      clientId,
      clientSecret,
      robotCode: clientId,
      hear: createDingtalkEar(deps),
      count,
      log: quietLog(),
    });
  });
  afterEach(async () => {
    stream.stop();
    await dingtalk.close();
  });
  const topics = { robot: '/v1.0/im/bot/messages/get', card: '/v1.0/card/instances/callback' };

  it('is opened by the official SDK, and brings words and presses, each confirmed once it is kept', async () => {
    expect([stream.isConnected(), dingtalk.streams.size]).toEqual([true, 1]);
    dingtalk.pushes(topics.robot, 'p1', heard('收到'));
    dingtalk.pushes(topics.card, 'p2', press());
    await expect.poll(() => dingtalk.acknowledged.map(({ messageId }) => messageId)).toEqual(['p1', 'p2']);
    expect(put.map(({ id }) => id)).toEqual(['dingtalk/msg1', 'dingtalk/p2']);
    expect(dingtalk.acknowledged[0]!.data).toEqual({ response: {} });
  });

  it('does not confirm what could not be kept, so that it comes again; what makes no sense is counted and done with', async () => {
    isAway = true;
    dingtalk.pushes(topics.robot, 'p1', heard('收到'));
    dingtalk.pushes(topics.robot, 'p2', heard('收到', { robotCode: 'ding2' }));
    await expect.poll(() => dingtalk.acknowledged.map(({ messageId }) => messageId)).toEqual(['p2']);
    expect(counted).toEqual(['dingtalk foreign']);
    isAway = false;
    dingtalk.pushes(topics.robot, 'p1', heard('收到'));
    await expect.poll(() => dingtalk.acknowledged.length).toBe(2);
    expect(put).toHaveLength(1);
  });

  it('takes what is no message for what it is, and goes on', async () => {
    for (const socket of dingtalk.streams) socket.send('{"torn');
    dingtalk.pushes(topics.robot, 'p1', heard('收到'));
    await expect.poll(() => put.length).toBe(1);
    expect(counted).toEqual(['dingtalk malformed', 'dingtalk taken']);
  });

  it('stays closed once it is', async () => {
    stream.stop();
    await expect.poll(() => dingtalk.streams.size).toBe(0);
    expect(stream.isConnected()).toBe(false);
  });
});
