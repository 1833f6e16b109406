import { addDays, instantOf, localDay, minuteOfDay } from '../../domain/local-time.ts';
import type { Directory } from '../../domain/organisation/directory.ts';
import { headcountOf } from '../../domain/roster/find-gaps.ts';
import type { DutyRole, PostId, Shift } from '../../domain/roster/roster.ts';
import { leftOf, overlap, type ShiftPart, type Span } from '../../domain/shift-change/duty-request.ts';
import { isWholeDays } from '../shift-change/duty-shifts.ts';

/** The empty places that are meant by a time: seats of a shift that nobody fills, and shifts that nobody was planned for. */

const dayMs = 24 * 3_600_000;
const mostDays = 31;
/** A hole shorter than this is no shift. */
const leastMs = 3_600_000;
/** As for shifts that somebody stands: what lies this near to an end means it. */
const snapMs = 2 * 3_600_000;

const isEmptyFor = (shift: Shift, role: DutyRole | undefined): boolean =>
  role === undefined ? headcountOf(shift) === 0 : !shift.holders.some((holder) => holder.role === role);

/** The holes that a time touches, each from the shift before it to the shift after it. */
const holesIn = (shifts: readonly Shift[], said: Span): readonly Span[] => {
  const holes: Span[] = [];
  let from = Number.NEGATIVE_INFINITY;
  for (const shift of [...shifts.toSorted((a, b) => a.from - b.from), { from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY }]) {
    if (from < shift.from && overlap({ from, to: shift.from }, said)) holes.push({ from, to: shift.from });
    from = Math.max(from, shift.to);
  }
  return holes;
};

/** The hours that the post is stood for otherwise, on each of some days. */
const usualHours = (shifts: readonly Shift[], said: Span, timeZone: string): readonly Span[] => {
  const distance = ({ from }: Span) => Math.abs(from - said.from);
  const [like] = shifts.toSorted((a, b) => distance(a) - distance(b));
  if (!like) return [];
  const first = localDay(timeZone, said.from).date;
  return Array.from({ length: mostDays }, (_, day) => instantOf(timeZone, addDays(first, day), minuteOfDay(timeZone, like.from)))
    .filter((from) => said.from <= from && from < said.to)
    .map((from) => ({ from, to: from + (like.to - like.from) }));
};

const within = (hole: Span, said: Span): Span => ({
  from: Math.abs(said.from - hole.from) <= snapMs ? hole.from : Math.max(said.from, hole.from),
  to: Math.abs(said.to - hole.to) <= snapMs ? hole.to : Math.min(said.to, hole.to),
});

export const emptyParts = (
  directory: Directory,
  postId: PostId,
  { from, to = from + 1, role }: { readonly from: number; readonly to?: number; readonly role?: DutyRole },
  timeZone: string,
  now: number,
): readonly ShiftPart[] => {
  const said = { from, to: Math.min(to, from + mostDays * dayMs) };
  const shifts = directory.shiftsOf.get(postId) ?? [];
  const isWhole = isWholeDays(said, timeZone);
  const seats = shifts
    .filter((shift) => overlap(shift, said) && isEmptyFor(shift, role) && (!isWhole || shift.from >= said.from))
    .map((shift) => (isWhole ? { from: shift.from, to: shift.to } : within(shift, said)));
  const wanted = isWhole ? usualHours(shifts, said, timeZone) : [said];
  const holes = holesIn(shifts, said).flatMap((hole) => wanted.map((one) => within(hole, one)));
  const parts = [...seats, ...holes]
    .filter((one) => one.to - one.from >= leastMs)
    .map((one) => ({ postId, role: role ?? 'onDuty', from: one.from, to: one.to }) as const)
    .toSorted((a, b) => a.from - b.from);
  return leftOf(parts, now);
};
