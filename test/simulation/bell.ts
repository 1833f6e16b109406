import type { Rng } from '../../src/app/rehearsal/rng.ts';
import type { Life, Timeline } from './timeline.ts';

type Sleeper = { readonly life: Life; wakeAt: number; readonly wake: () => void };

/** Loops that rest until there is something for them to do. */
export type Bell = {
  /** Resolves at that instant, or when it is rung for an earlier one; at once where it has been rung since `heard`. */
  readonly wait: (life: Life, untilAt: number, heard?: number) => Promise<void>;
  /** How often it has been rung: whoever looks whether there is something asks before, so as not to miss what comes meanwhile. */
  readonly heard: () => number;
  /** Something is to be done at this instant: everybody wakes around it. */
  readonly ring: (at: number) => void;
};

/** Loops look again this long after something happened, at the latest: `jobs/sweep.ts`. */
const longestRestMs = 20;

export const createBell = (timeline: Timeline, rng: Rng): Bell => {
  let sleepers: Sleeper[] = [];
  let rings = 0;
  const wakeAt = (sleeper: Sleeper, at: number): void => {
    sleeper.wakeAt = at;
    timeline.at(
      at,
      () => {
        if (sleeper.wakeAt === at) sleeper.wake();
      },
      sleeper.life,
    );
  };
  return {
    heard: () => rings,
    wait: (life, untilAt, heard = rings) =>
      new Promise((resolve) => {
        const sleeper: Sleeper = {
          life,
          wakeAt: Number.POSITIVE_INFINITY,
          wake: () => {
            sleeper.wakeAt = Number.NaN;
            sleepers = sleepers.filter((one) => one !== sleeper);
            resolve();
          },
        };
        sleepers.push(sleeper);
        const endsAt = heard === rings ? untilAt : timeline.now();
        if (Number.isFinite(endsAt)) wakeAt(sleeper, Math.max(timeline.now() + 1, Math.ceil(endsAt)));
      }),
    ring: (at) => {
      rings += 1;
      sleepers = sleepers.filter(({ life }) => !life.isDead);
      for (const sleeper of sleepers) {
        if (sleeper.wakeAt > at + longestRestMs) wakeAt(sleeper, Math.max(timeline.now(), Math.ceil(at)) + rng.between(0, longestRestMs));
      }
    },
  };
};
