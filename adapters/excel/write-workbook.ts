import type { Sheet, WriteWorkbook } from '../../src/ports/write-workbook.ts';
import { isLive, quoteMark, quoteMarked } from './quote-live.ts';

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

const quoteOf = (value: string | number) => (typeof value === 'string' && isLive(sayable(value)) ? quoteMark : {});

type Meant = NonNullable<Sheet['columns']>[number];

const timeShape = /^(\d{4})-(\d\d)-(\d\d)(?: (\d\d):(\d\d))?$/;
const shareShape = /^\d{1,3}(?:\.\d+)?%$/;

/** A workbook knows no time zones: the clock that was read is the clock that is shown. */
const dateOf = (text: string): { readonly value: Date; readonly numFmt: string } | undefined => {
  const [, year, month, day, hour, minute] = timeShape.exec(text) ?? [];
  if (day === undefined) return undefined;
  const value = new Date(`${year}-${month}-${day}T${hour ?? '00'}:${minute ?? '00'}:00Z`);
  // the 30th of February is no date, though some would read one
  if (Number.isNaN(value.getTime()) || !value.toISOString().startsWith(`${year}-${month}-${day}`)) return undefined;
  return { value, numFmt: hour === undefined ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm' };
};

const meantBy = (
  value: string | number,
  meant: Meant | undefined,
): { readonly value: string | number | Date; readonly numFmt?: string } => {
  const date = meant === 'time' && typeof value === 'string' ? dateOf(value) : undefined;
  if (date) return date;
  if (meant === 'share' && typeof value === 'string' && shareShape.test(value))
    return { value: Number(value.slice(0, -1)) / 100, numFmt: '0.0%' };
  return { value: cellOf(value), ...quoteOf(value) };
};

const isWide = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{1F300}-\u{3FFFD}]/u;

/** How many lines a text takes over so many characters' width; a Chinese one is as wide as two others. */
const linesOf = (text: string, characters: number): number =>
  text.split('\n').reduce((lines, line) => {
    const width = [...line].reduce((sum, one) => sum + (isWide.test(one) ? 2 : 1), 0);
    return lines + Math.max(1, Math.ceil(width / characters));
  }, 0);

/** In points. */
const lineHeight = 15;
const titleHeight = 30;
const titleSize = 16;
const plainSize = 11;
const mostHeight = 409;

/** As narrow as printers and a binding allow, in inches: a list of seventeen columns is to be read on A4. */
const margins = { left: 0.45, right: 0.45, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 };

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
      pageSetup: { paperSize: 9, orientation: sheet.orientation ?? 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, margins },
      ...(sheet.page === undefined ? {} : { headerFooter: { oddFooter: `&C${pageCode(sayable(sheet.page))}` } }),
    });
    page.columns = sheet.widths.map((width) => ({ width }));
    // of cells that are joined Excel finds no height by itself, and cuts off what does not fit into one line
    const across = sheet.widths.reduce((sum, width) => sum + width, 0);
    if (sheet.title !== undefined) {
      const title = page.addRow([cellOf(sheet.title)]);
      page.mergeCells(1, 1, 1, sheet.headings.length);
      title.height = Math.min(mostHeight, titleHeight * linesOf(sheet.title, (across * plainSize) / titleSize));
      title.getCell(1).style = {
        ...quoteOf(sheet.title),
        font: { bold: true, size: titleSize },
        alignment: { horizontal: 'center', vertical: 'middle', wrapText: true },
      };
    }
    const addLine = (text: string, horizontal: 'center' | 'left'): void => {
      const line = page.addRow([cellOf(text)]);
      page.mergeCells(line.number, 1, line.number, sheet.headings.length);
      line.height = Math.min(mostHeight, lineHeight * linesOf(text, across));
      line.getCell(1).style = { ...quoteOf(text), alignment: { horizontal, vertical: 'middle', wrapText: true } };
    };
    if (sheet.subtitle !== undefined) addLine(sheet.subtitle, 'center');
    const headings = page.addRow(sheet.headings.map(cellOf));
    headings.eachCell((cell) => {
      cell.style = {
        ...quoteOf(cell.text),
        font: { bold: true },
        border,
        alignment: { horizontal: 'center', vertical: 'middle', wrapText: true },
      };
    });
    page.views = [{ state: 'frozen', ySplit: headings.number }];
    page.pageSetup.printTitlesRow = `${headings.number}:${headings.number}`;
    for (const [index, values] of sheet.rows.entries()) {
      const shade = shades[sheet.shades?.[index] ?? 'plain'];
      const fill = shade === undefined ? {} : { fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: shade } } as const };
      const cells = values.map((value, at) => meantBy(value, sheet.columns?.[at]));
      page.addRow(cells.map(({ value }) => value)).eachCell({ includeEmpty: true }, (cell, column) => {
        const numFmt = cells[column - 1]?.numFmt;
        cell.style = { border, ...fill, ...(numFmt === undefined ? {} : { numFmt }), alignment: { vertical: 'top', wrapText: true } };
      });
    }
    for (const line of sheet.foot ?? []) addLine(line, 'left');
  };
  for (const sheet of sheets) add(sheet);
  return quoteMarked(new Uint8Array(await workbook.xlsx.writeBuffer()));
};
