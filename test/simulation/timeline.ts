import { createHeap, type Timed } from '../../src/domain/heap.ts';
import type { Rng } from '../../src/app/rehearsal/rng.ts';

/** One process from its start to its death. What it waits for dies with it; while it is paused, it stands still. */
export type Life = { isDead: boolean; isPaused: boolean; readonly held: (() => void)[] };

export const createLife = (): Life => ({ isDead: false, isPaused: false, held: [] });

type Entry = Timed & { readonly run: () => void; readonly life: Life | undefined };

/** The virtual clock and everything that is still to come, in order; what comes at the same instant is shuffled. */
export type Timeline = {
  readonly now: () => number;
  /** At that instant, or now where it is past; not at all when `life` has ended by then. */
  readonly at: (at: number, run: () => void, life?: Life) => void;
  /** Resolves after so long. */
  readonly sleep: (ms: number, life: Life) => Promise<void>;
  readonly resume: (life: Life) => void;
  /** Runs the next entry and lets everything that follows from it at once come to rest; false at the end of time. */
  readonly step: (untilAt: number) => Promise<boolean>;
};

/** Everything in the simulation is promises without I/O: one round of the event loop lets them all come to rest. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export const createTimeline = (startAt: number, rng: Rng): Timeline => {
  const heap = createHeap<Entry>();
  let now = startAt;
  const at = (when: number, run: () => void, life?: Life): void =>
    heap.push({ at: Math.max(now, Math.ceil(when)), tie: rng.next(), run, life });
  return {
    now: () => now,
    at,
    sleep: (ms, life) => new Promise((resolve) => at(now + ms, resolve, life)),
    resume: (life) => {
      life.isPaused = false;
      for (const run of life.held.splice(0)) at(now, run, life);
    },
    step: async (untilAt) => {
      const next = heap.peek();
      if (!next || next.at > untilAt) return false;
      heap.pop();
      now = next.at;
      if (next.life?.isDead) return true;
      if (next.life?.isPaused) {
        next.life.held.push(next.run);
        return true;
      }
      next.run();
      await settle();
      return true;
    },
  };
};
