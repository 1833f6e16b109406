import type { EChartsCoreOption } from 'echarts/core';

/** A picture as the charts are told it; its height in px. */
export type Drawing = { readonly option: EChartsCoreOption; readonly height: number };

/** The same as a table. */
export type Table = {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** Where the cells of one column lead, row by row, and what is said of each beside its words. */
  readonly links?: { readonly column: number; readonly of: readonly { readonly href: string; readonly label: string }[] };
};
