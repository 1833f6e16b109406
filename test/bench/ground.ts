import { Redis } from 'ioredis';
import { createRedis, untilReady } from '../../adapters/redis/connect.ts';
import { keysOf } from '../../adapters/redis/keys.ts';
import type { RedisClient } from '../../adapters/redis/script.ts';
import { startCluster } from '../support/redis-topologies.ts';
import { startRedis } from '../support/redis.ts';
import { benchSettings, inBureau, roundAt } from './bureau.ts';
import type { Place } from './engine.ts';
import { benchLog, fillBureau, type movedClock } from './stage.ts';

/** One Redis, or a cluster of three, for several bureaus. */
export type Ground = {
  /** Each by itself, to be asked what it has taken. */
  readonly nodes: readonly Redis[];
  readonly keysOf: typeof keysOf;
  readonly fill: (bureau: string, posts: number, clock: ReturnType<typeof movedClock>) => Promise<Place>;
  readonly close: () => Promise<void>;
};

const openCluster = async () => {
  const cluster = await startCluster();
  const nodes = cluster.url
    .replace(/^.*\/\//u, '')
    .split(',')
    .map((address) => new Redis(Number(address.split(':')[1]), { maxRetriesPerRequest: null }));
  const stop = async (): Promise<void> => {
    for (const node of nodes) node.disconnect();
    await cluster.stop();
  };
  return { url: cluster.url, nodes, stop };
};

const openSingle = async () => {
  const server = await startRedis({ appendfsync: 'always' });
  return { url: server.url, nodes: [server.redis], stop: () => server.stop() };
};

export const openGround = async (nodeCount: 1 | 3): Promise<Ground> => {
  const { url, nodes, stop } = await (nodeCount === 1 ? openSingle() : openCluster());
  const redis: RedisClient = createRedis(url, 'commands', benchLog);
  await untilReady(redis);
  return {
    nodes,
    keysOf,
    fill: async (bureau, posts, clock) => {
      const settings = inBureau(benchSettings(roundAt), bureau);
      await fillBureau(redis, settings, posts, clock);
      return { server: { url }, redis, keys: keysOf(bureau), clock, settingsAt: roundAt, bureau };
    },
    close: async () => {
      redis.disconnect();
      await stop();
    },
  };
};
