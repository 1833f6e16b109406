import type { Directory } from '../../domain/organisation/directory.ts';
import type { PersonId } from '../../domain/organisation/organisation.ts';
import type { PostId, Shift } from '../../domain/roster/roster.ts';

/** Asked for: an instant where `toAt` is missing, else from (inclusive) to (exclusive). Epoch ms. */
export type Asked = { readonly fromAt: number; readonly toAt?: number };

const dayMs = 24 * 3_600_000;

/** The place of the first shift that ends after an instant. */
const firstEndingAfter = (shifts: readonly Shift[], at: number): number => {
  let low = 0;
  let high = shifts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (shifts[middle]!.to > at) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** A post's shifts that touch the time asked for, in order. */
export const shiftsTouching = (directory: Directory, postId: PostId, { fromAt, toAt }: Asked): readonly Shift[] => {
  const shifts = directory.shiftsOf.get(postId) ?? [];
  const found: Shift[] = [];
  for (let at = firstEndingAfter(shifts, fromAt); at < shifts.length; at += 1) {
    const shift = shifts[at]!;
    if (toAt === undefined ? shift.from > fromAt : shift.from >= toAt) break;
    found.push(shift);
  }
  return found;
};

/** From the first shift to the end of the last; undefined where there is none. */
export const rosterSpan = ({ roster }: Directory): Required<Asked> | undefined => {
  if (roster.shifts.length === 0) return undefined;
  return {
    fromAt: roster.shifts.reduce((least, { from }) => Math.min(least, from), Infinity),
    toAt: roster.shifts.reduce((most, { to }) => Math.max(most, to), -Infinity),
  };
};

const localHour = (at: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainTime().toString();

const isWholeDays = ({ fromAt, toAt }: Asked, timeZone: string): boolean =>
  toAt !== undefined && toAt - fromAt > dayMs / 2 && localHour(fromAt, timeZone) === '00:00:00' && localHour(toAt, timeZone) === '00:00:00';

/**
 * The shifts people mean: a shift that goes through the night belongs to the day on which it starts, so for whole days those
 * that start in them; where none does, and for hours and nights, every shift that touches them.
 */
export const shiftsMeant = (directory: Directory, postId: PostId, asked: Asked, timeZone: string): readonly Shift[] => {
  const touching = shiftsTouching(directory, postId, asked);
  if (!isWholeDays(asked, timeZone)) return touching;
  const starting = touching.filter((shift) => shift.from >= asked.fromAt);
  return starting.length > 0 ? starting : touching;
};

/** Parts of the time asked for in which a post has no shift, or one that nobody stands. */
export const holesIn = (shifts: readonly Shift[], { fromAt, toAt }: Asked): readonly Asked[] => {
  const manned = shifts.filter((shift) => shift.holders.length > 0);
  if (toAt === undefined) return manned.length > 0 ? [] : [{ fromAt }];
  const holes: Asked[] = [];
  let coveredTo = fromAt;
  for (const shift of manned) {
    if (shift.from > coveredTo) holes.push({ fromAt: coveredTo, toAt: Math.min(shift.from, toAt) });
    coveredTo = Math.max(coveredTo, shift.to);
  }
  if (coveredTo < toAt) holes.push({ fromAt: coveredTo, toAt });
  return holes;
};

/** A person's shifts in any role, in order of time. */
export const shiftsOfPerson = (directory: Directory, personId: PersonId, asked: Asked): readonly Shift[] =>
  (directory.postsOf.get(personId) ?? [])
    .flatMap((postId) => shiftsTouching(directory, postId, asked))
    .filter((shift) => shift.holders.some((holder) => holder.personId === personId))
    .sort((a, b) => a.from - b.from);
