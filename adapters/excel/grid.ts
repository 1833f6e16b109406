import type { Place } from '../../src/domain/organisation/finding.ts';

/** A date cell as the wall shows it; a workbook knows no zone. */
export type WallDate = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** Its format shows the time of day: midnight is then meant. */
  readonly showsTime?: boolean;
};

export type Cell = {
  /** A1 address of the cell itself, also under a merged range. */
  readonly address: string;
  readonly row: number;
  /** Folded: full-width digits and brackets made narrow, outer spaces gone, line breaks kept. */
  readonly text: string;
  /** As it was written, where folding changed it: what people will read again. */
  readonly raw?: string;
  readonly number?: number;
  readonly date?: WallDate;
  /** Address of the first cell of the merged range that it belongs to. */
  readonly merged?: string;
};

export type Sheet = {
  readonly name: string;
  /** Rectangular; empty cells are there. */
  readonly cells: readonly (readonly Cell[])[];
};

export type Workbook = { readonly fileName: string; readonly sheets: readonly Sheet[] };

/** Under a merged range the address of its first cell is what people see. */
export const addressOf = (cell: Cell): string => cell.merged ?? cell.address;

export const placeOf = (sheet: Sheet, cell: Cell): Place => {
  const address = addressOf(cell);
  return { sheet: sheet.name, row: Number(address.replace(/\D+/g, '')) || cell.row, cell: address };
};

export const sheetPlace = (sheet: { readonly name: string }): Place => ({ sheet: sheet.name, row: 0, cell: '' });

export const foldText = (text: string): string =>
  text
    .replace(/[\u200b-\u200f\u2028-\u202e\ufeff\u00ad]/g, '')
    .normalize('NFKC')
    .replace(/\r\n?/g, '\n')
    .replace(/[\u2022\u30fb\u2027]/g, '\u00b7')
    .trim();

/** Without any space: for comparing headers and names. */
export const compact = (text: string): string => foldText(text).replace(/\s+/g, '');

export const transpose = (cells: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] =>
  (cells[0] ?? []).map((_, column) => cells.map((row) => row[column]!));

export const isEmptyRow = (row: readonly Cell[]): boolean => row.every(({ text }) => text === '');

/** Different texts of a row, each cell of a merged range counted once. */
export const textsOf = (row: readonly Cell[]): readonly string[] => {
  const seen = new Map<string, string>();
  for (const cell of row) if (cell.text !== '') seen.set(addressOf(cell), cell.text);
  return [...seen.values()];
};

/** Titles and notes: one text alone in its row. */
export const isBannerRow = (row: readonly Cell[]): boolean => textsOf(row).length === 1;
