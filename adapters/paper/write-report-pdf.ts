import { Buffer } from 'node:buffer';
import type PdfDocument from 'pdfkit';
import type { ReportPaper, ReportTable, WriteReport } from '../../src/ports/report.ts';
import { findFont, type Face } from './find-font.ts';

/**
 * The form of official documents (GB/T 9704-2012), lengths in points: a text area of 156 by 225 mm on A4, the title in
 * size 2, the text in size 3 with 22 lines a page, the number of the page between dashes in size 4.
 */
const page = { top: 105, left: 79, width: 442, bottom: 743 };
const sizes = { title: 22, text: 16, table: 9, caption: 12, number: 14 } as const;
const line = 29;
const indent = 2 * sizes.text;
const cell = { padding: 3, leading: 2, leastHeight: 16 } as const;
const ink = '#000000';
const headFill = '#e4e7eb';

/** Closest that lines of the text may stand: what is signed stands on the page that it signs, if that can be had. */
const closest = 22;

/** `leading`: from one line of the text to the next. */
type Sheet = { readonly pdf: PdfDocument; readonly leading: number; y: number };

const write = ({ pdf }: Sheet, face: Face, size: number): PdfDocument => {
  const { path, family } = findFont(face);
  return pdf.font(path, family).fontSize(size).fillColor(ink);
};

const turnPage = (sheet: Sheet): void => {
  sheet.pdf.addPage();
  sheet.y = page.top;
};

/** Chinese lines break after any character, but none begins with a mark that closes, and a number stays whole. */
const neverFirst = /^[，。；：、！？）》”’—]/u;
const unbroken = /[\w.:%]+|./gu;

const linesOf = (pdf: PdfDocument, text: string, width: number, firstIndent: number): readonly string[] => {
  const lines: string[] = [];
  let current = '';
  let used = firstIndent;
  for (const token of text.match(unbroken) ?? []) {
    const wide = pdf.widthOfString(token);
    if (used + wide > width && current !== '' && !neverFirst.test(token)) {
      lines.push(current);
      current = '';
      used = 0;
    }
    current += token;
    used += wide;
  }
  return [...lines, current];
};

/** Lines of about the same length: a title never ends in one lonely character. */
const evenly = (pdf: PdfDocument, text: string, width: number): readonly string[] => {
  const count = linesOf(pdf, text, width, 0).length;
  return count === 1 ? [text] : linesOf(pdf, text, pdf.widthOfString(text) / count + pdf.widthOfString(text.slice(0, 1)), 0);
};

const paragraph = (sheet: Sheet, face: Face, text: string): void => {
  const pdf = write(sheet, face, sizes.text);
  for (const [index, each] of linesOf(pdf, text, page.width, indent).entries()) {
    if (sheet.y + sheet.leading > page.bottom + 1) turnPage(sheet);
    write(sheet, face, sizes.text).text(each, page.left + (index === 0 ? indent : 0), sheet.y, { lineBreak: false });
    sheet.y += sheet.leading;
  }
};

const centred = (sheet: Sheet, face: Face, size: number, text: string): void => {
  const pdf = write(sheet, face, size);
  for (const each of evenly(pdf, text, page.width)) {
    pdf.text(each, page.left, sheet.y, { width: page.width, align: 'center', lineBreak: false });
    sheet.y += size * 1.5;
  }
};

const rowHeight = (pdf: PdfDocument, cells: readonly string[], widths: readonly number[]): number =>
  cells.reduce<number>(
    (most, text, index) => Math.max(most, pdf.heightOfString(text, { width: widths[index]! - 2 * cell.padding }) + 2 * cell.leading),
    cell.leastHeight,
  );

const drawRow = (sheet: Sheet, cells: readonly string[], widths: readonly number[], height: number, fill?: string): void => {
  const { pdf } = sheet;
  let x: number = page.left;
  for (const [index, text] of cells.entries()) {
    const width = widths[index]!;
    if (fill !== undefined) pdf.rect(x, sheet.y, width, height).fill(fill);
    pdf.lineWidth(0.5).rect(x, sheet.y, width, height).stroke('#333333');
    const inner = width - 2 * cell.padding;
    const own = pdf.heightOfString(text, { width: inner });
    pdf.fillColor(ink).text(text, x + cell.padding, sheet.y + (height - own) / 2, { width: inner, align: 'center', height });
    x += width;
  }
  sheet.y += height;
};

/** A table begins on a page of its own only where no row of it would fit; its head stands on every page. */
const drawTable = (sheet: Sheet, { title, headings, rows, weights }: ReportTable): void => {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const widths = weights.map((weight) => (weight / all) * page.width);
  write(sheet, 'plain', sizes.table);
  const head = rowHeight(sheet.pdf, headings, widths);
  const drawHead = (): void => {
    write(sheet, 'plain', sizes.table);
    drawRow(sheet, headings, widths, head, headFill);
  };
  if (sheet.y + line + head + cell.leastHeight > page.bottom) turnPage(sheet);
  write(sheet, 'plain', sizes.caption).text(title, page.left, sheet.y, { lineBreak: false });
  sheet.y += 20;
  drawHead();
  for (const row of rows) {
    const cells = row.map(String);
    const height = rowHeight(sheet.pdf, cells, widths);
    if (sheet.y + height > page.bottom) {
      turnPage(sheet);
      drawHead();
    }
    drawRow(sheet, cells, widths, height);
  }
  sheet.y += 18;
};

const numberPages = (sheet: Sheet, pattern: string): void => {
  const { start, count } = sheet.pdf.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    sheet.pdf.switchToPage(index);
    const text = pattern.replace('{page}', String(index - start + 1));
    write(sheet, 'body', sizes.number).text(text, page.left, page.bottom + 20, { width: page.width, align: 'center', lineBreak: false });
  }
};

const drawSign = (sheet: Sheet, sign: readonly string[]): void => {
  sheet.y += sheet.leading;
  for (const text of sign) {
    const pdf = write(sheet, 'body', sizes.text);
    // four characters from the right edge, as documents without a seal are signed
    pdf.text(text, page.left + page.width - pdf.widthOfString(text) - indent, sheet.y, { lineBreak: false });
    sheet.y += sheet.leading;
  }
};

/** What is said, paragraph by paragraph; the last one is what the figures rest on. */
const paragraphsOf = ({ sections, source }: ReportPaper): readonly (readonly [Face, string])[] => [
  ...sections.flatMap(({ heading, lines }) => [['plain', heading] as const, ...lines.map((text) => ['body', text] as const)]),
  ['body', source],
];

const linesIn = (sheet: Sheet, [face, text]: readonly [Face, string]): number =>
  linesOf(write(sheet, face, sizes.text), text, page.width, indent).length;

const drawHead = (sheet: Sheet, { title, subtitle }: ReportPaper): void => {
  centred(sheet, 'title', sizes.title, title);
  sheet.y += 8;
  centred(sheet, 'body', sizes.text, subtitle);
  sheet.y += line / 2;
};

/**
 * Lines move together until text and signature are on one page, as the standard asks for where a signature would stand
 * alone; where they cannot, the last paragraph goes over to it.
 */
const drawText = (pdf: PdfDocument, paper: ReportPaper): Sheet => {
  const head: Sheet = { pdf, leading: line, y: page.top };
  drawHead(head, paper);
  const paragraphs = paragraphsOf(paper);
  const count = paragraphs.reduce((sum, one) => sum + linesIn(head, one), 0) + 1 + paper.sign.length;
  const leading = Math.min(line, (page.bottom - head.y) / count);
  const sheet: Sheet = { ...head, leading: leading < closest ? line : leading };
  for (const [index, [face, text]] of paragraphs.entries()) {
    const isLast = index === paragraphs.length - 1;
    const needed = (linesIn(sheet, [face, text]) + 1 + paper.sign.length) * sheet.leading;
    if (isLast && sheet.y + needed > page.bottom + 1) turnPage(sheet);
    paragraph(sheet, face, text);
  }
  drawSign(sheet, paper.sign);
  return sheet;
};

const drawAll = (pdf: PdfDocument, paper: ReportPaper): void => {
  const sheet = drawText(pdf, paper);
  if (paper.tables.length > 0) turnPage(sheet);
  for (const table of paper.tables) drawTable(sheet, table);
  numberPages(sheet, paper.page);
};

/** Of the fonts only the characters that are used go into the file. */
export const writeReportPdf: WriteReport = async (paper) => {
  findFont();
  // imported when first used: few processes ever write one
  const { default: Pdf } = await import('pdfkit');
  const margins = { top: page.top, bottom: 0, left: page.left, right: 0 };
  const pdf = new Pdf({ size: 'A4', margins, bufferPages: true, lang: 'zh-CN', info: { Title: paper.title, Creator: 'zaigang' } });
  const chunks: Buffer[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  pdf.once('end', resolve);
  pdf.once('error', reject);
  drawAll(pdf, paper);
  pdf.end();
  await promise;
  return new Uint8Array(Buffer.concat(chunks));
};
