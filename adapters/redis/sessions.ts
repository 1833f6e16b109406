import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { KeptSession, Sessions } from '../../src/ports/sessions.ts';
import { orAway } from './away.ts';
import { keysOf } from './keys.ts';
import { replicatedScriptOf, scriptOf, type RedisClient } from './script.ts';

const Kept = z.object({
  personId: z.string(),
  way: z.enum(['link', 'openId']),
  stamp: z.string(),
  beganAt: z.number(),
  seenAt: z.number(),
});

/** Together, so that "everywhere" never misses one that begins at the same moment. */
const beginOne = scriptOf(`
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('SADD', KEYS[2], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
return 1`);

const endOne = scriptOf(`redis.call('SREM', KEYS[2], ARGV[1]) return redis.call('DEL', KEYS[1])`);

/** Confirmed like any answer: the next primary must not open the same link again. */
const useOnce = replicatedScriptOf(`return redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2], 'NX') and 1 or 0`, 1);

/** Nobody has come in by it: whoever tries again may. */
const unuse = scriptOf(`if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`);

/** A set of a person's sessions is kept as long as any session may last, and longer than the longest. */
const setMs = 32 * 24 * 3_600_000;

const parse = (text: string | null): KeptSession | undefined => {
  if (text === null) return undefined;
  const read = Kept.safeParse(JSON.parse(text));
  return read.success ? read.data : undefined;
};

export const createSessions = (redis: RedisClient, bureau: string): Sessions => {
  const { prefix, meta } = keysOf(bureau);
  const keyOf = (key: string): string => `${prefix}:session:${key}`;
  const setOf = (personId: string): string => `${prefix}:sessions:${personId}`;
  const usedOf = (name: string): string => `${prefix}:used:${name}`;
  const noteOf = (name: string): string => `${prefix}:note:${name}`;
  return {
    begin: async (key, session, keepMs) => {
      await orAway(beginOne(redis, [keyOf(key), setOf(session.personId)], [JSON.stringify(session), Math.ceil(keepMs), key, setMs]));
    },
    read: async (key) => parse(await orAway(redis.get(keyOf(key)))),
    touch: async (key, session, keepMs) => {
      await orAway(redis.set(keyOf(key), JSON.stringify(session), 'PX', Math.ceil(keepMs), 'XX'));
    },
    end: async (key, personId) => (await orAway(endOne(redis, [keyOf(key), setOf(personId)], [key]))) === 1,
    countOf: async (personId) => {
      const keys = await orAway(redis.smembers(setOf(personId)));
      // those whose time has run out stay in the set
      return keys.length === 0 ? 0 : orAway(redis.exists(...keys.map(keyOf)));
    },
    endAll: async (personId) => {
      const keys = await orAway(redis.smembers(setOf(personId)));
      if (keys.length === 0) return 0;
      const ended = await orAway(redis.del(...keys.map(keyOf)));
      await orAway(redis.srem(setOf(personId), ...keys));
      return ended;
    },
    useUp: async (name, keepMs) => {
      const own = randomUUID();
      try {
        return (await orAway(useOnce(redis, [usedOf(name), meta], [own, Math.ceil(keepMs)]))) === 1;
      } catch (error) {
        await unuse(redis, [usedOf(name)], [own]).catch(() => {});
        throw error;
      }
    },
    isUsedUp: async (name) => (await orAway(redis.exists(usedOf(name)))) === 1,
    put: async (name, value, keepMs) => {
      await orAway(redis.set(noteOf(name), value, 'PX', Math.ceil(keepMs)));
    },
    look: async (name) => (await orAway(redis.get(noteOf(name)))) ?? undefined,
    take: async (name) => (await orAway(redis.getdel(noteOf(name)))) ?? undefined,
  };
};
