import { fault, warning } from '../../src/domain/organisation/finding.ts';
import type { Finding, Place } from '../../src/domain/organisation/finding.ts';
import type { Unit } from '../../src/domain/organisation/organisation.ts';
import { shortNameOf } from '../../src/domain/organisation/unit-names.ts';
import type { ListedDay, ListedHolder } from '../../src/domain/roster/roster-list.ts';
import type { DutyRole } from '../../src/domain/roster/roster.ts';
import { dayKinds } from '../../src/domain/roster/shift-hours.ts';
import type { DayKind, HoursRule, DutyHours } from '../../src/domain/roster/shift-hours.ts';
import { vocabulary } from '../../src/messages/workbook-vocabulary.ts';
import type { RosterHints } from '../../src/ports/workbook.ts';
import { readDateCell, weekdayOf, weekdaysIn } from './dates.ts';
import { compact, placeOf, sheetPlace } from './grid.ts';
import type { Cell, Sheet } from './grid.ts';
import { dutyRoleIn } from './header-words.ts';
import { readHoursCell, shiftIn } from './hours.ts';
import { isEmptyMark, readPeople } from './people.ts';
import { readPhones } from './phones.ts';
import { expandDates } from './roster-dates.ts';
import type { NameColumn, RosterTable } from './roster-plan.ts';
import type { DateResolver } from './years.ts';

export type TableReading = {
  readonly sheet: Sheet;
  readonly table: RosterTable;
  /** The sheet's unit, for columns that name none. */
  readonly unit: Unit | undefined;
  readonly hours: readonly HoursRule[] | undefined;
  readonly dates: DateResolver;
  readonly hints: RosterHints;
  readonly findings: Finding[];
};

type RowDates = { readonly days: readonly string[]; readonly place: Place; readonly hours?: DutyHours; readonly remark: string };

/** One entry for each unit and day of a table, in its order. */
export const readTable = (reading: TableReading): readonly ListedDay[] => {
  const { sheet, table, findings, unit } = reading;
  for (const { cell, candidates } of table.plan.unknownUnits) {
    const details = { place: placeOf(sheet, cell), unit: compact(cell.text) };
    findings.push(
      candidates
        ? fault('ZG_UNIT_AMBIGUOUS', { ...details, params: { candidates: candidates.join('\u3001') } })
        : fault('ZG_UNIT_UNKNOWN', details),
    );
  }
  for (const cell of table.plan.unread)
    findings.push(warning('ZG_COLUMN_UNREAD', { place: placeOf(sheet, cell), params: { text: compact(cell.text) } }));
  const needsSheetUnit = table.plan.unit === undefined && table.plan.names.some((column) => column.unit === undefined);
  if (needsSheetUnit && !unit) {
    findings.push(fault('ZG_UNIT_MISSING', { place: sheetPlace(sheet) }));
    return [];
  }
  const days: ListedDay[] = [];
  const state: RowState = { lastDates: undefined, lastUnit: undefined, unknown: new Set(), isYearTold: false };
  for (const row of table.rows) days.push(...readRow(reading, row, state));
  return isLongForm(table) ? joinPersonRows(days) : days;
};

type RowState = { lastDates: RowDates | undefined; lastUnit: Unit | undefined; readonly unknown: Set<string>; isYearTold: boolean };

/** One person a row: rows of the same day and unit are one shift. */
const isLongForm = ({ plan }: RosterTable): boolean => plan.names.length === 1 && (plan.unit !== undefined || plan.role !== undefined);

const joinPersonRows = (days: readonly ListedDay[]): readonly ListedDay[] => {
  const first = new Map<string, Place>();
  let previous = '';
  return days.map((day) => {
    const key = `${day.unitId} ${day.date} ${JSON.stringify(day.hours ?? null)}`;
    // Only rows that follow each other: a day that comes back later is the same day twice.
    if (!first.has(key) || previous === '') first.set(key, day.datePlace);
    previous = key;
    return { ...day, datePlace: first.get(key) ?? day.datePlace };
  });
};

const readRow = (reading: TableReading, row: readonly Cell[], state: RowState): readonly ListedDay[] => {
  const { sheet, table } = reading;
  const { plan } = table;
  const hasPeople = plan.names.some(({ column }) => !isEmptyMark(row[column]?.text ?? ''));
  const dates = datesOf(reading, row, hasPeople, state);
  if (!dates) return [];
  state.lastDates = dates;
  const rowUnit = plan.unit === undefined ? reading.unit : unitOfRow(reading, row[plan.unit], hasPeople, state);
  const landline = plan.landline === undefined ? undefined : landlineOf(reading, row[plan.landline]);
  const remark = `${dates.remark} ${plan.remark === undefined ? '' : (row[plan.remark]?.text ?? '')}`;
  const kind = kindOf(remark);
  const rowRole = plan.role === undefined ? undefined : dutyRoleIn(row[plan.role]?.text ?? '');
  const shiftText = plan.shift === undefined ? '' : (row[plan.shift]?.text ?? '');
  const seats = Map.groupBy(
    plan.names,
    (column) => `${(column.unit ?? rowUnit)?.id ?? ''} ${column.shift ?? ''} ${JSON.stringify(column.hours ?? null)}`,
  );
  return [...seats.values()].flatMap((columns): ListedDay[] => {
    const [first] = columns;
    const unit = first?.unit ?? rowUnit;
    const cell = first && row[seatColumn(columns)];
    if (!first || !unit || !cell) return [];
    const holders = columns.flatMap((column) => holdersOf(reading, row, column, rowRole, unit, dates.days[0] ?? ''));
    const isUnclear = holders.some(({ holder }) => holder === null);
    const hours = hoursFor(reading.hours, first.hours ?? dates.hours ?? readHoursCell(shiftText), first.shift ?? shiftIn(shiftText));
    const shared = {
      unitId: unit.id,
      holders: holders.flatMap(({ holder }) => (holder ? [holder] : [])),
      place: placeOf(sheet, cell),
      datePlace: dates.place,
      ...(hours === undefined ? {} : { hours }),
      ...(isUnclear ? { isUnclear } : {}),
      ...(landline === undefined ? {} : { landline }),
      ...(kind === undefined ? {} : { kind }),
    };
    if (shared.holders.length === 0 && rowRole !== undefined && !isUnclear && rowRole !== 'onDuty') return [];
    return dates.days.map((date) => ({ ...shared, date }));
  });
};

/** An empty post is shown at the officer's cell rather than the leader's. */
const seatColumn = (columns: readonly NameColumn[]): number =>
  (columns.find(({ role }) => role === 'onDuty') ?? columns.find(({ role }) => role !== 'shiftLeader') ?? columns[0])?.column ?? 0;

const hoursFor = (
  stated: readonly HoursRule[] | undefined,
  own: DutyHours | undefined,
  shift: 'day' | 'night' | undefined,
): readonly HoursRule[] | undefined => {
  if (own) return [{ kinds: dayKinds, hours: own, ...(shift === undefined ? {} : { shift }) }];
  if (shift === undefined || !stated) return stated;
  const named = stated.filter((rule) => rule.shift === shift);
  return named.length > 0 ? named : stated;
};

const kindOf = (remark: string): DayKind | undefined => {
  const bare = compact(remark);
  if (vocabulary.dayRemarks.workday.some((word) => bare.includes(word))) return 'workday';
  return vocabulary.dayRemarks.holiday.some((word) => bare.includes(word)) ? 'holiday' : undefined;
};

const datesOf = (reading: TableReading, row: readonly Cell[], hasPeople: boolean, state: RowState): RowDates | undefined => {
  const { sheet, table, dates, findings, unit } = reading;
  const { plan } = table;
  const cell = row[plan.dates.date];
  if (!cell) return undefined;
  const about = unit === undefined ? {} : { unit: shortNameOf(unit) };
  const isContinued = isEmptyMark(cell.text) || (vocabulary.sameAsAbove as readonly string[]).includes(compact(cell.text));
  if (isContinued) {
    if (!hasPeople) return undefined;
    if (isLongForm(table) && state.lastDates) return state.lastDates;
    findings.push(fault('ZG_DATE_MISSING', { place: placeOf(sheet, cell), ...about }));
    return undefined;
  }
  if (plan.dates.month !== undefined)
    setMonth(dates, row[plan.dates.month], plan.dates.year === undefined ? undefined : row[plan.dates.year]);
  const read = readDateCell(cell, plan.dates.month !== undefined || undefined);
  const through = plan.dates.through === undefined ? undefined : row[plan.dates.through];
  const expanded = read && expandDates(read, through && readDateCell(through), dates, weekdayCell(row, plan.weekday));
  if (!expanded || 'problem' in expanded) {
    if (expanded?.problem === 'year') {
      if (!state.isYearTold) findings.push(fault('ZG_YEAR_MISSING', { place: placeOf(sheet, cell) }));
      state.isYearTold = true;
    } else if (hasPeople || read)
      findings.push(fault('ZG_DATE_UNCLEAR', { place: placeOf(sheet, cell), params: { text: cell.text }, ...about }));
    return undefined;
  }
  checkWeekdays(reading, row, read?.weekdays ?? [], expanded.days, cell);
  return { days: expanded.days, place: placeOf(sheet, cell), remark: read?.remark ?? '', ...(read?.hours ? { hours: read.hours } : {}) };
};

const weekdayCell = (row: readonly Cell[], column: number | undefined): number | undefined =>
  column === undefined ? undefined : weekdayOf(row[column]?.text ?? '');

const setMonth = (dates: DateResolver, cell: Cell | undefined, yearCell: Cell | undefined): void => {
  const month = Number(/\d{1,2}/.exec(compact(cell?.text ?? '').replace(/^\d{4}\D/, ''))?.[0]);
  const year = Number(/\d{4}/.exec(compact(yearCell?.text ?? '') || compact(cell?.text ?? ''))?.[0]);
  if (month >= 1 && month <= 12) dates.setMonth(month, year > 0 ? year : undefined);
};

/** A weekday beside a date is a check on it: the first on the first day, the last on the last. */
const checkWeekdays = (
  { sheet, table, findings, unit }: TableReading,
  row: readonly Cell[],
  inCell: readonly number[],
  days: readonly string[],
  cell: Cell,
): void => {
  const column = table.plan.weekday;
  const beside = column === undefined ? undefined : row[column];
  const besideText = beside?.text ?? '';
  const one = weekdayOf(besideText);
  const besideDays = weekdaysIn(besideText).length > 1 ? weekdaysIn(besideText) : one === undefined ? [] : [one];
  for (const [stated, place] of [
    [inCell, cell],
    [besideDays, beside],
  ] as const) {
    const wrong = wrongWeekday(stated, days);
    if (wrong === undefined || !place) continue;
    const about = unit === undefined ? {} : { unit: shortNameOf(unit) };
    findings.push(
      fault('ZG_WEEKDAY_WRONG', { place: placeOf(sheet, place), date: wrong.date, params: { is: wrong.is, says: wrong.says }, ...about }),
    );
  }
};

const wrongWeekday = (stated: readonly number[], days: readonly string[]): { date: string; is: number; says: number } | undefined => {
  const [first] = days;
  const last = days.at(-1);
  const pairs: [string | undefined, number | undefined][] =
    stated.length > 1
      ? [
          [first, stated[0]],
          [last, stated.at(-1)],
        ]
      : [[first, stated[0]]];
  for (const [date, says] of pairs) {
    if (date === undefined || says === undefined) continue;
    const is = Temporal.PlainDate.from(date).dayOfWeek;
    if (is !== says) return { date, is, says };
  }
  return undefined;
};

const unitOfRow = (reading: TableReading, cell: Cell | undefined, hasPeople: boolean, state: RowState): Unit | undefined => {
  const { sheet, hints, findings } = reading;
  if (!cell) return undefined;
  if (isEmptyMark(cell.text) || (vocabulary.sameAsAbove as readonly string[]).includes(compact(cell.text))) {
    if (!state.lastUnit && hasPeople) findings.push(fault('ZG_UNIT_MISSING', { place: placeOf(sheet, cell) }));
    return state.lastUnit;
  }
  const match = hints.findUnit(cell.text);
  if (match.status === 'found') {
    state.lastUnit = match.unit;
    return match.unit;
  }
  state.lastUnit = undefined;
  const text = compact(cell.text);
  if (state.unknown.has(text)) return undefined;
  state.unknown.add(text);
  const details = { place: placeOf(sheet, cell), unit: text };
  findings.push(
    match.status === 'ambiguous'
      ? fault('ZG_UNIT_AMBIGUOUS', { ...details, params: { candidates: match.candidates.join('\u3001') } })
      : fault('ZG_UNIT_UNKNOWN', details),
  );
  return undefined;
};

const landlineOf = ({ sheet, findings }: TableReading, cell: Cell | undefined): string | undefined => {
  if (!cell || isEmptyMark(cell.text)) return undefined;
  const phone = readPhones(cell.text)[0];
  if (phone && phone.kind !== 'invalid') return phone.digits;
  findings.push(warning('ZG_LANDLINE_INVALID', { place: placeOf(sheet, cell), params: { text: cell.text } }));
  return undefined;
};

/** Null: something stands there that can't be read, and has been reported. */
type Seat = { readonly holder: ListedHolder | null };

const holdersOf = (
  { sheet, hints, findings }: TableReading,
  row: readonly Cell[],
  column: NameColumn,
  rowRole: DutyRole | undefined,
  unit: Unit,
  date: string,
): readonly Seat[] => {
  const cell = row[column.column];
  if (!cell || isEmptyMark(cell.text)) return [];
  const place = placeOf(sheet, cell);
  const read = readPeople(cell.text, hints.isKnownName);
  const phoneCell = column.mobile === undefined ? undefined : row[column.mobile];
  const mobiles = readPhones(phoneCell?.text ?? '').flatMap(({ kind, digits }) => (kind === 'mobile' ? [digits] : []));
  const about = { place, date, unit: shortNameOf(unit) };
  const unclear = read.problems.filter(({ code }) => code === 'ZG_NAME_UNCLEAR');
  // The contact list has the numbers: a bad one here is no reason to refuse the name beside it.
  for (const { code, text } of read.problems)
    findings.push(code === 'ZG_NAME_UNCLEAR' ? fault(code, { ...about, params: { text } }) : warning(code, { ...about, params: { text } }));
  const role = column.role ?? rowRole ?? 'onDuty';
  const seats = read.people.map((person, index): Seat => {
    const mobile = person.mobile ?? (mobiles.length === read.people.length ? mobiles[index] : undefined);
    return { holder: { role: person.role ?? role, name: person.name, place, ...(mobile === undefined ? {} : { mobile }) } };
  });
  const alone = read.phones.flatMap(({ kind, digits }): Seat[] =>
    kind === 'mobile' ? [{ holder: { role, name: '', mobile: digits, place } }] : [],
  );
  return [...seats, ...alone, ...unclear.map((): Seat => ({ holder: null }))];
};
