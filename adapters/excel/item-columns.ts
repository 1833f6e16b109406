import type { ItemListKind } from '../../src/domain/items/batch-list.ts';
import { itemHeaderWords, itemHeadingTails, limitUnitWords, requestTextWords } from '../../src/messages/item-list-vocabulary.ts';
import { addressOf, compact, isBannerRow, isEmptyRow, textsOf } from './grid.ts';
import type { Cell } from './grid.ts';
import { headingsOf, inferColumns } from './infer-columns.ts';

/** What the columns of a list of items mean, by a header of one row or two. */

export type ItemColumn = keyof typeof itemHeaderWords;
type Row = readonly Cell[];

export type ItemColumns = {
  readonly [column in ItemColumn]?: readonly number[];
};

export type ItemHeader = {
  readonly columns: ItemColumns;
  /** How many rows it takes. */
  readonly rows: number;
  /** What figures alone mean under the heading of limits. */
  readonly limitSuffix?: string;
  /** Columns that tell what was done already, with their headings. */
  readonly answers: readonly { readonly index: number; readonly heading: Cell }[];
  /** Columns whose heading says nothing that is known, and whose cells are not read. */
  readonly unread: readonly { readonly index: number; readonly heading: Cell }[];
  /** Its texts, to know it again on the next page. */
  readonly texts: string;
};

const longestHeading = 25;
/** A heading that only contains a word of ours must contain one this long. */
const shortestPart = 3;
const fewestKinds = 3;

const columnKinds = Object.keys(itemHeaderWords) as ItemColumn[];

const wordsOf = (column: ItemColumn, list: ItemListKind): readonly string[] =>
  column === 'text' && list === 'requests' ? requestTextWords : itemHeaderWords[column];

const bareHeading = (text: string): string =>
  compact(text)
    .toLowerCase()
    .replace(/\([^()]*\)/g, '')
    .replace(/[*:\u3001\s]/g, '');

/** By the whole heading, else by the longest word in it. */
const kindOf = (text: string, list: ItemListKind): ItemColumn | undefined => {
  const bare = bareHeading(text);
  if (bare === '' || bare.length > longestHeading) return undefined;
  const exact = columnKinds.find((column) => wordsOf(column, list).includes(bare));
  if (exact) return exact;
  let best: { column: ItemColumn; length: number } | undefined;
  for (const column of columnKinds) {
    for (const word of wordsOf(column, list)) {
      if (word.length >= shortestPart && word.length > (best?.length ?? 0) && bare.includes(word)) best = { column, length: word.length };
    }
  }
  return best?.column ?? itemHeadingTails.find(({ tail, unless }) => tail.test(bare) && !unless.test(bare))?.column;
};

const looksLikeHeading = (row: Row): boolean =>
  !isEmptyRow(row) && row.every(({ text, number, date }) => number === undefined && !date && compact(text).length <= longestHeading);

/** The lower heading says more; the upper one counts where the lower says nothing that is known. */
const columnsOf = (rows: readonly Row[], list: ItemListKind): ItemColumns => {
  const columns: { [column in ItemColumn]?: number[] } = {};
  const width = rows[0]?.length ?? 0;
  const headings = Array.from({ length: width }, (_, index) => [
    ...new Map(rows.flatMap((row) => (row[index] && row[index].text !== '' ? [[addressOf(row[index]), row[index].text]] : []))).values(),
  ]);
  const taken = new Set<number>();
  for (const depth of [1, 2]) {
    for (const [index, texts] of headings.entries()) {
      const kind = taken.has(index) ? undefined : kindOf(texts.at(-depth) ?? '', list);
      if (!kind || (depth > 1 && columns[kind])) continue;
      taken.add(index);
      (columns[kind] ??= []).push(index);
    }
  }
  return columns;
};

const isHeader = (columns: ItemColumns, rows: readonly Row[], list: ItemListKind): boolean => {
  const hasKey = columns.text !== undefined || (list === 'batch' && columns.number !== undefined);
  const kinds = Object.keys(columns).length;
  const isSmall = rows.every((row) => textsOf(row).length <= fewestKinds);
  const hasSense =
    columns.units !== undefined || columns.limit !== undefined || columns.district !== undefined || columns.pollution !== undefined;
  return hasKey && hasSense && kinds >= (isSmall ? fewestKinds - 1 : fewestKinds);
};

const limitSuffixOf = (rows: readonly Row[], column: number | undefined): string | undefined => {
  if (column === undefined) return undefined;
  const remarks = rows.flatMap((row) => compact(row[column]?.text ?? '').match(/\([^()]*\)/g) ?? []).join('');
  return limitUnitWords.find(({ of }) => remarks.includes(of))?.suffix;
};

/** Each cell is part of the row above, or a heading itself. */
const isSecondRow = (first: Row, second: Row | undefined, list: ItemListKind): boolean => {
  if (!second || !looksLikeHeading(second) || isBannerRow(second)) return false;
  const above = new Set(first.filter(({ text }) => text !== '').map(addressOf));
  const own = second.filter((cell) => cell.text !== '' && !above.has(addressOf(cell)));
  return own.length > 0 && own.filter(({ text }) => kindOf(text, list) !== undefined).length >= own.length / 2;
};

/** A heading over several columns is read where one of them is. */
const unreadOf = (columns: ItemColumns, rows: readonly Row[]): ItemHeader['unread'] => {
  const lowest = headingsOf(rows);
  const taken = new Set(Object.values(columns).flat());
  const read = new Set([...taken].map((index) => lowest[index] && addressOf(lowest[index])));
  return lowest.flatMap((heading, index) => (!heading || taken.has(index) || read.has(addressOf(heading)) ? [] : [{ index, heading }]));
};

/** The header that begins at a row, or undefined. */
export const headerAt = (cells: readonly Row[], index: number, list: ItemListKind): ItemHeader | undefined => {
  const first = cells[index];
  if (!first || !looksLikeHeading(first) || isBannerRow(first)) return undefined;
  const second = isSecondRow(first, cells[index + 1], list) ? cells[index + 1] : undefined;
  const rows = second ? [first, second] : [first];
  const known = columnsOf(rows, list);
  if (!isHeader(known, rows, list)) return undefined;
  const columns = inferColumns(known, rows, cells.slice(index + rows.length));
  const suffix = limitSuffixOf(rows, columns.limit?.[0]);
  const answers = (columns.answers ?? []).flatMap((column) => {
    const heading = rows.map((row) => row[column]).findLast((cell) => cell && cell.text !== '');
    return heading ? [{ index: column, heading }] : [];
  });
  return {
    columns,
    rows: rows.length,
    texts: rows.map((row) => textsOf(row).join('|')).join('|'),
    unread: unreadOf(columns, rows),
    answers,
    ...(suffix === undefined ? {} : { limitSuffix: suffix }),
  };
};
