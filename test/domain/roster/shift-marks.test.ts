import { describe, expect, it } from 'vitest';
import type { Shift } from '../../../src/domain/roster/roster.ts';
import { markShifts, shiftKey } from '../../../src/domain/roster/shift-marks.ts';

const shift = (from: number, ...people: readonly string[]): Shift => ({
  postId: 'p1',
  from,
  to: from + 10,
  holders: people.map((personId) => ({ role: 'onDuty', personId })),
});

describe('how often a shift was changed', () => {
  it('grows with each change and with nothing else, also over a time in which it was gone', () => {
    const first = markShifts(new Map(), [shift(0, 'm1'), shift(10, 'm2')], 1);
    const same = markShifts(first, [shift(0, 'm1'), shift(10, 'm2')], 2);
    const swapped = markShifts(same, [shift(0, 'm3'), shift(10, 'm2')], 3);
    const gone = markShifts(swapped, [shift(10, 'm2')], 4);
    const stillGone = markShifts(gone, [shift(10, 'm2')], 5);
    const back = markShifts(stillGone, [shift(0, 'm3'), shift(10, 'm2')], 6);
    const markOf = (marks: typeof first, from: number) => marks.get(shiftKey({ postId: 'p1', from }))!.mark;
    expect(markOf(same, 0)).toEqual({ sequence: 0, modifiedAt: 1 });
    expect(markOf(swapped, 0)).toEqual({ sequence: 1, modifiedAt: 3 });
    expect(markOf(stillGone, 0)).toEqual({ sequence: 2, modifiedAt: 4 });
    expect(markOf(back, 0)).toEqual({ sequence: 3, modifiedAt: 6 });
    expect(markOf(back, 10)).toEqual({ sequence: 0, modifiedAt: 1 });
  });
});
