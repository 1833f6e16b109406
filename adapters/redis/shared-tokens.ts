import { randomUUID } from 'node:crypto';
import { setTimeout as pauseFor } from 'node:timers/promises';
import type { FreshToken, SharedTokens } from '../../src/ports/shared-tokens.ts';
import { orAway } from './away.ts';
import { keysOf } from './keys.ts';
import { scriptOf, type RedisClient } from './script.ts';

/** Whoever fetches has this long; then another may try. */
const fetchMs = 10_000;
const lookAgainMs = 25;
/** A token is not used in its last moments: it would run out on the way. */
const sparedShare = 0.1;
const mostSparedMs = 300_000;

const dropIfSame = scriptOf(`if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`);

/** Some platforms make the old token worthless with each new one, and count how often one asks. */
export const createSharedTokens = (
  redis: RedisClient,
  bureau: string,
  pause: (ms: number) => Promise<unknown> = pauseFor,
): SharedTokens => {
  const { prefix } = keysOf(bureau);
  const inHand = new Map<string, Promise<string>>();
  const keyOf = (name: string): string => `${prefix}:token:${name}`;

  const keep = async (key: string, { token, expiresInMs }: FreshToken): Promise<string> => {
    const usableMs = Math.floor(expiresInMs - Math.min(expiresInMs * sparedShare, mostSparedMs));
    if (usableMs > 0) await orAway(redis.set(key, token, 'PX', usableMs));
    return token;
  };

  const fetchTogether = async (name: string, fetchFresh: () => Promise<FreshToken>): Promise<string> => {
    const [key, lock, holder] = [keyOf(name), `${keyOf(name)}:lock`, randomUUID()];
    for (let waitedMs = 0; ; waitedMs += lookAgainMs) {
      const known = await orAway(redis.get(key));
      if (known !== null) return known;
      const isOurs = (await orAway(redis.set(lock, holder, 'PX', fetchMs, 'NX'))) === 'OK';
      if (isOurs || waitedMs > fetchMs) {
        try {
          return await keep(key, await fetchFresh());
        } finally {
          await dropIfSame(redis, [lock], [holder]).catch(() => {});
        }
      }
      await pause(lookAgainMs);
    }
  };

  return {
    get: (name, fetchFresh) => {
      const known = inHand.get(name);
      if (known) return known;
      const fetching = fetchTogether(name, fetchFresh).finally(() => inHand.delete(name));
      inHand.set(name, fetching);
      return fetching;
    },
    drop: async (name, token) => {
      await orAway(dropIfSame(redis, [keyOf(name)], [token]));
    },
  };
};
