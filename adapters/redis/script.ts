import { createHash } from 'node:crypto';
import type { Cluster, Redis } from 'ioredis';
import { runReplicated, wantsReplicas } from './replicas.ts';

export type RedisClient = Redis | Cluster;

const isUnknownScript = (error: unknown): boolean => error instanceof Error && error.message.startsWith('NOSCRIPT');

/** A Lua script by its digest; sent in full only to a Redis that does not know it yet. */
export const scriptOf = (lua: string) => {
  const sha = createHash('sha1').update(lua).digest('hex');
  return async (redis: RedisClient, keys: readonly string[], args: readonly (string | number | Buffer)[]): Promise<unknown> => {
    try {
      return await redis.evalsha(sha, keys.length, ...keys, ...args);
    } catch (error) {
      if (!isUnknownScript(error)) throw error;
      return redis.eval(lua, keys.length, ...keys, ...args);
    }
  };
};

const isElsewhere = (error: unknown): boolean => error instanceof Error && /^(?:MOVED|ASK) /u.test(error.message);

/**
 * The same, of what is confirmed: it resolves when the replicas that Redis is told to write to have it too. `markAt`: which
 * of the keys is a hash of the bureau's.
 */
export const replicatedScriptOf = (lua: string, markAt: number): ReturnType<typeof scriptOf> => {
  const sha = createHash('sha1').update(lua).digest('hex');
  const alone = scriptOf(lua);
  return async (redis, keys, args) => {
    if (!wantsReplicas(redis)) return alone(redis, keys, args);
    const mark = keys[markAt]!;
    const all = [...keys, ...args];
    const together = async (isKnown: boolean): Promise<unknown> => {
      const [answer] = await runReplicated(redis, mark, (pipeline) =>
        isKnown ? pipeline.evalsha(sha, keys.length, ...all) : pipeline.eval(lua, keys.length, ...all),
      );
      return answer?.[1];
    };
    try {
      return await together(true);
    } catch (error) {
      // a question about the key leads the client to where it lies now
      if (isElsewhere(error)) await redis.hget(mark, 'toldAt');
      else if (!isUnknownScript(error)) throw error;
      return together(false);
    }
  };
};

const separator = '\u001f';

/**
 * Several parts in one argument: each argument costs the client and Redis more than a part of one does. The separator is
 * a control character, which JSON never holds as it is, and ids of our own don't either.
 */
export const joinParts = (parts: readonly (string | number)[]): string => parts.join(separator);

/** What somebody else may have made up. */
export const asPart = (text: string): string => (text.includes(separator) ? JSON.stringify(text) : text);

/** One such part with its separator, as a Lua pattern in a script; for short parts, for it looks at each byte. */
export const partPattern = String.raw`([^\31]*)\31`;
