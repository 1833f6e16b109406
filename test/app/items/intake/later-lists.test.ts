import { describe, expect, it } from 'vitest';
import { createWorkbookReader } from '../../../../adapters/excel/workbook-reader.ts';
import { handOver } from '../../../../src/app/items/intake/hand-over.ts';
import { listDoor } from '../../../../src/app/items/intake/hand-over-list.ts';
import { importBatch } from '../../../../src/app/items/intake/import-batch.ts';
import { deadlineOf, limitAt, type Item } from '../../../../src/domain/items/item.ts';
import { toIso } from '../../../../src/domain/local-time.ts';
import { at } from '../../../support/invented.ts';
import { startService } from '../../../support/service.ts';
import { workbookOf } from '../../../support/workbooks.ts';

/** Lists that come again and say otherwise. */

const number = 'D2SD202108280012';

const start = async () => {
  const service = await startService({ at: '2021-08-28T10:00' });
  const { world, store } = service;
  const deps = { store, clock: world.clock, settings: world.settings, workbooks: createWorkbookReader(), ...listDoor(world) };
  const item = (id: string): Item | undefined => {
    const aggregate = store.all().find((stored) => stored.id === id)?.aggregate;
    return aggregate?.type === 'item' ? aggregate.state : undefined;
  };
  return { ...service, deps, item };
};

describe('a batch that gives more time than before', () => {
  const batch = (limit: string) =>
    workbookOf([
      {
        name: '清单',
        rows: [
          ['转办清单（2021年8月28日）'],
          ['受理编号', '交办问题基本情况', '责任单位', '办理时限'],
          [number, '工地扬尘', '东城区', limit],
        ],
      },
    ]);

  it('takes the levels away that it overtakes, and brings them back where it gives less again', async () => {
    const { deps, item } = await start();
    const due = () => {
      const one = item(`i${number}`)!;
      return [
        toIso('Asia/Shanghai', deadlineOf(one) - 1, 'minute').slice(0, 10),
        one.limits
          .map(({ level }) => level)
          .toSorted()
          .join(' '),
      ];
    };
    await importBatch(deps, await batch('3日内'));
    expect(due()).toEqual(['2021-08-31', 'city province team unit']);
    await importBatch(deps, await batch('5日内'));
    expect(due()).toEqual(['2021-09-02', 'province team unit']);
    await importBatch(deps, await batch('3日内'));
    expect(due()).toEqual(['2021-08-31', 'city province team unit']);
  });

  it('keeps the level that somebody has moved with consent', async () => {
    const { world, deps, item, store } = await start();
    await importBatch(deps, await batch('3日内'));
    const city = limitAt(item(`i${number}`)!, 'city')!;
    await handOver(world, {
      drafts: [],
      corrections: [{ itemId: `i${number}`, correction: { limits: [{ ...city, listedAt: city.at, at: at('2021-09-01T12:00') }] } }],
    });
    await importBatch(deps, await batch('5日内'));
    expect(deadlineOf(item(`i${number}`)!)).toBe(at('2021-09-01T12:00'));
    expect(store.rows().filter(({ event }) => event === 'ItemCorrected')).toHaveLength(2);
  });
});
