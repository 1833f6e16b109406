import { createWorkbookReader } from '../../adapters/excel/workbook-reader.ts';
import { writeWorkbook } from '../../adapters/excel/write-workbook.ts';
import { listDoor } from '../../src/app/items/intake/hand-over-list.ts';
import { importBatch } from '../../src/app/items/intake/import-batch.ts';
import { handOver } from '../../src/app/items/intake/hand-over.ts';
import type { ItemDraft } from '../../src/domain/items/item-command.ts';
import { roundAt } from './bureau.ts';
import { startEngineProcess, until, untilQuiet } from './engine.ts';
import { type Figure, percentile, toFigure } from './figure.ts';
import { startStage, type Stage } from './stage.ts';

const minute = 60_000;
const unitCount = 16;
const postsPerUnit = 100;

/** Items of sixteen units, as a batch would hand them over at `at`. */
const draftItems = (count: number, at: number, dueAt: number): readonly ItemDraft[] =>
  Array.from({ length: count }, (_, index): ItemDraft => {
    const number = `D2SD20210827${String(index + 1).padStart(5, '0')}`;
    return {
      id: `i${number}`,
      kind: 'assigned',
      number,
      text: `construction dust at night, complaint ${index + 1}`,
      pollution: ['air'],
      isSpecial: false,
      handedOverAt: at,
      unitIds: [`u${(index % unitCount) + 1}`],
      limits: [{ level: 'unit', at: dueAt, countedFromAt: at, rule: { type: 'instant' } }],
    };
  });

/** What units hear of it leaves before anything is measured, as it would have long before. */
const sayHeld = async ({ redis, keys, settings, world, clock }: Stage): Promise<void> => {
  while ((await redis.hlen(keys.bundles)) > 0) await world.store.takeDue(clock.now() + settings.bundleWindowMs, 500, 1_000);
};

export const startItems = async (count: number, dueAt: number): Promise<Stage> => {
  const stage = await startStage(unitCount * postsPerUnit, roundAt, roundAt + minute);
  await handOver(stage.world, { drafts: draftItems(count, stage.clock.now(), dueAt) });
  await sayHeld(stage);
  return stage;
};

const headings = ['序号', '受理编号', '交办问题基本情况', '行政区域', '污染类型', '责任单位', '办理时限'];

const listOf = async (count: number): Promise<Uint8Array> =>
  writeWorkbook([
    {
      name: 'list',
      title: '交办信访件转办清单(第2批,2021年8月27日)',
      headings,
      widths: headings.map(() => 12),
      rows: Array.from({ length: count }, (_, index) => [
        index + 1,
        `D2SD20210827${String(index + 1).padStart(4, '0')}`,
        `construction dust at night, complaint ${index + 1}`,
        '',
        'air',
        `unit u${(index % unitCount) + 1}`,
        '3日内',
      ]),
    },
  ]);

/** A workbook of so many cases, from its bytes until each is durable with its clocks and every unit's message waits to be sent. */
export const measureImport = async (count: number): Promise<readonly Figure[]> => {
  const stage = await startStage(unitCount * postsPerUnit, roundAt, roundAt + minute);
  const bytes = await listOf(count);
  const { world, clock } = stage;
  const deps = { store: world.store, clock, workbooks: createWorkbookReader(), settings: world.settings, ...listDoor(world) };
  const begunAt = performance.now();
  const { ok, counts } = await importBatch(deps, { bytes, fileName: 'list.xlsx' });
  const tookMs = performance.now() - begunAt;
  if (!ok || counts['added'] !== count) throw new Error('not everything was handed over');
  await stage.end();
  return [toFigure({ name: 'items.import', value: tookMs, unit: 'ms', n: count })];
};

/**
 * Open items whose deadline passes in one millisecond: `value` is how long after it the last of them has been decided by
 * a service in another process.
 */
export const measureOverdue = async (count: number): Promise<readonly Figure[]> => {
  // Later than the last warning ahead of it, and sooner than the time to receive it is over.
  const dueAt = roundAt + 30 * minute;
  const stage = await startItems(count, dueAt);
  const engine = await startEngineProcess(stage);
  await untilQuiet(stage);
  engine.moveClock(dueAt - 1_500);
  await until(async () => (await engine.report()).latenessMs.length >= count, 'every item has been decided');
  const { latenessMs } = await engine.report();
  await untilQuiet(stage);
  await engine.stop();
  await stage.end();
  const late = latenessMs.toSorted((one, other) => one - other).slice(0, count);
  const [p50, p99] = [percentile(late, 0.5), percentile(late, 0.99)];
  return [toFigure({ name: 'items.overdue', value: late.at(-1) ?? 0, unit: 'ms', n: count, p50, p99 })];
};
