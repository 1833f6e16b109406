import { minutesOf, spanOf } from '../command/period.ts';
import type { DateToken, PartOfDay } from '../command/period.ts';
import { readDates } from '../command/read-dates.ts';
import { instantOf, localDay } from '../local-time.ts';
import { limitInDays, limitInHours } from './limit.ts';
import type { HandingOver, LimitReading } from './limit.ts';
import type { LimitToken, LimitVocabulary } from './limit-words.ts';

/** As it is written, or wall-clock time of the campaign's zone from a date cell: `2021-08-31T17:00`, or the date alone. */
export type LimitSource = string | { readonly local: string };

export type LimitContext = HandingOver & {
  /** For a date that names none, where the day of handing over is not known. */
  readonly year?: number;
  /** Epoch ms: the year nearest to it counts where nothing else tells the year. */
  readonly near?: number;
};

const unreadable: LimitReading = { fault: 'unreadable' };
const needsHour: LimitReading = { fault: 'needsHour' };

const longestLimit = 120;
const endOfDay = 1_440;
const mostCount = 999;

/** Without the spaces that people put between characters; those between two numbers tell them apart. */
const fold = (text: string, words: LimitVocabulary): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/(?<!\d) | (?!\d)/g, '')
    .replace(/\p{Script=Han}/gu, (character) => words.folds[character] ?? character)
    .replace(words.noise, '');

const withZone = /^\d{4}-\d{2}-\d{2}[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})$/;

/**
 * Reads when an answer is owed. `3日内` ends at 24:00 on the third day after the day of handing over; hours, and the
 * day of handing over itself (当日), want the hour of handing over, which is asked for and never guessed.
 */
export const readLimit = (source: LimitSource, context: LimitContext, words: LimitVocabulary): LimitReading => {
  const reading = typeof source === 'string' ? readWords(source, context, words) : readLocal(source.local, context);
  if ('fault' in reading || context.handedOverAt === undefined) return reading;
  const from = context.hasHour ? context.handedOverAt : localDay(context.timeZone, context.handedOverAt).startAt;
  return reading.limit.at > from ? reading : { fault: 'beforeHandingOver' };
};

const fixed = (at: number, context: LimitContext): LimitReading => ({
  limit: { at, rule: { type: 'instant' }, countedFromAt: context.handedOverAt ?? at },
});

const readLocal = (local: string, context: LimitContext): LimitReading => {
  try {
    const { year, month, day } = Temporal.PlainDate.from(local);
    const [hour, minute] = (local.split('T')[1] ?? '24:00').split(':').map(Number);
    const date = new Temporal.PlainDate(year, month, day).toString();
    return fixed(instantOf(context.timeZone, date, hour! * 60 + (minute ?? 0)), context);
  } catch (error) {
    if (error instanceof RangeError) return unreadable;
    throw error;
  }
};

const readWords = (source: string, context: LimitContext, words: LimitVocabulary): LimitReading => {
  const text = fold(source, words);
  if (text === '' || text.length > longestLimit || words.unless.test(text)) return unreadable;
  if (withZone.test(text)) return fixed(Temporal.Instant.from(text.replace(' ', 't')).epochMilliseconds, context);
  const { tokens, rest } = readDates<LimitToken>(text, words.readers);
  // A number that nobody understood may be what matters.
  if (/\d/.test(rest)) return unreadable;
  const told = sort(tokens);
  if (!told) return unreadable;
  if (told.within) return readWithin(told.within, told, context, words.fromThen.test(text));
  if (told.days.length + told.clocks.length + told.parts.length > 0) return readDay(told, context);
  if (!told.atOnce) return unreadable;
  return context.handedOverAt === undefined || !context.hasHour
    ? needsHour
    : { limit: limitInHours(context.handedOverAt, told.atOnce.hours) };
};

type Of<Type extends LimitToken['type']> = LimitToken & { readonly type: Type };
type DayToken = DateToken | Of<'monthEnd'>;

type Told = {
  readonly within?: Of<'within'>;
  readonly atOnce?: Of<'atOnce'>;
  readonly days: readonly DayToken[];
  readonly clocks: readonly Of<'clock'>[];
  readonly parts: readonly PartOfDay[];
};

/** Null where the words contradict each other, or speak of a time that is no limit. */
const sort = (tokens: readonly LimitToken[]): Told | null => {
  const withins: Of<'within'>[] = [];
  const days: DayToken[] = [];
  const clocks: Of<'clock'>[] = [];
  const parts: PartOfDay[] = [];
  let atOnce: Of<'atOnce'> | undefined;
  for (const token of tokens) {
    if (token.type === 'within') withins.push(token);
    else if (token.type === 'length' || token.type === 'coming') withins.push({ type: 'within', count: token.days, unit: 'day' });
    else if (token.type === 'atOnce') atOnce = token;
    else if (token.type === 'clock') clocks.push(token);
    else if (token.type === 'part') parts.push(token.part);
    // From one time to another: the later one is the limit.
    else if (token.type === 'through') days.length = clocks.length = parts.length = 0;
    else if (token.type === 'now') return null;
    else if (token.type !== 'filler') days.push(token);
  }
  if (withins.length > 1 || clocks.length > 1 || parts.length > 1 || days.length > 2) return null;
  const [within] = withins;
  if (within && (within.count <= 0 || within.count > mostCount || (days.length === 0 && clocks.length + parts.length > 0))) return null;
  return { ...(within && { within }), ...(atOnce && { atOnce }), days, clocks, parts };
};

const readWithin = (within: Of<'within'>, told: Told, context: LimitContext, isFromThen: boolean): LimitReading => {
  if (told.days.length === 0) return count(within, context.handedOverAt, context);
  const named = readDay(told, context);
  if ('fault' in named) return named;
  const { date } = localDay(context.timeZone, named.limit.at - 1);
  if (isFromThen) {
    const isPlain = within.unit !== 'hour' && told.clocks.length + told.parts.length === 0;
    return isPlain ? count(within, instantOf(context.timeZone, date, 0), context) : unreadable;
  }
  // Said twice over: the date counts where both mean the same day.
  const counted = count(within, context.handedOverAt, context);
  return 'limit' in counted && localDay(context.timeZone, counted.limit.at - 1).date === date ? named : unreadable;
};

const count = ({ count: number, unit }: Of<'within'>, from: number | undefined, context: LimitContext): LimitReading => {
  if (from === undefined || (unit === 'hour' && !context.hasHour)) return needsHour;
  if (unit === 'hour') return { limit: limitInHours(from, number) };
  const days = unit === 'month' ? daysOf(from, number, context) : number;
  return { limit: limitInDays(from, { type: 'days', count: days, day: unit === 'workday' ? 'working' : 'natural' }, context) };
};

const daysOf = (from: number, months: number, { timeZone }: LimitContext): number => {
  const date = Temporal.PlainDate.from(localDay(timeZone, from).date);
  return date.until(date.add({ months }), { largestUnit: 'days' }).days;
};

const readDay = (told: Told, context: LimitContext): LimitReading => {
  const minute = minuteOf(told);
  if (minute === undefined) return unreadable;
  // Without a date the day of handing over is meant.
  const days = told.days.length > 0 ? told.days : [{ type: 'day', offset: 0 } as const];
  const isToday = days.some((token) => token.type === 'day' && token.offset === 0);
  if (isToday && !context.hasHour) return needsHour;
  const last = lastDay(days, context);
  return 'fault' in last ? last : fixed(instantOf(context.timeZone, last.date, minute), context);
};

/** Where a part of the day ends that stands without an hour. */
const endOfPart: { readonly [part in PartOfDay]?: number } = { morning: 720, noon: 720, night: endOfDay };

/** Minute of the day; a date alone, with `前` or without, ends at its 24:00: the whole day belongs to those who must answer. */
const minuteOf = ({ clocks: [clock], parts: [part] }: Told): number | undefined => {
  if (!clock) return part === undefined ? endOfDay : endOfPart[part];
  const isMidnight = clock.hour === 12 && clock.minute === 0 && (part === 'night' || part === 'evening');
  const minute = isMidnight ? endOfDay : minutesOf(clock, clock.part ?? part);
  return minute === undefined || minute > endOfDay ? undefined : minute;
};

type LastDay = { readonly date: string } | { readonly fault: 'needsHour' | 'needsYear' | 'unreadable' };

/** Two may stand there only where one is the other's weekday. */
const lastDay = (tokens: readonly DayToken[], context: LimitContext): LastDay => {
  const [first, second] = tokens;
  const dated = tokens.find(({ type }) => type === 'date');
  const weekday = tokens.find((token) => token.type === 'weekday');
  if (!second) return first ? dayOf(first, context) : { fault: 'unreadable' };
  if (!dated || !weekday) return { fault: 'unreadable' };
  const last = dayOf(dated, context);
  if ('fault' in last) return last;
  return Temporal.PlainDate.from(last.date).dayOfWeek === weekday.weekday ? last : { fault: 'unreadable' };
};

const dayOf = (token: DayToken, context: LimitContext): LastDay => {
  if (token.type === 'namedMonth' || token.type === 'month' || token.type === 'weekend') return { fault: 'unreadable' };
  const today = todayOf(token, context);
  if (typeof today === 'string') return { fault: today };
  if (token.type === 'monthEnd') return { date: monthEnd(token, today) };
  const isBare = token.type === 'date' && token.year === undefined && token.month !== undefined;
  const wanted = isBare && context.handedOverAt === undefined && context.year !== undefined ? { ...token, year: context.year } : token;
  const span = spanOf(wanted, today);
  return span ? { date: span.end.subtract({ days: 1 }).toString() } : { fault: 'unreadable' };
};

/** The day that a token is seen from: the day of handing over, unless the token needs only a year. */
const todayOf = (token: DayToken, { handedOverAt, timeZone, year, near }: LimitContext): Temporal.PlainDate | 'needsHour' | 'needsYear' => {
  if (handedOverAt !== undefined) return Temporal.PlainDate.from(localDay(timeZone, handedOverAt).date);
  const isNamed = (token.type === 'date' || token.type === 'monthEnd') && token.month !== undefined;
  if (!isNamed) return 'needsHour';
  if (year !== undefined || token.year !== undefined) return new Temporal.PlainDate(year ?? token.year ?? 0, 7, 1);
  return near === undefined ? 'needsYear' : Temporal.PlainDate.from(localDay(timeZone, near).date);
};

const monthEnd = (token: Of<'monthEnd'>, today: Temporal.PlainDate): string => {
  const span =
    token.month === undefined
      ? undefined
      : spanOf({ type: 'namedMonth', month: token.month, ...(token.year !== undefined && { year: token.year }) }, today);
  return span
    ? span.end.subtract({ days: 1 }).toString()
    : today
        .with({ day: 1 })
        .add({ months: token.offset + 1 })
        .subtract({ days: 1 })
        .toString();
};
