import type { AppliedChange } from '../../domain/roster-change/applied-change.ts';
import { type ShiftDifference, startOf } from '../../domain/roster-change/shift-differences.ts';
import { spansOf } from '../../domain/roster/merge-shifts.ts';
import type { Roster } from '../../domain/roster/roster.ts';
import type { ReadWorkbook } from './read-workbook.ts';

/** The posts that a list names as they were, all their shifts: what undoes it puts them back whole. */
export const undoableList = (
  before: Roster,
  { campaign, posts }: Pick<ReadWorkbook, 'campaign' | 'posts'>,
  differences: readonly ShiftDifference[],
): Pick<AppliedChange, 'touched' | 'firstStartAt' | 'overrideIds' | 'before'> => {
  const names = new Set(posts);
  const touched = [...spansOf(campaign.roster.shifts.concat(before.shifts).filter(({ postId }) => names.has(postId)))]
    .map(([postId, span]) => ({ postId, ...span }))
    .filter(({ postId }) => differences.some((one) => one.postId === postId));
  const known = before.posts.filter(({ id }) => names.has(id));
  return {
    touched,
    firstStartAt: Math.min(Number.MAX_SAFE_INTEGER, ...differences.map(startOf)),
    overrideIds: [],
    before: {
      posts: known,
      shifts: before.shifts.filter(({ postId }) => names.has(postId)),
      fresh: posts.filter((id) => !known.some((post) => post.id === id)),
    },
  };
};
