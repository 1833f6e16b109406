import { expect, it } from 'vitest';
import { createRedis, untilReady } from '../../adapters/redis/connect.ts';
import { createRedisStore } from '../../adapters/redis/store.ts';
import { keysOf } from '../../adapters/redis/keys.ts';
import { toStartFault } from '../../src/wiring/start-fault.ts';
import { startRedis } from '../support/redis.ts';

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

it('says what to do when Redis dies in the middle of a start', async () => {
  const server = await startRedis();
  const redis = createRedis(server.socket, 'commands');
  await untilReady(redis);
  const store = createRedisStore(redis, keysOf('gone'), { bundleWindowMs: 0, now: () => 0 });
  await server.stop();
  const error = await store.campaignVersion().catch((thrown: unknown) => thrown);
  redis.disconnect();
  expect(textOf(error)).toBe('ZG_STORE_AWAY');
  expect(textOf(toStartFault(error, undefined))).toMatch(/^ZG_STORE_AWAY: Redis went away while .*REDIS_URL.* start again; /u);
  expect(textOf(toStartFault(error, 'data/redis/redis.log'))).toMatch(/^ZG_STORE_AWAY: .*data\/redis\/redis\.log.* start again; /u);
});

it('knows the words of the client, and leaves every other fault as it is', () => {
  expect(textOf(toStartFault(new Error('Connection is closed.'), undefined))).toMatch(/^ZG_STORE_AWAY: .*\(Connection is closed\.\)/u);
  const other = new Error('ZG_PORT_TAKEN: set PORT');
  expect(toStartFault(other, undefined)).toBe(other);
});
