import type { Written, WrittenTime } from '../../src/domain/items/batch-list.ts';
import { vocabulary } from '../../src/messages/workbook-vocabulary.ts';
import { compact, placeOf } from './grid.ts';
import type { Cell, Sheet } from './grid.ts';
import { isEmptyMark } from './people.ts';

/** Cells of a list of items as texts and times. */

const earliestSerial = 36_526;
const latestSerial = 73_051;
const minutesADay = 1_440;

export const isBlank = (cell: Cell | undefined): boolean => !cell || isEmptyMark(cell.text);

export const isSameAsAbove = (cell: Cell | undefined): boolean =>
  cell !== undefined && (vocabulary.sameAsAbove as readonly string[]).includes(compact(cell.text));

export const written = (sheet: Sheet, cell: Cell): Written => ({ text: cell.text, place: placeOf(sheet, cell) });

/** With the punctuation that people wrote: it will be shown and published again. */
export const asWritten = (sheet: Sheet, cell: Cell): Written => ({
  text: (cell.raw ?? cell.text)
    .replace(/[\u200b-\u200f\ufeff\u00ad]/g, '')
    .replace(/\r\n?/g, '\n')
    .trim(),
  place: placeOf(sheet, cell),
});

const two = (part: number): string => String(part).padStart(2, '0');

/** Excel counts days from the end of 1899; a number that nobody formatted as a date is one all the same. */
const fromSerial = (serial: number): string => {
  const minutes = Math.round((serial % 1) * minutesADay);
  const date = Temporal.PlainDate.from('1899-12-30').add({ days: Math.floor(serial) + (minutes === minutesADay ? 1 : 0) });
  const rest = minutes % minutesADay;
  return rest === 0 && minutes === 0 ? date.toString() : `${date.toString()}T${two(Math.floor(rest / 60))}:${two(rest % 60)}`;
};

const localOf = ({ date, number }: Cell): string | undefined => {
  if (date) {
    const day = `${date.year}-${two(date.month)}-${two(date.day)}`;
    const isTimed = date.showsTime === true || date.hour > 0 || date.minute > 0;
    return isTimed ? `${day}T${two(date.hour)}:${two(date.minute)}` : day;
  }
  return number !== undefined && number >= earliestSerial && number < latestSerial ? fromSerial(number) : undefined;
};

/** `suffix`: what a figure alone means there, by the heading. */
export const writtenTime = (sheet: Sheet, cell: Cell, suffix?: string): WrittenTime => {
  const local = localOf(cell);
  const isFigure = suffix !== undefined && local === undefined && /^\d{1,3}(?:\.\d)?$/.test(compact(cell.text));
  const text = isFigure ? `${compact(cell.text)}${suffix}` : cell.text;
  return { text, place: placeOf(sheet, cell), ...(local === undefined ? {} : { local }) };
};
