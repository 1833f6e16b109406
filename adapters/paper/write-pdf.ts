import { Buffer } from 'node:buffer';
import type PdfDocument from 'pdfkit';
import type { DayKind } from '../../src/domain/roster/shift-hours.ts';
import type { DutySheet, DutySheetRow, WriteDutySheet } from '../../src/ports/duty-sheet.ts';
import { findFont } from './find-font.ts';

/** Lengths in points; A4 is 595 by 842. */
const margin = 40;
const footer = 28;
const padding = 4;
/** Above and below: a month fits on one page with room to sign. */
const leading = 2;
const sizes = { title: 18, subtitle: 10, cell: 9.5, small: 9 } as const;
const leastRow = 18;
const grey = '#666666';
/** Light enough to be read in black and white; the remark says it in words too. */
const fills: { readonly [day in DayKind]: string | undefined } = { workday: undefined, restDay: '#eef3f8', holiday: '#fdeeee' };
const headFill = '#e4e7eb';

type Page = { readonly pdf: PdfDocument; readonly widths: readonly number[]; readonly sheet: DutySheet; y: number };

const heightOf = ({ pdf, widths }: Page, cells: readonly string[]): number =>
  cells.reduce(
    (most, cell, index) => Math.max(most, pdf.heightOfString(cell, { width: widths[index]! - 2 * padding }) + 2 * leading),
    leastRow,
  );

const drawRow = (page: Page, cells: readonly string[], height: number, fill: string | undefined): void => {
  const { pdf, widths } = page;
  let x = margin;
  for (const [index, cell] of cells.entries()) {
    const width = widths[index]!;
    if (fill !== undefined) pdf.rect(x, page.y, width, height).fill(fill);
    pdf.lineWidth(0.5).rect(x, page.y, width, height).stroke('#333333');
    const inner = width - 2 * padding;
    const text = pdf.heightOfString(cell, { width: inner });
    pdf.fillColor('#000000').text(cell, x + padding, page.y + (height - text) / 2, { width: inner, align: 'center', height });
    x += width;
  }
  page.y += height;
};

const drawHead = (page: Page): void => {
  const headings = page.sheet.columns.map(({ heading }) => heading);
  page.pdf.fontSize(sizes.cell);
  drawRow(page, headings, heightOf(page, headings), headFill);
};

const bottomOf = ({ pdf }: Page): number => pdf.page.height - margin - footer;

const turnPage = (page: Page): void => {
  page.pdf.addPage();
  page.y = margin;
};

const drawBody = (page: Page, rows: readonly DutySheetRow[]): void => {
  for (const { cells, day } of rows) {
    const height = heightOf(page, cells);
    if (page.y + height > bottomOf(page)) {
      turnPage(page);
      drawHead(page);
    }
    drawRow(page, cells, height, fills[day]);
  }
};

const signHeight = 64;

/** Below the table, and never on a page without any of it that is not full. */
const drawSign = (page: Page): void => {
  const { pdf, sheet } = page;
  if (page.y + signHeight > bottomOf(page)) turnPage(page);
  const width = pdf.page.width - 2 * margin;
  pdf
    .fontSize(sizes.small)
    .fillColor(grey)
    .text(sheet.note, margin, page.y + 8, { width });
  const each = width / sheet.sign.length;
  pdf.fontSize(sizes.subtitle).fillColor('#000000');
  for (const [index, line] of sheet.sign.entries()) pdf.text(line, margin + index * each, page.y + 36, { width: each, lineBreak: false });
};

const numberPages = (pdf: PdfDocument, sheet: DutySheet): void => {
  const { start, count } = pdf.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    pdf.switchToPage(index);
    const text = sheet.page.replace('{page}', String(index - start + 1)).replace('{pages}', String(count));
    const options = { width: pdf.page.width - 2 * margin, align: 'center', lineBreak: false } as const;
    pdf
      .fontSize(sizes.small)
      .fillColor(grey)
      .text(text, margin, pdf.page.height - margin - 12, options);
  }
};

/** A4 upright, the head of the table on every page. Of the font only the characters that are used go into the file. */
export const writeDutySheetPdf: WriteDutySheet = async (sheet) => {
  const font = findFont();
  // imported when first used: few processes ever write one
  const { default: Pdf } = await import('pdfkit');
  const margins = { top: margin, bottom: 0, left: margin, right: margin };
  const pdf = new Pdf({ size: 'A4', margins, bufferPages: true, lang: 'zh-CN', info: { Title: sheet.title, Creator: 'zaigang' } });
  const chunks: Buffer[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  pdf.once('end', resolve);
  pdf.once('error', reject);
  pdf.font(font.path, font.family);
  const width = pdf.page.width - 2 * margin;
  const all = sheet.columns.reduce((sum, { weight }) => sum + weight, 0);
  const page: Page = { pdf, sheet, widths: sheet.columns.map(({ weight }) => (weight / all) * width), y: margin };
  pdf.fontSize(sizes.title).text(sheet.title, margin, page.y, { width, align: 'center' });
  page.y += pdf.heightOfString(sheet.title, { width }) + 6;
  pdf.fontSize(sizes.subtitle).fillColor(grey).text(sheet.subtitle, margin, page.y, { width, align: 'center' });
  page.y += pdf.heightOfString(sheet.subtitle, { width }) + 8;
  drawHead(page);
  drawBody(page, sheet.rows);
  drawSign(page);
  numberPages(pdf, sheet);
  pdf.end();
  await promise;
  return new Uint8Array(Buffer.concat(chunks));
};
