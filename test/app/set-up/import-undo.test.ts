import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { replayLedger } from '../../../src/app/ledger/replay-ledger.ts';
import { createImportUndo } from '../../../src/app/set-up/import-undo.ts';
import { nodeSecrets } from '../../../adapters/secrets/node-secrets.ts';
import { idOf } from '../../support/invented.ts';
import { startService } from '../../support/service.ts';
import { desksOf } from '../../support/set-up.ts';
import { workbookOf } from '../../support/workbooks.ts';

const office = idOf('冯主任');
const mime = 'application/octet-stream';

const open = async () => {
  const service = await startService();
  const { store, world } = service;
  const ledger = {
    rows: async (after: number, limit: number) => store.rows(after).slice(0, limit),
    lastSeq: async () => store.rows().length,
  };
  return { ...service, ledger, desk: desksOf(service).imports, undo: createImportUndo({ world, ledger }) };
};

type Opened = Awaited<ReturnType<typeof open>>;

const importRoster = async ({ desk }: Opened, rows: readonly (readonly string[])[], by = office) => {
  const source = await workbookOf([{ name: '东城区值班表', rows: [['日期', '值班员'], ...rows] }], '东城区值班表2021.xlsx');
  const shown = await desk.preview(
    { bytes: 'bytes' in source ? source.bytes : new Uint8Array(), name: '东城区值班表2021.xlsx', mime },
    'zh-CN',
  );
  expect(shown.errors).toEqual([]);
  return desk.apply(shown, by);
};

it('is listed with who, when and what it would change back, and one press takes it back; people are told', async () => {
  const service = await open();
  const { store, undo, world, clock } = service;
  const before = (await store.loadCampaign()).roster.shifts;
  const importedAt = clock.now();
  await importRoster(service, [
    ['2021-08-29', '东副班'],
    ['2021-08-30', '次日班'],
  ]);
  const { version, imports } = await undo.list();
  expect(imports).toMatchObject([
    { kind: 'roster', name: '东城区值班表2021.xlsx', by: '冯主任', shifts: { added: 0, changed: 2, gone: 0 }, refusal: null },
  ]);
  const [made] = imports;
  expect([Date.parse(made!.at), made!.until, made!.posts]).toEqual([importedAt, '2021-08-29T08:30:00+08:00', ['东城区']]);
  expect(made!.told).toBeGreaterThan(0);
  const rows = store.rows().length;
  expect(await undo.undo({ id: made!.id, version }, office)).toEqual({ told: made!.told });
  expect((await store.loadCampaign()).roster.shifts).toEqual(before);
  expect(world.directory.planned.shifts).toEqual(before);
  expect(store.rows().slice(rows)[0]).toMatchObject({ event: 'RosterRestored', actor: office, channel: 'page' });
  expect((await undo.list()).imports).toEqual([]);
  await expect(undo.undo({ id: made!.id, version }, office)).rejects.toMatchObject({ code: 'ZG_MOVED_ON' });
});

it('stays listed with the reason once it can be undone no more, and is forgotten when its first shift begins', async () => {
  const service = await open();
  const { undo, clock, passTo } = service;
  await importRoster(service, [['2021-08-29', '东副班']]);
  await passTo(clock.now() + 60_000);
  await importRoster(service, [['2021-08-29', '次日班']]);
  const { version, imports } = await undo.list();
  expect(imports.map(({ refusal }) => refusal)).toEqual([null, 'changedSince']);
  await expect(undo.undo({ id: imports[1]!.id, version }, office)).rejects.toMatchObject({ code: 'ZG_MOVED_ON' });
  // what was shown is not so any more
  await expect(undo.undo({ id: imports[0]!.id, version: version - 1 }, office)).rejects.toMatchObject({ code: 'ZG_MOVED_ON' });
  await passTo(Date.parse('2021-08-29T08:30:00+08:00'));
  expect((await undo.list()).imports).toEqual([]);
  await expect(undo.undo({ id: imports[0]!.id, version }, office)).rejects.toMatchObject({ code: 'ZG_MOVED_ON' });
});

it('takes a contact list back to the one before, for a day and while nobody has changed it since', async () => {
  const service = await open();
  const { desk, undo, store, clock, ledger, passTo } = service;
  const importList = async (name: string) => {
    const bytes = new Uint8Array(await readFile(new URL(`../../fixtures/${name}`, import.meta.url)));
    return desk.apply(await desk.preview({ bytes, name, mime }, 'zh-CN'), office);
  };
  // the lists of the house, which the ledger tells
  await importList('contacts.xlsx');
  const before = (await store.loadCampaign()).organisation;
  await passTo(clock.now() + 60_000);
  const bodies = await workbookOf(
    [
      {
        name: '联系人',
        rows: [
          ['单位', '姓名', '职务', '手机号'],
          ['历下区', '新来的', '联络人', '13800009876'],
        ],
      },
    ],
    '联络人.xlsx',
  );
  const shown = await desk.preview({ bytes: 'bytes' in bodies ? bodies.bytes : new Uint8Array(), name: '联络人.xlsx', mime }, 'zh-CN');
  expect([shown.kind, shown.errors]).toEqual(['contacts', []]);
  await desk.apply(shown, office);
  const { version, imports } = await undo.list();
  expect(imports.map(({ name, refusal }) => [name, refusal])).toEqual([
    ['联络人.xlsx', null],
    ['contacts.xlsx', 'changedSince'],
  ]);
  const rows = store.rows().length;
  await undo.undo({ id: imports[0]!.id, version }, office);
  const { organisation } = await store.loadCampaign();
  expect(organisation.people.filter(({ name }) => name !== '新来的')).toEqual(before.people);
  const inForce = ({ appointments }: typeof organisation) =>
    appointments.filter(({ to }) => to === undefined).map((one) => `${one.role} ${one.of} ${one.personId}`);
  expect(inForce(organisation).toSorted()).toEqual(inForce(before).toSorted());
  expect(store.rows().slice(rows)[0]).toMatchObject({ event: 'OrganisationChanged', actor: office, channel: 'page' });
  expect((await undo.list()).imports.map(({ name }) => name)).toEqual(['contacts.xlsx']);
  const { differences } = await replayLedger({ store, reader: ledger, sha256: nodeSecrets.sha256 });
  expect(differences.filter(({ id }) => id === 'organisation')).toEqual([]);
});
