import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CellValue, Worksheet, Workbook as ExcelWorkbook } from 'exceljs';
import { fault, warning } from '../../src/domain/organisation/finding.ts';
import type { Finding, FindingCode } from '../../src/domain/organisation/finding.ts';
import type { WorkbookSource } from '../../src/ports/workbook.ts';
import { foldText, sheetPlace } from './grid.ts';
import type { Cell, Sheet, WallDate, Workbook } from './grid.ts';
import { openFile } from './inspect-file.ts';
import { limits } from './limits.ts';

export type WorkbookReading = { readonly workbook: Workbook | null; readonly findings: readonly Finding[] };

const refuse = (code: FindingCode, fileName: string): WorkbookReading => ({
  workbook: null,
  findings: [fault(code, { params: { file: fileName } })],
});

/** Reads a file into plain grids; what can't be read is a finding, never an exception. */
export const readWorkbook = async (source: WorkbookSource): Promise<WorkbookReading> => {
  const fileName = 'path' in source ? basename(source.path) : source.fileName;
  const bytes = 'path' in source ? await readBytes(source.path) : Buffer.from(source.bytes);
  if (typeof bytes === 'string') return refuse(bytes, fileName);
  const opened = openFile(bytes);
  if (typeof opened === 'string') return refuse(opened, fileName);
  const excel = await load(opened);
  if (!excel) return refuse('ZG_WORKBOOK_DAMAGED', fileName);
  return readSheets(excel, fileName);
};

const readBytes = async (path: string): Promise<Buffer | FindingCode> => {
  try {
    const { size } = await stat(path);
    return size > limits.fileBytes ? 'ZG_FILE_TOO_LARGE' : await readFile(path);
  } catch {
    return 'ZG_FILE_MISSING';
  }
};

/** exceljs walks every cell of a validated range, which often is a whole column. */
const ignoreNodes = [
  'dataValidations',
  'conditionalFormatting',
  'extLst',
  'hyperlinks',
  'drawing',
  'legacyDrawing',
  'picture',
  'tableParts',
];

const load = async (bytes: Uint8Array): Promise<ExcelWorkbook | null> => {
  // Loaded when first used: the import alone costs most of a second.
  const { default: excel } = await import('exceljs');
  const workbook = new excel.Workbook();
  try {
    await workbook.xlsx.load(new Uint8Array(bytes).buffer, { ignoreNodes });
    return workbook;
  } catch {
    return null;
  }
};

const readSheets = (excel: ExcelWorkbook, fileName: string): WorkbookReading => {
  const findings: Finding[] = [];
  const sheets: Sheet[] = [];
  const skip = (name: string, reason: string): void => {
    findings.push(warning('ZG_SHEET_SKIPPED', { place: sheetPlace({ name }), params: { reason } }));
  };
  if (excel.worksheets.length > limits.sheets) return refuse('ZG_SHEET_TOO_LARGE', fileName);
  let cells = 0;
  for (const worksheet of excel.worksheets) {
    const size = extentOf(worksheet);
    if (size === null)
      return { workbook: null, findings: [fault('ZG_SHEET_TOO_LARGE', { place: sheetPlace(worksheet), params: { file: fileName } })] };
    cells += size.rows * size.columns;
    if (cells > limits.cells)
      return { workbook: null, findings: [fault('ZG_SHEET_TOO_LARGE', { place: sheetPlace(worksheet), params: { file: fileName } })] };
    if (size.rows === 0) skip(worksheet.name, 'empty');
    else if (worksheet.state !== 'visible') skip(worksheet.name, 'hidden');
    else sheets.push(readSheet(worksheet, size, findings));
  }
  if (sheets.length === 0) return { workbook: null, findings: [...findings, fault('ZG_WORKBOOK_EMPTY', { params: { file: fileName } })] };
  return { workbook: { fileName, sheets }, findings };
};

type Extent = { readonly rows: number; readonly columns: number };

/** The rectangle that holds something; formats alone don't count. Null where it is larger than any list is. */
const extentOf = (worksheet: Worksheet): Extent | null => {
  let rows = 0;
  let columns = 0;
  worksheet.eachRow({ includeEmpty: false }, (row, rowNumber) => {
    row.eachCell({ includeEmpty: false }, (cell, columnNumber) => {
      if (cell.value === null || cell.value === undefined || cell.value === '') return;
      rows = Math.max(rows, rowNumber);
      columns = Math.max(columns, columnNumber);
    });
  });
  return rows > limits.rows || columns > limits.columns ? null : { rows, columns };
};

const readSheet = (worksheet: Worksheet, { rows, columns }: Extent, findings: Finding[]): Sheet => {
  const cells: Cell[][] = [];
  for (let row = 1; row <= rows; row += 1) {
    const line: Cell[] = [];
    for (let column = 1; column <= columns; column += 1) {
      const excelCell = worksheet.getCell(row, column);
      const read = readValue(excelCell.value, excelCell.numFmt);
      const merged = excelCell.isMerged ? excelCell.master.address : undefined;
      const isFirst = merged === undefined || merged === excelCell.address;
      if (read === null && isFirst) {
        findings.push(warning('ZG_CELL_UNREADABLE', { place: { sheet: worksheet.name, row, cell: excelCell.address } }));
      }
      line.push({ address: excelCell.address, row, ...(read ?? { text: '' }), ...(merged === undefined ? {} : { merged }) });
    }
    cells.push(line);
  }
  return { name: foldText(worksheet.name), cells };
};

type Content = Pick<Cell, 'text' | 'raw' | 'number' | 'date'>;

/** Null: an error value, or a formula that nobody has computed. */
const readValue = (value: CellValue, format: string | undefined): Content | null => {
  if (value === null || value === undefined) return { text: '' };
  if (typeof value === 'string') return textContent(value);
  if (typeof value === 'number') return { text: numberText(value, format), number: value };
  if (typeof value === 'boolean') return { text: String(value) };
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : dateContent(value, format);
  if ('richText' in value) return textContent(value.richText.map(({ text }) => text).join(''));
  if ('text' in value) return readValue(value.text, format);
  if ('error' in value) return null;
  if ('formula' in value || 'sharedFormula' in value) return value.result === undefined ? null : readValue(value.result, format);
  return null;
};

/** `8.30` typed as a number is 8.3; its format knows better. */
const numberText = (value: number, format: string | undefined): string => {
  const decimals = /^0\.(0+)/.exec(format ?? '')?.[1]?.length;
  return decimals === undefined || Number.isInteger(value) ? String(value) : value.toFixed(decimals);
};

const textContent = (value: string): Content => {
  const text = foldText(value);
  const raw = value.trim();
  return raw === text ? { text } : { text, raw };
};

const dateContent = (exact: Date, format: string | undefined): Content => {
  // exceljs gives the wall-clock time as if it were UTC; a fraction of a day is a hair off its minute.
  const value = new Date(exact.getTime() + 500);
  const date: WallDate = {
    year: value.getUTCFullYear(),
    month: value.getUTCMonth() + 1,
    day: value.getUTCDate(),
    hour: value.getUTCHours(),
    minute: value.getUTCMinutes(),
    ...(/h/i.test(format ?? '') ? { showsTime: true } : {}),
  };
  const two = (part: number): string => String(part).padStart(2, '0');
  const time = date.hour === 0 && date.minute === 0 ? '' : ` ${two(date.hour)}:${two(date.minute)}`;
  return { text: `${date.year}-${two(date.month)}-${two(date.day)}${time}`, date };
};
