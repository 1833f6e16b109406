import { addDays, instantOf, localDay } from '../local-time.ts';
import { dayKindOf } from '../roster/shift-hours.ts';
import type { DayTable } from '../roster/shift-hours.ts';
import type { ItemKind } from './item-kind.ts';
import { limitLevels } from './item.ts';
import type { Limit, LimitLevel, LimitRule } from './item.ts';

/** When an answer is owed: how limits count, and the chain that they form. */

/** A limit that does not say yet whose it is. */
export type UnitlessLimit = Omit<Limit, 'level'>;

/** Local dates and the kinds of day that they are. */
export type Calendar = DayTable;

/**
 * Why there is no limit: the instant of handing over must be told first; the words say nothing; it lies at or before
 * handing over; a year is nowhere; the kind wants each item to name its own.
 */
export type LimitFault = 'needsHour' | 'unreadable' | 'beforeHandingOver' | 'needsYear' | 'asked';

export type LimitReading = { readonly limit: UnitlessLimit } | { readonly fault: LimitFault };

export type HandingOver = {
  /** Epoch ms; any instant of the day where only the day is known. Left out where not even that is. */
  readonly handedOverAt?: number;
  readonly hasHour: boolean;
  /** IANA name. */
  readonly timeZone: string;
  readonly calendar: Calendar;
};

const hourMs = 3_600_000;
const minutesADay = 1_440;

/** A thousand working days hold no more rest than this. */
const mostDaysAhead = 4_000;

const workingDaysAfter = (date: string, count: number, calendar: Calendar): string => {
  let day = date;
  let left = count;
  for (let ahead = 0; left > 0 && ahead < mostDaysAhead; ahead += 1) {
    day = addDays(day, 1);
    if (dayKindOf(day, calendar) === 'workday') left -= 1;
  }
  return day;
};

/** The last day of so many, the day of handing over not counted. */
export const lastDayOf = (from: string, rule: LimitRule & { readonly type: 'days' }, calendar: Calendar): string =>
  rule.day === 'working' ? workingDaysAfter(from, rule.count, calendar) : addDays(from, rule.count);

/** So many days end at 24:00 of the last one. */
export const limitInDays = (
  handedOverAt: number,
  rule: LimitRule & { readonly type: 'days' },
  { timeZone, calendar }: Pick<HandingOver, 'timeZone' | 'calendar'>,
): UnitlessLimit => {
  const { date } = localDay(timeZone, handedOverAt);
  return { at: instantOf(timeZone, lastDayOf(date, rule, calendar), minutesADay), rule, countedFromAt: handedOverAt };
};

/** Hours count from the hour itself, whatever the wall clock does meanwhile. */
export const limitInHours = (handedOverAt: number, count: number): UnitlessLimit => ({
  at: handedOverAt + Math.round(count * hourMs),
  rule: { type: 'hours', count },
  countedFromAt: handedOverAt,
});

const limitOfDay = (
  handedOverAt: number,
  rule: LimitRule & { readonly type: 'daily' },
  { timeZone, hasHour }: HandingOver,
): UnitlessLimit => {
  const { date } = localDay(timeZone, handedOverAt);
  const today = instantOf(timeZone, date, rule.minute);
  const isPast = hasHour && today <= handedOverAt;
  return { at: isPast ? instantOf(timeZone, addDays(date, 1), rule.minute) : today, rule, countedFromAt: handedOverAt };
};

/** What a kind gives where the item itself names no limit. */
export const defaultLimit = (kind: Pick<ItemKind, 'limit'>, handingOver: HandingOver): LimitReading => {
  const { limit: rule } = kind;
  const { handedOverAt, hasHour } = handingOver;
  if (rule.type === 'asked') return { fault: 'asked' };
  if (handedOverAt === undefined) return { fault: 'needsHour' };
  switch (rule.type) {
    case 'days':
      return { limit: limitInDays(handedOverAt, rule, handingOver) };
    case 'hours':
      return hasHour ? { limit: limitInHours(handedOverAt, rule.count) } : { fault: 'needsHour' };
    case 'daily':
      return { limit: limitOfDay(handedOverAt, rule, handingOver) };
  }
};

/** Days of each level, counted from handing over; a level that is left out has no limit of its own. */
export type ChainDays = { readonly [level in LimitLevel]?: number };

export type ChainSettings = {
  readonly timeZone: string;
  readonly calendar: Calendar;
  readonly days: ChainDays;
  /** Natural days, unless an item says otherwise. */
  readonly day?: 'natural' | 'working';
};

/** Practice of the second round: ten natural days to the inspection team, of which seven to the province and three to the city. */
export const usualChainDays: ChainDays = { unit: 3, city: 3, province: 7, team: 10 };

/** The limits that a handing over sets in motion, from the inside out. */
export const limitChain = (handedOverAt: number, settings: ChainSettings): readonly Limit[] =>
  limitLevels.flatMap((level): Limit[] => {
    const count = settings.days[level];
    if (count === undefined) return [];
    return [{ level, ...limitInDays(handedOverAt, { type: 'days', count, day: settings.day ?? 'natural' }, settings) }];
  });

/**
 * A unit's own limit and the chain around it. Whoever set a limit in so many words sits further out than our defaults:
 * a level of the chain that would end before it is left out instead of cutting it short.
 */
export const chainAround = (own: UnitlessLimit, chain: readonly Limit[]): readonly Limit[] => [
  { level: 'unit', ...own },
  ...chain.filter(({ level, at }) => level !== 'unit' && at >= own.at),
];
