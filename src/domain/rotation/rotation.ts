import type { PersonId } from '../organisation/organisation.ts';

export type RotationKind = 'hourly' | 'daily' | 'weekly' | 'monthly';

export const rotationKinds: readonly RotationKind[] = ['hourly', 'daily', 'weekly', 'monthly'];

/** People who take turns for ever, in this order, each for `length` hours, days, weeks or months. */
export type Rotation = {
  readonly kind: RotationKind;
  /** A whole number from 1 on. */
  readonly length: number;
  /** Epoch ms; nobody is on before. */
  readonly startAt: number;
  /** IANA name: turns change at the same time of its clock, whatever the clock does meanwhile. */
  readonly zone: string;
  readonly members: readonly PersonId[];
  /** The place of the member who had the first turn; 0 unless members have gone since. */
  readonly first?: number;
};

/** From `from` (inclusive) to `to` (exclusive), epoch ms; `no` counts the turns from 0. */
export type Turn = { readonly no: number; readonly from: number; readonly to: number };

export type OnTurn =
  | { readonly status: 'on'; readonly personId: PersonId; readonly from: number; readonly to: number }
  | { readonly status: 'nobody'; readonly reason: 'notBegun' | 'noMembers' };

const isWhole = (length: number): boolean => Number.isSafeInteger(length) && length >= 1;

/** The instant of a wall-clock time: the first of two, and where the clock jumps over it the end of the jump. */
const resolve = (wall: Temporal.PlainDateTime, zone: string): number => {
  const zoned = wall.toZonedDateTime(zone);
  if (zoned.toPlainDateTime().equals(wall)) return zoned.epochMilliseconds;
  return (zoned.add({ nanoseconds: 1 }).getTimeZoneTransition('previous') ?? zoned).epochMilliseconds;
};

const units = { hourly: 'hours', daily: 'days', weekly: 'weeks', monthly: 'months' } as const;

/**
 * When handovers come by the clock on the wall, counted from the start and not from each other: the 31st comes back
 * after a short month, and an hour that was skipped in spring moves no later one.
 */
const handoverTimes = ({ kind, length, startAt, zone }: Rotation): ((count: number) => number) => {
  const start = Temporal.Instant.fromEpochMilliseconds(startAt).toZonedDateTimeISO(zone).toPlainDateTime();
  return (count) => (count === 0 ? startAt : Math.max(startAt, resolve(start.add({ [units[kind]]: count * length }), zone)));
};

/** The first count from which on a handover is at or after an instant; handovers never go back. */
const firstFrom = (timeOf: (count: number) => number, at: number): number => {
  let high = 1;
  while (timeOf(high) < at) high *= 2;
  let low = 0;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (timeOf(middle) < at) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Turns before `count` that fell into hours which the clock jumped over: they never were, and nobody lost theirs. */
const skippedBefore = ({ startAt, zone, kind }: Rotation, timeOf: (count: number) => number, count: number): number => {
  // Only hours and days are short enough to lie whole inside a jump.
  if (kind === 'weekly' || kind === 'monthly') return 0;
  const endAt = timeOf(count);
  let skipped = 0;
  let at = Temporal.Instant.fromEpochMilliseconds(startAt).toZonedDateTimeISO(zone).getTimeZoneTransition('next');
  for (; at !== null && at.epochMilliseconds <= endAt; at = at.getTimeZoneTransition('next')) {
    const jump = at.epochMilliseconds;
    const from = firstFrom(timeOf, jump);
    const to = Math.min(count, firstFrom(timeOf, jump + 1) - 1);
    skipped += Math.max(0, to - from);
  }
  return skipped;
};

type Walk = { readonly timeOf: (count: number) => number; readonly count: number; readonly no: number };

const findTurn = (rotation: Rotation, at: number): Walk => {
  if (!isWhole(rotation.length)) throw new RangeError(`a turn has a whole length from 1 on, not ${rotation.length}`);
  const timeOf = handoverTimes(rotation);
  const count = firstFrom(timeOf, at + 1) - 1;
  return { timeOf, count, no: count - skippedBefore(rotation, timeOf, count) };
};

/** The turn that an instant belongs to: its start does, its end does not. Undefined before the rotation begins. */
export const turnAt = (rotation: Rotation, at: number): Turn | undefined => {
  if (at < rotation.startAt) return undefined;
  const { timeOf, count, no } = findTurn(rotation, at);
  return { no, from: timeOf(count), to: timeOf(count + 1) };
};

const memberOf = ({ members, first = 0 }: Rotation, no: number): PersonId => members[(no + first) % members.length]!;

/** Who is on at an instant, or why nobody is. */
export const onTurnAt = (rotation: Rotation, at: number): OnTurn => {
  if (rotation.members.length === 0) return { status: 'nobody', reason: 'noMembers' };
  const turn = turnAt(rotation, at);
  if (!turn) return { status: 'nobody', reason: 'notBegun' };
  return { status: 'on', personId: memberOf(rotation, turn.no), from: turn.from, to: turn.to };
};

/** Turns that one call gives; a window that holds more is refused. */
const mostTurns = 20_000;

/** Every turn that touches a window, whole, in order. Throws a RangeError where there are more than 20,000. */
export const turnsIn = (rotation: Rotation, fromAt: number, toAt: number): readonly (Turn & { readonly personId: PersonId })[] => {
  const { members, startAt } = rotation;
  if (members.length === 0 || toAt <= Math.max(fromAt, startAt)) return [];
  const found: (Turn & { readonly personId: PersonId })[] = [];
  const { timeOf, count, no } = findTurn(rotation, Math.max(fromAt, startAt));
  for (let next = count, turn = no; timeOf(next) < toAt; next += 1) {
    const [from, to] = [timeOf(next), timeOf(next + 1)];
    // A turn inside hours that the clock jumped over: whoever comes next has the one after it.
    if (from === to) continue;
    if (found.length >= mostTurns) throw new RangeError(`more than ${mostTurns} turns between ${fromAt} and ${toAt}`);
    found.push({ no: turn, from, to, personId: memberOf(rotation, turn) });
    turn += 1;
  }
  return found;
};

/**
 * Without one member, from `at` on. Whoever is on stays on, unless it is they who go: then the next one is. Without
 * members nobody is on, and `onTurnAt` says so.
 */
export const removeMember = (rotation: Rotation, personId: PersonId, at: number): Rotation => {
  const place = rotation.members.indexOf(personId);
  if (place < 0) return rotation;
  const members = rotation.members.toSpliced(place, 1);
  const no = turnAt(rotation, at)?.no ?? 0;
  const current = (no + (rotation.first ?? 0)) % rotation.members.length;
  if (members.length === 0) return { ...rotation, members, first: 0 };
  // Where the one before goes everybody moves up by one; where the holder goes, the next one stands in that place.
  const wanted = (place < current ? current - 1 : current) % members.length;
  const first = (((wanted - no) % members.length) + members.length) % members.length;
  return { ...rotation, members, first };
};
