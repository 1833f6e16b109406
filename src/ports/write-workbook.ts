/** One sheet of a workbook to be handed on. */
export type Sheet = {
  readonly name: string;
  /** In one cell over all columns, above the headings. */
  readonly title?: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** In characters, one for each column. */
  readonly widths: readonly number[];
};

/** An .xlsx file. */
export type WriteWorkbook = (sheets: readonly Sheet[]) => Promise<Uint8Array>;
