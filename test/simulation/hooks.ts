import type { MemoryStore } from '../../adapters/memory/memory-store.ts';
import { tellTakenAgain, tellUntaken } from '../../src/app/notices/watch-channels.ts';
import { createRng, type Rng } from '../../src/app/rehearsal/rng.ts';
import { isoIn } from '../../src/app/views/view-page.ts';
import { sendWebhooks } from '../../src/app/webhooks/send-webhooks.ts';
import type { World } from '../../src/app/world.ts';
import type { LedgerReader } from '../../src/ports/ledger.ts';
import type { Posted, Subscriber, WebhookMessage, WebhookState, WebhookStates } from '../../src/ports/webhooks.ts';
import { createBell } from './bell.ts';
import { createHookOracle, type HookOracleParts } from './hook-oracle.ts';
import type { Life, Timeline } from './timeline.ts';

const minute = 60_000;
/** Between looks, where something is owed and where nothing is: as often as in life would only make the days longer. */
const restMs = 30_000;
const idleMs = 10 * minute;
const giveUpMs = 10_000;

const outside = (name: string, events: Subscriber['events']): Subscriber => ({
  name,
  url: 'https://hears.example/',
  secrets: [],
  events,
  allowsPrivate: false,
});

const subscribers: readonly Subscriber[] = [
  outside('archive', 'all'),
  outside('board', ['StepFired', 'ObligationMissed', 'HandoverAccepted', 'RosterOverridden', 'ItemSubmitted']),
];

type Mood = { readonly kind: 'fine' | 'away' | 'slow' | 'refuses' | 'forgets'; readonly until: number };

export type HooksParts = {
  readonly timeline: Timeline;
  readonly seed: number;
  /** From then on all of them are well. */
  readonly healAt: number;
  readonly rows: MemoryStore['rows'];
  readonly blame: HookOracleParts['blame'];
  readonly healthySince: () => number;
};

/** One process that sends; `read` and `write` are its connection to Redis. */
type Sender = {
  readonly name: string;
  readonly life: Life;
  readonly world: World;
  readonly ledger: LedgerReader;
  readonly read: <T>(run: () => Promise<T>) => Promise<T>;
  readonly write: <T>(run: () => Promise<T>) => Promise<T>;
};

/** Systems outside that hear of events: at times away, slow, refusing, or without an answer for what they have taken. */
export const createHooks = ({ timeline, seed, healAt, rows, blame, healthySince }: HooksParts) => {
  const rng: Rng = createRng(seed, 'hooks');
  const oracle = createHookOracle({ subscribers, blame, rows });
  const bell = createBell(timeline, createRng(seed, 'hook bell'));
  const kept = new Map<string, WebhookState>();
  const held = new Map<string, { readonly holder: string; readonly until: number }>();
  let [seenTo, lookedAt] = [0, 0];
  const moods = new Map<string, Mood>(subscribers.map(({ name }) => [name, { kind: 'fine', until: 0 }]));

  const isOwed = (): boolean => subscribers.some(({ name }) => rows(kept.get(name)?.seq ?? 0).length > 0);
  const isHeldBy = (name: string, holder: string): boolean => {
    const one = held.get(name);
    return one !== undefined && one.holder === holder && timeline.now() < one.until;
  };
  const moodOf = (name: string): Mood['kind'] => {
    const { kind, until } = moods.get(name)!;
    return timeline.now() < until ? kind : 'fine';
  };

  const change = (): void =>
    timeline.at(timeline.now() + rng.between(5 * minute, 180 * minute), () => {
      if (timeline.now() >= healAt) return;
      const kind = rng.pick(['away', 'slow', 'refuses', 'forgets'] as const);
      const until = timeline.now() + rng.pick([20_000, 4 * minute, 40 * minute, 180 * minute]);
      moods.set(rng.pick(subscribers).name, { kind, until: Math.min(until, healAt) });
      change();
    });
  change();

  const statesOf = ({ read, write }: Sender): WebhookStates => {
    const take = (name: string, holder: string, ttlMs: number): true => {
      held.set(name, { holder, until: timeline.now() + ttlMs });
      return true;
    };
    return {
      read: (name) => read(async () => kept.get(name)),
      write: (name, state, holder) =>
        write(async () => {
          if (!isHeldBy(name, holder)) return false;
          if (!kept.has(name)) oracle.begins(name, state.seq);
          kept.set(name, state);
          return true;
        }),
      hold: (name, holder, ttlMs) =>
        write(async () => {
          const one = held.get(name);
          return one !== undefined && one.holder !== holder && timeline.now() < one.until ? false : take(name, holder, ttlMs);
        }),
      holdOn: (name, holder, ttlMs) => write(async () => isHeldBy(name, holder) && take(name, holder, ttlMs)),
      letGo: (name, holder) => write(async () => void (isHeldBy(name, holder) && held.delete(name))),
    };
  };

  /** What has left arrives, whatever becomes of whoever sent it. */
  const post = (life: Life, name: string, message: WebhookMessage): Promise<Posted> =>
    new Promise((resolve) => {
      const answer = (posted: Posted, afterMs: number): void => timeline.at(timeline.now() + afterMs, () => resolve(posted), life);
      const mood = moodOf(name);
      if (mood === 'away') return answer({ isTaken: false, code: 'ECONNREFUSED' }, rng.between(5, 2_000));
      timeline.at(timeline.now() + (mood === 'slow' ? rng.between(2_000, 9_000) : rng.between(5, 200)), () => {
        const isTaken = !(mood === 'refuses' && rng.chance(0.8));
        oracle.arrives(name, message, isTaken, timeline.now());
        if (mood === 'forgets' && rng.chance(0.5)) return answer({ isTaken: false, code: 'timeout' }, giveUpMs);
        answer(isTaken ? { isTaken } : { isTaken, code: '503' }, rng.between(5, 100));
      });
    });

  const stirred = (): void => {
    const fresh = rows(seenTo).length;
    if (fresh === 0) return;
    seenTo += fresh;
    bell.ring(timeline.now() + 500);
  };

  return {
    /** The ledger may have something new. */
    stirred,
    look: (at: number): void => {
      if (at < lookedAt + minute) return;
      lookedAt = at;
      // who wrote a row may have died before anybody heard of it; senders look often
      stirred();
      oracle.look(at, (name) => Math.max(healthySince(), moods.get(name)!.until));
    },
    join: (sender: Sender): void => {
      const { name: holder, life, world, ledger, read } = sender;
      sendWebhooks({
        subscribers,
        reader: { rows: (after, limit) => read(() => ledger.rows(after, limit)), lastSeq: () => read(() => ledger.lastSeq()) },
        states: statesOf(sender),
        post: ({ name }, message) => post(life, name, message),
        iso: isoIn(world.settings.timeZone),
        holder,
        onFailing: (name, failures, sinceMs) => tellUntaken(world, `webhook:${name}`, failures, sinceMs),
        onBack: (name, failures, sinceMs) => tellTakenAgain(world, `webhook:${name}`, failures, sinceMs),
        log: world.log,
        now: timeline.now,
        pause: () => bell.wait(life, timeline.now() + (isOwed() ? restMs : idleMs)),
        chance: rng.next,
      });
    },
  };
};

export type Hooks = ReturnType<typeof createHooks>;
