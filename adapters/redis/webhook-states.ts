import { z } from 'zod';
import type { WebhookStates } from '../../src/ports/webhooks.ts';
import { orAway } from './away.ts';
import { keysOf } from './keys.ts';
import { type RedisClient, scriptOf } from './script.ts';

const Kept = z.object({
  seq: z.number(),
  lastTakenAt: z.number().nullable(),
  failures: z.number(),
  failingSince: z.number().nullable(),
  lastCode: z.string().nullable(),
  nextTryAt: z.number(),
  isTold: z.boolean(),
});

const hold = scriptOf(`
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`);

const holdOn = scriptOf(`if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0`);

const write = scriptOf(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
return 1`);

const letGo = scriptOf(`if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`);

export const createWebhookStates = (redis: RedisClient, bureau: string): WebhookStates => {
  const { prefix } = keysOf(bureau);
  const states = `${prefix}:webhooks`;
  const heldOf = (name: string): string => `${prefix}:webhook:${name}`;
  return {
    read: async (name) => {
      const kept = await orAway(redis.hget(states, name));
      return kept === null ? undefined : Kept.safeParse(JSON.parse(kept)).data;
    },
    write: async (name, state, holder) => (await orAway(write(redis, [heldOf(name), states], [holder, name, JSON.stringify(state)]))) === 1,
    hold: async (name, holder, ttlMs) => (await orAway(hold(redis, [heldOf(name)], [holder, ttlMs]))) === 1,
    holdOn: async (name, holder, ttlMs) => (await orAway(holdOn(redis, [heldOf(name)], [holder, ttlMs]))) === 1,
    letGo: async (name, holder) => {
      await orAway(letGo(redis, [heldOf(name)], [holder]));
    },
  };
};
