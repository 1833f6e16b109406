import { readFileSync } from 'node:fs';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { envelopeKey, sealEnvelope, sortedSignature } from '../../../adapters/bot/envelope.ts';
import { registerDoor } from '../../../adapters/bot/webhook-door.ts';
import { createWecomDoor } from '../../../adapters/wecom/door.ts';
import { toKey } from '../../../adapters/wecom/render.ts';
import { createMemoryConversations } from '../../../adapters/memory/memory-cards.ts';
import type { InboundMessage } from '../../../src/ports/inbox.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { callbackOf } from '../../support/stand-ins/wecom.ts';

const token = 'QDG6eK';
const key = envelopeKey('jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', 'ww1')!;
const at = Date.UTC(2021, 7, 27, 2);

describe("WeCom's callback", () => {
  let server: FastifyInstance;
  let put: InboundMessage[];
  let said: string[];
  let counted: string[];
  let isAway: boolean;
  const conversations = createMemoryConversations();
  beforeEach(async () => {
    [put, said, counted, isAway] = [[], [], [], false];
    server = fastify();
    const door = createWecomDoor({
      bindings: { personOf: async (_channel, account) => (account === 'zhaoming' ? 'm1' : undefined) },
      inbox: {
        put: async (message) => {
          if (isAway) throw Object.assign(new Error('away'), { code: 'ZG_STORE_AWAY', statusCode: 503 });
          return put.every(({ id }) => id !== message.id) && put.push(message) > 0;
        },
      },
      conversations,
      clock: { now: () => 7 },
      answerStranger: async () => 'how to be bound',
      sayToAccount: async (account, text) => void said.push(`${account}: ${text}`),
      log: quietLog(),
      token,
      key,
      realNow: () => at,
    });
    registerDoor(server, door, { log: quietLog(), count: (channel, what) => void counted.push(`${channel} ${what}`) });
    await server.ready();
  });
  afterEach(() => server.close());

  const text = (content: string, more: { readonly [name: string]: string } = {}) => ({
    ToUserName: 'ww1',
    FromUserName: 'zhaoming',
    CreateTime: String(at / 1_000),
    MsgType: 'text',
    Content: content,
    MsgId: '007',
    AgentID: '1000002',
    ...more,
  });
  const press = (responseCode: string) =>
    text('', {
      MsgType: 'event',
      Event: 'template_card_event',
      EventKey: toKey({ action: 'acknowledge', obligationId: 'ocp1.x' }, 'k.1'),
      TaskId: 'task',
      ResponseCode: responseCode,
    });
  const post = async (
    fields: { readonly [name: string]: string },
    when = at,
    change: (callback: { url: string; payload: string }) => object = (same) => same,
  ) =>
    (
      await server.inject({
        method: 'POST',
        headers: { 'content-type': 'text/xml' },
        ...change(callbackOf(fields, { token, key, at: when })),
      })
    ).statusCode;

  it('says that the address is ours, with what stood in the question', async () => {
    const encrypted = sealEnvelope('1616140317555161061', key, Buffer.alloc(16, 7));
    const [timestamp, nonce] = [String(at / 1_000), 'n'];
    const query = new URLSearchParams({
      msg_signature: sortedSignature(token, timestamp, nonce, encrypted),
      timestamp,
      nonce,
      echostr: encrypted,
    });
    const answer = await server.inject({ method: 'GET', url: `/channels/wecom?${query.toString()}` });
    expect([answer.statusCode, answer.body]).toEqual([200, '1616140317555161061']);
  });

  it('brings what somebody says into the inbox under who they are, once, with its number as it was written', async () => {
    expect([await post(text('收到 & <好>')), await post(text('收到 & <好>'))]).toEqual([200, 200]);
    expect(put).toMatchObject([
      { id: 'wecom/007', channel: 'wecom', conversation: 'zhaoming', isGroup: false, from: 'm1', text: '收到 & <好>' },
    ]);
  });

  it('brings a press as what the button carries, with the right to change its card', async () => {
    expect([await post(press('c1')), await post(press('c1')), await post(press('c2'))]).toEqual([200, 200, 200]);
    expect(put.map(({ value }) => value)).toEqual([1, 2].map(() => ({ action: 'acknowledge', obligationId: 'ocp1.x' })));
    expect(await conversations.messagesOf('wecom', [{ to: 'm1', cardKey: 'k.1' }])).toEqual(['c2']);
  });

  it('answers somebody unknown in private, and lets nothing else of theirs in', async () => {
    expect(await post(text('收到', { FromUserName: 'stranger' }))).toBe(200);
    expect(await post({ ...press('c1'), FromUserName: 'stranger' })).toBe(200);
    expect([put, said]).toEqual([[], ['stranger: how to be bound', 'stranger: how to be bound']]);
  });

  it('passes over what is of no interest', async () => {
    expect(await post(text('', { MsgType: 'event', Event: 'enter_agent' }))).toBe(200);
    expect(await post(text('', { MsgType: 'event', Event: 'template_card_event', EventKey: 'of another application' }))).toBe(200);
    expect(put).toEqual([]);
  });

  it('refuses the forged, the stale, the early, the foreign, the torn and the huge, each with its status', async () => {
    const day = 86_400_000;
    expect(await post(text('收到'), at, ({ url, payload }) => ({ url: url.replace('nonce=', 'nonce=0'), payload }))).toBe(401);
    expect(
      await post(text('收到'), at, ({ url, payload }) => ({ url, payload: payload.replace('<Encrypt><![CDATA[', '<Encrypt><![CDATA[A') })),
    ).toBe(401);
    expect([await post(text('收到'), at - day), await post(text('收到'), at + day)]).toEqual([401, 401]);
    expect(await post(text('收到'), at, () => callbackOf(text('收到'), { token, key: { ...key, receiveId: 'ww2' }, at }))).toBe(403);
    expect(await post(text('收到'), at, ({ url }) => ({ url, payload: '<xml><Encr' }))).toBe(400);
    expect(await post(text('收到'), at, ({ url }) => ({ url, payload: '' }))).toBe(400);
    expect(await post(text('收到'), at, ({ payload }) => ({ url: '/channels/wecom', payload }))).toBe(400);
    expect(await post(text('收到'), at, ({ url }) => ({ url, payload: 'x'.repeat(70_000) }))).toBe(413);
    expect(await post({ MsgType: 'text' })).toBe(400);
    const bomb = `<!DOCTYPE x [<!ENTITY a "${'b'.repeat(100)}">]><xml><Encrypt>&a;</Encrypt></xml>`;
    expect(await post(text('收到'), at, ({ url }) => ({ url, payload: bomb }))).toBe(401);
    expect(put).toEqual([]);
    expect(counted.filter((one) => one === 'wecom taken')).toEqual([]);
  });

  it('lets WeCom try again while nothing can be kept', async () => {
    isAway = true;
    expect(await post(text('收到'))).toBe(503);
    isAway = false;
    expect(await post(text('收到'))).toBe(200);
    expect(put).toHaveLength(1);
  });

  it('takes the published question for another company as foreign', async () => {
    const { wecom } = JSON.parse(readFileSync(new URL('../../fixtures/channels.json', import.meta.url), 'utf8')) as {
      wecom: { [name: string]: string }[];
    };
    const { timestamp, nonce, msgSignature, echostr } = wecom[0]!;
    const query = new URLSearchParams({ msg_signature: msgSignature!, timestamp: timestamp!, nonce: nonce!, echostr: echostr! });
    // right signature, but seven years old
    expect((await server.inject({ method: 'GET', url: `/channels/wecom?${query.toString()}` })).statusCode).toBe(401);
  });
});
