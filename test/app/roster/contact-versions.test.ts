import { expect, it } from 'vitest';
import { nodeSecrets } from '../../../adapters/secrets/node-secrets.ts';
import { organisationEvents } from '../../../src/app/contact/campaign-events.ts';
import { replayLedger } from '../../../src/app/ledger/replay-ledger.ts';
import { listContactVersions, restoreContacts } from '../../../src/app/roster/contact-versions.ts';
import { isoIn } from '../../../src/app/views/view-page.ts';
import type { Organisation } from '../../../src/domain/organisation/organisation.ts';
import { isInTerm } from '../../../src/domain/organisation/terms.ts';
import { idOf } from '../../support/invented.ts';
import { startService } from '../../support/service.ts';

const inForce = ({ appointments }: Organisation, at: number): readonly string[] =>
  appointments
    .filter((one) => isInTerm(one, at))
    .map(({ role, of, personId }) => `${role} ${of} ${personId}`)
    .toSorted();

const start = async () => {
  const service = await startService({ at: '2021-08-27T12:00' });
  const { store, clock } = service;
  const reader = {
    rows: async (after: number, limit: number) => store.rows().slice(after, after + limit),
    lastSeq: async () => store.rows().length,
  };
  const before = (await store.loadCampaign()).organisation;
  /** A list that gives 东主班 another number, takes 东联络 out and puts 东主班 in their place. */
  const imported = async (): Promise<void> => {
    const { version, ...campaign } = await store.loadCampaign();
    const now = clock.now();
    const { organisation } = campaign;
    const person = { ...organisation.people.find(({ id }) => id === idOf('东主班'))!, mobile: '13800000999' };
    const old = organisation.appointments.find(({ role, personId }) => role === 'liaison' && personId === idOf('东联络'))!;
    const [closed, opened] = [[{ ...old, to: now }], [{ ...old, personId: person.id, from: now }]];
    const next: Organisation = {
      ...organisation,
      version: organisation.version + 1,
      people: organisation.people.map((one) => (one.id === person.id ? person : one)),
      appointments: [...organisation.appointments.map((one) => (one === old ? closed[0]! : one)), ...opened],
    };
    const events = organisationEvents({ people: [person], units: [], groups: [], opened, closed }, next.version, now);
    expect(await store.commitCampaign({ ...campaign, organisation: next }, version, events)).toBe('committed');
  };
  return { service, reader, before, imported };
};

it('the contact list can be made again what an earlier version said, as a change that the ledger tells', async () => {
  const { service, reader, before, imported } = await start();
  const { store, clock } = service;
  await service.passTo(clock.now() + 60_000);
  await imported();
  const changed = (await store.loadCampaign()).organisation;
  await service.passTo(clock.now() + 60_000);
  const answer = await restoreContacts({ store, clock, reader }, before.version);
  expect(answer).toEqual({ ok: true, version: changed.version + 1, counts: { people: 1, units: 0, opened: 1, closed: 1 } });
  const { organisation, roster } = await store.loadCampaign();
  expect(organisation.people).toEqual(before.people);
  expect(inForce(organisation, clock.now())).toEqual(inForce(before, clock.now()));
  expect(roster.shifts.length).toBeGreaterThan(0);
  const { differences } = await replayLedger({ store, reader, sha256: nodeSecrets.sha256 });
  expect(differences).toEqual([]);
  const { versions } = await listContactVersions(reader, isoIn('Asia/Shanghai'));
  expect(versions.map(({ version, by }) => [version, by])).toEqual([
    [before.version, 'list'],
    [changed.version, 'list'],
    [organisation.version, 'list'],
  ]);
  // There and back again.
  await service.passTo(clock.now() + 60_000);
  await restoreContacts({ store, clock, reader }, changed.version);
  expect((await store.loadCampaign()).organisation.people).toEqual(changed.people);
});

it('what is so already is left alone, and a version that never was is refused', async () => {
  const { service, reader, before } = await start();
  const { store, clock } = service;
  expect(await restoreContacts({ store, clock, reader }, before.version)).toMatchObject({ ok: true, version: null });
  expect(await restoreContacts({ store, clock, reader }, 99)).toEqual({ ok: false, code: 'ZG_VERSION_UNKNOWN', version: 99 });
  expect((await store.loadCampaign()).organisation).toEqual(before);
});
