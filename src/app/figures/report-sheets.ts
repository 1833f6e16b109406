import { reportTexts } from '../../messages/report-texts.ts';
import type { ReportPaper } from '../../ports/report.ts';
import type { Sheet } from '../../ports/write-workbook.ts';

/** In characters, for each part of a table's width. */
const charactersPerWeight = 4;

/** A report as a workbook: what is said on the first sheet, each annex on one of its own. */
export const reportSheets = ({ title, subtitle, keys, sections, source, sign, tables }: ReportPaper): readonly Sheet[] => [
  {
    name: reportTexts.summary,
    title,
    subtitle,
    headings: keys.map(({ name }) => name),
    widths: keys.map(() => 24),
    rows: [keys.map(({ value }) => value), keys.map(({ detail }) => detail)],
    foot: [...sections.flatMap(({ heading, lines }) => [heading, ...lines]), source, ...sign],
    page: reportTexts.sheetPage,
    orientation: 'portrait',
  },
  ...tables.map((table): Sheet => ({
    name: table.title,
    title: table.title,
    subtitle,
    headings: table.headings,
    ...(table.columns === undefined ? {} : { columns: table.columns }),
    widths: table.weights.map((weight) => weight * charactersPerWeight),
    rows: table.rows,
    page: reportTexts.sheetPage,
  })),
];
