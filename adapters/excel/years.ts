import { vocabulary } from '../../src/messages/workbook-vocabulary.ts';
import type { DatePart } from './dates.ts';
import { compact } from './grid.ts';

/** Where a year can come from when a cell doesn't say it. */
export type YearSources = {
  /** What the person at the keyboard said. */
  readonly asked?: number;
  /** The sheet's own titles, name and notes, then those of other sheets, then the file's name: the first that says it. */
  readonly texts: readonly string[];
};

type Stated = { readonly year?: number; readonly yearOfMonth: ReadonlyMap<number, number>; readonly months: readonly number[] };

const { year: yearMark, month: monthMark, to } = vocabulary.date;
const numerals = Object.keys(vocabulary.years).join('');
const spelled = new RegExp(`[${numerals}]{4}(?=${yearMark})`, 'g');
const spans = new RegExp(
  `(\\d{4})${yearMark}(\\d{1,2})${monthMark}(?:\\d{1,2}[${vocabulary.date.days.join('')}])?(?:(?:[-~\\u2010-\\u2015\\u2212]+|${to.join('|')})(?:(\\d{4})${yearMark})?(\\d{1,2})${monthMark})?`,
  'g',
);
const anyYear = /(?<!\d)((?:19|20)\d{2})(?=\D|$|(?:0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d))/;
const anyMonth = new RegExp(`(?<!\\d)(\\d{1,2})${monthMark}`, 'g');

const read = (text: string): Stated => {
  const folded = compact(text).replace(spelled, (digits) => [...digits].map((digit) => vocabulary.years[digit] ?? '').join(''));
  const yearOfMonth = new Map<number, number>();
  for (const [, year, month, endYear, endMonth] of folded.matchAll(spans)) {
    yearOfMonth.set(Number(month), Number(year));
    if (endMonth === undefined) continue;
    const isRolled = endYear === undefined && Number(endMonth) < Number(month);
    yearOfMonth.set(Number(endMonth), endYear === undefined ? Number(year) + (isRolled ? 1 : 0) : Number(endYear));
  }
  const found = anyYear.exec(folded)?.[1];
  const months = [...folded.matchAll(anyMonth)].map(([, month]) => Number(month)).filter((month) => month >= 1 && month <= 12);
  return { yearOfMonth, months, ...(found === undefined ? {} : { year: Number(found) }) };
};

export type ResolvedDate = { readonly date: string } | { readonly problem: 'year' | 'month' | 'impossible' };

export type DateResolver = {
  /** Dates of a table come in order: December is followed by the next year's January. */
  resolve(part: DatePart): ResolvedDate;
  /** A month that stands for the rows below it. */
  setMonth(month: number, year?: number): void;
  readonly hasMonth: boolean;
  /** A date in full in the sheet's texts, where the table has none. */
  readonly last: string | undefined;
};

const halfYear = 6;

export const buildDateResolver = (sources: YearSources): DateResolver => {
  const stated = sources.texts.map(read);
  const base = sources.asked ?? stated.find(({ year }) => year !== undefined)?.year;
  const yearOfMonth =
    sources.asked === undefined
      ? (stated.find((one) => one.yearOfMonth.size > 0)?.yearOfMonth ?? new Map<number, number>())
      : new Map<number, number>();
  const months = stated.find((one) => one.months.length > 0)?.months ?? [];
  let month = months[0];
  let year: number | undefined;
  let last: Temporal.PlainDate | undefined;
  const yearFor = (wanted: number): number | undefined => {
    const known = yearOfMonth.get(wanted);
    if (!last) return known ?? base;
    if (last.month - wanted > halfYear) return last.year + 1;
    if (wanted - last.month > halfYear) return last.year - 1;
    return known ?? last.year;
  };
  const monthFor = (part: DatePart): number | undefined => {
    if (part.month !== undefined) return part.month;
    if (month === undefined) return undefined;
    // Days alone that start again from the first: the next month has begun.
    if (last && last.month === month && part.day < last.day && months.includes((month % 12) + 1)) month = (month % 12) + 1;
    return month;
  };
  return {
    get hasMonth() {
      return month !== undefined;
    },
    get last() {
      return last?.toString();
    },
    setMonth(next, nextYear) {
      month = next;
      year = nextYear;
    },
    resolve(part) {
      const wanted = monthFor(part);
      if (wanted === undefined) return { problem: 'month' };
      const inYear = part.year ?? year ?? yearFor(wanted);
      if (inYear === undefined) return { problem: 'year' };
      try {
        last = Temporal.PlainDate.from({ year: inYear, month: wanted, day: part.day }, { overflow: 'reject' });
      } catch {
        return { problem: 'impossible' };
      }
      if (part.month !== undefined) month = part.month;
      return { date: last.toString() };
    },
  };
};
