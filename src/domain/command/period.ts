/** When a message speaks of: dates, nights and weeks as people say them, resolved in the campaign's time zone. */

export type PartOfDay = 'earlyMorning' | 'morning' | 'day' | 'noon' | 'afternoon' | 'evening' | 'night';

/** What a reader of dates finds, free of any language. */
export type DateToken =
  | { readonly type: 'now' }
  | { readonly type: 'day'; readonly offset: number }
  /** ISO weekday 1 to 7; without `week` the next one, today included. */
  | { readonly type: 'weekday'; readonly weekday: number; readonly week?: number }
  | { readonly type: 'weekend'; readonly week?: number }
  | { readonly type: 'week'; readonly offset: number }
  | { readonly type: 'month'; readonly offset: number }
  | { readonly type: 'namedMonth'; readonly month: number; readonly year?: number }
  | { readonly type: 'date'; readonly day: number; readonly month?: number; readonly year?: number }
  | { readonly type: 'part'; readonly part: PartOfDay }
  | { readonly type: 'clock'; readonly hour: number; readonly minute: number; readonly part?: PartOfDay }
  | { readonly type: 'length'; readonly days: number }
  /** From here so many days ahead. */
  | { readonly type: 'coming'; readonly days: number }
  | { readonly type: 'through' };

export type Period = { readonly fromAt: number; readonly toAt?: number };

export type ReadPeriod = { readonly period?: Period; readonly isUnreadable: boolean };

/** Hours that the words stand for, on the day they are said of; over 24 is the next day. A night is a night's duty. */
const hoursOf: { readonly [part in PartOfDay]: readonly [number, number] } = {
  earlyMorning: [0, 6],
  morning: [8, 12],
  day: [8, 18],
  noon: [12, 14],
  afternoon: [12, 18],
  evening: [18, 32],
  night: [18, 32],
};

/** Until then the night that began yesterday is still tonight. */
const nightEndsHour = 5;

type Span = { readonly start: Temporal.PlainDate; readonly end: Temporal.PlainDate; readonly part?: PartOfDay; readonly minutes?: number };

type Reading = {
  readonly today: Temporal.PlainDate;
  readonly hour: number;
  /** The day that was named before. */ readonly after?: Temporal.PlainDate;
};

const dayOf = (start: Temporal.PlainDate): Span => ({ start, end: start.add({ days: 1 }) });

const plainDate = (year: number, month: number, day: number): Temporal.PlainDate | undefined => {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return undefined;
  }
};

const distance = (a: Temporal.PlainDate, b: Temporal.PlainDate): number => Math.abs(a.until(b, { largestUnit: 'days' }).days);

/** A date without its year is the one nearest to today. */
const nearestYear = (today: Temporal.PlainDate, month: number, day: number): Temporal.PlainDate | undefined =>
  [0, -1, 1]
    .map((years) => plainDate(today.year + years, month, day))
    .filter((date) => date !== undefined)
    .sort((a, b) => distance(a, today) - distance(b, today))[0];

const mondayOf = (date: Temporal.PlainDate): Temporal.PlainDate => date.subtract({ days: date.dayOfWeek - 1 });

const readDate = (
  token: DateToken & { type: 'date' },
  today: Temporal.PlainDate,
  after?: Temporal.PlainDate,
): Temporal.PlainDate | undefined => {
  const { day, month, year } = token;
  if (month !== undefined && year !== undefined) return plainDate(year, month, day);
  if (month !== undefined) return nearestYear(after ?? today, month, day);
  // Only a day: of this month, or of the next where that has passed.
  const base = after ?? today;
  const here = plainDate(base.year, base.month, day);
  if (here && Temporal.PlainDate.compare(here, base) >= 0) return here;
  const next = base.with({ day: 1 }).add({ months: 1 });
  return plainDate(next.year, next.month, day) ?? here;
};

const monthSpan = (first: Temporal.PlainDate): Span => ({ start: first, end: first.add({ months: 1 }) });

const weekendSpan = (today: Temporal.PlainDate, week: number | undefined): Span => {
  const saturday = mondayOf(today).add({ days: 5 + 7 * (week ?? 0) });
  return { start: saturday, end: saturday.add({ days: 2 }) };
};

const readWeekday = (token: DateToken & { type: 'weekday' }, today: Temporal.PlainDate): Temporal.PlainDate => {
  const days = token.weekday - today.dayOfWeek;
  if (token.week === undefined) return today.add({ days: days < 0 ? days + 7 : days });
  return today.add({ days: days + 7 * token.week });
};

/** The days that a token names. `undefined`: the token is no span; `null`: it names a date that no calendar has. */
export const spanOf = (token: DateToken, today: Temporal.PlainDate, after?: Temporal.PlainDate): Span | null | undefined => {
  switch (token.type) {
    case 'day':
      return dayOf(today.add({ days: token.offset }));
    case 'weekday':
      return dayOf(readWeekday(token, token.week === undefined ? (after ?? today) : today));
    case 'weekend':
      return weekendSpan(today, token.week);
    case 'week': {
      const monday = mondayOf(today).add({ days: 7 * token.offset });
      return { start: monday, end: monday.add({ days: 7 }) };
    }
    case 'month':
      return monthSpan(today.with({ day: 1 }).add({ months: token.offset }));
    case 'namedMonth': {
      const first = token.year === undefined ? nearestYear(today, token.month, 1) : plainDate(token.year, token.month, 1);
      return first ? monthSpan(first) : null;
    }
    case 'date': {
      const date = readDate(token, today, after);
      return date ? dayOf(date) : null;
    }
    case 'coming':
      return { start: today, end: today.add({ days: token.days }) };
    default:
      return undefined;
  }
};

export const minutesOf = (token: DateToken & { type: 'clock' }, part: PartOfDay | undefined): number | undefined => {
  if (token.hour > 24 || token.minute > 59) return undefined;
  const isLate = part === 'afternoon' || part === 'evening' || part === 'night' || (part === 'noon' && token.hour < 11);
  const hour = isLate && token.hour < 12 && !(part === 'night' && token.hour < 5) ? token.hour + 12 : token.hour;
  return hour * 60 + token.minute;
};

const withPart = (span: Span, part: PartOfDay): Span => ({ ...span, part });

/** Walks over the tokens; a part of day or an hour belongs to the day before it, or to today. */
const gather = (
  tokens: readonly DateToken[],
  { today, hour, after }: Reading,
): { spans: Span[]; isRange: boolean; days?: number; isNow: boolean; isUnreadable: boolean } => {
  const spans: Span[] = [];
  let isRange = false;
  let isNow = false;
  let isUnreadable = false;
  let days: number | undefined;
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'now') isNow = true;
    else if (token.type === 'length') days ??= token.days;
    else if (token.type === 'through') isRange ||= spans.length === 1;
    else if (token.type === 'part' || token.type === 'clock') {
      const isSecond = isRange && spans.length === 1 && tokens[index - 1]?.type === 'through';
      const last = isSecond ? { ...spans[0]!, part: undefined, minutes: undefined } : spans.pop();
      const base: Span = last
        ? {
            start: last.start,
            end: last.end,
            ...(last.part && { part: last.part }),
            ...(last.minutes !== undefined && { minutes: last.minutes }),
          }
        : dayOf(today);
      if (token.type === 'part') {
        const isTonight = !last && (token.part === 'night' || token.part === 'evening') && hour < nightEndsHour;
        spans.push(withPart(isTonight ? dayOf(today.subtract({ days: 1 })) : base, token.part));
      } else {
        const minutes = minutesOf(token, token.part ?? base.part ?? (isSecond ? spans[0]?.part : undefined));
        if (minutes === undefined) isUnreadable = true;
        spans.push(minutes === undefined ? base : { ...base, minutes });
      }
    } else {
      const span = spanOf(token, today, isRange ? spans[0]?.start : after);
      if (span === null) isUnreadable = true;
      else if (span) spans.push(span);
    }
  }
  return { spans, isRange, ...(days !== undefined && { days }), isNow, isUnreadable };
};

const instantOf = (date: Temporal.PlainDate, minutes: number, timeZone: string): number => {
  const day = date.add({ days: Math.floor(minutes / 1440) });
  const time = new Temporal.PlainTime(Math.floor((minutes % 1440) / 60), minutes % 60);
  return day.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds;
};

const toPeriod = (span: Span, timeZone: string): Period => {
  if (span.minutes !== undefined) return { fromAt: instantOf(span.start, span.minutes, timeZone) };
  if (span.part === undefined) return { fromAt: instantOf(span.start, 0, timeZone), toAt: instantOf(span.end, 0, timeZone) };
  const [from, to] = hoursOf[span.part];
  return { fromAt: instantOf(span.start, from * 60, timeZone), toAt: instantOf(span.end.subtract({ days: 1 }), to * 60, timeZone) };
};

/**
 * Joins what was read into one instant or period; nothing where no date was written. `afterAt`: what was named before, in a
 * list of days each of which counts from the last.
 */
export const resolvePeriod = (tokens: readonly DateToken[], now: number, timeZone: string, afterAt?: number): ReadPeriod => {
  const localAt = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const local = localAt(now);
  const { spans, isRange, days, isNow, isUnreadable } = gather(tokens, {
    today: local.toPlainDate(),
    hour: local.hour,
    ...(afterAt === undefined ? {} : { after: localAt(afterAt).toPlainDate() }),
  });
  const [first, second] = spans;
  if (!first) return { ...(isNow && { period: { fromAt: now } }), isUnreadable };
  const start = toPeriod(first, timeZone);
  if (second && isRange) {
    const end = toPeriod(second, timeZone);
    const toAt = end.toAt ?? end.fromAt;
    return toAt > start.fromAt ? { period: { fromAt: start.fromAt, toAt }, isUnreadable } : { period: start, isUnreadable: true };
  }
  const isWholeDay = first.part === undefined && first.minutes === undefined;
  if (days !== undefined && isWholeDay)
    return { period: { fromAt: start.fromAt, toAt: instantOf(first.start.add({ days }), 0, timeZone) }, isUnreadable };
  return { period: start, isUnreadable };
};

/** ISO 8601 with the zone's offset at that instant. */
export const toIso = (at: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(timeZone)
    .toString({ timeZoneName: 'never', calendarName: 'never', smallestUnit: 'second' });
