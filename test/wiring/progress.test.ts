import { describe, expect, it } from 'vitest';
import { createProgress } from '../../src/wiring/progress.ts';

describe('what must go round', () => {
  let now = 0;
  const begin = () => {
    now = 1_000;
    return createProgress(() => now);
  };

  it('is said to stand still after its time, each part by itself', () => {
    const progress = begin();
    now += 14_000;
    expect(progress.stalled(0)).toEqual([]);
    progress.beat('relay');
    progress.beat('inbox');
    progress.beat('calendar');
    now += 2_000;
    expect(progress.stalled(0)).toEqual(['what is due has not been looked at for 16 seconds']);
    progress.beat('sweep');
    expect(progress.stalled(0)).toEqual([]);
  });

  it('does not call delivery still while nothing waits', () => {
    const progress = begin();
    const others = (): void => (['sweep', 'relay', 'inbox', 'calendar'] as const).forEach(progress.beat);
    now += 300_000;
    others();
    expect(progress.stalled(0)).toEqual([]);
    now += 59_000;
    others();
    expect(progress.stalled(3)).toEqual([]);
    now += 2_000;
    others();
    expect(progress.stalled(3)).toEqual(['messages wait, and none was worked on for 61 seconds']);
    progress.beat('delivery');
    expect(progress.stalled(3)).toEqual([]);
    expect(progress.idleMs('delivery')).toBe(0);
  });
});
