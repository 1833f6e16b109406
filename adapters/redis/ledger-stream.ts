import type { Cluster, Redis } from 'ioredis';
import type { LedgerEvent, LedgerRow } from '../../src/domain/ledger/event.ts';
import { type Seal, genesis } from '../../src/domain/ledger/seal.ts';
import type { LedgerStream } from '../../src/ports/ledger.ts';
import { orAway } from './away.ts';
import type { Keys } from './keys.ts';
import { runReplicated } from './replicas.ts';

/** Entries fetched at once: an entry is a commit and may hold hundreds of rows. */
const pageEntries = 100;

// all four use the hash `meta`: seal, sealHash, sealTo, sealFence, sealHolder, sealUntil
const leaseScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local held = redis.call('HMGET', KEYS[1], 'sealHolder', 'sealUntil')
if held[1] and held[1] ~= ARGV[1] and tonumber(held[2]) > now then return false end
redis.call('HSET', KEYS[1], 'sealHolder', ARGV[1], 'sealUntil', string.format('%d', now + ARGV[2]))
return redis.call('HINCRBY', KEYS[1], 'sealFence', 1)`;

const releaseScript = `
if redis.call('HGET', KEYS[1], 'sealFence') == ARGV[1] then redis.call('HDEL', KEYS[1], 'sealHolder', 'sealUntil') end`;

// answers yes to the same seal again: a client resends what was in flight when its connection broke
const sealScript = `
local meta = redis.call('HMGET', KEYS[1], 'sealFence', 'sealHash', 'sealTo')
if meta[2] == ARGV[3] then return 1 end
if meta[1] ~= ARGV[1] then return 0 end
if (meta[2] or ARGV[6]) ~= ARGV[2] then return 0 end
if (tonumber(meta[3]) or 0) + 1 ~= tonumber(ARGV[7]) then return 0 end
redis.call('HSET', KEYS[1], 'seal', ARGV[5], 'sealHash', ARGV[3], 'sealTo', ARGV[4])
return 1`;

// an entry is kept as long as one of its rows is: the one that holds the row behind \`seq\` and all after it stay
const trimScript = `
local meta = redis.call('HMGET', KEYS[1], 'sealFence', 'sealTo')
if meta[1] ~= ARGV[1] or not meta[2] then return 0 end
local seq = math.min(tonumber(ARGV[2]), tonumber(meta[2]))
if seq < 1 then return 0 end
local keep = redis.call('XREVRANGE', KEYS[2], string.format('%d-0', seq + 1), '-', 'COUNT', 1)
if not keep[1] then return 0 end
return redis.call('XTRIM', KEYS[2], 'MINID', keep[1][1])`;

/** The live half of the ledger: the stream that every commit appends to, and the seals over it. Rejects with ZG_STORE_AWAY. */
export const createLedgerStream = (redis: Redis | Cluster, keys: Keys, bureau: string): LedgerStream => {
  const run = (script: string, keysUsed: readonly string[], ...args: readonly (string | number)[]): Promise<unknown> =>
    orAway(redis.eval(script, keysUsed.length, ...keysUsed, ...args));

  const entryHolding = async (seq: number): Promise<string> => {
    const [entry] = await orAway(redis.xrevrange(keys.ledger, `${seq}-0`, '-', 'COUNT', 1));
    return entry?.[0] ?? `${seq}-0`;
  };

  // Whoever pages through a commit of hundreds of rows asks for the same entry again and again.
  let latest: { readonly id: string; readonly text: string; readonly rows: readonly LedgerRow[] } = { id: '', text: '', rows: [] };
  const rowsOf = (id: string, fields: readonly string[]): readonly LedgerRow[] => {
    const text = fields[fields.indexOf('e') + 1] ?? '[]';
    if (latest.id !== id || latest.text !== text) latest = { id, text, rows: readEntry(id, text, bureau) };
    return latest.rows;
  };

  return {
    rows: async (after, limit) => {
      const rows: LedgerRow[] = [];
      let from = await entryHolding(after + 1);
      // An entry holds one row or hundreds: begin with one, so that few rows never cost megabytes.
      for (let count = 1; rows.length < limit; count = Math.min(count * 2, pageEntries)) {
        const entries = await orAway(redis.xrange(keys.ledger, from, '+', 'COUNT', count));
        for (const [id, fields] of entries) {
          if (rows.length >= limit) break;
          for (const row of rowsOf(id, fields)) if (row.seq > after && rows.length < limit) rows.push(row);
          from = `(${id}`;
        }
        if (entries.length < count) break;
      }
      return rows;
    },
    lastSeq: async () => Number((await orAway(redis.hget(keys.meta, 'seq'))) ?? 0),
    lastingSeq: async () => {
      const [seq] = await orAway(runReplicated(redis, keys.meta, (pipeline) => pipeline.hget(keys.meta, 'seq')));
      return Number(seq?.[1] ?? 0);
    },
    lastSeal: async () => {
      const text = await orAway(redis.hget(keys.meta, 'seal'));
      if (text === null) return null;
      const seal: Seal = JSON.parse(text);
      return seal;
    },
    lease: async (holder, ttlMs) => {
      const fence = await run(leaseScript, [keys.meta], holder, ttlMs);
      return typeof fence === 'number' ? fence : null;
    },
    release: async (fence) => void (await run(releaseScript, [keys.meta], fence)),
    writeSeal: async (seal, fence) => {
      const args = [fence, seal.previous, seal.hash, seal.to, JSON.stringify(seal), genesis, seal.from];
      return (await run(sealScript, [keys.meta], ...args)) === 1;
    },
    trim: async (seq, fence) => {
      if (seq >= 1) await run(trimScript, [keys.meta, keys.ledger], fence, seq);
    },
  };
};

const readEntry = (id: string, text: string, bureau: string): LedgerRow[] => {
  const first = Number.parseInt(id, 10);
  const events: LedgerEvent[] = JSON.parse(text);
  return events.map((event, index) => ({ ...event, seq: first + index, bureau }));
};
