import type { ChannelHealth } from '../../src/ports/channel-health.ts';
import { orAway } from './away.ts';
import { keysOf } from './keys.ts';
import { type RedisClient, scriptOf } from './script.ts';

/** Nobody looks at a window for longer; in a demo it is over much sooner. */
const keptS = 24 * 3_600;
/** Lua takes no more arguments of one call at once than some thousands. */
const atOnce = 500;

// a hash: `since`, `sent`, and `f` before each recipient whom nothing has reached
const record = scriptOf(`
local now, ms, reached = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local since = tonumber(redis.call('HGET', KEYS[1], 'since'))
if not since or now - since >= ms then
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'since', ARGV[1])
end
local sent = redis.call('HINCRBY', KEYS[1], 'sent', reached)
for i = 5, 4 + reached do redis.call('HDEL', KEYS[1], 'f' .. ARGV[i]) end
for i = 5 + reached, #ARGV, 2 do redis.call('HSET', KEYS[1], 'f' .. ARGV[i], ARGV[i + 1]) end
redis.call('EXPIRE', KEYS[1], ARGV[4])
return { sent, redis.call('HGETALL', KEYS[1]) }`);

/** One small hash for each channel: everybody who delivers over it adds to the same figures. Rejects with ZG_STORE_AWAY. */
export const createChannelHealth = (redis: RedisClient, bureau: string): ChannelHealth => {
  const { prefix } = keysOf(bureau);
  const keyOf = (channel: string): string => `${prefix}:health:${channel}`;
  const recordSome: ChannelHealth['record'] = async (channel, { reached, failed }, { now, ms }) => {
    const args = [now, ms, reached.length, keptS, ...reached, ...failed.flatMap(({ to, obligationId }) => [to, obligationId])];
    const [sent, fields] = (await orAway(record(redis, [keyOf(channel)], args))) as [number, string[]];
    const tally = new Map<string, string>();
    for (let at = 0; at < fields.length; at += 2) {
      const name = fields[at] ?? '';
      if (name.startsWith('f')) tally.set(name.slice(1), fields[at + 1] ?? '');
    }
    return { sent, failed: tally };
  };
  return {
    record: async (channel, { reached, failed }, window) => {
      for (let from = atOnce; from < reached.length; from += atOnce)
        await recordSome(channel, { reached: reached.slice(from, from + atOnce), failed: [] }, window);
      for (let from = atOnce; from < failed.length; from += atOnce)
        await recordSome(channel, { reached: [], failed: failed.slice(from, from + atOnce) }, window);
      return recordSome(channel, { reached: reached.slice(0, atOnce), failed: failed.slice(0, atOnce) }, window);
    },
    forget: async (channel) => void (await orAway(redis.del(keyOf(channel)))),
  };
};
