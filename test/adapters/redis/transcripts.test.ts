import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTranscripts } from '../../../adapters/redis/transcripts.ts';
import type { Passage, Transcripts } from '../../../src/ports/conversations.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';

let server: TestRedis;
let clients: Redis[] = [];

const connect = (): Redis => {
  const client = new Redis(server.socket, { maxRetriesPerRequest: null });
  clients.push(client);
  return client;
};
const open = (): Transcripts => createTranscripts({ redis: connect(), listening: connect(), bureau: 'test' });

beforeAll(async () => {
  server = await startRedis({ appendfsync: 'everysec' });
});
beforeEach(async () => {
  for (const client of clients) client.disconnect();
  clients = [];
  await server.redis.flushall();
});
afterAll(async () => {
  for (const client of clients) client.disconnect();
  await server.stop();
});

const say = (text: string, more: object = {}) => ({ conversation: 'c-m1', members: `"text":${JSON.stringify(text)}`, ...more });
const texts = ({ lines }: Passage): unknown[] => lines.map(({ json }) => (JSON.parse(json) as { text: string }).text);

it('numbers each conversation from 1 and reads on from a number', async () => {
  const transcripts = open();
  const said = await Promise.all(['a', 'b', 'c'].map((text) => transcripts.append(say(text))));
  expect(said.map(({ number }) => number)).toEqual([1, 2, 3]);
  const passage = await transcripts.read('c-m1', 1);
  expect(passage.last).toBe(3);
  expect(passage.lines).toEqual([
    { number: 2, json: '{"type":"message","id":"c-m1|0000002","text":"b"}' },
    { number: 3, json: '{"type":"message","id":"c-m1|0000003","text":"c"}' },
  ]);
  expect((await transcripts.append({ ...say('x'), conversation: 'c-m2' })).number).toBe(1);
});

it('keeps the last 200, shows a newcomer 50, and keeps nothing of what is gone', async () => {
  const transcripts = open();
  await Promise.all(
    Array.from({ length: 450 }, (_, i) =>
      transcripts.append(say(`t${i + 1}`, { onceId: `o${i}`, cardKey: `k${i}`, obligationId: `ob${i}` })),
    ),
  );
  expect(texts(await transcripts.read('c-m1', 0))).toHaveLength(200);
  const shown = texts(await transcripts.read('c-m1', null));
  expect([shown.length, shown[0], shown.at(-1)]).toEqual([50, 't401', 't450']);
  // the number, then for each kept one: the JSON, what belongs to it, its once id and its card
  expect(await server.redis.hlen('{zg:test}:chat:c-m1')).toBe(1 + 200 * 4);
});

it('treats a number from another life as none', async () => {
  const transcripts = open();
  await transcripts.append(say('a'));
  expect(texts(await transcripts.read('c-m1', 77))).toEqual(['a']);
});

it('takes the same utterance once', async () => {
  const transcripts = open();
  const said = await Promise.all([1, 2].map(() => transcripts.append(say('a', { onceId: 'x' }))));
  expect(said.map(({ number }) => number)).toEqual([1, 1]);
  expect((await transcripts.append(say('a', { onceId: 'x' }))).number).toBe(1);
  expect((await transcripts.read('c-m1', 0)).last).toBe(1);
});

it('changes every card of a key in place, and tells those who have seen it', async () => {
  const transcripts = open();
  await transcripts.append(say('ask', { cardKey: 'o1' }));
  await transcripts.append(say('chat'));
  await transcripts.append(say('remind', { cardKey: 'o1' }));
  const { number } = await transcripts.append(say('done', { cardKey: 'o1', isUpdate: true }));
  expect(number).toBe(5);
  expect(texts(await transcripts.read('c-m1', null))).toEqual(['done', 'chat', 'done']);
  const later = await transcripts.read('c-m1', 3);
  expect(later.lines.map(({ json }) => JSON.parse(json) as unknown)).toEqual([
    { type: 'messageUpdate', id: 'c-m1|0000001', text: 'done' },
    { type: 'messageUpdate', id: 'c-m1|0000003', text: 'done' },
  ]);
});

it('says nothing of a card that nobody has', async () => {
  const transcripts = open();
  expect(await transcripts.append(say('done', { cardKey: 'o1', isUpdate: true, onceId: 'x' }))).toEqual({ number: 0, isHeard: false });
  expect(await transcripts.read('c-m1', null)).toEqual({ last: 0, lines: [] });
});

it('is heard by listeners in every instance, and knows whether anybody listens', async () => {
  const [here, there] = [open(), open()];
  expect(await here.append(say('a', { obligationId: 'o1' }))).toEqual({ number: 1, isHeard: false });
  const heard = Promise.withResolvers<[number, string]>();
  const stop = await there.listen('c-m1', { heard: (number, json) => heard.resolve([number, json]), missed: () => {} });
  expect(await here.append(say('b', { obligationId: 'o2' }))).toEqual({ number: 2, isHeard: true });
  expect(await heard.promise).toEqual([2, '{"type":"message","id":"c-m1|0000002","text":"b"}']);
  expect(await there.markSeen('c-m1', ['o1', 'o2'])).toEqual(['o1']);
  expect(await there.markSeen('c-m1', ['o1', 'o2'])).toEqual([]);
  stop();
  await expect.poll(async () => (await here.append(say('c'))).isHeard).toBe(false);
});
