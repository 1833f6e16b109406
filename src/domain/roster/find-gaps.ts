import type { Post, PostId, Roster, Shift } from './roster.ts';

/** `noShift`: nobody is planned. `headcount`: fewer officers than the post must have (the shift leader doesn't count). */
export type GapReason = 'noShift' | 'headcount';

/** From `from` (inclusive) to `to` (exclusive), epoch ms. */
export type Gap = { readonly postId: PostId; readonly from: number; readonly to: number; readonly reason: GapReason };

/** How many different people stand a shift, without its leader. */
export const headcountOf = (shift: Shift): number =>
  new Set(shift.holders.filter(({ role }) => role !== 'shiftLeader').map(({ personId }) => personId)).size;

const shortOf = (post: Post, shift: Shift): boolean => headcountOf(shift) < post.minimumHeadcount;

const gapsOf = (post: Post, shifts: readonly Shift[], fromAt: number, toAt: number): readonly Gap[] => {
  const gaps: Gap[] = [];
  const add = (from: number, to: number, reason: GapReason): void => {
    const last = gaps.at(-1);
    if (last && last.to === from && last.reason === reason) gaps[gaps.length - 1] = { ...last, to };
    else if (from < to) gaps.push({ postId: post.id, from, to, reason });
  };
  let covered = fromAt;
  for (const shift of shifts) {
    const from = Math.max(shift.from, covered);
    const to = Math.min(shift.to, toAt);
    if (to <= covered || shift.from >= toAt) continue;
    if (from > covered) add(covered, from, 'noShift');
    if (headcountOf(shift) === 0) add(from, to, 'noShift');
    else if (shortOf(post, shift)) add(from, to, 'headcount');
    covered = to;
  }
  if (covered < toAt) add(covered, toAt, 'noShift');
  return gaps;
};

/** Where a post is empty or short inside a window, by post in the roster's order, then by time. Adjacent holes are one. */
export const findGaps = (roster: Roster, fromAt: number, toAt: number): readonly Gap[] => {
  const shiftsOf = new Map<PostId, Shift[]>();
  for (const shift of roster.shifts) {
    const list = shiftsOf.get(shift.postId);
    if (list) list.push(shift);
    else shiftsOf.set(shift.postId, [shift]);
  }
  if (toAt <= fromAt) return [];
  return roster.posts.flatMap((post) =>
    gapsOf(
      post,
      (shiftsOf.get(post.id) ?? []).toSorted((a, b) => a.from - b.from),
      fromAt,
      toAt,
    ),
  );
};
