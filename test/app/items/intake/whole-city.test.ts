import { expect, it } from 'vitest';
import { createWorkbookReader } from '../../../../adapters/excel/workbook-reader.ts';
import { listDoor } from '../../../../src/app/items/intake/hand-over-list.ts';
import { importBatch } from '../../../../src/app/items/intake/import-batch.ts';
import { startService } from '../../../support/service.ts';
import { workbookOf } from '../../../support/workbooks.ts';

const start = async () => {
  const service = await startService({ at: '2021-08-28T10:00' });
  const { world, store } = service;
  const deps = { store, clock: world.clock, settings: world.settings, workbooks: createWorkbookReader(), ...listDoor(world) };
  const unitsOf = (number: string) => {
    const aggregate = store.all().find(({ id }) => id === `i${number}`)?.aggregate;
    return aggregate?.type === 'item' ? aggregate.state.parts.map(({ unitId }) => unitId) : undefined;
  };
  return { world, deps, unitsOf };
};

const regions = (...names: readonly string[]) =>
  workbookOf([
    {
      name: '清单',
      rows: [
        ['转办清单（2021年8月28日）'],
        ['受理编号', '交办问题基本情况', '行政区域'],
        ...names.map((name, index) => [`D2SD20210828001${index}`, '工地扬尘', name]),
      ],
    },
  ]);

it('gives the office what lies in the whole city, and nobody what lies in another one', async () => {
  const { deps, unitsOf, world } = await start();
  const done = await importBatch(deps, await regions('滨海市', '滨海市本级', '全市', '东城区'));
  expect(done.errors).toEqual([]);
  const office = [world.directory.officeId];
  expect(['0', '1', '2', '3'].map((no) => unitsOf(`D2SD20210828001${no}`))).toEqual([office, office, office, ['u2']]);
  const refused = await importBatch(deps, await regions('青岛市'));
  expect(refused.errors.map(({ code }) => code)).toEqual(['ZG_UNIT_UNKNOWN']);
});

it('says which limit it is that wants the hour, where the line names none', async () => {
  const { deps, world } = await start();
  const urgent = { ...world.settings.kinds['petition']!, limit: { type: 'hours', count: 24 } } as const;
  const settings = { ...world.settings, kinds: { ...world.settings.kinds, petition: urgent } };
  const { errors } = await importBatch({ ...deps, settings }, await regions('东城区'));
  expect(errors.find(({ code }) => code === 'ZG_HANDED_OVER_NEEDED')?.message).toContain('“24小时内（本类默认）”');
});
