import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LedgerStream } from '../../src/ports/ledger.ts';
import { withoutTrimming } from '../../src/wiring/without-trimming.ts';

/** The lease alone, as Redis has it. */
const leasing = (): Pick<LedgerStream, 'lease' | 'release'> => {
  let [holder, until, fence]: [string, number, number] = ['', 0, 0];
  return {
    lease: async (who, ttlMs) => {
      if (holder !== '' && holder !== who && until > Date.now()) return null;
      [holder, until] = [who, Date.now() + ttlMs];
      return (fence += 1);
    },
    release: async (given) => void (given === fence && (holder = '')),
  };
};

let stream: LedgerStream;
const takenBy = (who: string): Promise<number | null> => stream.lease(who, 30_000);
beforeEach(() => {
  vi.useFakeTimers();
  stream = leasing() as LedgerStream;
});
afterEach(() => void vi.useRealTimers());

const minuteMs = 60_000;
const workFor = (ms: number) => (): Promise<string> => new Promise((resolve) => void setTimeout(() => resolve('done'), ms));

it('keeps the archive for as long as it works, and gives it back', async () => {
  const working = withoutTrimming(stream, workFor(10 * minuteMs));
  for (let minute = 0; minute < 10; minute++) {
    expect(await takenBy('sealer')).toBeNull();
    await vi.advanceTimersByTimeAsync(minuteMs);
  }
  expect(await working).toBe('done');
  expect(await takenBy('sealer')).not.toBeNull();
});

it('keeps nobody away for long once it is killed', async () => {
  void withoutTrimming(stream, () => new Promise(() => {}));
  await vi.advanceTimersByTimeAsync(minuteMs);
  expect(await takenBy('sealer')).toBeNull();
  // nothing of it runs any more
  vi.setSystemTime(Date.now() + 15_000);
  expect(await takenBy('sealer')).not.toBeNull();
});

it('does not take for whole what was done while somebody else wrote the archive', async () => {
  const working = withoutTrimming(stream, workFor(minuteMs));
  const refusal = working.catch(String);
  await vi.advanceTimersByTimeAsync(5_000);
  // held for an hour, like a process that is stopped
  vi.setSystemTime(Date.now() + 60 * minuteMs);
  await stream.release((await takenBy('sealer'))!);
  await vi.advanceTimersByTimeAsync(minuteMs);
  expect(await refusal).toContain('ZG_ARCHIVE_BUSY');
});

it('waits for whoever writes the archive, and gives up after a minute', async () => {
  const fence = (await stream.lease('sealer', minuteMs / 2))!;
  const waiting = withoutTrimming(stream, async () => 'done');
  await vi.advanceTimersByTimeAsync(5_000);
  await stream.release(fence);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await waiting).toBe('done');
  await stream.lease('sealer', 10 * minuteMs);
  const refusal = withoutTrimming(stream, async () => 'done').catch(String);
  await vi.advanceTimersByTimeAsync(2 * minuteMs);
  expect(await refusal).toContain('ZG_ARCHIVE_BUSY');
});
