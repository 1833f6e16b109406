import type { Activity } from 'botframework-directlinejs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OutgoingMessage } from '../../../src/ports/channel.ts';
import { ConnectionStatus, connectDirectLine, type DirectLineOptions, type DirectLineUser, fetchToken } from '../../support/direct-line.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';
import { type Service, startService } from './harness.ts';

let redis: TestRedis;
let service: Service;
let users: DirectLineUser[] = [];

const connect = async (options: Partial<DirectLineOptions> = {}): Promise<DirectLineUser> => {
  const user = await connectDirectLine({ origin: service.origin, mobile: '138-0000-0001', ...options });
  users.push(user);
  return user;
};
const isText = (text: string) => (activity: Activity) => activity.type === 'message' && activity.text === text;

beforeAll(async () => {
  redis = await startRedis();
});
beforeEach(async () => {
  await redis.redis.flushall();
  service = await startService(redis);
});
afterEach(async () => {
  for (const user of users) user.end();
  users = [];
  await service.close();
});
afterAll(() => redis.stop());

const ask: OutgoingMessage = {
  id: 'n1',
  to: 'm1',
  text: 'Are you on post?',
  card: {
    title: 'Check',
    tone: 'asking',
    lines: ['Are you on post?'],
    facts: [{ name: 'post', value: 'Lixia' }],
    buttons: [{ title: 'Yes', value: { action: 'acknowledge', obligationId: 'o1' }, style: 'positive' }],
  },
  asking: { obligationId: 'o1', kind: 'check', stepNo: 1, answerBy: '2021-08-27T10:10:00+08:00' },
  cardKey: 'o1',
};

describe.each([{ webSocket: true }, { webSocket: false }])('the real client, $webSocket for its socket', ({ webSocket }) => {
  it('says something, sees it said, and is answered', async () => {
    const user = await connect({ webSocket });
    const id = await user.says('hello', { channelData: { clientActivityID: 'c1' } });
    const echo = await user.sees(isText('hello'));
    const reply = await user.sees(isText('heard: hello'));
    expect(id).toBe('c-m1|0000001');
    expect(echo).toMatchObject({ id, from: { id: 'm1', role: 'user' }, channelData: { clientActivityID: 'c1' } });
    expect(reply).toMatchObject({ id: 'c-m1|0000002', from: { id: 'zaigang' } });
    expect(service.heard).toMatchObject([
      { id: 'c-m1/c1', channel: 'webchat', conversation: 'c-m1', isGroup: false, from: 'm1', text: 'hello' },
    ]);
  });

  it('gets a card with its buttons, presses one, and sees the card change', async () => {
    const user = await connect({ webSocket });
    await service.channel.send([ask]);
    const card = await user.sees((activity) => activity.channelData?.zaigang !== undefined);
    expect(card).toMatchObject({
      type: 'message',
      text: 'Are you on post?',
      channelData: { zaigang: ask.asking },
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: {
            version: '1.5',
            actions: [{ type: 'Action.Submit', title: 'Yes', data: { action: 'acknowledge', obligationId: 'o1' } }],
          },
        },
      ],
    });
    await user.says('', { text: undefined, value: { action: 'acknowledge', obligationId: 'o1' } });
    await expect.poll(() => service.heard.at(-1)?.value).toEqual({ action: 'acknowledge', obligationId: 'o1' });
    await service.channel.send([{ id: 'n2', to: 'm1', text: 'Confirmed', cardKey: 'o1', isUpdate: true }]);
    const update = await user.sees((activity) => (activity.type as string) === 'messageUpdate');
    expect(update).toMatchObject({ id: card.id, text: 'Confirmed' });
    const fresh = await connect({ webSocket });
    expect(await fresh.sees((activity) => activity.id === card.id)).toMatchObject({ type: 'message', text: 'Confirmed' });
  });

  it('shows Web Chat, which knows no changes, the changed card as the same message again, in its place and without its text beside it', async () => {
    const user = await connect({ webSocket, botAgent: 'WebChat/4.18.0 (Full)' });
    await service.channel.send([ask]);
    const card = await user.sees((activity) => activity.id === 'c-m1|0000001');
    expect(card).not.toHaveProperty('text');
    expect(card.channelData).toEqual({ zaigang: ask.asking, 'webchat:sequence-id': 1, 'webchat:fallback-text': ask.text });
    await service.channel.send([
      { id: 'n2', to: 'm1', text: 'Bye' },
      { id: 'n3', to: 'm1', text: 'Confirmed', card: { ...ask.card!, buttons: [] }, cardKey: 'o1', isUpdate: true },
    ]);
    expect(await user.sees((activity) => activity.id === 'c-m1|0000002')).toMatchObject({ text: 'Bye' });
    const isChanged = ({ channelData }: Activity): boolean => channelData?.['webchat:fallback-text'] === 'Confirmed';
    expect(await user.sees(isChanged)).toMatchObject({ type: 'message', id: card.id, channelData: { 'webchat:sequence-id': 1 } });
  });
});

it('misses nothing and repeats nothing over a broken socket', async () => {
  const user = await connect();
  await user.says('one');
  await user.sees(isText('heard: one'));
  await service.close();
  const port = Number(new URL(service.origin).port);
  const elsewhere = await startService(redis);
  await elsewhere.channel.send([{ id: 'x', to: 'm1', text: 'while away' }]);
  await elsewhere.close();
  service = await startService(redis, { port });
  await user.sees(isText('while away'));
  await user.says('two');
  await user.sees(isText('heard: two'));
  const texts = user.received.map((activity) => (activity as { text?: string }).text);
  expect(texts).toEqual(['one', 'heard: one', 'while away', 'two', 'heard: two']);
});

it('goes on from a watermark', async () => {
  await service.channel.send(['a', 'b', 'c'].map((text) => ({ id: text, to: 'm1', text })));
  const user = await connect({ conversationId: 'c-m1', watermark: '1' });
  await user.sees(isText('c'));
  expect(user.received.map((activity) => activity.id)).toEqual(['c-m1|0000002', 'c-m1|0000003']);
});

it('takes a message once, however often it is posted', async () => {
  const user = await connect();
  const channelData = { clientActivityID: 'same' };
  const ids = await Promise.all([user.says('once', { channelData }), user.says('once', { channelData })]);
  ids.push(await user.says('once', { channelData }));
  expect(new Set(ids).size).toBe(1);
  await user.says('after');
  await user.sees(isText('heard: after'));
  expect(service.heard.map(({ text }) => text)).toEqual(['once', 'after']);
});

it('answers in the order in which one person spoke', async () => {
  const user = await connect();
  const texts = Array.from({ length: 60 }, (_, i) => `t${i}`);
  for (const text of texts) await user.says(text);
  await user.sees(isText('heard: t59'));
  expect(service.heard.map(({ text }) => text)).toEqual(texts);
});

it('reaches people through any instance', async () => {
  const other = await startService(redis);
  const user = await connect();
  await user.says('hello');
  await user.sees(isText('heard: hello'));
  const [result] = await other.channel.send([ask]);
  expect(result).toMatchObject({ status: 'sent', isDelivered: true });
  await user.sees(isText('Are you on post?'));
  await other.close();
});

it('counts a question as delivered when it is fetched, once', async () => {
  expect(await service.channel.send([ask])).toMatchObject([{ status: 'sent', isDelivered: false, platformMessageId: 'c-m1|0000001' }]);
  const first = await connect();
  await first.sees(isText('Are you on post?'));
  const second = await connect({ webSocket: false });
  await second.sees(isText('Are you on post?'));
  await expect.poll(() => service.delivered).toEqual([{ obligationId: 'o1', personId: 'm1' }]);
});

it('lets the office read and write in its group, and nobody else', async () => {
  const [one, two] = [
    await connect({ mobile: '138-0000-0002', conversation: 'group' }),
    await connect({ mobile: '13800000002', conversation: 'group' }),
  ];
  await one.says('good morning');
  await two.sees(isText('good morning'));
  await service.channel.send([{ id: 'd', to: 'g:office', text: 'digest' }]);
  await two.sees(isText('digest'));
  await expect.poll(() => service.heard).toMatchObject([{ isGroup: true, conversation: 'c-g-office', from: 'm2', text: 'good morning' }]);
  await expect(fetchToken({ origin: service.origin, mobile: '138-0000-0001', conversation: 'group' })).rejects.toThrow('403');
});

it('refuses while Redis is away, and goes on when it is back', async () => {
  const user = await connect({ webSocket: false });
  await user.says('before');
  await user.sees(isText('heard: before'));
  await redis.kill();
  const token = await fetchToken({ origin: service.origin, mobile: '138-0000-0001' });
  const post = (): Promise<Response> =>
    fetch(`${service.origin}/v3/directline/conversations/c-m1/activities`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'message', text: 'during', channelData: { clientActivityID: 'd' } }),
    });
  const refused = await post();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await refused.json()).toMatchObject({ error: { code: 'ZG_STORE_AWAY' } });
  await redis.restart();
  await expect.poll(async () => (await post()).status).toBe(200);
  const again = await connect();
  await again.sees(isText('heard: during'));
  expect(service.heard.filter(({ text }) => text === 'during')).toHaveLength(1);
});

it('keeps its sockets through a restart of Redis, and shows what was said meanwhile', async () => {
  const user = await connect();
  await user.says('before');
  await user.sees(isText('heard: before'));
  await redis.kill();
  await redis.restart();
  await expect.poll(async () => (await service.channel.send([{ id: 'x', to: 'm1', text: 'after' }]))[0]?.status).toBe('sent');
  await user.sees(isText('after'));
  expect(user.received).toHaveLength(3);
});

it('ends the connection in order when the service ends', async () => {
  const user = await connect();
  await user.says('hello');
  await user.sees(isText('heard: hello'));
  expect(user.client.connectionStatus$.getValue()).toBe(ConnectionStatus.Online);
  await service.close();
  expect(service.server.server.listening).toBe(false);
  service = await startService(redis);
});

it('does not ask for a message again that has been taken, though the conversation could not be shown it', async () => {
  await service.close();
  service = await startService(redis, { losesLines: true });
  const token = await fetchToken({ origin: service.origin, mobile: '138-0000-0001' });
  const response = await fetch(`${service.origin}/v3/directline/conversations/c-m1/activities`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'message', text: 'hello' }),
  });
  expect([response.status, await response.json()]).toEqual([200, { id: 'c-m1|0000000' }]);
  await expect.poll(() => service.heard.map(({ text }) => text)).toEqual(['hello']);
});

describe('a client in a page elsewhere', () => {
  const ask = (origin: string, method = 'POST') =>
    fetch(`${service.origin}/v3/directline/tokens/generate`, {
      method,
      headers: { origin, 'content-type': 'application/json', 'access-control-request-method': 'POST' },
      ...(method === 'POST' ? { body: JSON.stringify({ user: { id: '138-0000-0001' } }) } : {}),
    });

  it('may ask from a page of this machine, and the browser is told so beforehand', async () => {
    const preflight = await ask('http://localhost:5000', 'OPTIONS');
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('http://localhost:5000');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
    expect((await ask('http://127.0.0.1:5000')).headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:5000');
  });

  it('gets no leave from a demo where the page comes from somewhere else', async () => {
    for (const origin of ['https://example.com', 'http://localhost.example.com', 'null'])
      for (const method of ['OPTIONS', 'POST']) expect((await ask(origin, method)).headers.get('access-control-allow-origin')).toBeNull();
  });
});
