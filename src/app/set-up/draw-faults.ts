import type { Place } from '../../domain/organisation/finding.ts';
import type { GridRow, SheetGrid } from '../../ports/sheet-grid.ts';

/** What of a sheet is drawn: its head, and the rows around everything that was found in it. */
export type DrawnSheet = {
  readonly name: string;
  /** Letters, for the head of the table. */
  readonly columns: readonly string[];
  readonly rows: readonly GridRow[];
  /** Rows that would have to be drawn as well and are not: there are too many. */
  readonly left: number;
};

const headRows = 4;
const around = 2;
const mostRows = 200;
const mostColumns = 60;
const mostLetters = 80;

const cut = (text: string): string => (text.length > mostLetters ? `${text.slice(0, mostLetters - 1)}…` : text);

const isEmpty = ({ cells }: GridRow): boolean => cells.every(({ text }) => text === '');

const letterOf = (cell: string): string => cell.replace(/\d+$/u, '');

const drawSheet = ({ name, rows }: SheetGrid, found: readonly Place[]): DrawnSheet => {
  const wanted = new Set<number>();
  const firstRows = rows.filter((row) => !isEmpty(row)).slice(0, headRows);
  for (const { row } of firstRows) wanted.add(row);
  for (const { row } of found) for (let near = row - around; near <= row + around; near += 1) wanted.add(near);
  const drawn = rows.filter(({ row }) => wanted.has(row));
  const width = Math.min(mostColumns, Math.max(0, ...rows.map(({ cells }) => cells.findLastIndex(({ text }) => text !== '') + 1)));
  return {
    name,
    columns: (rows[0]?.cells ?? []).slice(0, width).map(({ cell }) => letterOf(cell)),
    rows: drawn
      .slice(0, mostRows)
      .map(({ row, cells }) => ({ row, cells: cells.slice(0, width).map((one) => ({ ...one, text: cut(one.text) })) })),
    left: Math.max(0, drawn.length - mostRows),
  };
};

/** The sheets in which something was found at a cell, in their order. */
export const drawFaults = (sheets: readonly SheetGrid[], places: readonly Place[]): readonly DrawnSheet[] =>
  sheets.flatMap((sheet) => {
    const found = places.filter((place) => place.sheet === sheet.name && place.cell !== '');
    return found.length === 0 ? [] : [drawSheet(sheet, found)];
  });
