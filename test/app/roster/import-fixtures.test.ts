import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importContacts } from '../../../src/app/roster/import-contacts.ts';
import { importRoster } from '../../../src/app/roster/import-roster.ts';
import { openDesk } from '../../support/workbooks.ts';

const fixture = (name: string): { path: string } => ({ path: new URL(`../../fixtures/${name}`, import.meta.url).pathname });
const expected = JSON.parse(readFileSync(fixture('expected.json').path, 'utf8'));

describe('the fixtures', () => {
  it('give the contacts that are expected of them', async () => {
    const desk = openDesk();
    const outcome = await importContacts(desk, fixture('contacts.xlsx'));
    expect(outcome).toMatchObject({ ok: true, errors: [], warnings: [] });
    const { note: _note, ...counts } = expected.contacts;
    expect(outcome.counts).toMatchObject(counts);
    expect(desk.campaign().organisation.groups.find(({ isOffice }) => isOffice)?.name).toBe('局联络组办公室');
  });

  it('give the roster that is expected of them', async () => {
    const desk = openDesk();
    await importContacts(desk, fixture('contacts.xlsx'));
    const outcome = await importRoster(desk, fixture('roster.xlsx'));
    const { file: _file, ...counts } = expected.roster;
    expect(outcome).toMatchObject({ ok: true, errors: [], counts });
    expect(outcome.warnings.map(({ code, date }) => [code, date])).toEqual([['ZG_TEAM_STAYS', '2021-09-19']]);
    expect(desk.campaign().roster.posts).toHaveLength(17);
    expect(desk.campaign().roster.posts[0]?.landline).toBe('0531-82000001');
  });

  it('show exactly the five faults of the flawed roster, and apply nothing', async () => {
    const desk = openDesk();
    await importContacts(desk, fixture('contacts.xlsx'));
    const before = desk.campaign();
    const outcome = await importRoster(desk, fixture('roster-flawed.xlsx'));
    const found = outcome.errors.map(({ sheet, date }) => `${sheet} ${date}`).toSorted();
    const wanted = expected.flawed.errors.map(({ sheet, date }: { sheet: string; date: string }) => `${sheet} ${date}`).toSorted();
    expect(found).toEqual(wanted);
    expect(outcome.errors.find(({ code }) => code === 'ZG_POST_EMPTY')).toMatchObject({
      date: '2021-09-05',
      unit: '南部山区',
      cell: 'O12',
    });
    expect(outcome.errors.find(({ code }) => code === 'ZG_PERSON_UNKNOWN')?.person).toBe('诸葛不在册');
    expect(outcome.errors.find(({ code }) => code === 'ZG_DAY_MISSING')?.message).toContain('24');
    expect(desk.campaign()).toBe(before);
  });

  it('are refused in the other’s place', async () => {
    const desk = openDesk();
    const noContacts = await importContacts(desk, fixture('roster.xlsx'));
    expect(noContacts.errors.map(({ code }) => code)).toEqual(['ZG_NOTHING_RECOGNISED']);
    expect((await importRoster(desk, fixture('roster.xlsx'))).errors.map(({ code }) => code)).toEqual(['ZG_CONTACTS_FIRST']);
    await importContacts(desk, fixture('contacts.xlsx'));
    expect((await importRoster(desk, fixture('contacts.xlsx'))).errors.map(({ code }) => code)).toEqual(['ZG_NOTHING_RECOGNISED']);
  });

  it('keep every id when they are imported again', async () => {
    const desk = openDesk();
    await importContacts(desk, fixture('contacts.xlsx'));
    const { version: _before, ...first } = desk.campaign().organisation;
    await importRoster(desk, fixture('roster.xlsx'));
    const roster = desk.campaign().roster;
    await importContacts(desk, fixture('contacts.xlsx'));
    await importRoster(desk, fixture('roster.xlsx'));
    const { version: _after, ...second } = desk.campaign().organisation;
    expect(second).toEqual(first);
    expect(desk.campaign().roster.shifts).toEqual(roster.shifts);
    expect(desk.campaign().roster.posts).toEqual(roster.posts);
  });

  it('change nothing in a rehearsal', async () => {
    const desk = openDesk();
    expect(await importContacts(desk, fixture('contacts.xlsx'), { isDryRun: true })).toMatchObject({ ok: true, dryRun: true });
    expect(desk.campaign().version).toBe(0);
  });

  it('leave no name and no number in what will be sealed', async () => {
    const desk = openDesk();
    await importContacts(desk, fixture('contacts.xlsx'));
    await importRoster(desk, fixture('roster.xlsx'));
    expect(JSON.stringify(desk.events.map(({ data }) => data))).not.toMatch(/1380000\d{4}|\p{Script=Han}/u);
    const shifts = desk.events.filter(({ event }) => event === 'RosterChanged').map(({ data }) => (data['shifts'] as unknown[]).length);
    expect(shifts.reduce((sum, count) => sum + count, 0)).toBe(612);
    expect(Math.max(...shifts)).toBeLessThanOrEqual(200);
  });
});
