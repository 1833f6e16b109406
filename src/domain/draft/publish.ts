import type { RosterChanges } from '../roster/apply-roster.ts';
import { findGaps, type Gap } from '../roster/find-gaps.ts';
import { mergeShifts, spansOf, type Span } from '../roster/merge-shifts.ts';
import type { PostId, Roster, Shift } from '../roster/roster.ts';
import type { Draft } from './draft.ts';

export type Publication = {
  readonly changes: RosterChanges;
  /** As it is once the draft is published; undefined where a seat is empty, for only a whole draft can be. */
  readonly roster?: Roster;
  /** Hours of a drafted post that no shift covers, up to its other shifts, which may be meant: some need nobody by day. */
  readonly open: readonly Gap[];
};

/** Hours count as covered by a shift whoever stands it. */
const anybody = [{ role: 'onDuty', personId: '' }] as const;

/** From the end of the shift before to the begin of the shift after, where there are such: what lies between is open too. */
const seamsOf = (shifts: readonly Shift[], postId: PostId, { from, to }: Span): Span => {
  const own = shifts.filter((shift) => shift.postId === postId);
  const before = own.reduce((latest, shift) => (shift.to <= from ? Math.max(latest, shift.to) : latest), Number.NEGATIVE_INFINITY);
  const after = own.reduce((first, shift) => (shift.from >= to ? Math.min(first, shift.from) : first), Number.POSITIVE_INFINITY);
  return { from: Number.isFinite(before) ? before : from, to: Number.isFinite(after) ? after : to };
};

/** The roster as it will be once a draft is published, other posts and other days untouched. Pure. */
export const planPublication = (roster: Roster, { shifts, holes }: Draft): Publication => {
  const merged = mergeShifts(roster, [], shifts);
  const covered = { ...roster, overrides: [], shifts: shifts.map((shift) => ({ ...shift, holders: anybody })) };
  const open = [...spansOf(shifts)].flatMap(([postId, span]) => {
    const { from, to } = seamsOf(merged.roster.shifts, postId, span);
    const posts = roster.posts.filter(({ id }) => id === postId);
    return findGaps({ ...covered, posts }, from, to).filter(({ reason }) => reason === 'noShift');
  });
  const isWhole = holes.length === 0 && shifts.length > 0;
  return { changes: { posts: [], shifts, replaced: merged.replaced }, open, ...(isWhole ? { roster: merged.roster } : {}) };
};
