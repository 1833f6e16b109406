import { fireDue, sweepLimit, type Swept } from '../src/app/contact/fire-due.ts';
import type { World } from '../src/app/world.ts';

/** Sweeps under way at once when much is due: Redis commits one while the next is decided. */
const lanes = 3;
/** Longest rest: another instance may have put something due earlier into the set. Real ms. */
const longestRestMs = 20;

/** Decides what is due, on every instance; resting until the next due time. `scale`: campaign ms to a real ms. */
export const sweepJob = (world: World, scale: number, onSwept: (swept: Swept) => void | Promise<void> = () => {}) => {
  const sweep = async (): Promise<Swept> => {
    const swept = await fireDue(world);
    await onSwept(swept);
    return swept;
  };
  const sweepAll = async (): Promise<void> => {
    while ((await sweep()).taken > 0);
  };
  let isBursting = false;
  return {
    name: 'sweep',
    /** Much fell due at once and is being decided. */
    isBursting: (): boolean => isBursting,
    run: async (): Promise<number> => {
      const { taken, nextAt } = await sweep();
      if (taken >= sweepLimit) {
        isBursting = true;
        await Promise.all(Array.from({ length: lanes }, sweepAll)).finally(() => {
          isBursting = false;
        });
      }
      if (taken > 0) return 0;
      if (nextAt === null) return longestRestMs;
      return Math.min(longestRestMs, Math.max(1, (nextAt - world.clock.now()) / scale));
    },
  };
};
