import { vocabulary } from '../../src/messages/workbook-vocabulary.ts';
import { compact } from './grid.ts';
import type { Cell } from './grid.ts';
import { readHoursCell } from './hours.ts';
import type { DutyHours } from '../../src/domain/roster/shift-hours.ts';

/** What a cell says of a date; month and year may have to come from elsewhere. */
export type DatePart = { readonly year?: number; readonly month?: number; readonly day: number };

export type ReadDates = {
  readonly days: readonly DatePart[];
  /** From the first day to this one. */
  readonly through?: DatePart;
  /** 1 Monday to 7 Sunday, as many as the cell names. */
  readonly weekdays: readonly number[];
  readonly hours?: DutyHours;
  /** `8.3` as a number may be the 3rd or the 30th. */
  readonly alternative?: DatePart;
  readonly remark: string;
};

const marks = vocabulary.weekdayMarks.join('|');
const weekdayPattern = new RegExp(`(?:${marks})([${Object.keys(vocabulary.weekdays).join('')}])`, 'g');

export const weekdaysIn = (text: string): readonly number[] =>
  [...compact(text).matchAll(weekdayPattern)].flatMap(([, char = '']) => vocabulary.weekdays[char] ?? []);

/** A weekday cell may leave the mark out. */
export const weekdayOf = (text: string): number | undefined => weekdaysIn(text)[0] ?? vocabulary.weekdays[compact(text)];

type Token = { readonly kind: 'date'; readonly part: DatePart } | { readonly kind: 'to' } | { readonly kind: 'and' };

const { year: yearMark, month: monthMark, days: dayMarks, to: toWords } = vocabulary.date;
const dayEnd = `[${dayMarks.join('')}]?`;
const patterns: readonly { readonly pattern: RegExp; readonly read: (match: RegExpExecArray) => Token }[] = [
  {
    pattern: new RegExp(`((?:19|20)\\d{2})[${yearMark}./-](\\d{1,2})[${monthMark}./-](\\d{1,2})(?!\\d)${dayEnd}`, 'y'),
    read: ([, year, month, day]) => ({ kind: 'date', part: { year: Number(year), month: Number(month), day: Number(day) } }),
  },
  {
    pattern: /((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)(?!\d)/y,
    read: ([, year, month, day]) => ({ kind: 'date', part: { year: Number(year), month: Number(month), day: Number(day) } }),
  },
  {
    pattern: new RegExp(`(\\d{1,2})${monthMark}(\\d{1,2})(?!\\d)${dayEnd}`, 'y'),
    read: ([, month, day]) => ({ kind: 'date', part: { month: Number(month), day: Number(day) } }),
  },
  {
    pattern: new RegExp(`(\\d{1,2})[./](\\d{1,2})(?![\\d.])${dayEnd}`, 'y'),
    read: ([, month, day]) => ({ kind: 'date', part: { month: Number(month), day: Number(day) } }),
  },
  {
    pattern: new RegExp(`(\\d{1,2})(?!\\d)${dayEnd}`, 'y'),
    read: ([, day]) => ({ kind: 'date', part: { day: Number(day) } }),
  },
  { pattern: new RegExp(`-+|${toWords.join('|')}`, 'y'), read: () => ({ kind: 'to' }) },
  { pattern: /[\u3001,]/y, read: () => ({ kind: 'and' }) },
];

const tokenise = (text: string): readonly Token[] | null => {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const found = patterns.flatMap(({ pattern, read }) => {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      return match ? [{ token: read(match), length: match[0].length }] : [];
    })[0];
    if (!found) return null;
    tokens.push(found.token);
    at += found.length;
  }
  return tokens;
};

const fold = (text: string): string => compact(text).replace(/[\u2010-\u2015\u2212~\u301c]/g, '-');

const remarkWords = [...vocabulary.dayRemarks.workday, ...vocabulary.dayRemarks.holiday];

const hourMarks = vocabulary.hours.hour.join('');
const timeRange = new RegExp(`\\d{1,2}(?::\\d{2}|[${hourMarks}])`);
const fromTimeOn = new RegExp(`\\d{1,2}(?::\\d{2}|[${hourMarks}]).*$`);

/** Null where the text is no date. `hasMonth`: a month stands in another column, so `27-29` are days. */
export const readDates = (text: string, hasMonth = false): ReadDates | null => {
  const weekdays = weekdaysIn(text);
  const remark = [...compact(text).matchAll(/\(([^()]*)\)/g)].map(([, inner]) => inner).join(' ');
  const bare = fold(text)
    .replace(/\([^()]*\)/g, '')
    .replace(weekdayPattern, '');
  const hours = timeRange.test(bare) ? readHoursCell(bare) : undefined;
  const untimed = bare.replace(fromTimeOn, '');
  const tail = /[^\d\u3001,./:-]*$/.exec(untimed)?.[0] ?? '';
  const words = tail.replace(new RegExp(`^[${dayMarks.join('')}${monthMark}]`), '');
  const isRemark = words !== '' && remarkWords.some((word) => words.includes(word)) && words.length <= 8;
  const tokens = tokenise(isRemark ? untimed.slice(0, untimed.length - words.length) : untimed);
  if (!tokens || tokens.length === 0) return null;
  const days = daysOf(tokens, hasMonth);
  return days && { ...days, weekdays, remark: isRemark ? `${remark} ${words}` : remark, ...(hours ? { hours } : {}) };
};

const daysOf = (tokens: readonly Token[], hasMonth: boolean): Pick<ReadDates, 'days' | 'through'> | null => {
  const [first, second, third] = tokens;
  if (first?.kind !== 'date') return null;
  if (tokens.length === 1) return { days: [first.part] };
  if (second?.kind === 'to' && third?.kind === 'date' && tokens.length === 3) {
    const isMonthAndDay = first.part.month === undefined && third.part.month === undefined && !hasMonth && first.part.day <= 12;
    if (isMonthAndDay) return { days: [{ month: first.part.day, day: third.part.day }] };
    return { days: [first.part], through: third.part };
  }
  const isList = tokens.every((token, index) => token.kind === (index % 2 === 0 ? 'date' : 'and'));
  return isList && tokens.length % 2 === 1 ? { days: tokens.flatMap((token) => (token.kind === 'date' ? [token.part] : [])) } : null;
};

/** Excel counts days from the end of 1899. */
const fromSerial = (serial: number): DatePart => {
  const { year, month, day } = Temporal.PlainDate.from('1899-12-30').add({ days: Math.floor(serial) });
  return { year, month, day };
};

const plain = { weekdays: [], remark: '' } as const;

/** What a cell of a date column says; null where it says no date. */
export const readDateCell = (cell: Cell, hasMonth = false): ReadDates | null => {
  if (cell.date) return { ...plain, days: [{ year: cell.date.year, month: cell.date.month, day: cell.date.day }] };
  if (cell.number === undefined) return cell.text === '' ? null : readDates(cell.text, hasMonth);
  if (cell.number >= 36_526 && cell.number < 73_051) return { ...plain, days: [fromSerial(cell.number)] };
  if (Number.isInteger(cell.number)) {
    if (cell.number >= 19_000_101 && cell.number <= 21_001_231) return readDates(cell.text, hasMonth);
    return cell.number >= 1 && cell.number <= 31 ? { ...plain, days: [{ day: cell.number }] } : null;
  }
  const read = /^\d{1,2}\.\d{1,2}$/.test(cell.text) ? readDates(cell.text, hasMonth) : null;
  const [part] = read?.days ?? [];
  const isShort = /\.\d$/.test(cell.text) && part !== undefined && part.day <= 3;
  return read && (isShort ? { ...read, alternative: { ...part, day: part.day * 10 } } : read);
};

const dayMarked = new RegExp(`\\d[${dayMarks.join('')}]`);

/** Whether a cell is a date beyond doubt: a number of a row is not. */
export const isDateCell = (cell: Cell): boolean => {
  if (cell.date) return true;
  const read = readDateCell(cell);
  if (!read) return false;
  if (cell.number !== undefined) return !Number.isInteger(cell.number) || cell.number >= 36_526;
  const [part] = read.days;
  return part?.month !== undefined || read.weekdays.length > 0 || dayMarked.test(compact(cell.text));
};
