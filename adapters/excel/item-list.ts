import type { BatchList, ItemListKind, ListedBatch, ListedLine, Written } from '../../src/domain/items/batch-list.ts';
import { fault, warning } from '../../src/domain/organisation/finding.ts';
import type { Finding } from '../../src/domain/organisation/finding.ts';
import { itemListVocabulary, listTitleWords } from '../../src/messages/item-list-vocabulary.ts';
import { vocabulary } from '../../src/messages/workbook-vocabulary.ts';
import type { Reading } from '../../src/ports/workbook.ts';
import { addressOf, compact, isBannerRow, isEmptyRow, placeOf, sheetPlace, textsOf } from './grid.ts';
import type { Cell, Sheet, Workbook } from './grid.ts';
import { asWritten, isBlank, isSameAsAbove, written, writtenTime } from './item-cells.ts';
import { headerAt } from './item-columns.ts';
import type { ItemColumn, ItemHeader } from './item-columns.ts';

/** Reads every sheet that is a list of items: titles, a header of one row or two, and lines; several tables one under the other. */
export const interpretItemList = (workbook: Workbook, kind: ItemListKind): Reading<BatchList> => {
  const findings: Finding[] = [];
  const batches = workbook.sheets.flatMap((sheet): readonly ListedBatch[] => {
    const read = readSheet(sheet, kind, findings);
    if (read.length === 0) findings.push(warning('ZG_SHEET_SKIPPED', { place: sheetPlace(sheet), params: { reason: 'unrecognised' } }));
    return read;
  });
  if (batches.length === 0)
    return { list: null, findings: [...findings, fault('ZG_NOTHING_RECOGNISED', { params: { file: workbook.fileName, what: kind } })] };
  return { list: { fileName: workbook.fileName, batches }, findings };
};

type Draft = { titles: string[]; lines: ListedLine[]; header: ItemHeader; unread: Set<Cell> };

/** Where the reading of a sheet stands. */
type State = {
  readonly sheet: Sheet;
  readonly kind: ItemListKind;
  readonly drafts: Draft[];
  /** Texts above a header that has not come yet. */
  pending: string[];
  section: Written | undefined;
  /** Cells of the line before, to know what belongs to it and what is said to be the same. */
  before: readonly Cell[] | undefined;
  hasAnswers: boolean;
};

const readSheet = (sheet: Sheet, kind: ItemListKind, findings: Finding[]): readonly ListedBatch[] => {
  const state: State = { sheet, kind, drafts: [], pending: [], section: undefined, before: undefined, hasAnswers: false };
  for (let index = 0; index < sheet.cells.length; index += 1) {
    const row = sheet.cells[index]!;
    if (isEmptyRow(row)) continue;
    const header = headerAt(sheet.cells, index, kind);
    if (header) {
      openTable(state, header);
      index += header.rows - 1;
    } else readRow(state, row);
  }
  const answers = state.drafts.flatMap(({ header }) => header.answers)[0]?.heading;
  if (answers && state.hasAnswers)
    findings.push(warning('ZG_ANSWERS_NOTED', { place: placeOf(sheet, answers), params: { text: compact(answers.text) } }));
  for (const heading of new Set(state.drafts.flatMap(({ unread }) => [...unread])))
    findings.push(warning('ZG_LIST_COLUMN_UNREAD', { place: placeOf(sheet, heading), params: { text: compact(heading.text) } }));
  return state.drafts
    .filter(({ lines }) => lines.length > 0)
    .map(({ titles, lines, header }) =>
      settleNumbers({ sheet: sheet.name, titles, hasNumbers: header.columns.number !== undefined, lines }),
    );
};

/** The same header again is the next page of the same table, unless a title stands between. */
const openTable = (state: State, header: ItemHeader): void => {
  const last = state.drafts.at(-1);
  const isNextPage = last !== undefined && state.pending.length === 0 && last.header.texts === header.texts;
  if (isNextPage) return;
  if (last && last.lines.length === 0) Object.assign(last, { header, titles: [...last.titles, ...state.pending] });
  else state.drafts.push({ titles: state.pending, lines: [], header, unread: new Set() });
  state.pending = [];
  state.section = undefined;
  state.before = undefined;
};

const startsNote = (text: string): boolean =>
  vocabulary.noteStarts.some((start) => (start.length > 1 ? text.startsWith(start) : text.startsWith(start) && !/^\W?\d/.test(text)));

/** A row that is one text across the table, or one text at its beginning. */
const bannerOf = (row: readonly Cell[]): Cell | undefined => {
  const first = row.find(({ text }) => text !== '');
  if (!first || !isBannerRow(row)) return undefined;
  const isWide = row.filter(({ text }) => text !== '').length > 1;
  return isWide || (row[0] === first && first.number === undefined && !/^\W?\d+\W?$/.test(compact(first.text))) ? first : undefined;
};

const isTitle = (text: string): boolean => itemListVocabulary.label.test(text) || listTitleWords.some((word) => text.includes(word));

const readRow = (state: State, row: readonly Cell[]): void => {
  const current = state.drafts.at(-1);
  const texts = textsOf(row);
  if (!current) {
    // Side by side they belong together: what a date is about stands in the cell before it.
    if (!startsNote(compact(texts[0] ?? ''))) state.pending.push(texts.join(' '));
    return;
  }
  const first = compact(texts[0] ?? '');
  const banner = bannerOf(row);
  if (startsNote(first) && (banner || texts.length <= 4)) return;
  if (!banner) {
    readLine(state, current, row);
    return;
  }
  if (!isTitle(first)) state.section = written(state.sheet, banner);
  else if (current.lines.length === 0) current.titles.push(banner.text);
  else {
    // Another batch under the same heading, or its title above a heading of its own.
    state.drafts.push({ titles: [banner.text], lines: [], header: current.header, unread: new Set() });
    state.section = undefined;
    state.before = undefined;
  }
};

/** The numbers of the columns, under the heading: 1, 2, 3 … */
const isColumnNumbers = (row: readonly Cell[]): boolean => {
  const filled = row.filter(({ text }) => text !== '');
  return filled.length > 3 && filled.every(({ text }, index) => text.replace(/[^0-9]/g, '') === String(index + 1));
};

type Present<Fields> = { readonly [key in keyof Fields]?: Exclude<Fields[key], undefined> };

const present = <Fields extends object>(fields: Fields): Present<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<Fields>;

const readLine = (state: State, current: Draft, row: readonly Cell[]): void => {
  const { sheet } = state;
  const { columns, limitSuffix } = current.header;
  const cellOf = (column: ItemColumn): Cell | undefined => {
    const index = columns[column]?.[0];
    const cell = index === undefined ? undefined : row[index];
    return index !== undefined && isSameAsAbove(cell) ? state.before?.[index] : cell;
  };
  const filled = (column: ItemColumn): Cell | undefined => (isBlank(cellOf(column)) ? undefined : cellOf(column));
  const all = (column: ItemColumn): readonly Written[] =>
    (columns[column] ?? []).flatMap((index) => {
      const cell = isSameAsAbove(row[index]) ? state.before?.[index] : row[index];
      return cell && !isBlank(cell) ? [written(sheet, cell)] : [];
    });
  const [number, text] = [filled('number'), filled('text')];
  const units = all('units');
  const coUnits = all('coUnits');
  if (continues(state, current, row)) {
    extend(current, units, coUnits);
    return;
  }
  const hasContent = number ?? text ?? (units.length > 0 ? row[0] : undefined);
  if (!hasContent || isColumnNumbers(row)) return;
  for (const { index, heading } of current.header.unread) if (!isBlank(row[index])) current.unread.add(heading);
  const answers = current.header.answers.flatMap(({ index, heading }) => {
    const cell = isSameAsAbove(row[index]) ? state.before?.[index] : row[index];
    return cell && !isBlank(cell) ? [{ heading: compact(heading.text), text: asWritten(sheet, cell).text.trim() }] : [];
  });
  if (answers.length > 0) state.hasAnswers = true;
  const plain = (column: ItemColumn): string | undefined => {
    const cell = filled(column);
    return cell && asWritten(sheet, cell).text;
  };
  const [line, district, limit, handedOver] = [filled('line'), filled('district'), filled('limit'), filled('handedOver')];
  const numberCell = cellOf('number');
  const textCell = cellOf('text');
  current.lines.push({
    place: placeOf(sheet, hasContent),
    units,
    coUnits,
    ...(line && { line: written(sheet, line) }),
    ...(numberCell && { number: written(sheet, isBlank(numberCell) ? { ...numberCell, text: '' } : numberCell) }),
    ...(textCell && { text: isBlank(textCell) ? { text: '', place: placeOf(sheet, textCell) } : asWritten(sheet, textCell) }),
    ...(answers.length > 0 && { answers }),
    ...(district && { district: written(sheet, district) }),
    ...(limit && { limit: writtenTime(sheet, limit, limitSuffix) }),
    ...(handedOver && { handedOver: writtenTime(sheet, handedOver) }),
    ...present({
      pollution: plain('pollution'),
      batch: plain('batch'),
      source: plain('source'),
      remark: plain('remark'),
      special: plain('special'),
      section: state.section,
    }),
  });
  state.before = row;
};

/** A row that names only more units for the case above it: its number, or where there is none its text, is merged with that one's or blank. */
const continues = ({ before }: State, { lines, header: { columns } }: Draft, row: readonly Cell[]): boolean => {
  if (!before || lines.length === 0) return false;
  const isMore = (column: ItemColumn): boolean => {
    const index = columns[column]?.[0];
    if (index === undefined) return true;
    const cell = row[index];
    const isMerged = cell?.merged !== undefined && before[index] !== undefined && addressOf(before[index]) === cell.merged;
    return isBlank(cell) || isMerged;
  };
  const isBlankAt = (column: ItemColumn): boolean => isBlank(row[columns[column]?.[0] ?? -1]);
  const key: ItemColumn = columns.number ? 'number' : 'text';
  // Blank without any text of its own: a line whose number is missing has one.
  return isMore(key) && (isMore('text') || !isBlankAt(key)) && isMore('line');
};

const extend = (current: Draft, units: readonly Written[], coUnits: readonly Written[]): void => {
  const last = current.lines.at(-1);
  if (!last) return;
  const isNew = (known: readonly Written[]) => (cell: Written) => !known.some(({ place }) => place.cell === cell.place.cell);
  const more = {
    units: [...last.units, ...units.filter(isNew(last.units))],
    coUnits: [...last.coUnits, ...coUnits.filter(isNew(last.coUnits))],
  };
  current.lines[current.lines.length - 1] = { ...last, ...more };
};

/** How many of a column's cells must be counters before it is no column of case numbers. */
const most = 0.6;

const settleNumbers = (batch: ListedBatch): ListedBatch => {
  if (!batch.hasNumbers) return batch;
  const filled = batch.lines.flatMap(({ number }) => (number && number.text !== '' ? [compact(number.text)] : []));
  const counters = filled.filter((text) => /^\d{1,3}$/.test(text)).length;
  if (filled.length === 0 || counters < filled.length * most) return batch;
  const lines = batch.lines.map(({ number, ...line }) => ({ ...line, ...(line.line || !number ? {} : { line: number }) }));
  return { ...batch, hasNumbers: false, lines };
};
