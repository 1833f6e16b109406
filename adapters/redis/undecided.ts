import type { Undecided } from '../../src/ports/undecided.ts';
import { orAway } from './away.ts';
import { keysOf } from './keys.ts';
import type { RedisClient } from './script.ts';

/** What has not failed for so long is told of again should it fail once more, campaign ms. */
const keptMs = 30 * 24 * 3_600_000;

export const createUndecided = (redis: RedisClient, bureau: string): Undecided => {
  const key = keysOf(bureau).undecided;
  return {
    untold: async (ids) => {
      if (ids.length === 0) return [];
      const failedAts = await orAway(redis.zmscore(key, ...ids));
      return ids.filter((_, index) => failedAts[index] === null);
    },
    note: async (ids, at) => {
      if (ids.length === 0) return;
      await orAway(redis.zadd(key, ...ids.flatMap((id) => [at, id])));
      await orAway(redis.zremrangebyscore(key, '-inf', at - keptMs));
    },
    countSince: async (at) => orAway(redis.zcount(key, at, '+inf')),
  };
};
