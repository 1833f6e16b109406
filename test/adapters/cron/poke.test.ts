import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startCron } from '../../../adapters/cron/poke.ts';
import { quietLog } from '../../support/quiet-log.ts';

const startAt = Date.parse('2026-10-01T08:00:00.250Z');
const [secondMs, hourMs] = [1_000, 3_600_000];

let runs: Record<string, number>;
let cron: ReturnType<typeof startCron>;
const job = (name: string, times: string) => ({ name, cron: times, run: async () => void (runs[name] = (runs[name] ?? 0) + 1) });

beforeEach(() => {
  vi.useFakeTimers({ now: startAt });
  runs = {};
  cron = startCron([job('second', '* * * * * *'), job('five', '*/5 * * * * *'), job('minute', '* * * * *')], quietLog());
});
afterEach(async () => {
  await cron.stop();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it('runs each job at its times, to the second', async () => {
  await vi.advanceTimersByTimeAsync(749);
  expect(runs).toEqual({});
  await vi.advanceTimersByTimeAsync(1);
  expect(runs).toEqual({ second: 1 });
  await vi.advanceTimersByTimeAsync(2 * 60 * secondMs);
  expect(runs).toEqual({ second: 121, five: 24, minute: 2 });
});

it('gives what was missed once, late, when the process could not look in time', async () => {
  await vi.advanceTimersByTimeAsync(58_750);
  expect(runs).toEqual({ second: 59, five: 11 });
  vi.setSystemTime(startAt + 64_000);
  await vi.advanceTimersByTimeAsync(secondMs);
  expect(runs).toEqual({ second: 60, five: 12, minute: 1 });
});

it.each([
  ['back an hour', -hourMs],
  ['back a day', -26 * hourMs],
  ['forward an hour', hourMs],
  ['forward a day', 26 * hourMs],
])('goes on at once when the clock is set %s, and keeps its words to itself', async (_, byMs) => {
  const words = (['log', 'info', 'warn', 'error', 'debug'] as const).map((word) => vi.spyOn(console, word));
  await vi.advanceTimersByTimeAsync(10_000);
  runs = {};
  vi.setSystemTime(Date.now() + byMs);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(runs['second']).toBeGreaterThanOrEqual(9);
  expect(runs['five']).toBeGreaterThanOrEqual(2);
  for (const spy of words) expect(spy).not.toHaveBeenCalled();
});

it('does not start a job twice, says what fails, and ends with what is under way', async () => {
  let finish = (): void => {};
  let starts = 0;
  const log = quietLog();
  const slow = startCron(
    [
      { name: 'slow', cron: '* * * * * *', run: () => new Promise<void>((resolve) => void ((starts += 1), (finish = resolve))) },
      { name: 'failing', cron: '*/5 * * * * *', run: () => Promise.reject(new Error('no')) },
    ],
    log,
  );
  await vi.advanceTimersByTimeAsync(5_000);
  expect(starts).toBe(1);
  expect(log.lines.map(({ fields }) => fields)).toEqual([{ job: 'failing', error: 'Error: no' }]);
  let isStopped = false;
  const stopping = slow.stop().then(() => void (isStopped = true));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(isStopped).toBe(false);
  finish();
  await stopping;
  expect(starts).toBe(1);
});
