import { rehearsalTexts as texts } from '../../messages/rehearsal-texts.ts';
import type { Sheet } from '../../ports/write-workbook.ts';
import { rehearsalNote, rehearsalTables, rehearsalTitle } from './report-tables.ts';
import type { RehearsalReport } from './report.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string | number): string => String(text).replaceAll(/[&<>"']/gu, (char) => escapes[char]!);

/** Colours by the reader's own preference; nothing comes from outside, for these networks are closed. */
const style = `
:root{color-scheme:light dark;--ink:light-dark(#16202b,#e6edf3);--soft:light-dark(#5b6b7b,#9aa7b4);--line:light-dark(#d5dde5,#30363d);--card:light-dark(#fff,#161b22);--bad:light-dark(#b3261e,#ff8a80);--badbg:light-dark(#fdeceb,#3a1d1c)}
*{box-sizing:border-box}body{margin:0 auto;max-width:1200px;padding:24px 16px 64px;font:16px/1.6 system-ui,sans-serif;color:var(--ink);background:light-dark(#f4f7fa,#0d1117)}
h1{font-size:1.6rem;margin:0}h2{font-size:1.15rem;margin:2rem 0 .5rem}p{color:var(--soft);margin:.25rem 0 1rem}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(130px,1fr));gap:12px;margin:1rem 0}dl div{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:10px 14px}dt{color:var(--soft);font-size:.85rem}dd{margin:0;font-size:1.5rem;font-variant-numeric:tabular-nums}
.wide{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:10px;max-height:70vh}table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{padding:6px 12px;text-align:left;border-bottom:1px solid var(--line);white-space:nowrap}th{position:sticky;top:0;background:var(--card)}td.n{text-align:right;font-variant-numeric:tabular-nums}tr.strong td{background:var(--badbg);color:var(--bad)}
nav a{margin-right:1em;color:inherit;display:inline-block}th.n{text-align:right}.ink{color:var(--ink)}@media print{.wide{max-height:none}}
`;

const cell = (value: string | number): string =>
  typeof value === 'number' ? `<td class="n">${value.toLocaleString('en')}</td>` : `<td>${escape(value)}</td>`;

const table = ({ headings, rows, shades }: Sheet): string => {
  if (rows.length === 0) return `<p>${texts.none}</p>`;
  const head = headings
    .map((heading, column) => `<th scope="col"${typeof rows[0]?.[column] === 'number' ? ' class="n"' : ''}>${escape(heading)}</th>`)
    .join('');
  const body = rows.map((row, index) => `<tr class="${shades?.[index] ?? 'plain'}">${row.map(cell).join('')}</tr>`).join('\n');
  return `<div class="wide" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table></div>`;
};

/** The report as one page that needs nothing else. */
export const rehearsalPage = (report: RehearsalReport): string => {
  const { title, subtitle } = rehearsalTitle(report);
  const sheets = rehearsalTables(report);
  const totals = Object.entries(texts.totals).map(
    ([key, label]) => `<div><dt>${label}</dt><dd>${report.totals[key as keyof RehearsalReport['totals']].toLocaleString('en')}</dd></div>`,
  );
  const ends = [...new Set(report.endsWithNobody.map(({ post }) => post))];
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(title)}</title><style>${style}</style></head><body>
<h1>${escape(title)}</h1><p>${escape(subtitle)}</p>
<dl>${totals.join('')}</dl>
<p class="ink">${escape(texts.endsWithNobody.replace('{posts}', ends.join(texts.comma) || texts.none))}</p>
<nav>${sheets.map(({ name }, index) => `<a href="#s${index}">${escape(name)}</a>`).join('')}</nav>
${sheets.map((sheet, index) => `<section id="s${index}"><h2>${escape(sheet.name)}</h2>${table(sheet)}</section>`).join('\n')}
<p>${rehearsalNote(report)}</p>
</body></html>
`;
};
