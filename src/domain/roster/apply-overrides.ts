import { toRoster } from './merge-shifts.ts';
import type { Holder, Override, PostId, Roster, Shift } from './roster.ts';

/** Whoever stands a shift once an override holds; the same list where it has no effect. */
const overridden = (holders: readonly Holder[], { out, in: comes, role, keepsPlaces }: Override): readonly Holder[] => {
  const goes = holders.find(({ personId }) => personId === out);
  if (out !== undefined && !goes) return holders;
  const rest = holders.filter(({ personId }) => personId !== out);
  if (comes === undefined) return rest;
  if (keepsPlaces && rest.some(({ personId }) => personId === comes)) return holders;
  // Nobody stands twice: one who is there already takes over what the other leaves.
  const others = rest.filter(({ personId }) => personId !== comes || goes === undefined);
  if (others.some(({ personId }) => personId === comes)) return holders;
  return [...others, { role: goes?.role ?? role ?? 'onDuty', personId: comes }];
};

const cut = (shift: Shift, from: number, to: number): Shift => ({ ...shift, from: Math.max(shift.from, from), to: Math.min(shift.to, to) });

const overrideShift = (shift: Shift, override: Override): readonly Shift[] => {
  if (shift.to <= override.from || override.to <= shift.from) return [shift];
  const holders = overridden(shift.holders, override);
  if (holders === shift.holders) return [shift];
  const pieces = [
    cut(shift, shift.from, override.from),
    { ...cut(shift, override.from, override.to), holders },
    cut(shift, override.to, shift.to),
  ];
  return pieces.filter(({ from, to }) => from < to);
};

/** Whoever is added stands there in the hours too for which nobody was planned. */
const addShifts = (shifts: readonly Shift[], { subject, from, to, out, in: comes, role }: Override): readonly Shift[] => {
  if (out !== undefined || comes === undefined) return [];
  const added: Shift[] = [];
  let at = from;
  for (const shift of [...shifts.toSorted((a, b) => a.from - b.from), { from: to, to }]) {
    const end = Math.min(shift.from, to);
    if (at < end) added.push({ postId: subject, from: at, to: end, holders: [{ role: role ?? 'onDuty', personId: comes }] });
    at = Math.max(at, shift.to);
  }
  return added;
};

const overridePost = (shifts: readonly Shift[], overrides: readonly Override[]): readonly Shift[] => {
  let now = shifts;
  for (const one of overrides) now = [...now.flatMap((shift) => overrideShift(shift, one)), ...addShifts(now, one)];
  return now;
};

/** The roster as it is stood: the plan, and on top of it what was agreed since, in that order. Pure. */
export const applyOverrides = (roster: Roster): Roster => {
  const { overrides = [] } = roster;
  if (overrides.length === 0) return roster;
  const byPost = Map.groupBy(overrides, ({ subject }) => subject);
  const planned = Map.groupBy(roster.shifts, ({ postId }) => postId);
  const stood = (postId: PostId): readonly Shift[] => overridePost(planned.get(postId) ?? [], byPost.get(postId) ?? []);
  return toRoster(
    roster.version,
    roster.posts,
    roster.posts.flatMap(({ id }) => stood(id)),
    overrides,
  );
};
