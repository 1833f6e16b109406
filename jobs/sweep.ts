import { fireDue, sweepLimit, type Swept } from '../src/app/fire-due.ts';
import type { World } from '../src/app/world.ts';

/** Sweeps under way at once when much is due: Redis commits one while the next is decided. */
const lanes = 3;
/** Longest rest: another instance may have put something due earlier into the set. Real ms. */
const longestRestMs = 20;

/** Decides what is due, on every instance; resting until the next due time. `scale`: campaign ms to a real ms. */
export const sweepJob = (world: World, scale: number, onSwept: (swept: Swept) => void = () => {}) => ({
  name: 'sweep',
  run: async (): Promise<number> => {
    const first = await fireDue(world);
    onSwept(first);
    if (first.taken >= sweepLimit) {
      for (let isMore = true; isMore;) {
        const swept = await Promise.all(Array.from({ length: lanes }, () => fireDue(world)));
        for (const one of swept) onSwept(one);
        isMore = swept.some((one) => one.taken > 0);
      }
      return 0;
    }
    if (first.taken > 0) return 0;
    if (first.nextAt === null) return longestRestMs;
    return Math.min(longestRestMs, Math.max(1, (first.nextAt - world.clock.now()) / scale));
  },
});
