import type { Inbox, InboundMessage, InboxEntry } from '../../src/ports/inbox.ts';
import { orAway } from './away.ts';
import { coalesce } from './coalesce.ts';
import { dropGoneConsumers, goneAfterMs } from './gone-consumers.ts';
import { INBOX_GROUP, keysOf } from './keys.ts';
import { type RedisClient, replicatedScriptOf, scriptOf } from './script.ts';

export type InboxDeps = {
  /** For writing; best without an offline queue, so that a caller hears at once that Redis is away. */
  readonly redis: RedisClient;
  /** A connection of its own: taking blocks it. */
  readonly blocking: RedisClient;
  readonly bureau: string;
  /** A message in hand for longer than this without being held belongs to whoever asks next. */
  readonly idleMs?: number;
  readonly timeoutMs?: number;
  readonly goneMs?: number;
};

/** Platforms repeat a webhook for minutes, at the worst for hours: an id is known for at least twice as long as one set takes ids in. */
const seenSetS = 12 * 60 * 60;
/** How many of a dead consumer's messages come back at a time: few, because one of them may be what killed it. */
const claimLimit = 20;
/** Delivered this often and still not settled, a message may be what kills its consumers. */
const suspectDeliveries = 2;
const keptAside = 1_000;

/**
 * Written before it is marked as seen: if the first write is refused, nothing has happened. The ids lie in a set for each
 * half day, which is forgotten as a whole: a key with a clock of its own for each id costs four times as much.
 *
 * KEYS: inbox, prefix of the sets (in the inbox's slot), meta. ARGV: seconds, then id and message of each.
 */
const putScript = replicatedScriptOf(
  `
local seconds, ids = tonumber(ARGV[1]), {}
for i = 2, #ARGV, 2 do ids[#ids + 1] = ARGV[i] end
local now = math.floor(tonumber(redis.call('TIME')[1]) / seconds)
local known = {}
for age = 0, 2 do
  local found = redis.call('SMISMEMBER', KEYS[2] .. now - age, unpack(ids))
  for i, is in ipairs(found) do
    if is == 1 then known[ids[i]] = true end
  end
end
local out, new = {}, {}
for i, id in ipairs(ids) do
  if known[id] then out[i] = 0
  else
    redis.call('XADD', KEYS[1], '*', 'm', ARGV[i * 2 + 1])
    known[id] = true
    new[#new + 1] = id
    out[i] = 1
  end
end
if #new > 0 then
  local key = KEYS[2] .. now
  if redis.call('SADD', key, unpack(new)) == redis.call('SCARD', key) then redis.call('EXPIREAT', key, (now + 3) * seconds) end
end
return out`,
  2,
);

const asideScript = scriptOf(`
if redis.call('XACK', KEYS[1], ARGV[1], ARGV[2]) == 0 then return 0 end
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[5], '*', 'm', ARGV[3], 'reason', ARGV[4])
redis.call('XDEL', KEYS[1], ARGV[2])
return 1`);

type Raw = readonly [entryId: string, fields: readonly string[] | null];

const unreadable: InboundMessage = { id: '', channel: '', conversation: '', isGroup: false, from: '', receivedAt: 0 };

const toEntry = ([entryId, fields]: Raw, attempts: number): InboxEntry => {
  try {
    return { entryId, attempts, message: JSON.parse(fields?.[1] ?? '') as InboundMessage };
  } catch {
    // what cannot be read can never be handled: it comes with more attempts than anybody allows
    return { entryId, attempts: Number.MAX_SAFE_INTEGER, message: unreadable };
  }
};

/** The stream between the doors and the bot. One per process and bureau. */
export const createInbox = ({ redis, blocking, bureau, idleMs = 5_000, timeoutMs = 3_000, goneMs = goneAfterMs }: InboxDeps): Inbox => {
  const keys = keysOf(bureau);
  const put = coalesce<InboundMessage, boolean>(
    async (messages) => {
      const taken = await putScript(
        redis,
        [keys.inbox, `${keys.prefix}:seen:`, keys.meta],
        [seenSetS, ...messages.flatMap((message) => [`${message.channel}:${message.id}`, JSON.stringify(message)])],
      );
      return (taken as number[]).map((one) => one === 1);
    },
    { batch: 200, waiting: 20_000, timeoutMs },
  );

  const createGroup = async (): Promise<void> => {
    try {
      await redis.xgroup('CREATE', keys.inbox, INBOX_GROUP, '0', 'MKSTREAM');
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('BUSYGROUP'))) throw error;
    }
  };

  /**
   * What a dead consumer left. Claiming counts as an attempt, so only what is begun at once is claimed: whatever may
   * have killed its consumer comes alone, or its neighbours would be counted out with it.
   */
  const claim = async (consumer: string): Promise<readonly InboxEntry[]> => {
    const left = (await redis.xpending(keys.inbox, INBOX_GROUP, 'IDLE', idleMs, '-', '+', claimLimit)) as [
      string,
      string,
      number,
      number,
    ][];
    const harmless = left.filter(([, , , deliveries]) => deliveries < suspectDeliveries);
    const wanted = harmless.length > 0 ? harmless : left.slice(0, 1);
    if (wanted.length === 0) return [];
    const ids = wanted.map(([entryId]) => entryId);
    // somebody else may have been quicker: what has been claimed meanwhile is no longer idle
    const raws = (await redis.call('XCLAIM', keys.inbox, INBOX_GROUP, consumer, idleMs, ...ids)) as (Raw | null)[];
    const deliveriesOf = new Map(wanted.map(([entryId, , , deliveries]) => [entryId, deliveries]));
    return raws.flatMap((raw) => (raw ? [toEntry(raw, (deliveriesOf.get(raw[0]) ?? 0) + 1)] : []));
  };

  const read = async (consumer: string, limit: number, blockMs: number): Promise<readonly InboxEntry[]> => {
    const wait = Math.max(1, blockMs); // 0 would be for ever
    const answer = await blocking.xreadgroup('GROUP', INBOX_GROUP, consumer, 'COUNT', limit, 'BLOCK', wait, 'STREAMS', keys.inbox, '>');
    const [stream] = (answer ?? []) as [string, Raw[]][];
    return stream ? stream[1].map((raw) => toEntry(raw, 1)) : [];
  };

  let isTidy = false;
  let claimedAt = Number.NEGATIVE_INFINITY;
  const take = async (consumer: string, limit: number, blockMs: number): Promise<readonly InboxEntry[]> => {
    try {
      if (!isTidy) await dropGoneConsumers(redis, keys.inbox, INBOX_GROUP, goneMs);
      isTidy = true;
      const now = performance.now();
      if (now - claimedAt >= idleMs / 10) {
        const claimed = await claim(consumer);
        if (claimed.length > 0) return claimed;
        claimedAt = now;
      }
      return await read(consumer, limit, blockMs);
    } catch (error) {
      // before the first message there is neither stream nor group
      if (!(error instanceof Error && /^NOGROUP|no such key/u.test(error.message))) throw error;
      await createGroup();
      return read(consumer, limit, blockMs);
    }
  };

  let heldAt = Number.NEGATIVE_INFINITY;
  const hold = async (consumer: string, entryIds: readonly string[]): Promise<void> => {
    const now = performance.now();
    if (entryIds.length === 0 || now - heldAt < idleMs / 4) return;
    heldAt = now;
    // JUSTID: it restarts the idle time without counting as another attempt
    await redis.call('XCLAIM', keys.inbox, INBOX_GROUP, consumer, 0, ...entryIds, 'JUSTID');
  };

  return {
    put,
    take: (consumer, limit, blockMs) => orAway(take(consumer, limit, blockMs)),
    hold: (consumer, entryIds) => orAway(hold(consumer, entryIds)),
    setAside: async (entry, reason) => {
      const args = [INBOX_GROUP, entry.entryId, JSON.stringify(entry.message), reason, keptAside];
      await orAway(asideScript(redis, [keys.inbox, keys.aside], args));
    },
  };
};
