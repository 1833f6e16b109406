import { spanOf } from '../command/period.ts';
import { readDates } from '../command/read-dates.ts';
import { instantOf, localDay } from '../local-time.ts';
import type { WrittenTime } from './batch-list.ts';
import type { LimitToken } from './limit-words.ts';
import type { ItemListVocabulary } from './list-words.ts';

/** When a list was handed over, from its titles and names, and which list it is. */

export type ListTimes = {
  readonly timeZone: string;
  /** Epoch ms, campaign clock. */
  readonly now: number;
  /** What the person at the keyboard said. */
  readonly handedOverAt?: number;
  readonly year?: number;
};

/** A day, and the hour where it is written. */
export type WrittenDay = { readonly at: number; readonly hasHour: boolean };

export type HandedOver = { readonly handedOverAt?: number; readonly hasHour: boolean };

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ');

/** The first year that the texts state. */
export const yearIn = (texts: readonly string[], words: ItemListVocabulary): number | undefined => {
  const found = texts.map((text) => words.year.exec(fold(text))?.[1]).find((year) => year !== undefined);
  return found === undefined ? undefined : Number(found);
};

/** The one date of a text; nothing where it has none, or several. */
const dayIn = (text: string, times: ListTimes, year: number | undefined, words: ItemListVocabulary): WrittenDay | undefined => {
  const { tokens } = readDates<LimitToken>(fold(text).replace(words.otherDates, ' '), words.limits.readers);
  const dates = tokens.filter((token) => token.type === 'date').filter(({ month }) => month !== undefined);
  const [date] = dates;
  if (!date || new Set(dates.map(({ month, day }) => `${month}-${day}`)).size > 1) return undefined;
  const near = Temporal.PlainDate.from(localDay(times.timeZone, times.now).date);
  const span = spanOf(date.year === undefined && year !== undefined ? { ...date, year } : date, near);
  if (!span) return undefined;
  const clocks = tokens.filter((token) => token.type === 'clock');
  const clock = clocks.length === 1 && !tokens.some(({ type }) => type === 'part') ? clocks[0] : undefined;
  const minute = clock && clock.hour < 24 && clock.minute < 60 ? clock.hour * 60 + clock.minute : 0;
  return { at: instantOf(times.timeZone, span.start.toString(), minute), hasHour: clock !== undefined };
};

/** The first of the texts that says one. */
export const dayOfTexts = (texts: readonly string[], times: ListTimes, words: ItemListVocabulary): WrittenDay | undefined => {
  const year = times.year ?? yearIn(texts, words);
  for (const text of texts) {
    const day = dayIn(text, times, year, words);
    if (day) return day;
  }
  return undefined;
};

/** Undefined where the cell can't be read. */
export const dayOfCell = (
  cell: WrittenTime,
  texts: readonly string[],
  times: ListTimes,
  words: ItemListVocabulary,
): WrittenDay | undefined => {
  if (cell.local === undefined) return dayIn(cell.text, times, times.year ?? yearIn(texts, words), words);
  const [date = '', time] = cell.local.split('T');
  const [hour = 0, minute = 0] = (time ?? '').split(':').map(Number);
  return { at: instantOf(times.timeZone, date, hour * 60 + minute), hasHour: time !== undefined };
};

/**
 * What is written, and what was said at the keyboard, together: an hour that is written stands; what was said gives the
 * hour of its own day, or of the only list of a file, or of a list that says nothing.
 */
export const handedOver = (written: WrittenDay | undefined, times: ListTimes, isOnly: boolean): HandedOver => {
  const { handedOverAt, timeZone } = times;
  if (!written) return handedOverAt === undefined ? { hasHour: false } : { handedOverAt, hasHour: true };
  if (written.hasHour || handedOverAt === undefined) return { handedOverAt: written.at, hasHour: written.hasHour };
  const isSameDay = localDay(timeZone, written.at).date === localDay(timeZone, handedOverAt).date;
  return isSameDay || isOnly ? { handedOverAt, hasHour: true } : { handedOverAt: written.at, hasHour: false };
};

export type ListLabel = { readonly label: string; readonly no: number };

export const labelIn = (texts: readonly string[], words: ItemListVocabulary): ListLabel | undefined => {
  for (const text of texts) {
    const match = words.label.exec(fold(text));
    if (match) return { label: match[0].replace(/\s+/g, ''), no: words.readNumber(match[1]!) };
  }
  return undefined;
};
