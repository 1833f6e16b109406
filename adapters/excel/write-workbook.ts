import type { Sheet, WriteWorkbook } from '../../src/ports/write-workbook.ts';

/** What XML 1.0 cannot say at all, not even in other words: Excel would call the file damaged. */
const unsayable = /[^\t\n\r\P{Cc}]|[\uFFFE\uFFFF]/gu;

const sayable = (text: string): string => text.toWellFormed().replaceAll(unsayable, '');

const mostName = 31;

/** Excel refuses longer names, these characters, quotation marks at an end, none at all, and the same twice. */
const sheetName = (name: string, taken: ReadonlySet<string>): string => {
  const plain = sayable(name)
    .replaceAll(/[\\/?*[\]:\s]/g, ' ')
    .slice(0, mostName)
    .replaceAll(/^['\s]+|['\s]+$/g, '');
  const free = (tries: number): string => {
    const candidate = tries === 0 ? plain : `${plain.slice(0, mostName - 4)} ${tries + 1}`.trim();
    // the last is a name that Excel keeps for itself
    return candidate === '' || candidate.toLowerCase() === 'history' || taken.has(candidate.toLowerCase()) ? free(tries + 1) : candidate;
  };
  return free(0);
};

const mostCellText = 32_767;

/** Text stays text: a cell that begins like a formula is never one. What is no number is left out. */
const cellOf = (value: string | number): string | number => {
  if (typeof value === 'string') return sayable(value).slice(0, mostCellText);
  return Number.isFinite(value) ? value : '';
};

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
  const taken = new Set<string>();
  const nameOf = ({ name }: Sheet): string => {
    const free = sheetName(name, taken);
    taken.add(free.toLowerCase());
    return free;
  };
  const add = (sheet: Sheet): void => {
    const page = workbook.addWorksheet(nameOf(sheet), {
      pageSetup: { paperSize: 9, orientation: sheet.orientation ?? 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
      ...(sheet.page === undefined ? {} : { headerFooter: { oddFooter: `&C${pageCode(sayable(sheet.page))}` } }),
    });
    page.columns = sheet.widths.map((width) => ({ width }));
    if (sheet.title !== undefined) {
      const title = page.addRow([cellOf(sheet.title)]);
      page.mergeCells(1, 1, 1, sheet.headings.length);
      title.height = 30;
      title.getCell(1).style = { font: { bold: true, size: 16 }, alignment: { horizontal: 'center', vertical: 'middle' } };
    }
    const addLine = (text: string, horizontal: 'center' | 'left'): void => {
      const line = page.addRow([cellOf(text)]);
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
