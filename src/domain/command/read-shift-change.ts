import { placeholder } from './compiled-vocabulary.ts';
import { resolvePeriod, type DateToken, type Period } from './period.ts';
import { markDates, readDates, type TokenReader } from './read-dates.ts';

/** A length shorter than a day. */
export type ShortLength = { readonly hours: number } | { readonly isHalfDay: true };

/** The only words that tell a leave, a swap and a cover apart. Patterns are tried on a text whose names are placeholders. */
export type ShiftChangeWords = {
  /** Something is stood in return. */
  readonly swap: RegExp;
  /** Each stands in for the other. */
  readonly mutual: RegExp;
  /** What stands between its two times beside the word for it. */
  readonly and: RegExp;
  /** The speaker stands in for the one named. */
  readonly offer: RegExp;
  /** Somebody is to stand in, though no other word for it is said. */
  readonly cover: RegExp;
  /** The speaker cannot stand a shift, said beside when. */
  readonly cannot: RegExp;
  /** Asks the bot for a cover in the form of a question. */
  readonly polite: RegExp;
  /** Somebody else's leave or swap is spoken of. */
  readonly others: RegExp;
  /** `两小时`, `半天`. */
  readonly lengths: readonly TokenReader<ShortLength>[];
  /** Stands in the clause that says when the leave is. */
  readonly leave: RegExp;
  /** Before a time that is the end. */
  readonly until: RegExp;
  /** Of a text whose dates are marks: several days that are meant alike; the whole match. */
  readonly list: RegExp;
  /** The same: the time is where it begins. */
  readonly onwards: RegExp;
  /** What is written for `onwards` in a way that no reader of dates takes, and what it stands for; global. */
  readonly rewritten: readonly (readonly [pattern: RegExp, by: string])[];
  /** The first group is why. */
  readonly reasons: readonly RegExp[];
};

/** What a sentence about leave, a swap or a cover says beside whom it names and when. */
export type ShiftChange = {
  readonly kind: 'leave' | 'swap' | 'cover';
  /** The speaker offers to stand in. */
  readonly isOffer?: boolean;
  /** Of a swap: the two times that it names, in their order. */
  readonly periods?: readonly [Period, Period];
  /** Of leave and covers, where it is more or less than the one time of the message: in order, apart from each other. */
  readonly spans?: readonly Period[];
  /** `spans` begins in a shift and lasts to the end of it. */
  readonly isToEnd?: boolean;
  /** The hours were said by the clock: nothing is rounded to the shift. */
  readonly isExact?: boolean;
  /** Part of a day is meant, and not said which. */
  readonly wantsHours?: boolean;
  readonly reason?: string;
};

type Reader = {
  readonly words: ShiftChangeWords;
  readonly dates: readonly TokenReader<DateToken>[];
  readonly now: number;
  readonly timeZone: string;
};

const boundaries = new RegExp(`[${placeholder.other},;。]`, 'u');
const clauses = /[,;。]/u;
const mostParts = 12;
/** Hours that are said of an afternoon as often as of a night. */
const lastUnclearHour = 6;
const hourMs = 3_600_000;

const reasonIn = (text: string, { reasons }: ShiftChangeWords): string | undefined => {
  for (const pattern of reasons) {
    const found = pattern.exec(text)?.[1]?.trim();
    if (found) return found;
  }
  return undefined;
};

/** Two times stand on either side of the other's name or of the word for it, or in clauses of their own. */
const twoPeriods = (masked: string, { words, dates, now, timeZone }: Reader): readonly [Period, Period] | undefined => {
  const found = masked
    .split(boundaries)
    .flatMap((part) => part.split(words.swap))
    .flatMap((part) => part.split(words.and))
    .slice(0, mostParts)
    .flatMap((part) => resolvePeriod(readDates(part, dates).tokens, now, timeZone).period ?? []);
  const [first, second] = found;
  return first && second && first.fromAt !== second.fromAt ? [first, second] : undefined;
};

/** Days that follow each other are one time. */
const joined = (periods: readonly Period[]): readonly Period[] =>
  periods.reduce<readonly Period[]>((all, one) => {
    const last = all.at(-1);
    return last?.toAt === one.fromAt && one.toAt !== undefined ? [...all.slice(0, -1), { ...last, toAt: one.toAt }] : [...all, one];
  }, []);

/** `9月3日和9月5日`: each counts from the one before it. */
const daysApart = (text: string, { words, dates, now, timeZone }: Reader): readonly Period[] | undefined => {
  const { marked, found } = markDates(text, dates);
  const list = words.list.exec(marked);
  if (!list) return undefined;
  let next = marked.slice(0, list.index).split(placeholder.date).length - 1;
  const periods: Period[] = [];
  for (const { length } of list[0].match(new RegExp(`${placeholder.date}+`, 'gu')) ?? []) {
    const { period, isUnreadable } = resolvePeriod(found.slice(next, next + length).flat(), now, timeZone, periods.at(-1)?.fromAt);
    next += length;
    // A day that was not understood, or that lies before the one named first: asked for rather than guessed.
    if (!period || isUnreadable || period.fromAt <= (periods.at(-1)?.fromAt ?? Number.NEGATIVE_INFINITY)) return undefined;
    periods.push(period);
  }
  return joined(periods);
};

const isSpan = ({ type }: DateToken): boolean => type !== 'now' && type !== 'length' && type !== 'through';

/** `请假到下午三点`: no beginning was said, only the end. */
const readUntil = (text: string, { words, dates, now, timeZone }: Reader): number | undefined => {
  const found = words.until.exec(text);
  if (!found || readDates(text.slice(0, found.index), dates).tokens.some(isSpan)) return undefined;
  const behind = text.slice(found.index + found[0].length);
  if (!markDates(behind, dates).marked.startsWith(placeholder.date)) return undefined;
  const { tokens } = readDates(behind, dates);
  const { period } = resolvePeriod(tokens, now, timeZone);
  const isNoon = tokens.some((token) => token.type === 'part' && token.part === 'noon');
  return isNoon ? period?.fromAt : (period?.toAt ?? period?.fromAt);
};

type When = Pick<ShiftChange, 'spans' | 'isToEnd' | 'isExact' | 'wantsHours'>;

/** Where less than days is meant: which hours. */
const readHours = (text: string, { words, dates, now, timeZone }: Reader): When => {
  const { tokens, rest } = readDates(text, dates);
  const [length] = readDates(rest, words.lengths).tokens;
  const { period } = resolvePeriod(tokens, now, timeZone);
  const hasPart = tokens.some(({ type }) => type === 'part');
  const isClock = tokens.some(({ type }) => type === 'clock');
  const isUnclear = tokens.some((one) => one.type === 'clock' && one.part === undefined && one.hour > 0 && one.hour <= lastUnclearHour);
  if (isUnclear && !hasPart) return { wantsHours: true };
  if (length && 'isHalfDay' in length) return hasPart || isClock ? {} : { wantsHours: true };
  if (length) {
    const isInstant = period !== undefined && period.toAt === undefined;
    // Two hours of an afternoon: of which two nothing was said.
    if (period && !isInstant) return isClock ? { isExact: true } : { wantsHours: true };
    const fromAt = period?.fromAt ?? now;
    return { spans: [{ fromAt, toAt: fromAt + length.hours * hourMs }], isExact: true };
  }
  if (!period) return {};
  const untilAt = readUntil(text, { words, dates, now, timeZone });
  if (untilAt !== undefined) return untilAt > now ? { spans: [{ fromAt: now, toAt: untilAt }], isExact: true } : {};
  if (isClock && period.toAt === undefined && words.onwards.test(markDates(text, dates).marked)) {
    return { spans: [period], isToEnd: true, isExact: true };
  }
  return isClock ? { isExact: true, spans: [period] } : {};
};

const readWhen = (masked: string, reader: Reader): When => {
  const text = reader.words.rewritten.reduce((all, [pattern, by]) => all.replace(pattern, by), masked);
  const days = daysApart(text, reader);
  if (days) return { spans: days };
  const dated = text.split(clauses).filter((clause) => readDates(clause, reader.dates).tokens.some(isSpan));
  const [only, ...others] = dated.length > 1 ? dated.filter((clause) => reader.words.leave.test(clause)) : [];
  if (only === undefined || others.length > 0) return readHours(text, reader);
  const { period } = resolvePeriod(readDates(only, reader.dates).tokens, reader.now, reader.timeZone);
  return { ...(period ? { spans: [period] } : {}), ...readHours(only, reader) };
};

/** `plain` is the text as it was written, `masked` the same with a placeholder for each name. */
export const readShiftChange = (plain: string, masked: string, isLeave: boolean, reader: Reader): ShiftChange => {
  const { words } = reader;
  const kind = isLeave ? 'leave' : words.swap.test(masked) || words.mutual.test(masked) ? 'swap' : 'cover';
  const reason = reasonIn(plain, words);
  const periods = kind === 'swap' ? twoPeriods(masked, reader) : undefined;
  return {
    kind,
    ...(kind === 'cover' && words.offer.test(masked) ? { isOffer: true } : {}),
    ...(periods ? { periods } : {}),
    ...(kind === 'swap' ? {} : readWhen(masked, reader)),
    ...(reason ? { reason } : {}),
  };
};
