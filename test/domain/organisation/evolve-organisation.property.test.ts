import { expect, it } from 'vitest';
import { changeAppointment } from '../../../src/app/roster/change-appointment.ts';
import { organisationEvents } from '../../../src/app/contact/campaign-events.ts';
import { applyContacts } from '../../../src/domain/organisation/apply-contacts.ts';
import type { ContactList, ListedAppointment } from '../../../src/domain/organisation/contact-list.ts';
import { evolveOrganisation, untoldOrganisation } from '../../../src/domain/organisation/evolve-organisation.ts';
import type { LedgerEvent } from '../../../src/domain/ledger/event.ts';
import { unitVocabulary } from '../../../src/messages/workbook-vocabulary.ts';
import { openDesk, type Desk } from '../../support/workbooks.ts';
import { fc } from '../../support/property.ts';

const place = { sheet: 's', row: 1, cell: 'A1' };
const units = ['历下区住房和城乡建设局', '天桥区住房和城乡建设局'];
const group = '局联络组办公室';
const names = ['赵一', '钱二', '孙三', '李四', '周五'];

const listed = (role: ListedAppointment['role'], of: string, who: number, revision: number): ListedAppointment => ({
  role,
  of,
  isGroup: of === group,
  person: { name: names[who]!, mobile: `1380000${revision}00${who}`, place },
});

const list = fc
  .record({
    units: fc.subarray(units, { minLength: 1 }),
    singles: fc.array(fc.nat({ max: 4 }), { minLength: 4, maxLength: 4 }),
    officers: fc.subarray([0, 1, 2, 3, 4]),
    members: fc.subarray([0, 1, 2, 3, 4]),
    revision: fc.nat({ max: 1 }),
  })
  .map(({ units: named, singles, officers, members, revision }): ContactList => ({
    units: named.map((name) => ({ name, place })),
    groups: [{ name: group, isOffice: true, place }],
    appointments: [
      ...named.flatMap((of, index) => [
        listed('liaison', of, singles[index]!, revision),
        listed('contact', of, singles[index + 2]!, revision),
        ...officers.map((who) => listed('dutyOfficer', of, who, revision)),
      ]),
      ...members.map((who) => listed('member', group, who, revision)),
    ],
  }));

const step = fc.oneof(
  fc.record({ list, at: fc.nat({ max: 6 }) }),
  fc.record({
    role: fc.constantFrom('liaison' as const, 'contact' as const),
    who: fc.nat({ max: 9 }),
    unit: fc.nat({ max: 1 }),
    at: fc.nat({ max: 6 }),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const take = async (desk: Desk, done: Step): Promise<void> => {
  const { organisation, roster, version } = desk.campaign();
  if ('list' in done) {
    const applied = applyContacts(organisation, done.list, { at: done.at, vocabulary: unitVocabulary, map: {} });
    const events = organisationEvents(applied.changes, applied.organisation.version, 0);
    await desk.store.commitCampaign({ organisation: applied.organisation, roster }, version, events);
    return;
  }
  const [unit, person] = [organisation.units[done.unit], organisation.people[done.who]];
  if (unit && person) await changeAppointment(desk, { role: done.role, unitId: unit.id, personId: person.id, from: done.at });
};

const replayed = (events: readonly LedgerEvent[]) =>
  (JSON.parse(JSON.stringify(events)) as readonly LedgerEvent[]).reduce(evolveOrganisation, untoldOrganisation);

it('gives the organisation that contact lists and appointments have made, after each of them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 9 }), async (steps) => {
      const desk = openDesk();
      for (const one of steps) {
        await take(desk, one);
        const told = replayed(desk.events);
        expect(told.organisation).toEqual(desk.campaign().organisation);
        expect(told.nameless.size).toBe(0);
      }
    }),
    { numRuns: 300 },
  );
});

it('opens nothing for whoever of two holders is kept', async () => {
  const desk = openDesk();
  await take(desk, {
    list: { units: [{ name: units[0]!, place }], groups: [], appointments: [0, 1].map((who) => listed('liaison', units[0]!, who, 0)) },
    at: 0,
  });
  await take(desk, { role: 'liaison', who: 1, unit: 0, at: 5 });
  const { organisation } = desk.campaign();
  expect(organisation.appointments.map(({ personId, to }) => [personId, to])).toEqual([
    ['m1', 5],
    ['m2', undefined],
  ]);
  expect(replayed(desk.events).organisation).toEqual(organisation);
});

it('knows by id alone whose name was removed from beside the ledger, until they are told anew', async () => {
  const desk = openDesk();
  const told = (who: number, revision: number): ContactList => ({
    units: [{ name: units[0]!, place }],
    groups: [],
    appointments: [listed('liaison', units[0]!, who, revision), listed('dutyOfficer', units[0]!, 2, 0)],
  });
  await take(desk, { list: told(1, 0), at: 0 });
  const [first] = desk.events;
  const { personal: _, ...sealed } = first!;
  const redacted = replayed([sealed]);
  expect([...redacted.nameless].toSorted()).toEqual(['m1', 'm2', 'u1']);
  expect(redacted.organisation.appointments).toEqual(desk.campaign().organisation.appointments);
  await take(desk, { list: told(1, 1), at: 0 });
  const after = replayed([sealed, ...desk.events.slice(1)]);
  expect([...after.nameless].toSorted()).toEqual(['m2', 'u1']);
  expect(after.organisation.people[0]).toEqual(desk.campaign().organisation.people[0]);
});
