import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { keysOf } from '../../../adapters/redis/keys.ts';
import { createLedgerStream } from '../../../adapters/redis/ledger-stream.ts';
import { rewriteLedger } from '../../../adapters/redis/rewrite-ledger.ts';
import { genesis } from '../../../src/domain/ledger/seal.ts';
import type { Seal } from '../../../src/ports/ledger.ts';
import { appendCommit, eventFor } from '../../support/ledger.ts';
import { type TestRedis, startRedis } from '../../support/redis.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis({ appendfsync: 'everysec' });
});
afterAll(() => server.stop());
beforeEach(() => server.redis.flushall());

const keys = keysOf('jn');
const open = () => createLedgerStream(server.redis, keys, 'jn');
/** Commits of these sizes, one behind the other. */
const commit = async (...sizes: number[]): Promise<void> => {
  let seq = Number((await server.redis.hget(keys.meta, 'seq')) ?? 0);
  for (const size of sizes) {
    const first = seq + 1;
    await appendCommit(
      server.redis,
      keys,
      Array.from({ length: size }, (_, index) => eventFor(first + index)),
    );
    seq += size;
  }
};
const seqsOf = async (after: number, limit: number): Promise<number[]> => (await open().rows(after, limit)).map((row) => row.seq);
const seal = (from: number, to: number, previous = genesis): Seal => ({
  bureau: 'jn',
  from,
  to,
  at: 1,
  hash: `h${to}`,
  previous,
  signature: 's',
});

it('numbers the rows of every commit and reads them from any place, however the commits were cut', async () => {
  await commit(3, 1, 250, 4);
  expect(await open().lastSeq()).toBe(258);
  expect(await seqsOf(0, 5)).toEqual([1, 2, 3, 4, 5]);
  expect(await seqsOf(1, 2)).toEqual([2, 3]);
  expect(await seqsOf(100, 2)).toEqual([101, 102]);
  expect(await seqsOf(252, 100)).toEqual([253, 254, 255, 256, 257, 258]);
  expect(await seqsOf(258, 100)).toEqual([]);
  expect((await open().rows(2, 1))[0]).toEqual({ ...eventFor(3), seq: 3, bureau: 'jn' });
});

it('an empty ledger has no rows and no seal', async () => {
  expect(await seqsOf(0, 10)).toEqual([]);
  expect(await open().lastSeq()).toBe(0);
  expect(await open().lastSeal()).toBeNull();
});

it('lends the archive to one at a time, with a fence that grows', async () => {
  const [one, two] = [await open().lease('one', 10_000), await open().lease('two', 10_000)];
  expect([one, two]).toEqual([1, null]);
  expect(await open().lease('one', 10_000)).toBe(2);
  await open().release(1); // an old fence gives nothing back
  expect(await open().lease('two', 10_000)).toBeNull();
  await open().release(2);
  expect(await open().lease('two', 10_000)).toBe(3);
});

it('a lease that ran out goes to the next, and the old fence seals nothing more', async () => {
  await open().lease('one', 0);
  expect(await open().lease('two', 10_000)).toBe(2);
  expect(await open().writeSeal(seal(1, 2), 1)).toBe(false);
  expect(await open().writeSeal(seal(1, 2), 2)).toBe(true);
});

it('seals follow one another, each row once', async () => {
  await open().lease('one', 10_000);
  expect(await open().writeSeal(seal(2, 3), 1)).toBe(false);
  expect(await open().writeSeal(seal(1, 3), 1)).toBe(true);
  expect(await open().writeSeal(seal(1, 4), 1)).toBe(false);
  expect(await open().writeSeal(seal(4, 5, 'another'), 1)).toBe(false);
  expect(await open().writeSeal(seal(1, 3), 1)).toBe(true); // sent again after a broken connection
  expect(await open().writeSeal(seal(4, 5, 'h3'), 1)).toBe(true);
  expect(await open().lastSeal()).toEqual(seal(4, 5, 'h3'));
});

it('trims whole commits, never beyond the last seal, and only with the newest fence', async () => {
  await commit(3, 3, 3);
  await open().lease('one', 10_000);
  await open().trim(9, 1); // nothing is sealed
  expect((await seqsOf(0, 1))[0]).toBe(1);
  await open().writeSeal(seal(1, 6), 1);
  await open().trim(4, 1); // row 5 is in the same commit as row 4
  expect((await seqsOf(0, 1))[0]).toBe(4);
  await open().trim(9, 0);
  expect((await seqsOf(0, 1))[0]).toBe(4);
  await open().trim(9, 1);
  expect(await seqsOf(0, 9)).toEqual([7, 8, 9]);
});

it('says that the store is away, whatever is asked of it', async () => {
  const gone = server.redis.duplicate({ enableOfflineQueue: false, retryStrategy: null });
  gone.on('error', () => {});
  gone.disconnect();
  const stream = createLedgerStream(gone, keys, 'jn');
  const asked = [stream.rows(0, 1), stream.lastSeq(), stream.lastSeal(), stream.lease('me', 1000), stream.release(1), stream.trim(1, 1)];
  for (const one of [...asked, stream.writeSeal(seal(1, 1), 1)]) await expect(one).rejects.toMatchObject({ code: 'ZG_STORE_AWAY' });
});

it('leaves nothing of what was trimmed in Redis once it is written anew, and goes on counting', async () => {
  await commit(1, 2, 1);
  const stream = open();
  const fence = (await stream.lease('one', 60_000))!;
  expect(await stream.writeSeal(seal(1, 4), fence)).toBe(true);
  await stream.trim(3, fence);
  const bytes = async (): Promise<string> => (await server.redis.dumpBuffer(keys.ledger)).toString('latin1');
  const rows = await stream.rows(0, 10);
  const before = await server.redis.xinfo('STREAM', keys.ledger);
  const sizeBefore = (await bytes()).length;
  await rewriteLedger(server.redis, keys);
  expect((await bytes()).length).toBeLessThan(sizeBefore * 0.7);
  expect(await stream.rows(0, 10)).toEqual(rows);
  const names = ['last-generated-id', 'entries-added', 'max-deleted-entry-id'];
  const factsOf = (facts: unknown) => names.map((name) => (facts as unknown[])[(facts as unknown[]).indexOf(name) + 1]);
  expect(factsOf(await server.redis.xinfo('STREAM', keys.ledger))).toEqual(factsOf(before));
  await commit(1);
  expect((await stream.rows(4, 10)).map(({ seq }) => seq)).toEqual([5]);
});
