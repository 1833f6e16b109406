import type { Sheet, WriteWorkbook } from '../../src/ports/write-workbook.ts';

/** Excel refuses longer names and these characters. */
const sheetName = (name: string): string => name.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31);

const mostCellText = 32_767;

/** Text stays text: a cell that begins like a formula is never one. */
const cellOf = (value: string | number): string | number => (typeof value === 'number' ? value : value.slice(0, mostCellText));

/** Excel's own codes for the number of a page and of all; an ampersand of the text is no code. */
const pageCode = (text: string): string => text.replaceAll('&', '&&').replace('{page}', '&P').replace('{pages}', '&N');

/** Light enough to be read in black and white. */
const shades = { plain: undefined, quiet: 'FFEEF3F8', strong: 'FFFDEEEE' } as const;

const thin = { style: 'thin' } as const;
const border = { top: thin, left: thin, bottom: thin, right: thin };

export const writeWorkbook: WriteWorkbook = async (sheets) => {
  // imported when first used: it takes most of a second
  const { default: ExcelJs } = await import('exceljs');
  const workbook = new ExcelJs.Workbook();
  const add = (sheet: Sheet): void => {
    const page = workbook.addWorksheet(sheetName(sheet.name), {
      pageSetup: { paperSize: 9, orientation: sheet.orientation ?? 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
      ...(sheet.page === undefined ? {} : { headerFooter: { oddFooter: `&C${pageCode(sheet.page)}` } }),
    });
    page.columns = sheet.widths.map((width) => ({ width }));
    if (sheet.title !== undefined) {
      const title = page.addRow([sheet.title]);
      page.mergeCells(1, 1, 1, sheet.headings.length);
      title.height = 30;
      title.getCell(1).style = { font: { bold: true, size: 16 }, alignment: { horizontal: 'center', vertical: 'middle' } };
    }
    const addLine = (text: string, horizontal: 'center' | 'left'): void => {
      const line = page.addRow([text]);
      page.mergeCells(line.number, 1, line.number, sheet.headings.length);
      line.getCell(1).style = { alignment: { horizontal, vertical: 'middle', wrapText: true } };
    };
    if (sheet.subtitle !== undefined) addLine(sheet.subtitle, 'center');
    const headings = page.addRow(sheet.headings.map(cellOf));
    headings.eachCell((cell) => {
      cell.style = { font: { bold: true }, border, alignment: { horizontal: 'center', vertical: 'middle', wrapText: true } };
    });
    page.views = [{ state: 'frozen', ySplit: headings.number }];
    if (sheet.page !== undefined) page.pageSetup.printTitlesRow = `${headings.number}:${headings.number}`;
    for (const [index, values] of sheet.rows.entries()) {
      const shade = shades[sheet.shades?.[index] ?? 'plain'];
      const fill = shade === undefined ? {} : { fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: shade } } as const };
      page.addRow(values.map(cellOf)).eachCell({ includeEmpty: true }, (cell) => {
        cell.style = { border, ...fill, alignment: { vertical: 'top', wrapText: true } };
      });
    }
    for (const line of sheet.foot ?? []) addLine(line, 'left');
  };
  for (const sheet of sheets) add(sheet);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
};
