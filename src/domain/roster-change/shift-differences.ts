import { applyOverrides } from '../roster/apply-overrides.ts';
import type { Holder, PostId, Roster, Shift } from '../roster/roster.ts';

/** What another roster changes, shift by shift, as the posts are stood. Pure. */

export type ShiftDifference =
  | { readonly type: 'added'; readonly postId: PostId; readonly after: Shift }
  | { readonly type: 'gone'; readonly postId: PostId; readonly before: Shift }
  /** Other hours or other people of what is the same shift to whoever reads it. */
  | { readonly type: 'changed'; readonly postId: PostId; readonly before: Shift; readonly after: Shift };

const holdersKey = (holders: readonly Holder[]): string =>
  holders
    .map(({ role, personId }) => `${role} ${personId}`)
    .toSorted()
    .join(',');

const isSame = (one: Shift, other: Shift): boolean =>
  one.from === other.from && one.to === other.to && holdersKey(one.holders) === holdersKey(other.holders);

const overlaps = (one: Shift, other: Shift): boolean => one.from < other.to && other.from < one.to;

const aheadByPost = (roster: Roster, now: number): ReadonlyMap<PostId, readonly Shift[]> =>
  Map.groupBy(
    applyOverrides(roster).shifts.filter(({ to }) => to > now),
    ({ postId }) => postId,
  );

const compare = (postId: PostId, before: readonly Shift[], after: readonly Shift[]): readonly ShiftDifference[] => {
  const byFrom = new Map(before.map((shift) => [shift.from, shift]));
  const fresh = after.filter((shift) => {
    const known = byFrom.get(shift.from);
    return known === undefined || !isSame(known, shift);
  });
  const kept = new Set(after.filter((shift) => !fresh.includes(shift)).map(({ from }) => from));
  const left = before.filter(({ from }) => !kept.has(from));
  const found: ShiftDifference[] = [];
  for (const shift of fresh) {
    const place = left.findIndex((old) => overlaps(old, shift));
    const [old] = place < 0 ? [] : left.splice(place, 1);
    found.push(old === undefined ? { type: 'added', postId, after: shift } : { type: 'changed', postId, before: old, after: shift });
  }
  return [...found, ...left.map((old): ShiftDifference => ({ type: 'gone', postId, before: old }))];
};

/** When a difference begins to matter. */
export const startOf = (one: ShiftDifference): number =>
  Math.min(...(one.type === 'added' ? [one.after] : one.type === 'gone' ? [one.before] : [one.before, one.after]).map(({ from }) => from));

/** From now on, in the order of the posts, then by their begin. */
export const shiftDifferences = (before: Roster, after: Roster, now: number): readonly ShiftDifference[] => {
  const [had, has] = [aheadByPost(before, now), aheadByPost(after, now)];
  const posts = new Set([...after.posts, ...before.posts].map(({ id }) => id));
  return [...posts].flatMap((postId) =>
    compare(postId, had.get(postId) ?? [], has.get(postId) ?? []).toSorted((one, other) => startOf(one) - startOf(other)),
  );
};
