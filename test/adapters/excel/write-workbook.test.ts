import ExcelJs from 'exceljs';
import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { writeWorkbook } from '../../../adapters/excel/write-workbook.ts';
import type { Sheet } from '../../../src/ports/write-workbook.ts';

const sheet: Sheet = {
  name: '值班安排表',
  title: '某某局值班安排表',
  subtitle: '2021-09-01 至 2021-09-02',
  headings: ['日期', '值班员'],
  rows: [
    ['2021-09-01', '=HYPERLINK("http://x","y")'],
    ['2021-09-02', '@SUM(1+1)*cmd|calc'],
  ],
  shades: ['plain', 'strong'],
  foot: ['-1+1', '编制：'],
  page: '第 {page} 页，共 {pages} 页',
  orientation: 'portrait',
  widths: [12, 20],
};

const written = async (one: Sheet = sheet) => {
  const workbook = new ExcelJs.Workbook();
  await workbook.xlsx.load(Buffer.from(await writeWorkbook([one])) as never);
  return workbook.worksheets[0]!;
};

it('lays a sheet out on A4 with its title, its foot and its pages', async () => {
  const page = await written();
  expect(page.getRow(1).getCell(1).text).toBe('某某局值班安排表');
  expect(page.getRow(2).getCell(1).text).toBe('2021-09-01 至 2021-09-02');
  expect(page.getRow(7).getCell(1).text).toBe('编制：');
  expect(page.pageSetup).toMatchObject({ paperSize: 9, orientation: 'portrait', printTitlesRow: '3:3' });
  expect(page.headerFooter.oddFooter).toBe('&C第 &P 页，共 &N 页');
  expect(page.getRow(5).getCell(1).fill).toMatchObject({ pattern: 'solid' });
  expect(page.getRow(4).getCell(1).fill).toMatchObject({ pattern: 'none' });
});

it('never makes a formula of a text', async () => {
  const page = await written();
  for (const [row, column] of [
    [4, 2],
    [5, 2],
    [6, 1],
  ] as const) {
    const cell = page.getRow(row).getCell(column);
    expect(cell.formula).toBeUndefined();
    expect(cell.type).toBe(ExcelJs.ValueType.String);
  }
});

it('quotes what a spreadsheet would take for a formula, so that it stays the same text when it is edited', async () => {
  const live = ['=1+1', '+1', '-1', '@x', '\t=1', '\r=1', '\0=1', '＝1'];
  const plain = ['1=1', 'a@b', '', ' x'];
  const parts = unzipSync(
    await writeWorkbook([
      { name: 'x', title: '=t', subtitle: '-s', headings: ['=h', 'h'], rows: [[...live, ...plain, -1]], foot: ['@f', 'f'], widths: [9] },
    ]),
  );
  const xml = (path: string): string => new TextDecoder().decode(parts[path]);
  const [, formats = ''] = /<cellXfs[^>]*>([\s\S]*)<\/cellXfs>/u.exec(xml('xl/styles.xml'))!;
  const isQuoted = [...formats.matchAll(/<xf [^>]*>/gu)].map(([format]) => format.includes('quotePrefix="1"'));
  const styleOf = new Map(
    [...xml('xl/worksheets/sheet1.xml').matchAll(/<c r="([A-Z]+\d+)" s="(\d+)"/gu)].map(([, cell, style]) => [cell, Number(style)]),
  );
  const quoted = (cells: readonly string[]): readonly (boolean | undefined)[] => cells.map((cell) => isQuoted[styleOf.get(cell)!]);
  expect(quoted(['A1', 'A2', 'A3', 'A5', ...'ABCDEFGH'].map((cell) => (cell.length === 1 ? `${cell}4` : cell)))).toEqual(
    Array(12).fill(true),
  );
  expect(quoted(['B3', 'A6', 'I4', 'J4', 'K4', 'L4', 'M4'])).toEqual(Array(7).fill(false));
  expect(xml('xl/styles.xml')).not.toContain('numFmtId="49"');
  const workbook = new ExcelJs.Workbook();
  await workbook.xlsx.load((await writeWorkbook([{ name: 'x', headings: ['h'], rows: [['=1+1']], widths: [9] }])).buffer as ArrayBuffer);
  expect(workbook.worksheets[0]?.getRow(2).getCell(1).value).toBe('=1+1');
});

it('leaves out what no XML can say, and finds a name for every sheet', async () => {
  const odd = { headings: ['a\uFFFE\0b'], rows: [['\uFFFF=1\uD800', Number.NaN]], widths: [10] };
  const bytes = await writeWorkbook(["'x'", 'X', '', 'History', 'y'.repeat(40), 'y'.repeat(41)].map((name) => ({ name, ...odd })));
  const workbook = new ExcelJs.Workbook();
  await workbook.xlsx.load(bytes.buffer as ArrayBuffer);
  const names = workbook.worksheets.map(({ name }) => name);
  expect(names).toEqual(['x', 'X 2', '2', 'History 2', 'y'.repeat(31), `${'y'.repeat(27)} 2`]);
  expect(workbook.worksheets[0]?.getRow(1).getCell(1).value).toBe('ab');
  expect(workbook.worksheets[0]?.getRow(2).getCell(1).value).toBe('=1\uFFFD');
  // no number, and no word for none either
  expect(workbook.worksheets[0]?.getRow(2).getCell(2).text).toBe('');
});

it('writes times as dates and shares as numbers where a column holds them, and what is neither as it was said', async () => {
  const rows = [
    ['2021-09-01 08:30', '95.5%', '2021-09-01'],
    ['2021-09-01', '100%', '95.5%'],
    ['2021-02-30', '—', ''],
    ['', '', ''],
  ];
  const page = await written({ name: 'x', headings: ['a', 'b', 'c'], widths: [16, 8, 8], columns: ['time', 'share'], rows });
  const at = (row: number, column: number) => page.getRow(row + 1).getCell(column);
  expect(at(1, 1).value).toEqual(new Date('2021-09-01T08:30:00Z'));
  expect(at(1, 1).numFmt).toBe('yyyy-mm-dd hh:mm');
  expect(at(2, 1)).toMatchObject({ value: new Date('2021-09-01T00:00:00Z'), numFmt: 'yyyy-mm-dd' });
  expect(at(1, 2)).toMatchObject({ value: 0.955, numFmt: '0.0%' });
  expect(at(2, 2).value).toBe(1);
  // a column that says nothing of itself stays text, and so does what is no date and no share
  for (const [row, column] of [
    [1, 3],
    [2, 3],
    [3, 1],
    [3, 2],
  ] as const)
    expect(at(row, column).value).toBe(rows[row - 1]![column - 1]);
});

it('repeats the headings on each page, and cuts nothing off that stands over all columns', async () => {
  const long = '沉默按整个应答时限计，迟答也按整个时限计。'.repeat(5);
  const page = await written({ name: 'x', title: long, headings: ['a', 'b'], widths: [20, 20], rows: [['1', '2']], foot: ['短', long] });
  expect(page.pageSetup.printTitlesRow).toBe('2:2');
  // 210 characters' width over 40, at 16 points over 11
  expect(page.getRow(1)).toMatchObject({ height: 8 * 30 });
  expect(page.getRow(1).getCell(1).alignment).toMatchObject({ wrapText: true });
  expect(page.getRow(4).height).toBe(15);
  expect(page.getRow(5).height).toBe(6 * 15);
});
