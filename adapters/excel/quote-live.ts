import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** What a spreadsheet takes for a formula where somebody types it. Source: OWASP, "CSV Injection". */
const liveStart = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/u;

export const isLive = (text: string): boolean => liveStart.test(text);

/** Built-in format 49, "text": here only the mark of what `quoteMarked` quotes. As such Excel draws long texts as ####. */
export const quoteMark = { numFmt: '@' } as const;

const stylesPath = 'xl/styles.xml';
const marked = '<xf numFmtId="49"';

/** An apostrophe before the text that is none of its characters: the cell stays text also when somebody edits it. */
export const quoteMarked = (workbook: Uint8Array): Uint8Array => {
  const found = unzipSync(workbook, { filter: ({ name }) => name === stylesPath })[stylesPath];
  const styles = strFromU8(found ?? new Uint8Array());
  if (!styles.includes(marked)) return workbook;
  const quoted = strToU8(styles.replaceAll(marked, '<xf quotePrefix="1" numFmtId="0"'));
  return zipSync({ ...unzipSync(workbook), [stylesPath]: quoted });
};
