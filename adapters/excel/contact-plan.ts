import type { AppointmentRole } from '../../src/domain/organisation/organisation.ts';
import { foldName, kindOfName } from '../../src/domain/organisation/unit-names.ts';
import { unitVocabulary } from '../../src/messages/workbook-vocabulary.ts';
import { addressOf, compact, isBannerRow, isEmptyRow } from './grid.ts';
import type { Cell, Sheet } from './grid.ts';
import { contentOf } from './column-content.ts';
import type { ColumnContent } from './column-content.ts';
import { appointmentRoleIn, exactKind, isDateHeader, partKind, personInJoint } from './header-words.ts';
import type { ColumnKind } from './header-words.ts';
import { findPhones } from './phones.ts';

/** Which columns tell of one person: the name's, and what stands beside it. */
export type PersonColumns = {
  readonly name: number;
  readonly role?: AppointmentRole;
  readonly roleColumn?: number;
  readonly mobile?: number;
  readonly title?: number;
  readonly landline?: number;
  readonly email?: number;
};

export type ContactPlan = {
  /** Index of the first row below the header. */
  readonly firstRow: number;
  /** The column of units or groups, and its header, to know it again on the next page; -1: the sheet's name is the unit's. */
  readonly bodyColumn: number;
  readonly bodyHeader: string;
  readonly isGroups: boolean;
  /** One person a row, rather than one body a row. */
  readonly isPersonRows: boolean;
  readonly introducesUnits: boolean;
  readonly persons: readonly PersonColumns[];
  readonly defaultRole?: AppointmentRole;
  /** Headings of columns that hold something and mean nothing here. */
  readonly unread: readonly Cell[];
};

/** A header stands within the first rows, below titles. */
const mostRowsAbove = 15;

type Column = {
  readonly kind: ColumnKind | undefined;
  readonly role: AppointmentRole | undefined;
  readonly text: string;
  readonly content: ColumnContent;
  readonly isJoint: boolean;
  readonly heading: Cell | undefined;
};

const classify = (headings: readonly Cell[], content: ColumnContent): Column => {
  const texts = headings.map(({ text }) => personInJoint(text) ?? text);
  const exact = texts.map(exactKind).findLast((kind) => kind !== undefined);
  const role = texts.map((text) => (exactKind(text) ? undefined : appointmentRoleIn(text))).findLast((one) => one !== undefined);
  const part = texts.map(partKind).findLast((kind) => kind !== undefined);
  const kind = exact ?? (role ? (part ?? 'person') : part);
  const isJoint = headings.some(({ text }) => personInJoint(text) !== undefined);
  return { kind, role, text: headings.map(({ text }) => compact(text)).join(''), content, isJoint, heading: headings.at(-1) };
};

/** Where a heading names a person and a number alike, the cells below say which of the two stands there. */
const settle = (column: Column, columns: readonly Column[]): Column => {
  if (column.role === undefined && !column.isJoint) return column;
  const isNamedElsewhere = columns.some((other) => other !== column && other.role === column.role && isNameColumn(other));
  const isPhone = column.kind === 'mobile' || column.kind === 'landline';
  if (isPhone && column.content === 'namesAndPhones' && !isNamedElsewhere) return { ...column, kind: 'person' };
  return column.kind === 'person' && column.isJoint && column.content === 'phones' && isNamedElsewhere
    ? { ...column, kind: 'mobile' }
    : column;
};

const isNameColumn = ({ kind, role, content }: Column): boolean =>
  (kind === 'person' || (kind === undefined && role !== undefined)) && content !== 'phones';

const isKnown = (text: string): boolean =>
  exactKind(text) !== undefined || appointmentRoleIn(text) !== undefined || partKind(text) !== undefined;

const knownCells = (row: readonly Cell[]): readonly Cell[] => row.filter((cell) => cell.text !== '' && isKnown(cell.text));

const looksLikeHeader = (row: readonly Cell[]): boolean =>
  !isBannerRow(row) &&
  row.every(({ text, number }) => number === undefined && findPhones(text).length === 0) &&
  knownCells(row).length >= 2;

/** Below a first header row a second one names the columns under each heading. */
const isSecondHeader = (row: readonly Cell[]): boolean => {
  const filled = row.filter(({ text }) => text !== '');
  return looksLikeHeader(row) && filled.every(({ text }) => isKnown(text));
};

const headerAt = (cells: Sheet['cells']): { first: number; last: number } | undefined => {
  for (let index = 0; index < Math.min(cells.length, mostRowsAbove); index += 1) {
    const row = cells[index];
    if (!row || isEmptyRow(row) || !looksLikeHeader(row)) continue;
    const next = cells[index + 1];
    return { first: index, last: next && isSecondHeader(next) ? index + 1 : index };
  }
  return undefined;
};

/** The columns of a contact list, or undefined where the sheet is none. */
export const planContacts = (sheet: Sheet): ContactPlan | undefined => {
  const header = headerAt(sheet.cells);
  if (!header) return undefined;
  const rows = sheet.cells.slice(header.first, header.last + 1);
  const width = rows[0]?.length ?? 0;
  const below = sheet.cells.slice(header.last + 1);
  const classified = Array.from({ length: width }, (_, index) => {
    const seen = new Map(rows.flatMap((row) => (row[index] && row[index].text !== '' ? [[addressOf(row[index]), row[index]]] : [])));
    return classify([...seen.values()], contentOf(below.filter((row) => !isBannerRow(row)).map((row) => row[index]?.text ?? '')));
  });
  const columns = classified.map((column) => settle(column, classified));
  // A column of dates makes it a roster.
  if (columns.some(({ text, kind }) => isDateHeader(text) || kind === 'date' || kind === 'weekday')) return undefined;
  const persons = personsOf(columns);
  if (persons.length === 0) return undefined;
  const groupRoles = persons.some(({ role }) => role === 'groupLeader' || role === 'member');
  const groupColumn = columns.findIndex(({ kind }) => kind === 'group');
  const isGroups = groupColumn >= 0 || groupRoles;
  const unitColumn = columns.findIndex(({ kind }) => kind === 'unit');
  const unnamed = columns.findIndex(({ kind, role }, index) => kind === undefined && role === undefined && index < (persons[0]?.name ?? 0));
  const bodyColumn = groupColumn >= 0 ? groupColumn : unitColumn >= 0 ? unitColumn : unnamed;
  if (bodyColumn < 0 && (isGroups || !isUnitName(sheet.name))) return undefined;
  const isPersonRows = persons.every(({ role }) => role === undefined);
  const defaultRole = isPersonRows ? defaultRoleOf(sheet, header.first, isGroups) : undefined;
  return {
    firstRow: header.last + 1,
    bodyColumn,
    bodyHeader: columns[bodyColumn]?.text ?? '',
    isGroups,
    isPersonRows,
    introducesUnits:
      persons.some(({ role }) => role === 'principal' || role === 'liaison' || role === 'contact') ||
      (isPersonRows && namesRoles(sheet, persons, bodyColumn < 0)),
    persons,
    unread: unreadColumns(columns, bodyColumn, persons),
    ...(defaultRole === undefined ? {} : { defaultRole }),
  };
};

/** What a contact list has beside people and is not asked for. */
const unasked: readonly (ColumnKind | undefined)[] = ['number', 'remark', 'title', 'section', 'unit', 'group', 'role'];

const unreadColumns = (columns: readonly Column[], bodyColumn: number, persons: readonly PersonColumns[]): readonly Cell[] => {
  const read = new Set([
    bodyColumn,
    ...persons.flatMap(({ name, mobile, landline, title, email }) => [name, mobile, landline, title, email]),
  ]);
  return columns.flatMap(({ kind, heading, content }, index) =>
    heading && !read.has(index) && content !== 'nothing' && !unasked.includes(kind) ? [heading] : [],
  );
};

/** A list of one person a row whose role column speaks of liaisons introduces units as well. */
const namesRoles = (sheet: Sheet, persons: readonly PersonColumns[], alsoAsTitles: boolean): boolean =>
  persons.some(({ roleColumn, title }) => {
    const column = roleColumn ?? (alsoAsTitles ? title : undefined);
    if (column === undefined) return false;
    return sheet.cells.some((row) => ['liaison', 'contact', 'principal'].includes(appointmentRoleIn(row[column]?.text ?? '') ?? ''));
  });

/** A sheet for each unit: its name says which, where it is a body's and not a word for a list. */
const isUnitName = (name: string): boolean => kindOfName(name, unitVocabulary) !== 'department' || isDepartmentName(name);

const isDepartmentName = (name: string): boolean => unitVocabulary.departmentEnds.some((end) => foldName(name).endsWith(end));

const personsOf = (columns: readonly Column[]): readonly PersonColumns[] => {
  const names = columns.flatMap(({ kind, role }, index) =>
    kind === 'person' || (role !== undefined && kind === undefined) ? [index] : [],
  );
  const roleColumn = columns.findIndex(({ kind }) => kind === 'role');
  return names.map((name, order): PersonColumns => {
    const next = names[order + 1] ?? columns.length;
    const role = columns[name]?.role;
    const own = (kind: ColumnKind): number | undefined => {
      const beside = columns.findIndex((column, index) => index > name && index < next && column.kind === kind);
      const named = columns.findIndex((column) => column.kind === kind && column.role !== undefined && column.role === role);
      // With one person a row it is the row's, wherever it stands.
      const anywhere = names.length === 1 && role === undefined ? columns.findIndex((column) => column.kind === kind) : -1;
      const found = named >= 0 ? named : beside >= 0 ? beside : anywhere;
      const isOthers = found >= 0 && columns[found]?.role !== undefined && columns[found].role !== role;
      return found < 0 || isOthers ? undefined : found;
    };
    const mobile = own('mobile');
    const title = own('title') ?? own('section');
    const landline = own('landline');
    const email = own('email');
    return {
      name,
      ...(role === undefined ? {} : { role }),
      ...(role === undefined && roleColumn >= 0 ? { roleColumn } : {}),
      ...(mobile === undefined ? {} : { mobile }),
      ...(title === undefined ? {} : { title }),
      ...(landline === undefined ? {} : { landline }),
      ...(email === undefined ? {} : { email }),
    };
  });
};

/** What the people of a plain list are, by the sheet's name and titles. */
const defaultRoleOf = (sheet: Sheet, headerRow: number, isGroups: boolean): AppointmentRole | undefined => {
  const titles = sheet.cells.slice(0, headerRow).map((row) => row.find(({ text }) => text !== '')?.text ?? '');
  for (const text of [sheet.name, ...titles]) {
    const role = appointmentRoleIn(text);
    if (role === 'dutyOfficer' || role === 'shiftLeader') return role;
    if (isGroups) return 'member';
    if (role === 'liaison' || role === 'contact') return role;
  }
  return isGroups ? 'member' : undefined;
};
