import { describe, expect, it } from 'vitest';
import { importContacts } from '../../../src/app/roster/import-contacts.ts';
import { importRoster } from '../../../src/app/roster/import-roster.ts';
import { buildDirectory } from '../../../src/domain/organisation/directory.ts';
import { shortNameOf } from '../../../src/domain/organisation/unit-names.ts';
import { dateStyles, layouts, peopleStyles } from '../../support/roster-layouts.ts';
import type { Meant } from '../../support/roster-layouts.ts';
import { contactsOf, openDesk, workbookOf } from '../../support/workbooks.ts';
import type { Desk } from '../../support/workbooks.ts';
import { fc } from '../../support/property.ts';

const officers = {
  历下区住房和城乡建设局: ['赵明', '欧阳春霞', '张伟', '周国庆'],
  莱芜区住房和城乡建设局: ['李涛', '吴丽', '张伟', '郑红'],
  莱芜高新区管委会建设管理部: ['王强', '冯静', '陈敏', '褚军'],
  市南部山区管委会规划发展局: ['卫洋', '蒋雪梅', '沈磊', '韩杰'],
};
const unitNames = ['历下区', '莱芜区', '莱芜高新区', '南山区'];
const shortNames = ['历下区', '莱芜区', '莱芜高新区', '南部山区'];

const openWithContacts = async (): Promise<Desk> => {
  const desk = openDesk();
  const outcome = await importContacts(desk, await workbookOf(contactsOf(officers)));
  expect(outcome.errors).toEqual([]);
  return desk;
};

const names = Object.values(officers);

/** Within a unit names are unique; across units 张伟 is two people, so that layouts without numbers need the unit. */
const meantFor = (desk: Desk, from: string, days: number, shift: number): Meant => {
  const { people, units, appointments } = desk.campaign().organisation;
  let unitAsked = 0;
  return {
    units: unitNames,
    dates: Array.from({ length: days }, (_, day) => Temporal.PlainDate.from(from).add({ days: day }).toString()),
    team: (unit, day) => {
      unitAsked = unit;
      const own = names[unit] ?? [];
      return [own[(day + shift) % 4] ?? '', own[(day + shift + 1) % 4] ?? ''];
    },
    mobile: (name) => {
      const unit = units.find((one) => shortNameOf(one) === shortNames[unitAsked]);
      const own = appointments.filter(({ of }) => of === unit?.id).map(({ personId }) => personId);
      return people.find((person) => person.name === name && own.includes(person.id))?.mobile ?? '';
    },
  };
};

/** What the roster now says, in the words of the one that was meant. */
const readBack = (desk: Desk): readonly string[] => {
  const { organisation, roster } = desk.campaign();
  const directory = buildDirectory(organisation, roster);
  return roster.shifts.map(({ postId, from, to, holders }) => {
    const unit = directory.units.get(directory.posts.get(postId)?.unitId ?? '');
    const people = holders.map(
      ({ role, personId }) => `${role} ${directory.people.get(personId)?.name} ${directory.people.get(personId)?.mobile}`,
    );
    return `${unit && shortNameOf(unit)} ${new Date(from).toISOString()} ${new Date(to).toISOString()} ${people.join(', ')}`;
  });
};

const wantedOf = (meant: Meant): readonly string[] =>
  meant.units.flatMap((_, unit) =>
    meant.dates.map((iso, day) => {
      const [first, second] = meant.team(unit, day);
      const from = Date.parse(`${iso}T08:30:00+08:00`);
      return `${shortNames[unit]} ${new Date(from).toISOString()} ${new Date(from + 86_400_000).toISOString()} onDuty ${first} ${meant.mobile(first)}, coDuty ${second} ${meant.mobile(second)}`;
    }),
  );

const check = async (
  layoutName: string,
  dateName: string,
  peopleName: string,
  from: string,
  days: number,
  shift: number,
): Promise<void> => {
  const [layout, date, people] = [layouts[layoutName], dateStyles[dateName], peopleStyles[peopleName]];
  if (!layout || !date || !people) throw new Error('no such layout');
  const desk = await openWithContacts();
  const meant = meantFor(desk, from, days, shift);
  const outcome = await importRoster(desk, await workbookOf(layout(meant, date, people)));
  expect(outcome.errors, `${layoutName} / ${dateName} / ${peopleName}`).toEqual([]);
  expect(readBack(desk).toSorted()).toEqual(wantedOf(meant).toSorted());
};

describe('the same roster, however it is written down', () => {
  it.each(Object.keys(layouts))('%s', async (layout) =>
    check(layout, 'month and day with weekday', 'run together, a line each', '2021-08-28', 8, 0),
  );

  it.each(Object.keys(dateStyles))('dates: %s', async (date) => {
    await check('a matrix of days by units', date, 'with a comma', '2021-08-28', 8, 1);
    await check('units down, days across', date, 'with a comma', '2021-08-28', 8, 1);
  });

  it.each(Object.keys(peopleStyles))('people: %s', async (people) => check('a matrix of days by units', 'iso', people, '2021-08-28', 5, 2));

  it('reads back the same in any layout, style and season', async () => {
    const oneOf = (record: object): fc.Arbitrary<string> => fc.constantFrom(...Object.keys(record));
    const start = fc.integer({ min: 0, max: 720 }).map((days) => Temporal.PlainDate.from('2021-01-01').add({ days }).toString());
    await fc.assert(
      fc.asyncProperty(oneOf(layouts), oneOf(dateStyles), oneOf(peopleStyles), start, fc.integer({ min: 2, max: 20 }), fc.nat(3), check),
      { numRuns: 60 },
    );
  });
});
