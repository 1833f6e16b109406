import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createInbox } from '../../../adapters/redis/inbox.ts';
import { INBOX_GROUP, keysOf } from '../../../adapters/redis/keys.ts';
import type { Inbox, InboundMessage, InboxEntry } from '../../../src/ports/inbox.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';

let server: TestRedis;
let clients: Redis[] = [];
const keys = keysOf('test');

const connect = (failsFast = false): Redis => {
  const client = new Redis(server.socket, {
    maxRetriesPerRequest: failsFast ? 1 : null,
    enableOfflineQueue: !failsFast,
    retryStrategy: () => 20,
  });
  client.on('error', () => {}); // Redis is taken away on purpose
  clients.push(client);
  return client;
};

const open = (idleMs = 5_000): Inbox => createInbox({ redis: connect(), blocking: connect(), bureau: 'test', idleMs });

const message = (id: string, more: Partial<InboundMessage> = {}): InboundMessage => ({
  id,
  channel: 'webchat',
  conversation: 'c-m1',
  isGroup: false,
  from: 'm1',
  receivedAt: 1,
  text: id,
  ...more,
});

beforeAll(async () => {
  server = await startRedis();
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

it('takes an id once in each channel, and hands out what came first, first', async () => {
  const inbox = open();
  const taken = await Promise.all(
    [message('1'), message('2'), message('1'), message('1', { channel: 'teams' })].map((one) => inbox.put(one)),
  );
  expect(taken).toEqual([true, true, false, true]);
  expect(await inbox.put(message('2'))).toBe(false);
  const entries = await inbox.take('a', 10, 10);
  expect(entries.map((entry) => entry.message)).toEqual([message('1'), message('2'), message('1', { channel: 'teams' })]);
  expect(entries.map((entry) => entry.attempts)).toEqual([1, 1, 1]);
});

it('carries what a button said and which files came with a message, as they were', async () => {
  const inbox = open();
  const file = { sha256: 'a'.repeat(64), name: '整改报告.pdf', bytes: 7, mime: 'application/pdf' };
  const whole = message('1', { value: { action: 'report', itemId: 'i1', text: 'done\nhalf' }, files: [file] });
  await inbox.put(whole);
  expect((await inbox.take('a', 10, 10)).map((entry) => entry.message)).toEqual([whole]);
});

it('forgets an id only after a day', async () => {
  await open().put(message('1'));
  const [seen, ...others] = await server.redis.keys(`${keys.prefix}:seen:*`);
  expect(others).toEqual([]);
  const ttl = await server.redis.pttl(seen!);
  expect(ttl).toBeGreaterThan(86_400_000 - 1_000);
  expect(ttl).toBeLessThanOrEqual(36 * 3_600_000);
  expect(await open().put(message('2'))).toBe(true);
  // as it is kept from one half of a day to the next but one
  const half = Number(seen!.slice(seen!.lastIndexOf(':') + 1));
  for (const age of [1, 2]) {
    await server.redis.rename(`${keys.prefix}:seen:${half - age + 1}`, `${keys.prefix}:seen:${half - age}`);
    expect(await open().put(message('1'))).toBe(false);
  }
});

it('takes an id once of two that come in the same moment', async () => {
  const inbox = open();
  expect(await Promise.all(['1', '2', '1'].map((id) => inbox.put(message(id))))).toEqual([true, true, false]);
});

it('gives what a dead consumer left to another, and counts', async () => {
  const dead = open(50);
  await dead.put(message('1'));
  expect(await dead.take('dead', 10, 10)).toHaveLength(1);
  const heir = open(50);
  let entries = await heir.take('heir', 10, 20);
  while (entries.length === 0) entries = await heir.take('heir', 10, 20);
  expect(entries).toMatchObject([{ attempts: 2, message: { id: '1' } }]);
});

it('counts nothing out that was never begun: what may have killed its consumers comes alone', async () => {
  const first = open(1);
  const ids = ['1', '2', '3', '4', '5'];
  for (const id of ids) await first.put(message(id));
  expect(await first.take('dead', 10, 10)).toHaveLength(5);
  const dies = async (name: string): Promise<readonly InboxEntry[]> => {
    const taken = await open(1).take(name, 10, 20);
    return taken.length > 0 ? taken : dies(name);
  };
  expect(await dies('dead too')).toHaveLength(5);
  const seen = new Map<string, number>();
  for (let deaths = 0; deaths < 4; deaths++) {
    const alone = await dies(`dead ${deaths}`);
    expect(alone).toHaveLength(1);
    seen.set(alone[0]!.message.id, alone[0]!.attempts);
  }
  expect([...seen]).toEqual([['1', 6]]);
});

it('leaves alone what somebody says they still work on', async () => {
  const [slow, other] = [open(300), open(300)];
  await slow.put(message('1'));
  const [entry] = await slow.take('slow', 10, 10);
  for (let look = 0; look < 8; look++) {
    await slow.hold('slow', [entry!.entryId]);
    expect(await other.take('other', 10, 100)).toEqual([]);
  }
});

it('is settled by acknowledging and deleting, as the commit does it', async () => {
  const inbox = open(1);
  await inbox.put(message('1'));
  const [entry] = await inbox.take('a', 10, 10);
  await server.redis.multi().xack(keys.inbox, INBOX_GROUP, entry!.entryId).xdel(keys.inbox, entry!.entryId).exec();
  expect(await inbox.take('a', 10, 20)).toEqual([]);
  expect(await server.redis.xlen(keys.inbox)).toBe(0);
});

it('sets aside once, with the reason, and out of the queue', async () => {
  const inbox = open(1);
  await inbox.put(message('1'));
  const [entry] = await inbox.take('a', 10, 10);
  await inbox.setAside(entry!, 'too many attempts');
  await inbox.setAside(entry!, 'too many attempts');
  expect(await server.redis.xlen(keys.inbox)).toBe(0);
  const aside = await server.redis.xrange(keys.aside, '-', '+');
  expect(aside).toHaveLength(1);
  expect(aside[0]![1]).toEqual(['m', JSON.stringify(message('1')), 'reason', 'too many attempts']);
});

it('forgets the names of processes that are gone, and of no other', async () => {
  await open().put(message('1'));
  await open().take('holds something', 1, 10);
  await server.redis.xgroup('CREATECONSUMER', keys.inbox, INBOX_GROUP, 'idle');
  const names = async (): Promise<string[]> =>
    ((await server.redis.xinfo('CONSUMERS', keys.inbox, INBOX_GROUP)) as [string, string][]).map(([, name]) => name);
  await open().take('a', 1, 10);
  expect((await names()).filter((name) => name !== 'a').toSorted()).toEqual(['holds something', 'idle']);
  await createInbox({ redis: connect(), blocking: connect(), bureau: 'test', goneMs: -1 }).take('b', 1, 10);
  expect((await names()).filter((name) => name !== 'b')).toEqual(['holds something']);
});

it('marks what it cannot read as tried too often', async () => {
  const inbox = open();
  await server.redis.xadd(keys.inbox, '*', 'm', '{broken');
  const [entry] = await inbox.take('a', 10, 10);
  expect(entry!.attempts).toBeGreaterThan(1_000);
});

it('says that the store is away, and goes on by itself when it is back, with nothing lost', async () => {
  const redis = connect(true);
  await redis.ping().catch(() => new Promise((resolve) => redis.once('ready', resolve)));
  const inbox = createInbox({ redis, blocking: connect(), bureau: 'test' });
  await inbox.put(message('1'));
  await server.kill();
  await expect(inbox.put(message('2'))).rejects.toMatchObject({ code: 'ZG_STORE_AWAY' });
  await server.restart();
  if (redis.status !== 'ready') await new Promise((resolve) => redis.once('ready', resolve));
  expect(await inbox.put(message('2'))).toBe(true);
  const entries = await inbox.take('a', 10, 10);
  expect(entries.map((entry) => entry.message.id)).toEqual(['1', '2']);
});
