import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createWorkbookReader } from '../../../../adapters/excel/workbook-reader.ts';
import { listDoor } from '../../../../src/app/items/intake/hand-over-list.ts';
import { importBatch, importRequests } from '../../../../src/app/items/intake/import-batch.ts';
import { leadOf, limitAt, type Item } from '../../../../src/domain/items/item.ts';
import { toIso } from '../../../../src/domain/local-time.ts';
import { emptyRoster } from '../../../../src/domain/roster/roster.ts';
import { fixture, openItemDesk } from '../../../support/item-desk.ts';
import { startService } from '../../../support/service.ts';
import { workbookOf } from '../../../support/workbooks.ts';

const expected = JSON.parse(readFileSync(fixture('expected.json').path, 'utf8'));

const start = async () => {
  const { organisation } = await (await openItemDesk()).store.loadCampaign();
  const service = await startService({ at: '2021-08-29T08:00', organisation, roster: emptyRoster });
  const { world, store } = service;
  const deps = { store, clock: world.clock, settings: world.settings, workbooks: createWorkbookReader(), ...listDoor(world) };
  const items = (): readonly Item[] => store.all().flatMap(({ aggregate }) => (aggregate.type === 'item' ? [aggregate.state] : []));
  const item = (id: string): Item => items().find((one) => one.id === id)!;
  const dueAt = (id: string): string => toIso('Asia/Shanghai', limitAt(item(id), 'unit')!.at, 'minute');
  const rows = () => store.rows().length;
  return { ...service, deps, items, item, dueAt, rows };
};

it('hands the batch over with a clock for each, and again changes nothing', async () => {
  const { deps, items, dueAt, rows } = await start();
  const outcome = await importBatch(deps, fixture('batch-2021-08-28.xlsx'));
  expect(outcome).toMatchObject({ ok: true, errors: [], counts: { items: 12, added: 12, updated: 0 } });
  expect(items().map(({ number }) => number)).toEqual(expected.batch.normalisedNumbers);
  for (const [number, at] of Object.entries<string>(expected.batch.dueAt)) expect(dueAt(`i${number}`)).toBe(at.slice(0, 22));
  const before = rows();
  expect((await importBatch(deps, fixture('batch-2021-08-28.xlsx'))).counts).toMatchObject({ added: 0, updated: 0, unchanged: 12 });
  expect(rows()).toBe(before);
});

it('changes nothing when it only looks', async () => {
  const { deps, items, rows } = await start();
  const before = rows();
  expect(await importBatch(deps, fixture('batch-2021-08-28.xlsx'), { isDryRun: true })).toMatchObject({
    ok: true,
    dryRun: true,
    counts: { added: 12 },
  });
  expect([items(), rows()]).toEqual([[], before]);
});

it('opens requests only where nothing is left open', async () => {
  const { deps, items, dueAt } = await start();
  expect(await importRequests(deps, fixture('document-requests-03.xlsx'))).toMatchObject({ ok: false });
  expect(items()).toEqual([]);
  const options = { map: { 办公室: '局办公室' }, handedOverAt: Date.parse('2021-08-29T08:00:00+08:00') };
  expect((await importRequests(deps, fixture('document-requests-03.xlsx'), options)).counts).toMatchObject({ requests: 6, added: 6 });
  const { line1, line3, line4 } = expected.documentRequests.with.dueAt;
  expect([dueAt('iDR3.1'), dueAt('iDR3.3')]).toEqual([line1, line3]);
  const shared = items().filter(({ number }) => number === '调阅3-4');
  expect(shared.map(({ id }) => dueAt(id))).toEqual([line4.slice(0, 22), line4.slice(0, 22)]);
});

it('follows a later list: what it says otherwise, and no more', async () => {
  const { deps, item, store } = await start();
  await importBatch(deps, fixture('batch-2021-08-28.xlsx'));
  const before = item('iD2SD202108280012');
  const rows = [
    ['转办清单（2021年8月28日）'],
    ['受理编号', '交办问题基本情况', '责任单位', '办理时限'],
    ['D2SD202108280012', `${before.text}，另有夜间施工`, '市中区', '2021-08-31 09:00'],
  ];
  const later = await workbookOf([{ name: '清单', rows }]);
  expect(await importBatch(deps, later)).toMatchObject({ ok: true, errors: [], counts: { added: 0, updated: 1 } });
  const after = item('iD2SD202108280012');
  expect(after).toMatchObject({
    text: `${before.text}，另有夜间施工`,
    district: before.district,
    pollution: before.pollution,
    corrections: 1,
  });
  expect(store.rows().filter(({ event }) => event === 'ItemCorrected')).toHaveLength(1);
  expect(leadOf(after).unitId).not.toBe(leadOf(before).unitId);
});
