import { fault, warning } from '../../src/domain/organisation/finding.ts';
import type { Finding } from '../../src/domain/organisation/finding.ts';
import type { Unit } from '../../src/domain/organisation/organisation.ts';
import { unitNamesIn } from '../../src/domain/organisation/unit-names.ts';
import type { ListedDay, RosterList } from '../../src/domain/roster/roster-list.ts';
import type { HoursRule } from '../../src/domain/roster/shift-hours.ts';
import { vocabulary } from '../../src/messages/workbook-vocabulary.ts';
import type { Reading, RosterHints } from '../../src/ports/workbook.ts';
import { isDateCell } from './dates.ts';
import { compact, isBannerRow, isEmptyRow, sheetPlace, textsOf } from './grid.ts';
import type { Cell, Sheet, Workbook } from './grid.ts';
import { dutyRoleIn, isExactKind } from './header-words.ts';
import { readHoursNote } from './hours.ts';
import { findTables, hasNames } from './roster-plan.ts';
import type { Lines } from './roster-plan.ts';
import { readTable } from './roster-rows.ts';
import { buildDateResolver } from './years.ts';

/** A sheet without its titles and notes. */
type Parted = { readonly sheet: Sheet; readonly body: Lines; readonly titles: readonly string[]; readonly notes: readonly string[] };

/** Reads every sheet that is a roster: a table of roles, a matrix of units, a list, or any of them turned round. */
export const interpretRoster = (workbook: Workbook, hints: RosterHints): Reading<RosterList> => {
  const findings: Finding[] = [];
  const days: ListedDay[] = [];
  const parted = workbook.sheets.map(part);
  const ownHours = parted.map(({ titles, notes }) => [...notes, ...titles].map(readHoursNote).find((rules) => rules.length > 0));
  // A note on one sheet speaks for those that have none, unless sheets disagree.
  const stated = ownHours.filter((rules) => rules !== undefined);
  const shared = new Set(stated.map((rules) => JSON.stringify(rules))).size === 1 ? stated[0] : undefined;
  let tables = 0;
  for (const [index, one] of parted.entries()) {
    const elsewhere = parted.filter((other) => other !== one).flatMap(({ sheet, titles }) => [...titles, sheet.name]);
    const found = readSheet(one, [...elsewhere, workbook.fileName], ownHours[index] ?? shared, hints, findings);
    if (found === null) findings.push(warning('ZG_SHEET_SKIPPED', { place: sheetPlace(one.sheet), params: { reason: 'unrecognised' } }));
    else {
      tables += 1;
      days.push(...found);
    }
  }
  if (tables === 0) {
    return { list: null, findings: [...findings, fault('ZG_NOTHING_RECOGNISED', { params: { file: workbook.fileName, what: 'roster' } })] };
  }
  return { list: { days }, findings };
};

const startsNote = (text: string): boolean => vocabulary.noteStarts.some((start) => compact(text).startsWith(start));

/** Notes may share their row with a signature; a title stands above everything else. */
const part = (sheet: Sheet): Parted => {
  const titles: string[] = [];
  const notes: string[] = [];
  const body: (readonly Cell[])[] = [];
  for (const row of sheet.cells) {
    if (isEmptyRow(row)) continue;
    const first = row.find(({ text }) => text !== '');
    const isData = row.some((cell) => cell.text !== '' && isDateCell(cell)) && !isMergedBanner(row);
    if (isBannerRow(row) && !isData && (body.length === 0 || isMergedBanner(row) || startsNote(first?.text ?? ''))) {
      (body.length === 0 ? titles : notes).push(...textsOf(row));
    } else if (body.length > 0 && !isData && first && startsNote(first.text) && !isHeaderRow(row)) notes.push(...textsOf(row));
    else body.push(row);
  }
  return { sheet, body: trimColumns(body), titles, notes };
};

const isMergedBanner = (row: readonly Cell[]): boolean => isBannerRow(row) && row.filter(({ text }) => text !== '').length > 1;

const isHeaderRow = (row: readonly Cell[]): boolean => textsOf(row).length > 3;

const trimColumns = (body: Lines): Lines => {
  const used = (body[0] ?? []).map((_, column) => body.some((row) => row[column]?.text !== ''));
  return body.map((row) => row.filter((_, column) => used[column]));
};

const readSheet = (
  { sheet, body, titles, notes }: Parted,
  elsewhere: readonly string[],
  hours: readonly HoursRule[] | undefined,
  hints: RosterHints,
  findings: Finding[],
): readonly ListedDay[] | null => {
  const dated = findTables(body, hints).filter(hasNames);
  const tables = dated.length > 0 ? dated : findTables(withDate(body, [...titles, sheet.name]), hints).filter(hasNames);
  if (tables.length === 0) return null;
  const texts = [...titles, sheet.name, ...notes, ...elsewhere];
  const unit = unitOfSheet(sheet, titles, hints);
  const dates = buildDateResolver({ texts, ...(hints.year === undefined ? {} : { asked: hints.year }) });
  return tables.flatMap((table) => readTable({ sheet, table, unit, hours, dates, hints, findings }));
};

const { year, month, days } = vocabulary.date;
const dayInTitle = new RegExp(`(?:\\d{4}${year})?\\d{1,2}${month}\\d{1,2}[${days.join('')}](?!\\s*[-~\\u2010-\\u2015])`, 'g');

/** A sheet for one day, which its title or its name says: the day beside every row. Nothing where the texts name more than one. */
const withDate = (body: Lines, texts: readonly string[]): Lines => {
  const named = texts.map((text) => compact(text).match(dayInTitle) ?? []).find((found) => found.length > 0) ?? [];
  const header = body.findIndex((row) => row.some(({ text }) => isExactKind('unit', text) || dutyRoleIn(text) !== undefined));
  if (named.length !== 1 || header < 0) return [];
  return body.slice(header).map((row, index) => {
    const first = row[0];
    const text = index === 0 ? vocabulary.headers.date[2] : (named[0] ?? '');
    return first ? [{ address: first.address, row: first.row, text }, ...row] : row;
  });
};

/** The sheet's name says it first, then its titles; a region named beside the bureau is the one that is meant. */
const unitOfSheet = (sheet: Sheet, titles: readonly string[], hints: RosterHints): Unit | undefined => {
  for (const text of [sheet.name, ...titles]) {
    const match = hints.findUnit(text);
    if (match.status === 'found') return match.unit;
    const found = unitNamesIn(hints.names, text).flatMap((mention) => (mention.match.status === 'found' ? [mention.match.unit] : []));
    const units = [...new Set(found)];
    const regions = units.filter(({ kind }) => kind !== 'bureau');
    const [only] = regions.length > 0 ? regions : units;
    if (only && (regions.length === 1 || units.length === 1)) return only;
  }
  return undefined;
};
