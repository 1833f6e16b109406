import type { PostId, Roster, Shift } from './roster.ts';

const arranged = new WeakMap<Roster, ReadonlyMap<PostId, readonly Shift[]>>();

/** Shifts by their post; arranged once for each roster, which never changes. */
export const shiftsByPost = (roster: Roster): ReadonlyMap<PostId, readonly Shift[]> => {
  const known = arranged.get(roster);
  if (known) return known;
  const made = Map.groupBy(roster.shifts, ({ postId }) => postId);
  arranged.set(roster, made);
  return made;
};
