import { toRoster } from '../roster/merge-shifts.ts';
import type { PersonId } from '../organisation/organisation.ts';
import type { Post, PostId, Roster, Shift } from '../roster/roster.ts';

/** A change of the roster that was made in the chat or the page, with what it takes to undo it. Pure. */

/** Of one post, from `from` (inclusive) to `to` (exclusive), epoch ms. */
export type Touched = { readonly postId: PostId; readonly from: number; readonly to: number };

export type AppliedChange = {
  /** `u`, who made it and when. */
  readonly id: string;
  /** Absent where nobody had to sign in: in a demo. */
  readonly by?: PersonId;
  readonly at: number;
  readonly touched: readonly Touched[];
  /** Until then it can be undone. */
  readonly firstStartAt: number;
  /** What was agreed on top of the plan by it. */
  readonly overrideIds: readonly string[];
  /** The posts that a list was read for as they were planned before; `fresh` were there for the first time. */
  readonly before?: { readonly posts: readonly Post[]; readonly shifts: readonly Shift[]; readonly fresh: readonly PostId[] };
  /** What the workbook was called that it was read from. */
  readonly name?: string;
  /** It was a list of people instead: the version of the organisation that it made, and the one before. */
  readonly contacts?: { readonly version: number; readonly before: number };
  /** Fingerprint of what it left behind: whoever changes the same afterwards changes this. */
  readonly left: string;
};

/** What is compared to find out whether somebody has changed the same shifts since. */
export const textOfTouched = (roster: Roster, { touched, before }: Pick<AppliedChange, 'touched' | 'before'>): string => {
  const isTouched = (postId: PostId, from: number, to: number) =>
    touched.some((one) => one.postId === postId && one.from < to && from < one.to);
  const whole = new Set([...(before?.posts ?? []).map(({ id }) => id), ...(before?.fresh ?? [])]);
  const shifts = roster.shifts.filter(({ postId, from, to }) => whole.has(postId) || isTouched(postId, from, to));
  const overrides = (roster.overrides ?? []).filter(({ subject, from, to }) => isTouched(subject, from, to));
  return JSON.stringify([roster.posts.filter(({ id }) => whole.has(id)), shifts, overrides]);
};

export type UndoRefusal = 'begun' | 'changedSince';

/** Why it can no more be undone. `left`: the fingerprint as it is now. */
export const undoRefusal = (change: AppliedChange, left: string, now: number): UndoRefusal | undefined => {
  if (now >= change.firstStartAt) return 'begun';
  return left === change.left ? undefined : 'changedSince';
};

/** The roster as it was, but for what others have changed elsewhere since. */
export const undoneRoster = (roster: Roster, { before, overrideIds }: AppliedChange): Roster => {
  const version = roster.version + 1;
  const kept = (roster.overrides ?? []).filter(({ id }) => !overrideIds.includes(id));
  const overrides = roster.overrides === undefined ? {} : { overrides: kept };
  if (!before) return { ...roster, version, ...overrides };
  return restoreShifts({ ...roster, ...overrides }, before, version);
};

/** Posts get exactly the shifts that they had; those that were new are gone. */
export const restoreShifts = (roster: Roster, before: NonNullable<AppliedChange['before']>, version: number): Roster => {
  const back = new Map(before.posts.map((post) => [post.id, post]));
  const gone = new Set(before.fresh);
  const posts = roster.posts.filter(({ id }) => !gone.has(id)).map((post) => back.get(post.id) ?? post);
  const others = roster.shifts.filter(({ postId }) => !back.has(postId) && !gone.has(postId));
  return toRoster(version, posts, [...others, ...before.shifts], roster.overrides);
};
