import type { Cluster, Redis } from 'ioredis';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimits, RateRule } from '../../src/ports/rate-limits.ts';

const storeAway = (cause: unknown): Error =>
  Object.assign(new Error('ZG_STORE_AWAY: limits cannot be counted', { cause }), { code: 'ZG_STORE_AWAY' });

/** Counted in Redis under the bureau's own prefix, by windows that begin with their first use. */
export const createRateLimits = (redis: Redis | Cluster, prefix: string): RateLimits => {
  const limiters = new Map<string, RateLimiterRedis>();

  const limiterOf = ({ count, perMs }: RateRule): RateLimiterRedis => {
    const name = `${count}/${perMs}`;
    const known = limiters.get(name);
    if (known) return known;
    const made = new RateLimiterRedis({
      storeClient: redis,
      points: count,
      duration: perMs / 1_000,
      keyPrefix: `${prefix}:rate:${name}`,
      // what is refused is refused without asking Redis again until the window is over
      inMemoryBlockOnConsumed: count,
    });
    limiters.set(name, made);
    return made;
  };

  return {
    take: async (key, rules) => {
      const given: RateLimiterRedis[] = [];
      try {
        for (const rule of rules) {
          const limiter = limiterOf(rule);
          await limiter.consume(key);
          given.push(limiter);
        }
        return { isTaken: true };
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw storeAway(refused);
        await Promise.all(given.map((limiter) => limiter.reward(key)));
        return { isTaken: false, retryAfterMs: Math.max(1, refused.msBeforeNext) };
      }
    },
    left: (key, rules) =>
      Promise.all(
        rules.map(async (rule) => {
          const found = await limiterOf(rule).get(key);
          return Math.max(0, found?.remainingPoints ?? rule.count);
        }),
      ),
  };
};
