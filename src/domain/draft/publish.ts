import type { RosterChanges } from '../roster/apply-roster.ts';
import { findGaps, type Gap } from '../roster/find-gaps.ts';
import { mergeShifts, spansOf } from '../roster/merge-shifts.ts';
import type { Roster } from '../roster/roster.ts';
import type { Draft } from './draft.ts';

export type Publication = {
  readonly changes: RosterChanges;
  /** As it is once the draft is published; undefined where a seat is empty, for only a whole draft can be. */
  readonly roster?: Roster;
  /** Hours of a drafted post that no rule covers, which may be meant: some offices need nobody on duty by day. */
  readonly open: readonly Gap[];
};

/** Hours count as covered by a shift whoever stands it. */
const anybody = [{ role: 'onDuty', personId: '' }] as const;

/** The roster as it will be once a draft is published, other posts and other days untouched. Pure. */
export const planPublication = (roster: Roster, { shifts, holes }: Draft): Publication => {
  const merged = mergeShifts(roster, [], shifts);
  const covered = { ...roster, overrides: [], shifts: shifts.map((shift) => ({ ...shift, holders: anybody })) };
  const open = [...spansOf(shifts)].flatMap(([postId, { from, to }]) =>
    findGaps({ ...covered, posts: roster.posts.filter(({ id }) => id === postId) }, from, to).filter(({ reason }) => reason === 'noShift'),
  );
  const isWhole = holes.length === 0 && shifts.length > 0;
  return { changes: { posts: [], shifts, replaced: merged.replaced }, open, ...(isWhole ? { roster: merged.roster } : {}) };
};
