import { applyOverrides } from '../roster/apply-overrides.ts';
import type { Roster, Shift } from '../roster/roster.ts';
import type { BrokenRule } from '../shift-change/proposal-rules.ts';

/** Who would be on two posts at once by another roster, and is not by this one. Pure. */

const officersByShift = (roster: Roster, now: number): readonly (readonly [string, Shift])[] =>
  applyOverrides(roster).shifts.flatMap((shift) =>
    shift.to <= now ? [] : shift.holders.filter(({ role }) => role !== 'shiftLeader').map(({ personId }) => [personId, shift] as const),
  );

/** Of officers, from now on; where they would be as well. Each person once. */
export const findDoubled = (before: Roster, after: Roster, now: number): readonly BrokenRule[] => {
  const had = Map.groupBy(officersByShift(before, now), ([personId]) => personId);
  const has = Map.groupBy(officersByShift(after, now), ([personId]) => personId);
  const isThere = (personId: string, { postId, from, to }: Shift): boolean =>
    had.get(personId)?.some(([, known]) => known.postId === postId && known.from <= from && to <= known.to) === true;
  return [...has].flatMap(([personId, own]): readonly BrokenRule[] => {
    for (const [, one] of own) {
      if (isThere(personId, one)) continue;
      const other = own.find(([, shift]) => shift.postId !== one.postId && shift.from < one.to && one.from < shift.to);
      if (other) return [{ rule: 'twoPosts', personId, postId: other[1].postId, at: other[1].from }];
    }
    return [];
  });
};
