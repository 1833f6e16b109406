import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRedis, untilReady } from '../../../adapters/redis/connect.ts';
import { checkDurability } from '../../../adapters/redis/durability.ts';
import { createInbox } from '../../../adapters/redis/inbox.ts';
import { keysOf } from '../../../adapters/redis/keys.ts';
import { createLedgerStream } from '../../../adapters/redis/ledger-stream.ts';
import { createRedisOutbox } from '../../../adapters/redis/outbox.ts';
import { followReplicas } from '../../../adapters/redis/replicas.ts';
import { createSessions } from '../../../adapters/redis/sessions.ts';
import { createRedisStore } from '../../../adapters/redis/store.ts';
import { type Link, startLink } from '../../chaos/stands/link.ts';
import { durableSettings, type RedisNode, startNode } from '../../chaos/stands/node.ts';
import { eventually } from '../../support/demo.ts';

const keys = keysOf('jn');
const event = { at: 1, event: 'RoundOpened', data: {} } as const;
const message = (id: string) => ({ id, channel: 'x', conversation: 'c', isGroup: false, from: 'm1', receivedAt: 1 });

let dir: string;
let primary: RedisNode;
let replica: RedisNode;
/** Between the two. */
let link: Link;
let client: ReturnType<typeof createRedis>;
let unfollow = (): void => {};

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zg-replicas-'));
  const start = (name: string): Promise<RedisNode> =>
    startNode({ dir: join(dir, name), settings: (port) => ['--port', `${port}`, '--dir', join(dir, name), ...durableSettings] });
  [primary, replica] = await Promise.all([start('a'), start('b')]);
  link = await startLink(() => primary.port);
  await replica.redis.replicaof('127.0.0.1', link.port);
  await eventually(
    () => primary.redis.info('replication'),
    (info) => /slave0:.*state=online/u.test(info),
  );
  client = createRedis(`redis://127.0.0.1:${primary.port}`, 'commands');
  await untilReady(client);
});
afterAll(async () => {
  unfollow();
  client.disconnect();
  await replica.stop();
  await primary.stop();
  await link.stop();
  await rm(dir, { recursive: true, force: true });
});

const away = { code: 'ZG_STORE_AWAY' };
const open = () => ({
  store: createRedisStore(client, keys, { bundleWindowMs: 0, now: () => 1 }),
  inbox: createInbox({ redis: client, blocking: client, bureau: 'jn' }),
  outbox: createRedisOutbox(client, client, keys),
  ledger: createLedgerStream(client, keys, 'jn'),
});
const notices = [{ id: 'n', to: 'm1', channelKind: 'card', template: 'x' }] as never;

it('says that a failover would lose what was confirmed', async () => {
  expect(await checkDurability(client)).toEqual([expect.stringMatching(/^min-replicas-to-write is '0'/u)]);
  await primary.redis.config('SET', 'min-replicas-to-write', '1');
  expect(await checkDurability(client)).toEqual([]);
});

describe('where Redis wants a replica', () => {
  it('confirms only what the replica has heard, also where it was written by a try before', async () => {
    unfollow = await followReplicas(client);
    const { store, inbox, outbox, ledger } = open();
    expect(await inbox.put(message('1'))).toBe(true);
    expect(await store.commit([{ writes: [], events: [event], notices: [] }], 0)).toEqual(['committed']);
    expect(await ledger.lastingSeq()).toBe(1);

    link.hold();
    await Promise.all([
      expect(inbox.put(message('2'))).rejects.toMatchObject(away),
      expect(store.commit([{ writes: [], events: [event], notices }], 0)).rejects.toMatchObject(away),
    ]);
    await expect(inbox.put(message('2'))).rejects.toMatchObject(away);
    await expect(outbox.take('one', 10, 1)).resolves.toEqual([]); // makes its group
    await expect(outbox.take('one', 10, 1)).rejects.toMatchObject(away);
    await expect(ledger.lastingSeq()).rejects.toMatchObject(away);

    link.release();
    await eventually(
      () => inbox.put(message('2')).catch(() => undefined),
      (isNew) => isNew === false,
    );
    expect(await ledger.lastingSeq()).toBe(2);
    expect(await replica.redis.xlen(keys.inbox)).toBe(2);
  });

  it('opens nothing by a link that the next primary would open again', async () => {
    const sessions = createSessions(client, 'jn');
    expect(await sessions.useUp('link:a', 60_000)).toBe(true);
    expect(await sessions.useUp('link:a', 60_000)).toBe(false);
    link.hold();
    await expect(sessions.useUp('link:b', 60_000)).rejects.toMatchObject(away);
    await expect(sessions.useUp('link:a', 60_000)).rejects.toMatchObject(away);
    link.release();
    const isUsed = await eventually(
      () => sessions.useUp('link:b', 60_000).catch(() => undefined),
      (answer) => answer !== undefined,
    );
    expect(isUsed).toBe(true);
    expect(await sessions.isUsedUp('link:a')).toBe(true);
    expect(await replica.redis.exists(`${keys.prefix}:used:link:b`)).toBe(1);
  });

  it('forgets what was handed to the delivery queue only where the queue has it', async () => {
    const { store, outbox } = open();
    await store.commit([{ writes: [], events: [event], notices }], 0);
    const [entry] = await outbox.take('two', 10, 1);
    const left = (): Promise<number> => client.xlen(keys.outbox);
    const before = await left();
    await outbox.done([entry!.entryId], ['lost']);
    expect(await left()).toBe(before);
    await client.hset(`${keys.prefix}:deliver:kept`, 'name', 'deliver');
    await outbox.done([entry!.entryId], ['kept']);
    expect(await left()).toBe(before - 1);
  });
});

it('leaves a primary that was made a replica, and asks again who leads', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  client.once('reconnecting', () => resolve());
  await primary.redis.replicaof('127.0.0.1', replica.port);
  await expect(client.set('{zg:jn}x', '1')).rejects.toThrow('READONLY');
  await promise;
});
