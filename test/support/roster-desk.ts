import { expect } from 'vitest';
import { importContacts } from '../../src/app/roster/import-contacts.ts';
import type { ImportOptions } from '../../src/app/roster/import-contacts.ts';
import type { ImportOutcome } from '../../src/app/roster/import-outcome.ts';
import { importRoster } from '../../src/app/roster/import-roster.ts';
import type { RosterSettings } from '../../src/app/roster/import-roster.ts';
import { contactsOf, openDesk, workbookOf } from './workbooks.ts';
import type { Desk, SheetSpec, Value } from './workbooks.ts';

/** A desk with an organisation that rosters are imported into. */
export const officers = {
  历下区住房和城乡建设局: ['赵明', '李涛', '张伟', '周强'],
  莱芜区住房和城乡建设局: ['冯静', '吴丽', '张伟'],
  莱芜高新区管委会建设管理部: ['王红'],
};

export const open = async (own: Partial<RosterSettings> = {}): Promise<Desk> => {
  const desk = openDesk(own);
  expect(await importContacts(desk, await workbookOf(contactsOf(officers, ['领军', '金新'])))).toMatchObject({ ok: true });
  return desk;
};

export type Row = readonly Value[];

export const load = async (
  desk: Desk,
  sheets: readonly SheetSpec[],
  options: ImportOptions = {},
  fileName?: string,
): Promise<ImportOutcome> => importRoster(desk, await workbookOf(sheets, fileName), options);

export const roles = (...rows: readonly Row[]): SheetSpec => ({
  name: '历下区',
  rows: [['2021年值班表'], ['日期', '带班领导', '主班', '副班'], ...rows, ['备注:值班时间为当日8:30至次日8:30。']],
  merges: ['A1:D1'],
});

export const good: readonly Row[] = [
  ['8月27日', '', '赵明', '李涛'],
  ['8月28日', '', '张伟', '周强'],
];

export const shown = (desk: Desk): readonly string[] => {
  const { organisation, roster } = desk.campaign();
  const name = (id: string): string => organisation.people.find((person) => person.id === id)?.name ?? '';
  const local = (at: number): string =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('Asia/Shanghai').toString().slice(5, 16);
  return roster.shifts.map(
    ({ from, to, holders }) => `${local(from)} ${local(to)} ${holders.map(({ personId }) => name(personId)).join(' ')}`,
  );
};

export const mobile = (desk: Desk, name: string): string =>
  desk.campaign().organisation.people.find((person) => person.name === name)?.mobile ?? '';
