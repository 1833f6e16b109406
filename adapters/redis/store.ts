import { gunzipSync, gzipSync } from 'node:zlib';
import type { LedgerEvent } from '../../src/domain/ledger/event.ts';
import { emptyOrganisation, type Organisation } from '../../src/domain/organisation/organisation.ts';
import { emptyRoster, type Roster } from '../../src/domain/roster/roster.ts';
import { putOffMs, scanLetters, type Campaign, type CommitResult, type Due, type Store, type Stored } from '../../src/ports/store.ts';
import { orAway } from './away.ts';
import { coalesce } from './coalesce.ts';
import { commitArguments, mostMoves, runCommit, type Item } from './commit-script.ts';
import type { Keys } from './keys.ts';
import { unpack } from './pack.ts';
import type { RedisClient } from './script.ts';
import { runTakeDue } from './take-due-script.ts';

export type RedisStoreOptions = {
  /** How long notices to one recipient are held to become one message, campaign ms. */
  readonly bundleWindowMs: number;
  readonly now: () => number;
};

/** A longer script would stall Redis for everybody else. */
const mostTransitions = 250;
const mostIds = 500;
const limits = { batch: mostTransitions, waiting: 20_000, timeoutMs: 10_000 };

const results: readonly CommitResult[] = ['conflict', 'committed', 'settled', 'stale'];

/** A value that this version of the program makes nothing of. Its name alone: what it holds may be a text. */
class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

type Read = Stored | Unreadable | undefined;

const tryUnpack = (id: string, packed: string): Stored | Unreadable => {
  try {
    return unpack(id, packed);
  } catch {
    return new Unreadable(`${id} cannot be read`);
  }
};

/** Whoever asked for it hears of it, and nobody else whose question went with theirs. */
const orThrow = (read: Read): Stored | undefined => {
  if (read instanceof Unreadable) throw read;
  return read;
};

/** The store on a real Redis; see `commit-script.ts` for what makes it safe. */
export const createRedisStore = (redis: RedisClient, keys: Keys, options: RedisStoreOptions): Store => {
  const commitKeys = [keys.state, keys.due, keys.ledger, keys.outbox, keys.meta, keys.bundles, keys.inbox, keys.campaign, keys.handed];

  const run = async (items: readonly Item[]): Promise<readonly CommitResult[]> => {
    const digits = String(await orAway(runCommit(redis, commitKeys, commitArguments(items, options.now() + options.bundleWindowMs))));
    return [...digits].map((digit) => results[Number(digit)]!);
  };
  const commitInRush = coalesce(run, limits);

  /** What changes the campaign goes alone: whatever was decided on the one before must not come with it. */
  const commitCampaign = async (item: Item, campaign: Omit<Campaign, 'version'>): Promise<CommitResult> => {
    const args = commitArguments([item], options.now() + options.bundleWindowMs);
    const digit = await orAway(runCommit(redis, commitKeys, [...args, gzipSync(JSON.stringify(campaign))]));
    return results[Number(digit)]!;
  };

  const commitOne = (item: Item): Promise<CommitResult> =>
    item.transition.campaign ? commitCampaign(item, item.transition.campaign) : commitInRush(item);

  const fetch = async (ids: readonly string[]): Promise<readonly Read[]> => {
    const packed = await orAway(redis.hmget(keys.state, ...ids));
    return packed.map((text, index) => (text === null ? undefined : tryUnpack(ids[index]!, text)));
  };
  const loadOne = coalesce(fetch, { ...limits, batch: mostIds });

  const chunked = async <T, R>(
    list: readonly T[],
    size: number,
    each: (chunk: readonly T[]) => Promise<readonly R[]>,
  ): Promise<readonly R[]> => {
    const chunks: Promise<readonly R[]>[] = [];
    for (let from = 0; from < list.length; from += size) chunks.push(each(list.slice(from, from + size)));
    return (await Promise.all(chunks)).flat();
  };

  const appendAll = async (events: readonly LedgerEvent[]): Promise<void> => {
    await commitOne({ transition: { writes: [], events, notices: [] }, campaignVersion: null });
  };

  return {
    load: async (ids) => (ids.length > 16 ? await chunked(ids, mostIds, fetch) : await Promise.all(ids.map(loadOne))).map(orThrow),

    commit: (transitions, campaignVersion) => {
      const items = transitions.map((transition): Item => ({ transition, campaignVersion: transition.basedOn ?? campaignVersion }));
      const isRush = items.length > 16 && items.every((item) => !item.transition.campaign);
      return isRush ? chunked(items, mostTransitions, run) : Promise.all(items.map(commitOne));
    },

    takeDue: async (now, limit, leaseMs) => {
      const answer = (await orAway(
        runTakeDue(redis, [keys.state, keys.due, keys.bundles, keys.outbox], [now, Math.min(limit, mostIds), Math.ceil(now + leaseMs)]),
      )) as string[];
      const due: Due[] = [];
      const unreadable: string[] = [];
      for (let at = 1; at < answer.length; at += 3) {
        const read = tryUnpack(answer[at]!, answer[at + 2]!);
        if (read instanceof Unreadable) unreadable.push(answer[at]!);
        else due.push({ ...read, dueAt: Number(answer[at + 1]) });
      }
      const nextAt = answer[0] === '' ? null : Number(answer[0]);
      if (unreadable.length === 0) return { due, nextAt };
      await orAway(redis.zadd(keys.due, 'XX', ...unreadable.flatMap((id) => [Math.ceil(now + putOffMs), id])));
      return { due, nextAt, unreadable };
    },

    loadCampaign: async (): Promise<Campaign> => {
      const [version, data] = await orAway(
        Promise.all([redis.hget(keys.meta, 'campaignVersion'), redis.hgetBuffer(keys.campaign, 'data')]),
      );
      if (!data) return { organisation: emptyOrganisation, roster: emptyRoster, version: Number(version ?? 0) };
      const { organisation, roster } = JSON.parse(gunzipSync(data).toString()) as { organisation: Organisation; roster: Roster };
      return { organisation, roster, version: Number(version ?? 0) };
    },

    campaignVersion: async () => Number((await orAway(redis.hget(keys.meta, 'campaignVersion'))) ?? 0),

    commitCampaign: async (campaign, expectedVersion, events, notices = []) => {
      const transition = { writes: [], events, notices, campaign };
      const result = await commitOne({ transition, campaignVersion: expectedVersion });
      return result === 'stale' ? 'conflict' : result;
    },

    scan: async (type, cursor) => {
      const [next, found] = await orAway(redis.hscan(keys.state, cursor, 'MATCH', `${scanLetters[type]}?*`, 'COUNT', 1000));
      const items: Stored[] = [];
      for (let at = 0; at < found.length; at += 2) {
        // One that cannot be read must not take the wall from everybody; the ledger says that it failed when it was due.
        const read = tryUnpack(found[at]!, found[at + 1]!);
        if (!(read instanceof Unreadable)) items.push(read);
      }
      return { items, cursor: next === '0' ? null : next };
    },

    movedHandovers: async (since) => {
      const [newest] = since === undefined ? await orAway(redis.xrevrange(keys.handed, '+', '-', 'COUNT', 1)) : [];
      if (since === undefined) return { ids: undefined, mark: newest?.[0] };
      const [seen, ...entries] = await orAway(redis.xrange(keys.handed, since, '+', 'COUNT', 2 * mostMoves + 2));
      const texts = entries.map(([, fields]) => fields[1] ?? '');
      // Gone, it was trimmed or Redis has forgotten it; an empty text stands for too many.
      const isWhole = seen?.[0] === since && entries.length <= 2 * mostMoves && texts.every((text) => text !== '');
      if (!isWhole) {
        const [last] = await orAway(redis.xrevrange(keys.handed, '+', '-', 'COUNT', 1));
        return { ids: undefined, mark: last?.[0] };
      }
      return { ids: [...new Set(texts.flatMap((text) => text.split(' ')))], mark: entries.at(-1)?.[0] ?? since };
    },

    append: appendAll,

    ping: async () => {
      // A write, not only a word: a Redis whose disk is full still answers PING.
      await orAway(redis.hset(keys.meta, 'aliveAt', String(options.now())));
    },
  };
};
