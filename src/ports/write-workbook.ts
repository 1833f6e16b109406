/** One sheet of a workbook to be handed on. */
export type Sheet = {
  readonly name: string;
  /** In one cell over all columns, above the headings. */
  readonly title?: string;
  readonly headings: readonly string[];
  /**
   * How the texts of each column are meant; text where nothing is said. `time`: `YYYY-MM-DD` or `YYYY-MM-DD HH:MM` becomes a
   * date, `share`: `95.5%` a number, so that both can be sorted and reckoned with; what looks otherwise stays text.
   */
  readonly columns?: readonly ('text' | 'time' | 'share')[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** In one cell over all columns, below the title. */
  readonly subtitle?: string;
  /** How rows are set off from others, by their place; a row beyond it is plain. */
  readonly shades?: readonly ('plain' | 'quiet' | 'strong')[];
  /** Lines below the table, each in one cell over all columns. */
  readonly foot?: readonly string[];
  /** Printed below each page, with places for `{page}` and `{pages}`. */
  readonly page?: string;
  /** Printed across where nothing is said. */
  readonly orientation?: 'portrait' | 'landscape';
  /** In characters, one for each column. */
  readonly widths: readonly number[];
};

/** An .xlsx file. */
export type WriteWorkbook = (sheets: readonly Sheet[]) => Promise<Uint8Array>;
