/** What a workbook may be at the most. Real ones of this trade stay below a hundredth of each. */
export const limits = {
  fileBytes: 20 * 1024 * 1024,
  /** All entries of the zip together, unpacked. */
  unpackedBytes: 200 * 1024 * 1024,
  entries: 2_000,
  /** Elements of all its XML together, each end counted too; exceljs takes some 4 µs for each. */
  tags: 3_000_000,
  /** Cells under merged ranges of one workbook; exceljs visits each. */
  mergedCells: 200_000,
  sheets: 200,
  rows: 5_000,
  columns: 500,
  cells: 500_000,
  /** A file that takes longer, or more memory, is given up: real ones take a second. */
  readMs: 60_000,
  readMb: 1_024,
  /** Findings in one answer; one more says that there are more. */
  findings: 2_000,
} as const;
