import type { ContactList, ListedAppointment, ListedGroup, ListedPerson, ListedUnit } from '../../src/domain/organisation/contact-list.ts';
import { fault, warning } from '../../src/domain/organisation/finding.ts';
import type { Finding } from '../../src/domain/organisation/finding.ts';
import type { AppointmentRole } from '../../src/domain/organisation/organisation.ts';
import { kindOfName } from '../../src/domain/organisation/unit-names.ts';
import { unitVocabulary, vocabulary } from '../../src/messages/workbook-vocabulary.ts';
import type { Reading } from '../../src/ports/workbook.ts';
import { planContacts } from './contact-plan.ts';
import type { ContactPlan, PersonColumns } from './contact-plan.ts';
import { addressOf, compact, isBannerRow, isEmptyRow, placeOf, sheetPlace, transpose } from './grid.ts';
import type { Cell, Sheet, Workbook } from './grid.ts';
import { appointmentRoleIn, appointmentRolesIn } from './header-words.ts';
import { isEmptyMark, readPeople } from './people.ts';
import type { ReadPerson } from './people.ts';
import { readEmails } from './emails.ts';
import { readPhones } from './phones.ts';

type Draft = { units: ListedUnit[]; groups: ListedGroup[]; appointments: ListedAppointment[]; findings: Finding[] };

/** Reads every sheet that is a contact list: units with their people, groups with theirs, or one person a row. */
export const interpretContacts = (workbook: Workbook): Reading<ContactList> => {
  const draft: Draft = { units: [], groups: [], appointments: [], findings: [] };
  let tables = 0;
  for (const sheet of workbook.sheets) {
    const plan = planContacts(sheet);
    const turned = plan ? undefined : turn(sheet);
    const turnedPlan = turned && planContacts(turned);
    if (plan || (turned && turnedPlan)) {
      tables += 1;
      if (plan) readSheet(sheet, plan, draft);
      else if (turned && turnedPlan) readSheet(turned, turnedPlan, draft);
    } else draft.findings.push(warning('ZG_SHEET_SKIPPED', { place: sheetPlace(sheet), params: { reason: 'unrecognised' } }));
  }
  if (tables === 0 || draft.appointments.length + draft.findings.filter(({ severity }) => severity === 'error').length === 0) {
    return {
      list: null,
      findings: [...draft.findings, fault('ZG_NOTHING_RECOGNISED', { params: { file: workbook.fileName, what: 'contacts' } })],
    };
  }
  const { findings, ...list } = draft;
  return { list, findings };
};

/** Units across and roles down, the other way round; titles and notes would become headings. */
const turn = (sheet: Sheet): Sheet => ({
  ...sheet,
  cells: transpose(sheet.cells.filter((row) => !isEmptyRow(row) && !(isBannerRow(row) && row[0]?.text !== ''))),
});

type Body = { readonly name: string; readonly isGroup: boolean; readonly cell: Cell };

const readSheet = (sheet: Sheet, plan: ContactPlan, draft: Draft): void => {
  for (const cell of plan.unread)
    draft.findings.push(warning('ZG_COLUMN_UNREAD', { place: placeOf(sheet, cell), params: { text: compact(cell.text) } }));
  const seen = new Set<string>();
  const introduced = new Set<string>();
  const isSheetOfUnit = plan.bodyColumn < 0;
  let above: Cell | undefined = isSheetOfUnit ? { address: '', row: 0, text: sheet.name } : undefined;
  for (const row of sheet.cells.slice(plan.firstRow)) {
    if (isEmptyRow(row) || isNote(row, plan)) continue;
    const own = row[plan.bodyColumn];
    const isBlank = !own || isEmptyMark(own.text) || (vocabulary.sameAsAbove as readonly string[]).includes(compact(own.text));
    // In a list of one person a row the body stands once, above its people.
    const cell = !isBlank ? own : plan.isPersonRows || isSheetOfUnit ? above : undefined;
    const hasPeople = plan.persons.some(({ name }) => !isEmptyMark(row[name]?.text ?? ''));
    if (!cell) {
      if (hasPeople) draft.findings.push(fault('ZG_UNIT_MISSING', { place: placeOf(sheet, own ?? row[0]!) }));
      continue;
    }
    above = cell;
    const body: Body = { name: bodyName(cell.text, plan.isGroups), isGroup: plan.isGroups, cell };
    introduce(sheet, body, plan, introduced, draft);
    for (const columns of plan.persons) readColumns(sheet, row, columns, body, plan, seen, draft);
  }
};

const bodyName = (text: string, isGroup: boolean): string => {
  const bare = compact(text);
  return isGroup && (vocabulary.office.names as readonly string[]).includes(bare) ? vocabulary.office.fullName : bare;
};

const isNote = (row: readonly Cell[], plan: ContactPlan): boolean => {
  const first = compact(row.find(({ text }) => text !== '')?.text ?? '');
  if (compact(row[plan.bodyColumn]?.text ?? '') === plan.bodyHeader && plan.bodyHeader !== '') return true;
  if (vocabulary.noteStarts.some((start) => first.startsWith(start))) return true;
  return (
    isBannerRow(row) &&
    row.length > 1 &&
    !isEmptyMark(row[plan.bodyColumn]?.text ?? '') &&
    row[plan.bodyColumn]?.merged !== undefined &&
    isWide(row)
  );
};

/** One text across most of the table: a heading between rows, or a note. */
const isWide = (row: readonly Cell[]): boolean => row.filter(({ text }) => text !== '').length > Math.max(1, row.length / 2);

const introduce = (sheet: Sheet, body: Body, plan: ContactPlan, introduced: Set<string>, draft: Draft): void => {
  const key = addressOf(body.cell);
  if (introduced.has(key)) return;
  introduced.add(key);
  const place = placeOf(sheet, body.cell);
  if (body.isGroup) {
    draft.groups.push({ name: body.name, isOffice: body.name === vocabulary.office.fullName, place });
    return;
  }
  const kind = kindOfName(body.name, unitVocabulary);
  if (kind === 'bureau') draft.units.push({ name: body.name, kind, place });
  else if (plan.introducesUnits) {
    const isDepartment = vocabulary.departmentSheets.some((word) => sheet.name.includes(word));
    draft.units.push({ name: body.name, ...(isDepartment ? { kind: 'department' as const } : {}), place });
  }
};

const readColumns = (
  sheet: Sheet,
  row: readonly Cell[],
  columns: PersonColumns,
  body: Body,
  plan: ContactPlan,
  seen: Set<string>,
  draft: Draft,
): void => {
  const cell = row[columns.name];
  if (!cell) return;
  const key = `${addressOf(cell)} ${columns.name}`;
  if (cell.merged !== undefined && seen.has(key)) return;
  seen.add(key);
  const place = placeOf(sheet, cell);
  const texts = { mobile: textAt(row, columns.mobile), title: textAt(row, columns.title), landline: textAt(row, columns.landline) };
  const read = readPeople(isEmptyMark(cell.text) ? '' : cell.text);
  for (const { code, text } of read.problems) draft.findings.push(problemOf(code, place, text));
  if (read.people.length === 0) {
    const hasNumber = texts.mobile !== '' && readPhones(texts.mobile).length > 0;
    if ((hasNumber || read.phones.length > 0) && read.problems.length === 0)
      draft.findings.push(fault('ZG_NAME_MISSING', { place, unit: body.name }));
    return;
  }
  const mobileCell = columns.mobile === undefined ? cell : (row[columns.mobile] ?? cell);
  const numbered = withNumbers(read.people, texts.mobile, sheet, mobileCell, draft.findings);
  const people = withAddresses(
    numbered,
    textAt(row, columns.email),
    placeOf(sheet, row[columns.email ?? columns.name] ?? cell),
    draft.findings,
  );
  const roles = rolesOf(columns, row, texts.title);
  for (const person of people) {
    const listed = listedOf(person, texts, people.length, place);
    const own = roles.length > 0 ? roles : person.title === undefined ? [] : appointmentRolesIn(person.title);
    const chosen = own.length > 0 ? own : plan.defaultRole ? [plan.defaultRole] : [];
    if (chosen.length === 0) draft.findings.push(fault('ZG_ROLE_UNKNOWN', { place, person: person.name, unit: body.name }));
    for (const role of chosen) draft.appointments.push({ role, of: body.name, isGroup: body.isGroup, person: listed });
  }
};

const textAt = (row: readonly Cell[], column: number | undefined): string => {
  const text = column === undefined ? '' : (row[column]?.text ?? '');
  return isEmptyMark(text) ? '' : text;
};

const problemOf = (code: Finding['code'], place: Finding['place'] & object, text: string): Finding =>
  code === 'ZG_SECOND_PHONE' ? warning(code, { place, params: { text } }) : fault(code, { place, params: { text } });

/** Numbers in a column of their own, in the order of the names. */
const withNumbers = (people: readonly ReadPerson[], text: string, sheet: Sheet, cell: Cell, findings: Finding[]): readonly ReadPerson[] => {
  if (text === '') return people;
  const phones = readPhones(text);
  const place = placeOf(sheet, cell);
  const mobiles = phones.filter(({ kind }) => kind === 'mobile').map(({ digits }) => digits);
  const bad = phones.find(({ kind }) => kind === 'invalid');
  if (bad || phones.length === 0) {
    findings.push(fault('ZG_PHONE_INVALID', { place, params: { text: bad?.digits ?? text } }));
    return people;
  }
  if (people.length === 1 && mobiles.length > 1) findings.push(warning('ZG_SECOND_PHONE', { place, params: { text: mobiles[1] ?? '' } }));
  if (people.length > 1 && mobiles.length !== people.length && mobiles.length > 0) {
    findings.push(fault('ZG_PHONE_INVALID', { place, params: { text } }));
    return people;
  }
  return people.map((person, index) => {
    const mobile = person.mobile ?? mobiles[index];
    return mobile === undefined ? person : { ...person, mobile };
  });
};

/** Addresses in a column of their own, in the order of the names; what is none is said and left out, for nobody need have one. */
const withAddresses = (
  people: readonly ReadPerson[],
  text: string,
  place: ListedPerson['place'],
  findings: Finding[],
): readonly ReadPerson[] => {
  const addresses = readEmails(text);
  if (addresses === undefined || (people.length > 1 && addresses.length > 0 && addresses.length !== people.length)) {
    findings.push(warning('ZG_EMAIL_INVALID', { place, params: { text } }));
    return people;
  }
  return people.map((person, index) => {
    const email = addresses[index];
    return email === undefined ? person : { ...person, email };
  });
};

const rolesOf = (columns: PersonColumns, row: readonly Cell[], title: string): readonly AppointmentRole[] => {
  if (columns.role) return [columns.role];
  if (columns.roleColumn !== undefined) return appointmentRolesIn(row[columns.roleColumn]?.text ?? '');
  const role = appointmentRoleIn(title);
  return role ? [role] : [];
};

const listedOf = (
  person: ReadPerson,
  texts: { title: string; landline: string },
  count: number,
  place: ListedPerson['place'],
): ListedPerson => {
  const landline = person.landline ?? (count === 1 ? readPhones(texts.landline).find(({ kind }) => kind !== 'invalid')?.digits : undefined);
  const title = person.title ?? (count === 1 && texts.title !== '' ? texts.title : undefined);
  return {
    name: person.name,
    place,
    ...(person.mobile === undefined ? {} : { mobile: person.mobile }),
    ...(title === undefined ? {} : { title }),
    ...(landline === undefined ? {} : { officePhone: landline }),
    ...(person.email === undefined ? {} : { email: person.email }),
  };
};
