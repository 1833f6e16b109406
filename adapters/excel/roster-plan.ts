import type { Unit } from '../../src/domain/organisation/organisation.ts';
import { unitNamesIn } from '../../src/domain/organisation/unit-names.ts';
import type { DutyRole } from '../../src/domain/roster/roster.ts';
import type { DutyHours } from '../../src/domain/roster/shift-hours.ts';
import { vocabulary } from '../../src/messages/workbook-vocabulary.ts';
import type { RosterHints } from '../../src/ports/workbook.ts';
import { contentOf } from './column-content.ts';
import { isDateCell, readDateCell } from './dates.ts';
import { addressOf, compact, transpose } from './grid.ts';
import type { Cell } from './grid.ts';
import { dutyRoleIn, exactKind, isDateHeader, isExactKind, partKind, personInJoint, withoutPhone } from './header-words.ts';
import { readHoursCell, shiftIn } from './hours.ts';
import { isEmptyMark, readPeople } from './people.ts';

export type Lines = readonly (readonly Cell[])[];

export type DateColumns = { readonly date: number; readonly month?: number; readonly year?: number; readonly through?: number };

export type NameColumn = {
  readonly column: number;
  readonly role?: DutyRole;
  /** Undefined: the row's or the sheet's unit. */
  readonly unit?: Unit;
  readonly mobile?: number;
  readonly hours?: DutyHours;
  readonly shift?: 'day' | 'night';
};

/** What the columns of one table mean: dates down, everything else across. */
export type RosterPlan = {
  readonly dates: DateColumns;
  readonly weekday?: number;
  readonly unit?: number;
  readonly role?: number;
  readonly shift?: number;
  readonly landline?: number;
  readonly remark?: number;
  readonly names: readonly NameColumn[];
  /** Header cells that ought to name a unit and name none that is known. */
  readonly unknownUnits: readonly { readonly cell: Cell; readonly candidates?: readonly string[] }[];
  /** Headings of columns that hold something and mean nothing here. */
  readonly unread: readonly Cell[];
};

export type RosterTable = { readonly plan: RosterPlan; readonly rows: Lines };

/** Lines of a header, at the most. */
const mostHeaderLines = 4;

const headerLinesMax = 12;

/** How much of a column's cells must look like something before that decides. */
const most = 0.6;

const scoreOf = (cells: readonly Cell[]): number => new Set(cells.filter(isDateCell).map(addressOf)).size;

const bestColumn = (lines: Lines): { column: number; score: number } => {
  const scores = (lines[0] ?? []).map((_, column) => scoreOf(lines.map((line) => line[column]!)));
  const score = Math.max(0, ...scores);
  return { column: scores.indexOf(score), score };
};

/** A column of months beside a column of days, by their headers. */
const monthAndDay = (lines: Lines): { row: number; dates: DateColumns } | undefined => {
  for (const [row, line] of lines.slice(0, headerLinesMax).entries()) {
    const month = line.findIndex(({ text }) => isExactKind('month', text));
    if (month < 0) continue;
    const day = line.findIndex(
      ({ text }, index) => index > month && index <= month + 2 && (isExactKind('day', text) || isDateHeader(text)),
    );
    const year = line.findIndex(({ text }) => compact(text) === vocabulary.date.year);
    if (day >= 0) return { row, dates: { date: day, month, ...(year >= 0 ? { year } : {}) } };
  }
  return undefined;
};

const isMonthText = (text: string): boolean =>
  new RegExp(`^(?:\\d{4}${vocabulary.date.year})?\\d{1,2}${vocabulary.date.month}$`).test(compact(text));

/** A month that stands once over its days: a column of months beside one of days, whatever their headings. */
const monthBesideDays = (lines: Lines): { row: number; dates: DateColumns } | undefined => {
  const width = lines[0]?.length ?? 0;
  for (let month = 0; month + 1 < width; month += 1) {
    const first = lines.findIndex((line) => isMonthText(line[month]?.text ?? ''));
    if (first < 0) continue;
    const day = month + 1;
    const days = lines.slice(first).filter((line) => line[day] !== undefined && readDateCell(line[day], true) !== null);
    if (days.length >= 2 && days.length >= (lines.length - first) * most) return { row: first - 1, dates: { date: day, month } };
  }
  return undefined;
};

/** A column of bare days under a header that says so; the month stands in a title. */
const bareDays = (lines: Lines): { row: number; dates: DateColumns } | undefined => {
  for (const [row, line] of lines.slice(0, headerLinesMax).entries()) {
    const date = line.findIndex(({ text }) => isDateHeader(text));
    if (date < 0) continue;
    const below = lines.slice(row + 1).filter((next) => next[date] !== undefined && readDateCell(next[date], true));
    if (below.length > 0) return { row, dates: { date } };
  }
  return undefined;
};

const startAndEnd = (lines: Lines, first: number, date: number): number | undefined => {
  const above = lines.slice(0, first);
  const isStart = above.some((line) => isExactKind('startDate', line[date]?.text ?? ''));
  const end = (lines[0] ?? []).findIndex(
    (_, column) => column > date && above.some((line) => isExactKind('endDate', line[column]?.text ?? '')),
  );
  return isStart && end >= 0 ? end : undefined;
};

/** The lines with dates down, turned round where the dates stand across; and where those dates are. */
const orient = (lines: Lines): { lines: Lines; first: number; dates: DateColumns } | undefined => {
  const turned = transpose(lines);
  const split = [lines, turned].flatMap((one) => {
    const found = monthAndDay(one) ?? monthBesideDays(one);
    return found ? [{ lines: one, first: found.row + 1, dates: found.dates }] : [];
  })[0];
  if (split) return split;
  const down = bestColumn(lines);
  const across = bestColumn(turned);
  // Two headings of dates in a row are two tables side by side, however short they are.
  const isSideBySide = lines.some((line) => new Set(line.filter(({ text }) => isDateHeader(text)).map(addressOf)).size > 1);
  const chosen = across.score > down.score && !isSideBySide ? { lines: turned, ...across } : { lines, ...down };
  if (chosen.score > 0) {
    const first = chosen.lines.findIndex((line) => line[chosen.column] !== undefined && isDateCell(line[chosen.column]!));
    const through = startAndEnd(chosen.lines, first, chosen.column);
    return { lines: chosen.lines, first, dates: { date: chosen.column, ...(through === undefined ? {} : { through }) } };
  }
  const bare = [lines, turned].flatMap((one) => {
    const found = bareDays(one);
    return found ? [{ lines: one, first: found.row + 1, dates: found.dates }] : [];
  })[0];
  return bare;
};

/** The tables of a sheet whose titles and notes have been taken away: one under the other, or side by side. */
export const findTables = (lines: Lines, hints: RosterHints): readonly RosterTable[] => {
  const oriented = orient(lines);
  if (!oriented) return [];
  const blocks = blocksOf(oriented.lines, oriented.first, oriented.dates);
  return blocks.flatMap(({ dates, from, to }) => stackedTables(oriented.lines, oriented.first, dates, from, to, hints));
};

/** Columns from one date column to the next; what stands before the first belongs to the first. */
const blocksOf = (lines: Lines, first: number, dates: DateColumns): readonly { dates: DateColumns; from: number; to: number }[] => {
  const width = lines[0]?.length ?? 0;
  if (dates.month !== undefined || dates.through !== undefined) return [{ dates, from: 0, to: width }];
  const above = lines.slice(0, first);
  const starts = Array.from({ length: width }, (_, column) => column).filter(
    (column) =>
      column === dates.date ||
      (above.some((line) => isDateHeader(line[column]?.text ?? '')) &&
        lines.slice(first).some((line) => line[column] !== undefined && isDateCell(line[column]))),
  );
  return starts.map((date, index) => ({ dates: { date }, from: index === 0 ? 0 : date, to: starts[index + 1] ?? width }));
};

const stackedTables = (
  lines: Lines,
  first: number,
  dates: DateColumns,
  from: number,
  to: number,
  hints: RosterHints,
): readonly RosterTable[] => {
  const tables: RosterTable[] = [];
  let header = lines.slice(Math.max(0, first - mostHeaderLines), first);
  let rows: (readonly Cell[])[] = [];
  const close = (): void => {
    if (rows.length > 0) tables.push({ plan: planColumns(header, rows, dates, from, to, hints), rows });
    rows = [];
  };
  for (const line of lines.slice(first)) {
    const cell = line[dates.date];
    const isHeader =
      cell !== undefined && (isDateHeader(cell.text) || isExactKind('day', cell.text)) && !isDateCell(cell) && cell.number === undefined;
    if (!isHeader) {
      rows.push(line);
      continue;
    }
    if (rows.length > 0) {
      close();
      header = [];
    }
    header = [...header, line];
  }
  close();
  return tables;
};

const headerTexts = (header: Lines, column: number): readonly Cell[] => {
  const seen = new Map<string, Cell>();
  for (const line of header) {
    const cell = line[column];
    if (cell && cell.text !== '') seen.set(addressOf(cell), cell);
  }
  return [...seen.values()];
};

type UnitOfHeader = { readonly unit?: Unit; readonly candidates?: readonly string[] };

const unitOf = (cells: readonly Cell[], hints: RosterHints): UnitOfHeader => {
  for (const { text } of cells) {
    const match = hints.findUnit(withoutPhone(text));
    if (match.status === 'found') return { unit: match.unit };
    if (match.status === 'ambiguous') return { candidates: match.candidates };
    const mentions = unitNamesIn(hints.names, text);
    const [only] = mentions;
    if (mentions.length === 1 && only?.match.status === 'found' && dutyRoleIn(text)) return { unit: only.match.unit };
  }
  return {};
};

const isMostly = (rows: Lines, column: number, test: (cell: Cell) => boolean): boolean => {
  const filled = rows.flatMap((row) => (row[column] && row[column].text !== '' ? [row[column]] : []));
  return filled.length > 0 && filled.filter(test).length >= filled.length * most;
};

type Draft = { -readonly [K in keyof RosterPlan]: RosterPlan[K] } & {
  names: NameColumn[];
  unknownUnits: { cell: Cell; candidates?: readonly string[] }[];
  unread: Cell[];
};

const readHeading = (header: Lines, rows: Lines, column: number, hints: RosterHints) => {
  const cells = headerTexts(header, column);
  const texts = cells.map(({ text }) => personInJoint(text) ?? text);
  const exact = texts.map(exactKind).findLast((one) => one !== undefined);
  const kind = exact ?? texts.map(partKind).findLast((one) => one !== undefined);
  const duty = texts.map((text) => (exactKind(text) ? undefined : dutyRoleIn(text))).findLast((one) => one !== undefined);
  const isJoint = cells.some(({ text }) => personInJoint(text) !== undefined);
  const content = contentOf(rows.map((row) => row[column]?.text ?? ''));
  return { column, cells, texts, kind, duty, isJoint, content, ...unitOf(cells, hints) };
};

type Heading = ReturnType<typeof readHeading>;

const isPhoneKind = ({ kind }: Heading): boolean => kind === 'mobile' || kind === 'landline';

/** Where a heading names a post and a number alike, the cells below say which of the two stands there. */
const settle = (heading: Heading, headings: readonly Heading[]): Heading => {
  if (heading.duty === undefined && heading.unit === undefined && !heading.isJoint) return heading;
  const isNamedElsewhere = headings.some(
    (other) => other !== heading && other.duty === heading.duty && other.unit === heading.unit && isNameHeading(other),
  );
  if (isPhoneKind(heading) && heading.content === 'namesAndPhones' && !isNamedElsewhere) return { ...heading, kind: 'person' };
  return heading.isJoint && !isPhoneKind(heading) && heading.content === 'phones' && isNamedElsewhere
    ? { ...heading, kind: 'mobile' }
    : heading;
};

const isNameHeading = (heading: Heading): boolean =>
  !isPhoneKind(heading) && heading.content !== 'phones' && (heading.duty !== undefined || heading.kind === 'person');

const planColumns = (header: Lines, rows: Lines, dates: DateColumns, from: number, to: number, hints: RosterHints): RosterPlan => {
  const plan: Draft = { dates, names: [], unknownUnits: [], unread: [] };
  const dateColumns = new Set([dates.date, dates.month, dates.year, dates.through]);
  const others: { cell: Cell; column: number; candidates?: readonly string[] }[] = [];
  const columns = Array.from({ length: to - from }, (_, index) => from + index).filter((column) => !dateColumns.has(column));
  const headings = columns.map((column) => readHeading(header, rows, column, hints));
  for (const heading of headings) {
    const { column, cells, texts, kind, duty, unit, candidates } = settle(heading, headings);
    const hours = texts.map(readHoursCell).find((one) => one !== undefined);
    const shift = texts.map(shiftIn).find((one) => one !== undefined);
    if (kind === 'number' || kind === 'title' || kind === 'section') continue;
    if (kind === 'weekday') plan.weekday ??= column;
    else if (kind === 'landline') plan.landline ??= column;
    else if (kind === 'remark') plan.remark ??= column;
    else if (kind === 'mobile') {
      if (!giveMobile(plan.names, column)) plan.unread.push(...cells.slice(-1));
    } else if (kind === 'unit' && !unit) plan.unit ??= column;
    else if (kind === 'role' && isMostly(rows, column, ({ text }) => dutyRoleIn(text) !== undefined)) plan.role ??= column;
    else if (isShiftColumn(kind, rows, column)) plan.shift ??= column;
    else if (unit || duty || kind === 'person' || hours || shift) {
      plan.names.push({
        column,
        ...(duty === undefined ? {} : { role: duty }),
        ...(unit === undefined ? {} : { unit }),
        ...(hours === undefined ? {} : { hours }),
        ...(shift === undefined ? {} : { shift }),
      });
    } else if (isMostly(rows, column, ({ text }) => hints.findUnit(text).status === 'found')) plan.unit ??= column;
    else if (cells.at(-1)) others.push({ cell: cells.at(-1)!, column, ...(candidates === undefined ? {} : { candidates }) });
  }
  // Beside columns of units, or where no heading is known at all, people under a strange heading belong to a unit that nobody knows.
  const isMatrix = plan.names.some(({ unit }) => unit !== undefined) || (plan.names.length === 0 && plan.unit === undefined);
  const holdsPeople = ({ text }: Cell): boolean => {
    const { people, phones } = readPeople(text, hints.isKnownName);
    return phones.length > 0 || people.some(({ name, mobile }) => mobile !== undefined || hints.isKnownName(name));
  };
  plan.unknownUnits = isMatrix ? others.filter(({ column }) => isMostly(rows, column, holdsPeople)) : [];
  const isFilled = (column: number): boolean => rows.some((row) => !isEmptyMark(row[column]?.text ?? ''));
  const ignored = others.filter((other) => !plan.unknownUnits.includes(other) && isFilled(other.column));
  plan.unread.push(...ignored.map(({ cell }) => cell));
  return plan;
};

const isShiftColumn = (kind: string | undefined, rows: Lines, column: number): boolean =>
  (kind === 'shift' || kind === 'role' || kind === 'date') &&
  isMostly(rows, column, ({ text }) => readHoursCell(text) !== undefined || shiftIn(text) !== undefined);

/** A column of numbers belongs to the names on its left; false where there are none that want it. */
const giveMobile = (names: NameColumn[], mobile: number): boolean => {
  const last = names.at(-1);
  if (!last || last.mobile !== undefined) return false;
  names[names.length - 1] = { ...last, mobile };
  return true;
};

/** Whether a plan names people at all: a sheet with dates alone is no roster. */
export const hasNames = ({ plan }: RosterTable): boolean => plan.names.length > 0 || plan.unknownUnits.length > 0;
