import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { keysOf } from '../../../adapters/redis/keys.ts';
import { createLedgerStream } from '../../../adapters/redis/ledger-stream.ts';
import { createRedisStore } from '../../../adapters/redis/store.ts';
import { nodeSecrets } from '../../../adapters/secrets/node-secrets.ts';
import { appoint } from '../../../src/app/roster/appoint.ts';
import { importContacts } from '../../../src/app/roster/import-contacts.ts';
import { importRoster } from '../../../src/app/roster/import-roster.ts';
import { createLedgerReader } from '../../../src/app/ledger/read-ledger.ts';
import { replayLedger, type ReplayReport } from '../../../src/app/ledger/replay-ledger.ts';
import { createSealer } from '../../../src/app/ledger/seal-ledger.ts';
import { isoIn } from '../../../src/app/views/view-page.ts';
import type { LedgerRow } from '../../../src/domain/ledger/event.ts';
import type { Store, Stored } from '../../../src/ports/store.ts';
import { openWorkshop, type Workshop } from '../../support/ledger.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';
import { good, officers, roles } from '../../support/roster-desk.ts';
import { contactsOf, openDesk, workbookOf, type Value } from '../../support/workbooks.ts';

const keys = keysOf('jn');
const keepRows = 2;
let server: TestRedis;
let workshop: Workshop;
beforeAll(async () => {
  server = await startRedis({ appendfsync: 'everysec' });
});
afterAll(() => server.stop());
beforeEach(async () => {
  await server.redis.flushall();
  workshop = await openWorkshop();
});
afterEach(() => workshop.remove());

const now = Date.parse('2021-08-26T08:00+08:00');
const openStore = (): Store => createRedisStore(server.redis, keys, { bundleWindowMs: 0, now: () => now });
const openStream = () => createLedgerStream(server.redis, keys, 'jn');

const reader = async () => createLedgerReader(openStream(), (await workshop.parts(openStream())).archive);
const replay = async (store: Parameters<typeof replayLedger>[0]['store'] = openStore()): Promise<ReplayReport> =>
  replayLedger({ store, reader: await reader(), sha256: nodeSecrets.sha256 });

/** Everything but the newest rows goes from the stream into the archive. */
const archive = async (): Promise<void> => {
  await createSealer(await workshop.parts(openStream(), { keepRows, batchRows: 3 })).sealNow();
  expect((await openStream().rows(0, 1))[0]?.seq).toBeGreaterThan(1);
};

const reloaded: readonly (readonly Value[])[] = [
  ['8月28日', '', '李涛', '赵明'],
  ['8月29日', '', '周强', '张伟'],
];

/** The contact list and the roster twice each, the second time changed, and an appointment between them. */
const liveThrough = async (): Promise<void> => {
  const store = openStore();
  const deps = { ...openDesk(), store, clock: { now: () => now } };
  const changed = { ...officers, 历下区住房和城乡建设局: ['赵明', '李涛', '张伟', '周强', '郑新'] };
  expect(await importContacts(deps, await workbookOf(contactsOf(officers, ['领军', '金新'])))).toMatchObject({ ok: true });
  expect(await importRoster(deps, await workbookOf([roles(...good)]))).toMatchObject({ ok: true });
  const named = { role: 'liaison', unit: '历下区', person: '李涛', from: now + 86_400_000 } as const;
  expect(await appoint(deps, named, isoIn('Asia/Shanghai'))).toMatchObject({ isChanged: true });
  expect(await importContacts(deps, await workbookOf(contactsOf(changed, ['领军', '金新'])))).toMatchObject({ ok: true });
  expect(await importRoster(deps, await workbookOf([roles(...reloaded)]))).toMatchObject({ ok: true });
  const watch = {
    subject: 'p1',
    startedAt: now,
    lastContactAt: null,
    lastPresenceAt: null,
    nextCheckAt: now + 1,
    cause: 'silence',
    openObligationId: null,
  };
  const seed = nodeSecrets.newSeed();
  await store.commit(
    [
      {
        writes: [
          { id: 'wp1', expected: 0, aggregate: { type: 'watch', state: { ...watch, cause: 'silence' } }, dueAt: now + 1 },
          { id: 'k', expected: 0, aggregate: { type: 'calendar', state: { throughAt: now, seeds: { '2021-08-26': seed } } }, dueAt: null },
        ],
        events: [
          { at: now, event: 'WatchStarted', data: { subject: 'p1', cause: 'silence', nextCheckAt: now + 1 } },
          { at: now, event: 'SeedSealed', data: { date: '2021-08-26', sha256: nodeSecrets.sha256(seed) } },
        ],
        notices: [],
      },
    ],
    (await store.loadCampaign()).version,
  );
};

it('gives what the store holds, after lists, rosters and an appointment, from the archive and the live stream', async () => {
  await liveThrough();
  const { organisation, roster } = await openStore().loadCampaign();
  expect(organisation.appointments.filter(({ to }) => to !== undefined)).not.toEqual([]);
  expect(roster.shifts).toHaveLength(3);
  const wanted = { ok: true, rows: 7, differences: [], omitted: 0, nameless: 0, compared: { watch: 1, calendar: 1, posts: 1, shifts: 3 } };
  expect(await replay()).toMatchObject(wanted);
  await archive();
  expect(await replay()).toMatchObject(wanted);
});

it('compares people by their id alone once their names are gone from beside the archive, and everything else as before', async () => {
  await liveThrough();
  await archive();
  for (const name of await readdir(workshop.folder)) if (name.includes('.personal.')) await rm(join(workshop.folder, name));
  const report = await replay();
  expect(report).toMatchObject({ ok: true, differences: [] });
  expect(report.nameless).toBeGreaterThan(10);
  const store = openStore();
  const campaign = await store.loadCampaign();
  const [first, ...others] = campaign.organisation.appointments;
  const appointments = [{ ...first!, personId: 'm9' }, ...others];
  await store.commitCampaign({ ...campaign, organisation: { ...campaign.organisation, appointments } }, campaign.version, []);
  expect((await replay()).differences).toMatchObject([
    { aggregate: 'organisation', what: 'onlyInLedger' },
    { aggregate: 'organisation', what: 'onlyInStore' },
  ]);
});

it('names each difference with its aggregate, and nobody’s name or number', async () => {
  await liveThrough();
  const store = openStore();
  const { organisation, roster, version } = await store.loadCampaign();
  const people = organisation.people.map((one) => (one.id === 'm2' ? { ...one, mobile: '13800009999' } : one));
  const shifts = roster.shifts.slice(1);
  const posts = roster.posts.map((one) => ({ ...one, landline: '0531-1' }));
  await store.commitCampaign({ organisation: { ...organisation, people }, roster: { ...roster, posts, shifts } }, version, []);
  const [watch, calendar] = await store.load(['wp1', 'k']);
  const write = ({ id, version: expected }: Stored, state: object) => ({ id, expected, aggregate: { ...state }, dueAt: null });
  if (watch?.aggregate.type !== 'watch' || calendar?.aggregate.type !== 'calendar') throw new Error('neither watch nor calendar');
  const late = { type: 'watch', state: { ...watch.aggregate.state, nextCheckAt: now + 2 } } as const;
  const otherSeed = { type: 'calendar', state: { ...calendar.aggregate.state, seeds: { '2021-08-26': 'other' } } } as const;
  const writes = [
    { ...write(watch, {}), aggregate: late },
    { ...write(calendar, {}), aggregate: otherSeed },
  ];
  await store.commit([{ writes, events: [], notices: [] }], version + 1);
  const report = await replay();
  expect(report.ok).toBe(false);
  expect(report.differences).toEqual([
    { aggregate: 'organisation', id: 'm2', what: 'changed', members: ['mobile'] },
    { aggregate: 'roster', id: 'p1', what: 'changed', members: ['landline'] },
    { aggregate: 'roster', id: `p1 ${roster.shifts[0]!.from}`, what: 'onlyInLedger', members: [] },
    { aggregate: 'calendar', id: '2021-08-26', what: 'changed', members: ['sha256'] },
    { aggregate: 'watch', id: 'p1', what: 'changed', members: ['nextCheckAt'] },
  ]);
  expect(JSON.stringify(report)).not.toMatch(/13800009999|\p{Script=Han}/u);
});

it('takes nothing for a difference that happens while it reads', async () => {
  await liveThrough();
  const store = openStore();
  let looks = 0;
  const busy: Parameters<typeof replay>[0] = {
    ...store,
    scan: async (type, cursor) => {
      const page = await store.scan(type, cursor);
      // right behind the reading of the watches the watch moves on, and is in the ledger before that is read
      const [watch] = type === 'watch' ? page.items : [];
      if (watch?.aggregate.type === 'watch') {
        looks += 1;
        const state = { ...watch.aggregate.state, nextCheckAt: now + 5 };
        const { version } = await store.loadCampaign();
        const write = { id: watch.id, expected: watch.version, aggregate: { type: 'watch', state } as const, dueAt: now + 5 };
        const data = { subject: 'p1', cause: 'silence', nextCheckAt: now + 5 };
        await store.commit([{ writes: [write], events: [{ at: now, event: 'WatchMoved', data }], notices: [] }], version);
      }
      return page;
    },
  };
  expect(await replay(busy)).toMatchObject({ ok: true, differences: [] });
  expect(looks).toBe(1);
});

it('says which rows are missing instead of comparing a part', async () => {
  await liveThrough();
  await archive();
  const withoutArchive = { store: openStore(), sha256: nodeSecrets.sha256 };
  const nothing = async (): Promise<readonly LedgerRow[]> => [];
  const lost = createLedgerReader(openStream(), { rows: nothing });
  await expect(replayLedger({ ...withoutArchive, reader: lost })).rejects.toThrow(/^ZG_LEDGER_INCOMPLETE: rows 1 to \d/);
});
