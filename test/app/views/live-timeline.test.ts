import { expect, it } from 'vitest';
import { createLiveTimeline } from '../../../src/app/views/live-timeline.ts';
import type { LedgerRow } from '../../../src/domain/ledger/event.ts';
import { timelineMs } from '../../../src/domain/figures/timeline.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { startService } from '../../support/service.ts';

const start = async () => {
  const { world, store, clock, passTo } = await startService();
  let real = 0;
  let reads = 0;
  const rows = async (after: number, limit: number): Promise<readonly LedgerRow[]> => {
    reads += 1;
    return store.rows(after).slice(0, limit);
  };
  const ledger = { rows, lastSeq: async () => store.rows().at(-1)?.seq ?? 0 };
  const timeline = createLiveTimeline({ ledger, loadDirectory: async () => world.directory, clock, realNow: () => real, log: quietLog() });
  return {
    timeline,
    store,
    clock,
    passTo,
    reads: () => reads,
    later: (ms: number): void => void (real += ms),
    askedIn: (version: number, isSeen: (unitId: string) => boolean = () => true): number =>
      timeline.since(version, isSeen).stretches.reduce((sum, { asked = 0 }) => sum + asked, 0),
  };
};

const opened = (rows: readonly LedgerRow[], subjects?: readonly string[]): number =>
  rows.filter(({ event, data }) => event === 'CheckOpened' && (subjects?.includes(data['subject'] as string) ?? true)).length;

it('reads the day that was before anybody looked once, goes on with what is read anyway, and fills what was not', async () => {
  const { timeline, store, clock, passTo, askedIn, later, reads } = await start();
  await passTo(clock.now() + 30 * 60_000);
  expect(await timeline.settle(1)).toBe(false);
  await timeline.whenFilled();
  later(1_500);
  expect(await timeline.settle(2)).toBe(true);
  expect(askedIn(0)).toBe(opened(store.rows()));
  expect(askedIn(0)).toBeGreaterThan(2);
  const seen = store.rows().at(-1)!.seq;
  const read = reads();
  await passTo(clock.now() + 6 * 3_600_000);
  timeline.hear(store.rows(seen));
  // no more often than a second
  expect(await timeline.settle(3)).toBe(false);
  later(1_500);
  expect(await timeline.settle(4)).toBe(true);
  expect(reads()).toBe(read);
  expect(askedIn(0)).toBe(opened(store.rows()));
  await passTo(clock.now() + 6 * 3_600_000);
  timeline.hear(store.rows().slice(-1));
  await timeline.whenFilled();
  later(1_500);
  await timeline.settle(5);
  const from = clock.now() - timelineMs;
  expect(askedIn(0)).toBe(opened(store.rows().filter(({ at }) => at > from)));
  expect(reads()).toBeGreaterThan(read);
});

it('tells a unit what is about its posts and people', async () => {
  const { timeline, store, clock, passTo, askedIn, later } = await start();
  await passTo(clock.now() + 30 * 60_000);
  await timeline.settle(1);
  await timeline.whenFilled();
  later(1_500);
  await timeline.settle(2);
  const east = askedIn(0, (unitId) => unitId === 'u2');
  expect(east).toBeGreaterThanOrEqual(opened(store.rows(), ['p2']));
  expect(east).toBeLessThan(askedIn(0));
  expect(timeline.since(0, (unitId) => unitId === 'u2').moments.filter(({ subject }) => subject === 'p3')).toEqual([]);
});
