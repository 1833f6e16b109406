import type { WorkbookSource } from './workbook.ts';

/** A cell as people see it; `master` is the first cell of the merged range that it belongs to. */
export type GridCell = { readonly cell: string; readonly text: string; readonly master?: string };

export type GridRow = { readonly row: number; readonly cells: readonly GridCell[] };

/** A sheet as it is drawn; `name` as findings name it. */
export type SheetGrid = { readonly name: string; readonly rows: readonly GridRow[] };

/** Sheets as they look, for showing where something stands; none of a file that cannot be read. */
export type ReadGrids = (source: WorkbookSource) => Promise<readonly SheetGrid[]>;
