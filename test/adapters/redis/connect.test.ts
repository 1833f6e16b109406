import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { createRedis, type RedisClient, untilReady } from '../../../adapters/redis/connect.ts';
import { checkDurability } from '../../../adapters/redis/durability.ts';
import type { Log } from '../../../src/ports/log.ts';
import { startCluster, startSentinel } from '../../support/redis-topologies.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';

const open: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.stop();
});

const start = async (options?: Parameters<typeof startRedis>[0]): Promise<TestRedis> => {
  const server = await startRedis(options);
  open.push(server);
  return server;
};

const connect = async (...args: Parameters<typeof createRedis>): Promise<RedisClient> => {
  const client = createRedis(...args);
  open.push({ stop: async () => client.disconnect() });
  await untilReady(client);
  return client;
};

const recordingLog = (): Log & { readonly lines: string[] } => {
  const lines: string[] = [];
  const record = (_: object, message: string): void => void lines.push(message);
  return { lines, debug: record, info: record, warn: record, error: record };
};

describe('a connection for commands', () => {
  it('fails fast while Redis is away and works again by itself when it is back', async () => {
    const server = await start();
    const log = recordingLog();
    const client = await connect(server.socket, 'commands', log);
    expect(await client.set('a', '1')).toBe('OK');

    await server.kill();
    await expect(client.get('a')).rejects.toThrow(/max retries|writeable|closed/i);

    await server.restart();
    await untilReady(client);
    expect(await client.get('a')).toBe('1');
    expect(log.lines).toEqual(['Redis is away; trying again until it is back', 'Redis is back']);
  });

  it('says where to look when Redis can not be reached', async () => {
    const client = createRedis('/nowhere/redis.sock', 'commands');
    open.push({ stop: async () => client.disconnect() });
    await expect(untilReady(client, 50)).rejects.toThrow(/ZG_REDIS_AWAY.*ENOENT.*REDIS_URL/);
  });
});

describe('a blocking connection', () => {
  it('goes on waiting through a restart', async () => {
    const server = await start();
    const client = await connect(server.socket, 'blocking');
    const waiting = client.blpop('queue', 0);
    await server.kill();
    await server.restart();
    await server.redis.rpush('queue', 'x');
    expect(await waiting).toEqual(['queue', 'x']);
  });
});

describe('checkDurability', () => {
  it('has nothing to say about a durable server', async () => {
    const server = await start();
    expect(await checkDurability(await connect(server.socket, 'commands'))).toEqual([]);
  });

  it('names each setting that would lose an answer', async () => {
    const server = await start({ appendfsync: 'everysec' });
    await server.redis.config('SET', 'appendonly', 'no');
    await server.redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const faults = await checkDurability(await connect(server.socket, 'commands'));
    expect(faults).toEqual([
      expect.stringMatching(/^appendonly is 'no'/),
      expect.stringMatching(/^appendfsync is 'everysec'/),
      expect.stringMatching(/^maxmemory-policy is 'allkeys-lru'/),
    ]);
  });

  it('says so when the server may not be asked', async () => {
    const server = await start();
    await server.redis.call('ACL', 'SETUSER', 'default', '-config');
    expect(await checkDurability(await connect(server.socket, 'commands'))).toEqual([expect.stringContaining("can't be asked")]);
  });
});

describe('other shapes of Redis', () => {
  it('speaks to a cluster, one slot a bureau', async () => {
    const cluster = await startCluster();
    open.push(cluster);
    const client = await connect(cluster.url, 'commands');
    const script = `redis.call('SET', KEYS[1], ARGV[1]); redis.call('SET', KEYS[2], ARGV[1]); return 1`;
    expect(await client.eval(script, 2, '{zg:a}:x', '{zg:a}:y', '1')).toBe(1);
    expect(await client.eval(script, 2, '{zg:b}:x', '{zg:b}:y', '2')).toBe(1);
    expect(await client.get('{zg:b}:y')).toBe('2');
    expect(await checkDurability(client)).toEqual([]);
  });

  // BullMQ connects anew where it has waited for too long, and waits for the end of that
  it('comes to an end with connecting to a Cluster that is down, so that jobs are taken again when it is back', async () => {
    const cluster = await startCluster();
    open.push(cluster);
    const client = await connect(cluster.url, 'bullWorker');
    const ended = once(client, 'end');
    client.disconnect();
    await ended;
    await cluster.tear();
    const connecting = client.connect().catch(() => {});
    const isOver = connecting.then(() => 'over');
    await Promise.race([isOver, once(client, 'reconnecting')]);
    await cluster.mend();
    await untilReady(client);
    expect(await Promise.race([isOver, client.set('{zg:a}:x', '1')])).toBe('over');
    expect(await client.set('{zg:a}:x', '1')).toBe('OK');
  });

  it('finds the master through Sentinel', async () => {
    const sentinel = await startSentinel();
    open.push(sentinel);
    const client = await connect(sentinel.url, 'commands');
    expect(await client.set('a', '1')).toBe('OK');
    expect(await sentinel.master.get('a')).toBe('1');
  });
});
