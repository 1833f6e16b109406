import { limitHeadingHints, timeInCell } from '../../src/messages/item-list-vocabulary.ts';
import { compact, textsOf } from './grid.ts';
import type { Cell } from './grid.ts';
import type { ItemColumns } from './item-columns.ts';

/** Columns that their headings do not tell, by what stands in them: offices call the same thing by many names. */

type Row = readonly Cell[];

/** So many lines tell what a column is. */
const mostLooked = 30;
/** The case in words is longer than names, dates and numbers are. */
const shortestText = 8;
const mostOfThem = 0.6;

/** The lowest heading of each column. */
export const headingsOf = (rows: readonly Row[]): readonly (Cell | undefined)[] =>
  (rows[0] ?? []).map((_, index) => rows.map((row) => row[index]).findLast((cell) => cell && cell.text !== ''));

const isTime = ({ text, date }: Cell): boolean => date !== undefined || (compact(text).length <= 20 && timeInCell.test(compact(text)));

const lengthOf = (cells: readonly Cell[]): number =>
  cells.reduce((sum, { text }) => sum + compact(text).length, 0) / Math.max(1, cells.length);

export const inferColumns = (known: ItemColumns, headings: readonly Row[], below: readonly Row[]): ItemColumns => {
  const taken = new Set(Object.values(known).flat());
  const lines = below.filter((row) => textsOf(row).length > 1).slice(0, mostLooked);
  const free = headingsOf(headings).flatMap((heading, index) => {
    const cells = lines.flatMap((row) => (row[index] && row[index].text !== '' ? [row[index]] : []));
    return heading && !taken.has(index) && cells.length > 0 ? [{ index, heading: compact(heading.text), cells }] : [];
  });
  const limit = known.limit ? undefined : free.find(({ heading, cells }) => isLimit(heading, cells));
  const texts = known.text ? [] : free.filter((one) => one !== limit && lengthOf(one.cells) >= shortestText);
  const text = texts.toSorted((one, other) => lengthOf(other.cells) - lengthOf(one.cells))[0];
  return { ...known, ...(limit && { limit: [limit.index] }), ...(text && { text: [text.index] }) };
};

const isLimit = (heading: string, cells: readonly Cell[]): boolean =>
  limitHeadingHints.maybe.test(heading) &&
  !limitHeadingHints.unless.test(heading) &&
  cells.filter(isTime).length >= cells.length * mostOfThem;
