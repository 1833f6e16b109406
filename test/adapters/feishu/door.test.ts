import * as lark from '@larksuiteoapi/node-sdk';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registerDoor } from '../../../adapters/bot/webhook-door.ts';
import { createFeishuDoor } from '../../../adapters/feishu/door.ts';
import type { Card } from '../../../src/ports/channel.ts';
import type { InboundMessage } from '../../../src/ports/inbox.ts';
import type { Notice } from '../../../src/ports/notice.ts';
import type { Receipt } from '../../../src/ports/receipts.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { type FeishuCallback, feishuCallbackOf } from '../../support/stand-ins/feishu.ts';

const encryptKey = 'an encrypt key';
const token = 'a verification token';
const at = Date.UTC(2021, 7, 27, 2);
const card: Card = { title: '已确认在岗', tone: 'done', lines: [], facts: [], buttons: [] };
const reply: Notice = { to: 'm1', via: 'card', template: 'reply.confirmed' };

describe("Feishu's callback", () => {
  let server: FastifyInstance;
  let put: InboundMessage[];
  let ran: InboundMessage[];
  let said: string[];
  let counted: string[];
  let receipts: Receipt[];
  let reported: Set<string>;
  let isAway: boolean;
  let replies: readonly Notice[];
  let turn: Promise<unknown>;
  let pause: (ms: number) => Promise<void>;
  beforeEach(async () => {
    [put, ran, said, counted, isAway, replies, turn] = [[], [], [], [], false, [reply], Promise.resolve()];
    pause = () => new Promise(() => {});
    [receipts, reported] = [[], new Set()];
    const seen = new Set<string>();
    const away = (): Error => Object.assign(new Error('away'), { code: 'ZG_STORE_AWAY', statusCode: 503 });
    server = fastify();
    const door = createFeishuDoor({
      bindings: { personOf: async (_channel, account) => (account === 'ou_zhao' ? 'm1' : undefined) },
      inbox: {
        put: async (message) => {
          if (isAway) throw away();
          return put.every(({ id }) => id !== message.id) && put.push(message) > 0;
        },
      },
      runTurn: async (message) => {
        if (isAway) throw away();
        ran.push(message);
        await turn;
        return replies;
      },
      render: async () => ({ text: '已确认在岗', card }),
      show: async (account, { text }) => void said.push(`${account}: ${text}`),
      dispatches: {
        find: async (_channel, id) => (id.startsWith('om_sent') ? { to: 'm1', about: [{ obligationId: 'ocp1.x', stepNo: 2 }] } : undefined),
        isReported: async (_channel, id) => reported.has(id),
        markReported: async (_channel, id) => void reported.add(id),
      },
      receive: async (told) => {
        if (isAway) throw away();
        receipts.push(...told);
      },
      isFirst: async (id) => !seen.has(id) && seen.add(id).size > 0,
      clock: { now: () => 7 },
      answerStranger: async () => 'how to be bound',
      sayToAccount: async (account, text) => void said.push(`${account}: ${text}`),
      log: quietLog(),
      appId: 'cli_a1',
      verificationToken: token,
      encryptKey,
      groupChatId: 'oc_office',
      realNow: () => at,
      pause: (ms) => pause(ms),
    });
    registerDoor(server, door, { log: quietLog(), count: (channel, what) => void counted.push(`${channel} ${what}`) });
    await server.ready();
  });
  afterEach(() => server.close());

  const header = { event_id: 'e1', create_time: String(at), token, app_id: 'cli_a1', tenant_key: 't1' };
  const event = (type: string, body: object, more: object = {}) => ({
    schema: '2.0',
    header: { ...header, event_type: type, ...more },
    event: body,
  });
  const heard = (text: string, more: { account?: string; chatType?: string; type?: string; content?: object; mentions?: object[] } = {}) =>
    event('im.message.receive_v1', {
      sender: { sender_id: { open_id: more.account ?? 'ou_zhao', union_id: 'on_1', user_id: null }, sender_type: 'user', tenant_key: 't1' },
      message: {
        message_id: 'om_1',
        chat_id: 'oc_1',
        chat_type: more.chatType ?? 'p2p',
        message_type: more.type ?? 'text',
        content: JSON.stringify(more.content ?? { text }),
        ...(more.mentions ? { mentions: more.mentions } : {}),
      },
    });
  const press = (more: { account?: string; chatId?: string; formValue?: object; eventId?: string } = {}) =>
    event(
      'card.action.trigger',
      {
        operator: { tenant_key: 't1', open_id: more.account ?? 'ou_zhao', union_id: 'on_1' },
        token: 'c-1',
        action: {
          tag: 'button',
          value: { action: 'acknowledge', obligationId: 'ocp1.x' },
          ...(more.formValue ? { form_value: more.formValue } : {}),
        },
        host: 'im_message',
        context: { open_message_id: 'om_9', open_chat_id: more.chatId ?? 'oc_1' },
      },
      { event_id: more.eventId ?? 'e2' },
    );
  const post = ({ payload, headers }: FeishuCallback) => server.inject({ method: 'POST', url: '/channels/feishu', headers, payload });
  const send = (fields: object, when = at) => post(feishuCallbackOf(fields, { encryptKey, at: when }));
  const question = (given = token) => ({ type: 'url_verification', challenge: 'c-7', token: given });

  it('says that the address is ours, to whoever knows key and token, signed or not', async () => {
    const asked = await post(feishuCallbackOf(question(), { encryptKey, at, isSigned: false }));
    expect([asked.statusCode, asked.json()]).toEqual([200, { challenge: 'c-7' }]);
    expect((await send(question())).json()).toEqual({ challenge: 'c-7' });
    expect((await post(feishuCallbackOf(question('other'), { encryptKey, at, isSigned: false }))).statusCode).toBe(403);
    expect((await post(feishuCallbackOf(question(), { encryptKey: 'other', at, isSigned: false }))).statusCode).toBe(400);
  });

  it('brings what somebody says into the inbox under who they are, once', async () => {
    expect([(await send(heard('收到'))).statusCode, (await send(heard('收到'))).statusCode]).toEqual([200, 200]);
    expect(put).toMatchObject([{ id: 'feishu/om_1', channel: 'feishu', conversation: 'oc_1', isGroup: false, from: 'm1', text: '收到' }]);
  });

  it('hears the words in a group without the mention of the robot, in paragraphs too, and leaves files where they are', async () => {
    const mentions = [
      { key: '@_user_1', id: { open_id: 'ou_bot' }, name: '在岗' },
      { key: '@_user_12', id: { open_id: 'ou_li' }, name: '李四' },
    ];
    await send(heard('@_user_1 @_user_12 在岗吗', { chatType: 'group', mentions }));
    expect(put).toMatchObject([{ isGroup: true, text: '李四 在岗吗' }]);
    put.length = 0;
    const content = { title: '', content: [[{ tag: 'text', text: '在岗' }], [{ tag: 'text', text: '一切正常' }]] };
    await send(heard('', { type: 'post', content }));
    expect(put).toMatchObject([{ text: '在岗\n一切正常' }]);
    await send(heard('', { type: 'file', content: { file_key: 'f' } }));
    expect([put.length, said.length]).toEqual([1, 1]);
  });

  it('answers a press with the new card, and knows what was filled in', async () => {
    const formValue = {
      'text.note': '路上',
      'date.day': '2021-08-27 +0800',
      'time.hour': '09:30 +0800',
      'text.action': 'help',
      other: 'x',
    };
    const answer = await send(press({ formValue }));
    expect(answer.json()).toMatchObject({ card: { type: 'raw', data: { schema: '2.0', header: { title: { content: '已确认在岗' } } } } });
    expect(ran).toMatchObject([
      {
        id: 'feishu/e2',
        from: 'm1',
        value: { action: 'acknowledge', obligationId: 'ocp1.x', note: '路上', day: '2021-08-27', hour: '09:30' },
      },
    ]);
    expect(put).toEqual([]);
  });

  it("says in the group's card only to whoever pressed what came of it", async () => {
    expect((await send(press({ chatId: 'oc_office' }))).json()).toEqual({ toast: { type: 'info', content: '已确认在岗' } });
    expect(ran).toMatchObject([{ isGroup: true }]);
  });

  it('answers within the three seconds that Feishu waits, and says the rest afterwards', async () => {
    let finish: (value: unknown) => void = () => {};
    turn = new Promise((resolve) => (finish = resolve));
    const asked: number[] = [];
    pause = async (ms) => void asked.push(ms);
    expect((await send(press())).json()).toEqual({});
    expect([asked, said]).toEqual([[2_400], []]);
    finish(undefined);
    await expect.poll(() => said).toEqual(['ou_zhao: 已确认在岗']);
  });

  it('refuses the same press a second time', async () => {
    expect([(await send(press())).statusCode, (await send(press())).statusCode]).toEqual([200, 409]);
    expect((await send(press({ eventId: 'e3' }))).statusCode).toBe(200);
    expect(ran).toHaveLength(2);
    expect(counted).toEqual(['feishu taken', 'feishu replayed', 'feishu taken']);
  });

  it('answers somebody unknown in private, and lets nothing else of theirs in', async () => {
    expect((await send(heard('收到', { account: 'stranger' }))).statusCode).toBe(200);
    const pressed = await send(press({ account: 'stranger' }));
    expect(pressed.json()).toMatchObject({ toast: { type: 'warning' } });
    expect([put, ran, said]).toEqual([[], [], ['stranger: how to be bound', 'stranger: how to be bound']]);
  });

  it('passes over what is of no interest', async () => {
    expect((await send(event('im.message.message_read_v1', { reader: {} }))).statusCode).toBe(200);
    expect((await send(heard('', { type: 'sticker', content: { file_key: 'k' } }))).statusCode).toBe(200);
    expect([put, ran]).toEqual([[], []]);
  });

  it('refuses the forged, the stale, the early, the foreign, the torn and the huge, each with its status', async () => {
    const day = 86_400_000;
    const good = feishuCallbackOf(heard('收到'), { encryptKey, at });
    const statusOf = async (callback: FeishuCallback) => (await post(callback)).statusCode;
    expect(await statusOf({ ...good, payload: `${good.payload} ` })).toBe(401);
    expect(await statusOf({ ...good, headers: { ...good.headers, 'x-lark-request-nonce': 'other' } })).toBe(401);
    expect([(await send(heard('收到'), at - day)).statusCode, (await send(heard('收到'), at + day)).statusCode]).toEqual([401, 401]);
    expect(await statusOf(feishuCallbackOf(heard('收到'), { encryptKey, at, isSigned: false }))).toBe(400);
    expect((await send(event('im.message.message_read_v1', {}, { token: 'other' }))).statusCode).toBe(403);
    expect((await send(event('im.message.message_read_v1', {}, { app_id: 'cli_other' }))).statusCode).toBe(403);
    expect((await send(event('im.message.receive_v1', { sender: 1 }))).statusCode).toBe(400);
    expect((await send({ schema: '1.0' })).statusCode).toBe(400);
    expect(await statusOf({ payload: '{"encrypt', headers: { 'content-type': 'application/json' } })).toBe(400);
    expect(await statusOf({ payload: '', headers: { 'content-type': 'application/json' } })).toBe(400);
    expect(await statusOf({ ...good, payload: 'x'.repeat(200_000) })).toBe(413);
    expect([put, ran]).toEqual([[], []]);
    expect(counted.filter((one) => one === 'feishu taken')).toEqual([]);
  });

  it('lets Feishu, or whoever pressed, try again while nothing can be kept', async () => {
    isAway = true;
    expect([(await send(heard('收到'))).statusCode, (await send(press())).statusCode]).toEqual([503, 503]);
    isAway = false;
    expect([(await send(heard('收到'))).statusCode, (await send(press({ eventId: 'e4' }))).statusCode]).toEqual([200, 200]);
    expect([put.length, ran.length]).toEqual([1, 1]);
  });

  it('is made by the stand-in as the official SDK reads it', async () => {
    const quiet = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
    const read: unknown[] = [];
    const dispatcher = new lark.EventDispatcher({ encryptKey, verificationToken: token, logger: quiet }).register({
      'im.message.receive_v1': (data) => void read.push(data.message.content),
    });
    const { payload, headers } = feishuCallbackOf(heard('收到'), { encryptKey, at });
    await dispatcher.invoke(Object.assign(Object.create({ headers }) as object, JSON.parse(payload)));
    expect(read).toEqual([JSON.stringify({ text: '收到' })]);
  });

  it('takes that somebody has read what was sent to them, once, and of nobody else', async () => {
    const hasRead = (account: string, messageIds: readonly string[]) =>
      event('im.message.message_read_v1', {
        reader: { reader_id: { open_id: account, union_id: 'on_1', user_id: null }, read_time: String(at), tenant_key: 't1' },
        message_id_list: messageIds,
      });
    isAway = true;
    expect((await send(hasRead('ou_zhao', ['om_sent1']))).statusCode).toBe(503);
    isAway = false;
    expect((await send(hasRead('ou_zhao', ['om_sent1', 'om_other']))).statusCode).toBe(200);
    expect((await send(hasRead('ou_zhao', ['om_sent1']))).statusCode).toBe(200);
    expect((await send(hasRead('ou_stranger', ['om_sent2']))).statusCode).toBe(200);
    expect(receipts).toEqual([
      { to: 'm1', about: [{ obligationId: 'ocp1.x', stepNo: 2 }], channel: 'feishu', outcome: { status: 'read' } },
    ]);
    expect([put, ran, said]).toEqual([[], [], []]);
    const forged = feishuCallbackOf(hasRead('ou_zhao', ['om_sent3']), { encryptKey: 'other', at });
    expect((await post(forged)).statusCode).toBeGreaterThanOrEqual(400);
    expect(receipts).toHaveLength(1);
  });
});
