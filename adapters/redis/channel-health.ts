import type { ChannelHealth, ChannelTally, FailingChannel, Unreached } from '../../src/ports/channel-health.ts';
import { orAway } from './away.ts';
import { keysOf } from './keys.ts';
import { type RedisClient, scriptOf } from './script.ts';

/** Nobody looks at a window for longer; in a demo it is over much sooner. */
const keptS = 24 * 3_600;
/** Lua takes no more arguments of one call at once than some thousands. */
const atOnce = 500;
/** People remembered of one failure. */
const mostKept = 2_000;

// KEYS: the window, what is failing. The window is a hash: `since`, `sent`, `handed`, `failures`, and `f` before each recipient
// whom this channel has not reached. ARGV: now, length of the window, how many were reached, seconds kept, how many were
// handed over (or taken back), the reached, then recipient, obligation and the channel that did instead, of each failure.
const record = scriptOf(`
local now, ms, reached, handed = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[5])
local failures = (#ARGV - 5 - reached) / 3
local since = tonumber(redis.call('HGET', KEYS[1], 'since'))
if not since or now - since >= ms then
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'since', ARGV[1])
end
redis.call('HINCRBY', KEYS[1], 'sent', reached)
redis.call('HINCRBY', KEYS[1], 'handed', handed)
redis.call('HINCRBY', KEYS[1], 'failures', failures)
for i = 6, 5 + reached do redis.call('HDEL', KEYS[1], 'f' .. ARGV[i]) end
for i = 6 + reached, #ARGV, 3 do redis.call('HSET', KEYS[1], 'f' .. ARGV[i], ARGV[i + 1] .. ' ' .. ARGV[i + 2]) end
redis.call('EXPIRE', KEYS[1], ARGV[4])
if redis.call('EXISTS', KEYS[2]) == 1 then
  local isAnybody = redis.call('HGET', KEYS[2], 'givenUp') == '1'
  if isAnybody and handed > 0 then redis.call('HSET', KEYS[2], 'reachedAt', ARGV[1]) end
  for i = 6, 5 + reached do
    if isAnybody or redis.call('HDEL', KEYS[2], 'f' .. ARGV[i]) == 1 then redis.call('HSET', KEYS[2], 'reachedAt', ARGV[1]) end
  end
  if failures > 0 then
    redis.call('HSET', KEYS[2], 'failedAt', ARGV[1])
    redis.call('HINCRBY', KEYS[2], 'failures', failures)
    for i = 6 + reached, #ARGV, 3 do redis.call('HSET', KEYS[2], 'f' .. ARGV[i], '') end
  end
end
return { redis.call('HGETALL', KEYS[1]), redis.call('HMGET', KEYS[2], 'since', 'failedAt', 'reachedAt', 'failures') }`);

const begin = scriptOf(`
if redis.call('HSETNX', KEYS[1], 'since', ARGV[1]) == 1 then
  redis.call('HSET', KEYS[1], 'givenUp', ARGV[2])
  for i = 3, #ARGV do redis.call('HSET', KEYS[1], 'f' .. ARGV[i], '') end
end
redis.call('DEL', KEYS[2])`);

const end = scriptOf(`
if redis.call('HGET', KEYS[1], 'since') ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1], KEYS[2])
return 1`);

const pairsOf = (fields: readonly string[]): ReadonlyMap<string, string> => {
  const pairs = new Map<string, string>();
  for (let at = 0; at < fields.length; at += 2) pairs.set(fields[at] ?? '', fields[at + 1] ?? '');
  return pairs;
};

const toFailing = ([since, failedAt, reachedAt, failures]: readonly (string | null)[]): FailingChannel | undefined => {
  if (!since) return undefined;
  return {
    since: Number(since),
    lastFailedAt: Number(failedAt ?? since),
    ...(reachedAt ? { lastReachedAt: Number(reachedAt) } : {}),
    failures: Number(failures ?? 0),
  };
};

const toUnreached = (kept: string): Unreached => {
  const [obligationId = '', by = ''] = kept.split(' ');
  return { ...(obligationId === '' ? {} : { obligationId }), ...(by === '' ? {} : { by }) };
};

/** One small hash for each channel: everybody who delivers over it adds to the same figures. Rejects with ZG_STORE_AWAY. */
export const createChannelHealth = (redis: RedisClient, bureau: string): ChannelHealth => {
  const { prefix } = keysOf(bureau);
  const keyOf = (channel: string): string => `${prefix}:health:${channel}`;
  const failingKeyOf = (channel: string): string => `${prefix}:failing:${channel}`;
  const recordSome: ChannelHealth['record'] = async (channel, { reached, failed, handedOver = 0 }, { now, ms }) => {
    const failures = failed.flatMap(({ to, obligationId = '', by = '' }) => [to, obligationId, by]);
    const args = [now, ms, reached.length, keptS, handedOver, ...reached, ...failures];
    const answer = await orAway(record(redis, [keyOf(channel), failingKeyOf(channel)], args));
    const [window, broken] = answer as [string[], (string | null)[]];
    const fields = pairsOf(window);
    const failing = toFailing(broken);
    const tally: ChannelTally = {
      // reports may come before what they are about is counted, or in the window after it
      sent: Number(fields.get('sent')) + Math.max(0, Number(fields.get('handed'))),
      failures: Number(fields.get('failures')),
      failed: new Map([...fields].flatMap(([name, kept]) => (/^f(?!ailures$)/u.test(name) ? [[name.slice(1), toUnreached(kept)]] : []))),
    };
    return failing ? { ...tally, failing } : tally;
  };
  return {
    record: async (channel, { reached, failed, handedOver = 0 }, window) => {
      for (let from = atOnce; from < reached.length; from += atOnce)
        await recordSome(channel, { reached: reached.slice(from, from + atOnce), failed: [] }, window);
      for (let from = atOnce; from < failed.length; from += atOnce)
        await recordSome(channel, { reached: [], failed: failed.slice(from, from + atOnce) }, window);
      return recordSome(channel, { reached: reached.slice(0, atOnce), failed: failed.slice(0, atOnce), handedOver }, window);
    },
    begin: async (channel, { at, people, isGivenUp }) => {
      await orAway(begin(redis, [failingKeyOf(channel), keyOf(channel)], [at, isGivenUp ? 1 : 0, ...people.slice(0, mostKept)]));
    },
    over: async (channel, since) => (await orAway(end(redis, [failingKeyOf(channel), keyOf(channel)], [since]))) === 1,
    failing: async (channels) => {
      const fields = ['since', 'failedAt', 'reachedAt', 'failures'] as const;
      const found = await Promise.all(channels.map((channel) => orAway(redis.hmget(failingKeyOf(channel), ...fields))));
      return new Map(
        channels.flatMap((channel, index) => {
          const failing = toFailing(found[index] ?? []);
          return failing ? [[channel, failing] as const] : [];
        }),
      );
    },
  };
};
