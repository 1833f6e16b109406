import type { Keys } from './keys.ts';
import type { RedisClient } from './script.ts';

/** One key as Redis itself writes it down. `ttlMs` 0: it does not end. */
export type KeptKey = { readonly key: string; readonly ttlMs: number; readonly dump: Buffer };

export type Snapshot = {
  readonly keys: readonly KeptKey[];
  /** Id of the newest entry of the ledger at that instant; null where there is none. */
  readonly ledgerTo: string | null;
  /** The ledger's newest row at that instant. */
  readonly seq: number;
  /** How long Redis had nothing for anybody else, as seen from here. */
  readonly tookMs: number;
};

// One script, so that state, clocks, boxes and queue are of one instant. The ledger is left out: it is only ever added to,
// so its part up to that instant can be read afterwards, and it is the largest.
const snapshotScript = `
local cursor, seen, out = '0', {}, {}
repeat
  local page = redis.call('SCAN', cursor, 'MATCH', ARGV[1], 'COUNT', 1000)
  cursor = page[1]
  for _, key in ipairs(page[2]) do
    if not seen[key] and key ~= KEYS[1] then
      seen[key] = true
      local ttl = redis.call('PTTL', key)
      local dump = redis.call('DUMP', key)
      if dump then out[#out + 1] = { key, ttl, dump } end
    end
  end
until cursor == '0'
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
return { last[1] and last[1][1] or '', redis.call('HGET', KEYS[2], 'seq') or '0', out }`;

/** Everything of one bureau at one instant, while others go on working. */
export const takeSnapshot = async (redis: RedisClient, keys: Keys): Promise<Snapshot> => {
  const beganAt = performance.now();
  const answer = await redis.callBuffer('EVAL', snapshotScript, 2, keys.ledger, keys.meta, `${keys.prefix}*`);
  const tookMs = performance.now() - beganAt;
  const [last, seq, rows] = answer as readonly [Buffer, Buffer, readonly (readonly [Buffer, number, Buffer])[]];
  return {
    ledgerTo: last.length === 0 ? null : last.toString(),
    seq: Number(seq.toString()),
    keys: rows.map(([key, ttl, dump]) => ({ key: key.toString(), ttlMs: Math.max(0, ttl), dump })),
    tookMs,
  };
};

/** An entry of a stream with its fields and values in turn. */
export type StreamEntry = readonly [id: string, fields: readonly string[]];

const pageEntries = 500;

/** The live ledger from its oldest entry up to one of a snapshot's. */
export async function* readLedgerUpTo(redis: RedisClient, keys: Keys, to: string | null): AsyncGenerator<readonly StreamEntry[]> {
  if (to === null) return;
  for (let from = '-'; ;) {
    const entries = await redis.xrange(keys.ledger, from, to, 'COUNT', pageEntries);
    if (entries.length === 0) return;
    yield entries;
    from = `(${entries.at(-1)![0]}`;
  }
}

/** Whether anything of the bureau is there. */
export const isEmptyStore = async (redis: RedisClient, keys: Keys): Promise<boolean> => {
  const found = await redis.eval(
    `local cursor = '0'
repeat
  local page = redis.call('SCAN', cursor, 'MATCH', ARGV[1], 'COUNT', 1000)
  cursor = page[1]
  if page[2][1] then return 1 end
until cursor == '0'
return redis.call('EXISTS', KEYS[1])`,
    1,
    keys.meta,
    `${keys.prefix}*`,
  );
  return found === 0;
};

/** The lease of the archive's writer at that time is nobody's any more. */
const endedLease = ['sealHolder', 'sealUntil'] as const;

/** Puts a snapshot into an empty store, what says that there is anything last. */
export const restoreSnapshot = async (
  redis: RedisClient,
  keys: Keys,
  kept: AsyncIterable<KeptKey>,
  ledger: AsyncIterable<StreamEntry>,
): Promise<{ readonly keys: number; readonly entries: number }> => {
  let [count, entries] = [0, 0];
  let meta: KeptKey | undefined;
  for await (const one of kept) {
    count += 1;
    if (one.key === keys.meta) meta = one;
    else await restoreKey(redis, one);
  }
  for await (const [id, fields] of ledger) {
    await redis.xadd(keys.ledger, id, ...fields);
    entries += 1;
  }
  if (meta) await restoreKey(redis, meta);
  await redis.hdel(keys.meta, ...endedLease);
  return { keys: count, entries };
};

const restoreKey = async (redis: RedisClient, { key, ttlMs, dump }: KeptKey): Promise<void> => {
  try {
    await redis.restore(key, ttlMs, dump);
  } catch (error) {
    if (!String(error).includes('DUMP payload')) throw error;
    throw new Error(
      `ZG_BACKUP_REDIS: this Redis can't read what another has written (${key}); restore with the same version or a newer one, which the manifest names.`,
      { cause: error },
    );
  }
};

/** Keys of the bureau that fit a pattern, which begins with its prefix. */
export const findKeys = async (redis: RedisClient, keys: Keys, pattern: string): Promise<readonly string[]> => {
  const found = await redis.eval(
    `local cursor, out = '0', {}
repeat
  local page = redis.call('SCAN', cursor, 'MATCH', ARGV[1], 'COUNT', 1000)
  cursor = page[1]
  for _, key in ipairs(page[2]) do out[#out + 1] = key end
until cursor == '0'
return out`,
    1,
    keys.meta,
    pattern,
  );
  return [...new Set(found as readonly string[])];
};
