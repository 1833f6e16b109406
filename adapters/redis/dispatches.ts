import type { Dispatch, Dispatches } from '../../src/ports/dispatches.ts';
import { orAway } from './away.ts';
import { keysOf } from './keys.ts';
import type { RedisClient } from './script.ts';

/** Carriers report within three days, or not at all. */
const keptMs = 3 * 24 * 60 * 60_000;

/** Each under a key that forgets itself. Rejects with ZG_STORE_AWAY. */
export const createDispatches = (redis: RedisClient, bureau: string): Dispatches => {
  const { prefix } = keysOf(bureau);
  const keyOf = (channel: string, id: string): string => `${prefix}:sent:${channel}:${id}`;
  return {
    remember: async (channel, id, dispatch) => {
      await orAway(redis.set(keyOf(channel, id), JSON.stringify(dispatch), 'PX', keptMs));
    },
    find: async (channel, id) => {
      const found = await orAway(redis.get(keyOf(channel, id)));
      return found === null ? undefined : (JSON.parse(found) as Dispatch);
    },
    isReported: async (channel, id) => (await orAway(redis.exists(`${keyOf(channel, id)}:reported`))) === 1,
    markReported: async (channel, id) => {
      await orAway(redis.set(`${keyOf(channel, id)}:reported`, '1', 'PX', keptMs));
    },
  };
};
