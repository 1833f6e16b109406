import type { LedgerEvent } from '../ledger/event.ts';
import { mergeById } from '../organisation/merge-by-id.ts';
import { tellAnew, type Nameless } from '../organisation/nameless.ts';
import { restoreShifts } from '../roster-change/applied-change.ts';
import { outside, spansOf, toRoster } from './merge-shifts.ts';
import { emptyRoster, type DutyRole, type Override, type Post, type PostId, type Roster, type Shift } from './roster.ts';

/** The roster as the ledger tells it. */
export type ToldRoster = {
  readonly roster: Roster;
  /** Posts; their landline is gone with the name. */
  readonly nameless: Nameless;
  /** Parts of a change whose last part has not come yet: how much it replaces is known only by all of them. */
  readonly parts: readonly LedgerEvent[];
};

export const untoldRoster: ToldRoster = { roster: emptyRoster, nameless: new Set(), parts: [] };

/** Of a `RosterChanged`, as the import writes it. */
type Data = {
  readonly version: number;
  readonly part: number;
  readonly parts: number;
  readonly posts: readonly PostEntry[];
  readonly shifts: readonly ShiftEntry[];
  readonly replaced: readonly ReplacedEntry[];
};
type PostEntry = readonly [id: PostId, unitId: string, minimumHeadcount: number];
type ShiftEntry = readonly [postId: PostId, from: number, to: number, holders: readonly (readonly [DutyRole, string])[]];
type ReplacedEntry = readonly [postId: PostId, from: number, to: number];

const keyOf = (postId: PostId, from: number, to: number): string => `${postId} ${from} ${to}`;

const toShift = ([postId, from, to, holders]: ShiftEntry): Shift => ({
  postId,
  from,
  to,
  holders: holders.map(([role, personId]) => ({ role, personId })),
});

const dataOf = ({ data }: LedgerEvent): Data => data as unknown as Data;

const postsOf = (event: LedgerEvent): readonly Post[] => {
  const whole = new Map(((event.personal?.['posts'] ?? []) as unknown as readonly Post[]).map((post) => [post.id, post]));
  return dataOf(event).posts.map(([id, unitId, minimumHeadcount]) => whole.get(id) ?? { id, unitId, name: '', minimumHeadcount });
};

/** Exactly what is named as replaced goes, but for what of it lies outside the span of the new shifts. */
const takeIn = (before: ToldRoster, version: number, parts: readonly LedgerEvent[]): ToldRoster => {
  const told = parts.flatMap(postsOf);
  const shifts = parts.flatMap((part) => dataOf(part).shifts.map(toShift));
  const replaced = new Set(parts.flatMap((part) => dataOf(part).replaced.map((entry) => keyOf(...entry))));
  const spans = spansOf(shifts);
  const kept = before.roster.shifts.flatMap((shift) => {
    if (!replaced.has(keyOf(shift.postId, shift.from, shift.to))) return [shift];
    const span = spans.get(shift.postId);
    return span ? outside(shift, span) : [];
  });
  const roster = toRoster(version, mergeById(before.roster.posts, told), [...kept, ...shifts], before.roster.overrides);
  return { roster, nameless: tellAnew(before.nameless, told), parts: [] };
};

/** Of a `RosterOverridden`: what was agreed, and the ids of what was taken back. */
const override = (before: ToldRoster, { data }: LedgerEvent): ToldRoster => {
  const told = data as unknown as { readonly version: number; readonly added: readonly Override[]; readonly removed: readonly string[] };
  const kept = (before.roster.overrides ?? []).filter(({ id }) => !told.removed.includes(id));
  return { ...before, roster: { ...before.roster, version: told.version, overrides: [...kept, ...told.added] } };
};

/** Of a `RosterRestored`: posts as they were before a list was read for them, all of their shifts. */
type Restored = {
  readonly version: number;
  readonly part: number;
  readonly parts: number;
  readonly posts: readonly PostEntry[];
  readonly fresh: readonly PostId[];
  readonly shifts: readonly ShiftEntry[];
};

const restore = (before: ToldRoster, event: LedgerEvent): ToldRoster => {
  const last = event.data as unknown as Restored;
  const known = last.part === 1 ? [event] : [...before.parts, event];
  if (last.part !== last.parts) return { ...before, parts: known };
  const data = known.map((part) => part.data as unknown as Restored);
  const posts = known.flatMap(postsOf);
  const shifts = data.flatMap((one) => one.shifts.map(toShift));
  const roster = restoreShifts(before.roster, { posts, shifts, fresh: data.flatMap(({ fresh }) => fresh) }, last.version);
  return { roster, nameless: tellAnew(before.nameless, posts), parts: [] };
};

/** What an event makes of the roster; pure, from what the event itself holds. */
export const evolveRoster = (before: ToldRoster, event: LedgerEvent): ToldRoster => {
  if (event.event === 'RosterOverridden') return override(before, event);
  if (event.event === 'RosterRestored') return restore(before, event);
  if (event.event !== 'RosterChanged') return before;
  const { version, part, parts } = dataOf(event);
  const known = part === 1 ? [event] : [...before.parts, event];
  return part === parts ? takeIn(before, version, known) : { ...before, parts: known };
};
