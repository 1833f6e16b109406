import ExcelJs from 'exceljs';
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

const written = async () => {
  const workbook = new ExcelJs.Workbook();
  await workbook.xlsx.load(Buffer.from(await writeWorkbook([sheet])) as never);
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
