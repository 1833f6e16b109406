import type { Holder, Override, Roster } from '../../src/domain/roster/roster.ts';

/** Who stands what once what was agreed is put on top of the plan: a second reading, instant by instant. */

const isIn = (at: number, { from, to }: { readonly from: number; readonly to: number }): boolean => from <= at && at < to;

const overridden = (holders: readonly Holder[], { out, in: comes, role, keepsPlaces }: Override): readonly Holder[] => {
  const isThere = (personId: string | undefined): boolean => holders.some((holder) => holder.personId === personId);
  if (out === undefined) return comes === undefined || isThere(comes) ? holders : [...holders, { role: role ?? 'onDuty', personId: comes }];
  if (!isThere(out) || (keepsPlaces && isThere(comes))) return holders;
  return holders.flatMap((holder) => (holder.personId !== out ? [holder] : comes === undefined ? [] : [{ ...holder, personId: comes }]));
};

/** Read from the plan and what lies on top of it, each time anew. */
export const readHoldersAt = ({ shifts, overrides = [] }: Roster, postId: string, at: number): readonly Holder[] =>
  overrides
    .filter((one) => one.subject === postId && isIn(at, one))
    .reduce<readonly Holder[]>(overridden, shifts.find((shift) => shift.postId === postId && isIn(at, shift))?.holders ?? []);

/** From each instant at which somebody else may stand a post; `holders` once somebody has asked. */
type Piece = { readonly from: number; holders: readonly Holder[] | undefined };

const pieces = new WeakMap<Roster, Map<string, readonly Piece[]>>();

const piecesOf = (roster: Roster, postId: string): readonly Piece[] => {
  const known = pieces.get(roster) ?? new Map<string, readonly Piece[]>();
  if (known.size === 0) pieces.set(roster, known);
  const found =
    known.get(postId) ?? [Number.NEGATIVE_INFINITY, ...boundariesOf(roster, postId)].map((from) => ({ from, holders: undefined }));
  known.set(postId, found);
  return found;
};

/** The same list at every instant of a piece. */
export const holdersIn = (roster: Roster, postId: string, at: number): readonly Holder[] => {
  const piece = piecesOf(roster, postId).findLast(({ from }) => from <= at)!;
  return (piece.holders ??= readHoldersAt(roster, postId, at));
};

export const officersIn = (roster: Roster, postId: string, at: number): readonly string[] =>
  holdersIn(roster, postId, at)
    .filter(({ role }) => role !== 'shiftLeader')
    .map(({ personId }) => personId);

/** Every instant at which somebody else may stand a post, in order. */
export const boundariesOf = ({ shifts, overrides = [] }: Roster, postId: string): readonly number[] =>
  [
    ...new Set(
      [...shifts.filter((shift) => shift.postId === postId), ...overrides.filter((one) => one.subject === postId)].flatMap(
        ({ from, to }) => [from, to],
      ),
    ),
  ].toSorted((a, b) => a - b);

export type Stint = { readonly postId: string; readonly role: Holder['role']; readonly from: number; readonly to: number };

const read = new WeakMap<Roster, ReadonlyMap<string, readonly Stint[]>>();

/** What everybody stands, in pieces, each person's by their beginning. */
export const stintsIn = (roster: Roster): ReadonlyMap<string, readonly Stint[]> => {
  const known = read.get(roster);
  if (known) return known;
  const stints = new Map<string, Stint[]>();
  for (const { id: postId } of roster.posts) {
    const instants = boundariesOf(roster, postId);
    for (const [index, from] of instants.entries()) {
      const to = instants[index + 1];
      if (to === undefined) continue;
      for (const { personId, role } of holdersIn(roster, postId, from)) {
        const list = stints.get(personId) ?? [];
        if (list.length === 0) stints.set(personId, list);
        list.push({ postId, role, from, to });
      }
    }
  }
  for (const list of stints.values()) list.sort((a, b) => a.from - b.from);
  read.set(roster, stints);
  return stints;
};

const dayMs = 24 * 3_600_000;

/** What anybody stands that runs now or begins within so many days. */
export const stintsAhead = (roster: Roster, now: number, days: number): readonly (Stint & { readonly personId: string })[] =>
  [...stintsIn(roster)].flatMap(([personId, stints]) =>
    stints.filter(({ from, to }) => to > now && from < now + days * dayMs).map((stint) => ({ personId, ...stint })),
  );
