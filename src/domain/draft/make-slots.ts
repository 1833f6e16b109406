import { addDays, localDay } from '../local-time.ts';
import { dayKindOf, shiftSpan, type DayTable } from '../roster/shift-hours.ts';
import type { PostRules, Seat, Slot } from './draft.ts';

const hourMs = 3_600_000;
/** A shift that takes at least so much of the hours from midnight to six takes the night. */
const nightMs = 3 * hourMs;
const nightEndsMs = 6 * hourMs;

const dayMs = 24 * hourMs;

/** Of a local date, counted in days from 1970. */
export const dayNumber = (date: string): number => Date.parse(date) / dayMs;

export const takesNight = (zone: string, from: number, to: number): boolean => {
  for (let day = localDay(zone, from); day.startAt < to; day = localDay(zone, day.endAt)) {
    if (Math.min(to, day.startAt + nightEndsMs) - Math.max(from, day.startAt) >= nightMs) return true;
  }
  return false;
};

/** Days of one draft at most: a quarter, and some. */
export const mostDays = 100;

/** Every shift of a post whose day lies between two dates, both of them included, in order. */
export const slotsOf = (post: PostRules, fromDate: string, toDate: string, zone: string, table: DayTable): readonly Slot[] => {
  const slots: Slot[] = [];
  for (let date = fromDate, days = 0; date <= toDate && days < mostDays; date = addDays(date, 1), days += 1) {
    const kind = dayKindOf(date, table);
    for (const { kinds, hours } of post.hours) {
      if (!kinds.includes(kind)) continue;
      const { from, to } = shiftSpan(date, hours, zone);
      slots.push({ postId: post.postId, date, day: dayNumber(date), kind, from, to, isNight: takesNight(zone, from, to) });
    }
  }
  return slots.toSorted((one, other) => one.from - other.from || one.to - other.to);
};

/** The leader first: fewer people may be one. */
export const seatsOf = (slot: Slot, { officers, hasLeader }: PostRules): readonly Seat[] => [
  ...(hasLeader ? [{ slot, role: 'shiftLeader' as const }] : []),
  ...Array.from({ length: officers }, (_, index): Seat => ({ slot, role: index === 0 ? 'onDuty' : 'coDuty' })),
];
