import type { DayKind } from '../domain/roster/shift-hours.ts';

export type DutySheetRow = { readonly cells: readonly string[]; readonly day: DayKind };

/** A duty sheet, ready to be laid out on A4. */
export type DutySheet = {
  readonly title: string;
  /** From when to when, and at which hours. */
  readonly subtitle: string;
  readonly sheetName: string;
  /** Widths in proportion to each other. */
  readonly columns: readonly { readonly heading: string; readonly weight: number }[];
  readonly rows: readonly DutySheetRow[];
  readonly note: string;
  /** What is signed below, each with room behind it. */
  readonly sign: readonly string[];
  /** With places for `{page}` and `{pages}`. */
  readonly page: string;
};

/** A file of A4 pages. Rejects with ZG_NO_FONT where this machine has no font with Chinese characters. */
export type WriteDutySheet = (sheet: DutySheet) => Promise<Uint8Array>;
