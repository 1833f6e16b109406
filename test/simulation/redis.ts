import type { MemoryInbox } from '../../adapters/memory/memory-inbox.ts';
import type { MemoryStore } from '../../adapters/memory/memory-store.ts';
import type { Notice } from '../../src/domain/escalation/notice.ts';
import { Fault } from '../../src/ports/fault.ts';
import type { InboundMessage, Inbox, InboxEntry } from '../../src/ports/inbox.ts';
import type { Outbox } from '../../src/ports/outbox.ts';
import type { Campaign, CommitResult, Store, Transition } from '../../src/ports/store.ts';
import type { Rng } from '../../src/app/rehearsal/rng.ts';
import type { Life, Timeline } from './timeline.ts';

/** What the one Redis does at the moment. */
export type RedisState = {
  /** Reads too: it is gone. */
  isAway: boolean;
  /** Its disk is full, or it fails over: it answers, and takes nothing. */
  isRefusing: boolean;
};

export type Seen = {
  readonly committed: (transitions: readonly Transition[], results: readonly CommitResult[], campaignVersion: number) => void;
  readonly appended: () => void;
  /** Organisation and roster are now what an import or a draft has made of them. */
  readonly replaced: (campaign: Omit<Campaign, 'version'>, expectedVersion: number, notices: readonly Notice[]) => void;
  readonly accepted: (message: InboundMessage) => void;
  /** The due set and the outbox may have changed. */
  readonly stirred: () => void;
  /** Something lies in the inbox that may be taken. */
  readonly knocked: () => void;
  readonly isSettled: (entryId: string) => boolean;
};

/** What becomes of one write: `lost`: done, and the answer never came; `resent`: the client sent it again, and hears of the second. */
type Fate = 'done' | 'refused' | 'lost' | 'resent' | 'dies before' | 'dies after';

export type Weather = {
  readonly losesReplies: boolean;
  readonly crashesAtWrites: boolean;
  readonly isSlow: boolean;
  /** How many times as often as usual single calls go wrong. */
  readonly harshness: number;
};

export type RedisParts = {
  readonly timeline: Timeline;
  readonly rng: Rng;
  readonly store: MemoryStore;
  readonly inbox: MemoryInbox;
  readonly state: RedisState;
  readonly weather: () => Weather;
  readonly seen: Seen;
  readonly die: (life: Life) => void;
  /** It does one thing after another, and what it has done is judged before the next. */
  readonly inTurn: <T>(run: () => Promise<T>) => Promise<T>;
};

export const createTurns = (): RedisParts['inTurn'] => {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const mine = last.then(run);
    last = mine.catch(() => undefined);
    return mine;
  };
};

/** What a consumer has not finished or held on to for so long belongs to whoever asks next. */
const deadAfterMs = 5_000;

const never = new Promise<never>(() => {});
const away = (): Fault => new Fault('ZG_STORE_AWAY');

/** Mostly a blink; now and then so long that leases run out. */
export const drawLatencyMs = (rng: Rng, isSlow: boolean): number => {
  const dice = rng.next();
  if (!isSlow || dice < 0.93) return dice < 0.5 ? 0 : rng.between(1, 3);
  return dice < 0.99 ? rng.between(5, 80) : rng.between(300, 2_500);
};

/** One process's connection to Redis: every call takes its time, may fail, and may be the last thing the process does. */
export const connect = (parts: RedisParts, life: Life) => {
  const { timeline, rng, store, inbox, state, seen } = parts;

  const drawFate = (): Fate => {
    const { losesReplies, crashesAtWrites, harshness } = parts.weather();
    const dice = rng.next();
    if (losesReplies && dice < 0.01 * harshness) return rng.pick(['refused', 'lost', 'resent'] as const);
    if (crashesAtWrites && dice > 1 - 0.002 * harshness) return rng.pick(['dies before', 'dies after'] as const);
    return 'done';
  };

  /** Half of all calls are answered at once, in one breath with what comes before and after. */
  const gate = async (): Promise<void> => {
    const ms = drawLatencyMs(rng, parts.weather().isSlow);
    if (ms > 0 || rng.chance(0.1)) await timeline.sleep(ms, life);
  };

  const read = async <T>(run: () => Promise<T>): Promise<T> => {
    await gate();
    if (state.isAway) throw away();
    return run();
  };

  const write = async <T>(run: () => Promise<T>): Promise<T> => {
    await gate();
    if (state.isAway || state.isRefusing) throw away();
    const fate = drawFate();
    if (fate === 'refused') throw away();
    if (fate === 'dies before') {
      parts.die(life);
      return never;
    }
    const result = await parts.inTurn(run);
    if (fate === 'lost') throw away();
    if (fate === 'dies after') {
      parts.die(life);
      return never;
    }
    return fate === 'resent' ? parts.inTurn(run) : result;
  };

  const connected: Store = {
    load: (ids) => read(() => store.load(ids)),
    takeDue: (now, limit, leaseMs) =>
      write(async () => {
        const taken = await store.takeDue(now, limit, leaseMs);
        seen.stirred();
        return taken;
      }),
    commit: (transitions, campaignVersion) =>
      write(async () => {
        const results = await store.commit(transitions, campaignVersion);
        seen.committed(transitions, results, campaignVersion);
        seen.stirred();
        return results;
      }),
    loadCampaign: () => read(store.loadCampaign),
    campaignVersion: () => read(store.campaignVersion),
    commitCampaign: (campaign, expectedVersion, events, notices = []) =>
      write(async () => {
        const result = await store.commitCampaign(campaign, expectedVersion, events, notices);
        if (result === 'committed') seen.replaced(campaign, expectedVersion, notices);
        seen.stirred();
        return result;
      }),
    scan: (type, cursor) => read(() => store.scan(type, cursor)),
    movedHandovers: (since) => read(() => store.movedHandovers(since)),
    append: (events) =>
      write(async () => {
        await store.append(events);
        seen.appended();
      }),
    ping: () => read(store.ping),
  };

  let takes = 0;
  /** Every take under a name of its own: what nobody finishes comes back by itself, as from a consumer that is gone. */
  const taking = async <T extends { readonly entryId: string }>(
    consumer: string,
    take: (name: string) => Promise<readonly T[]>,
    leave: (name: string, entries: readonly T[], isKnown: () => boolean) => void,
  ): Promise<readonly T[]> => {
    let known = '';
    let last = '';
    const entries = await write(async () => {
      const name = `${consumer}#${(takes += 1)}`;
      last = name;
      const found = await take(name);
      if (found.length > 0) timeline.at(timeline.now() + deadAfterMs, () => leave(name, found, () => known === name));
      return found;
    });
    known = last;
    return entries;
  };

  const outbox: Outbox = {
    take: (consumer, limit, blockMs) =>
      taking(
        consumer,
        (name) => store.outbox.take(name, limit, blockMs),
        (name) => {
          store.outbox.giveBack(name);
          seen.stirred();
        },
      ),
    done: (entryIds) => write(() => store.outbox.done(entryIds)),
  };

  /** A process that lives holds on to what it works on. */
  const leaveLetters = (name: string, entries: readonly InboxEntry[], isKnown: () => boolean): void => {
    if (entries.every(({ entryId }) => seen.isSettled(entryId))) return;
    if (isKnown() && !life.isDead && !life.isPaused && !state.isAway) {
      timeline.at(timeline.now() + deadAfterMs, () => leaveLetters(name, entries, isKnown));
      return;
    }
    inbox.giveBack(name);
    seen.knocked();
  };

  const letters: Inbox = {
    put: (message) =>
      write(async () => {
        const isNew = await inbox.put(message);
        if (isNew) seen.accepted(message);
        seen.knocked();
        return isNew;
      }),
    take: (consumer, limit, blockMs) => taking(consumer, (name) => inbox.take(name, limit, blockMs), leaveLetters),
    hold: async () => {},
    setAside: (entry, reason) => write(() => inbox.setAside(entry, reason)),
  };

  return { store: connected, outbox, inbox: letters, gate, read, write };
};
