import { pause } from '../pause.ts';
import type { ChaosStage, Index } from '../stage.ts';
import type { SingleStand } from '../stands/single.ts';
import { again, type Kind } from './kind.ts';

/** Longer than anything that is lent for a while (due work, boxes, jobs), but for the lease of the archive's writer. */
const longMs = 6_500;
/** Longer than that as well. */
const longestMs = 32_000;
/** A run of this length has time for the longest. */
const longRunMs = 60_000;

/** What is held now must be let go however the test ends. */
const hold = async (pid: number, ms: number): Promise<void> => {
  process.kill(pid, 'SIGSTOP');
  try {
    await pause(ms);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
};

const holdInstance = async (stage: ChaosStage, index: Index, ms: number): Promise<void> => {
  const pid = stage.pidOf(index);
  if (pid !== undefined) await hold(pid, ms);
};

/** Processes that are stopped and go on, believing that all they were lent is still theirs: an instance, Redis, everything. */
export const pauses: Kind<SingleStand> = {
  name: 'pauses',
  torment: async ({ stage, chance, forMs }) => {
    const survived = { instances: 0, redis: 0, everything: 0 };
    const mostMs = forMs >= longRunMs ? longestMs : longMs;
    const draw = (fromMs: number, toMs: number): number => fromMs + chance() * (toMs - fromMs);
    await again(forMs, 1, async () => {
      await holdInstance(stage, chance() < 0.5 ? 0 : 1, mostMs);
      survived.instances += 1;
      await hold(stage.stand.node.pid(), draw(500, 3_500));
      survived.redis += 1;
      const ms = draw(500, 2_500);
      await Promise.all([holdInstance(stage, 0, ms), holdInstance(stage, 1, ms * chance()), hold(stage.stand.node.pid(), ms * chance())]);
      survived.everything += 1;
    });
    return { 'instances held': survived.instances, 'Redis held': survived.redis, 'everything held': survived.everything };
  },
};

/** The disk takes its time: each write waits, again and again, for as long as Redis cannot go on without it. */
export const slowDisk: Kind<SingleStand> = {
  name: 'slowDisk',
  torment: async ({ stage, chance, forMs }) => ({
    'syncs held up': await again(forMs, 5, async () => {
      await hold(stage.stand.node.pid(), 50 + chance() * 700);
      await pause(20 + chance() * 100);
    }),
  }),
};
