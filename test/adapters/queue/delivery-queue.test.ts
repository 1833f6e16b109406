import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createDeliveryQueue, restMs, startDeliveryWorker, type Delivering } from '../../../adapters/queue/delivery-queue.ts';
import { Fault } from '../../../src/ports/fault.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { type TestRedis, startRedis } from '../../support/redis.ts';
import { sampleNotice } from '../../support/samples.ts';

let server: TestRedis;
beforeAll(async () => void (server = await startRedis({ appendfsync: 'everysec' })));
afterAll(() => server.stop());

/** One job through a real queue whose rests are over at once, until it is done or given up. */
const carry = async (prefix: string, delivering: (tell: () => void) => Delivering, waitMs = 1): Promise<void> => {
  const connection = new Redis(server.socket, { maxRetriesPerRequest: null });
  const options = { connection, prefix: `{${prefix}}` };
  const queue = createDeliveryQueue(options);
  const { promise, resolve } = Promise.withResolvers<void>();
  const worker = startDeliveryWorker({ ...options, concurrency: 1, log: quietLog(), rest: () => waitMs }, delivering(resolve));
  await queue.add([{ id: 'j1', notices: [sampleNotice('m1'), sampleNotice('m2')] }]);
  await promise;
  await worker.close();
  await queue.close();
  connection.disconnect();
};

it('goes on with a job for as long as the store is away, and none of that counts as a try', async () => {
  const lastTries: boolean[] = [];
  const given: unknown[] = [];
  await carry('away', (done) => ({
    deliver: async (_job, isLastTry) => {
      lastTries.push(isLastTry);
      if (lastTries.length < 20) throw new Fault('ZG_STORE_AWAY');
      done();
      return [];
    },
    giveUp: async (notices) => void given.push(notices),
  }));
  expect(lastTries).toHaveLength(20);
  expect(lastTries).not.toContain(true);
  expect(given).toEqual([]);
});

it('gives up what the program itself fails in after six tries, and says what was left', async () => {
  let tries = 0;
  const given: string[] = [];
  await carry('fails', (done) => ({
    deliver: async () => {
      tries += 1;
      throw new TypeError('cannot be rendered');
    },
    giveUp: async (notices) => {
      given.push(...notices.map(({ to }) => to));
      done();
    },
  }));
  expect([tries, given]).toEqual([6, ['m1', 'm2']]);
});

it('tries what a channel refuses for the moment six times, alone', async () => {
  const seen: [number, boolean][] = [];
  await carry('refused', (done) => ({
    deliver: async ({ notices }, isLastTry) => {
      seen.push([notices.length, isLastTry]);
      if (isLastTry) done();
      return isLastTry ? [] : notices.slice(-1);
    },
    giveUp: async () => {},
  }));
  expect(seen).toEqual([[2, false], ...Array.from({ length: 4 }, () => [1, false]), [1, true]]);
});

it('brings what was to wait no sooner, and with what it carried', async () => {
  const connection = new Redis(server.socket, { maxRetriesPerRequest: null });
  const options = { connection, prefix: '{waits}' };
  const queue = createDeliveryQueue(options);
  const { promise, resolve } = Promise.withResolvers<readonly [number, number | undefined]>();
  const begunAt = Date.now();
  const worker = startDeliveryWorker(
    { ...options, concurrency: 1, log: quietLog() },
    {
      deliver: async ({ heldTimes }) => {
        resolve([Date.now() - begunAt, heldTimes]);
        return [];
      },
      giveUp: async () => {},
    },
  );
  await queue.add([{ id: 'j1~1', notices: [sampleNotice('m1')], heldTimes: 1 }], 400);
  const [waitedMs, heldTimes] = await promise;
  expect(waitedMs).toBeGreaterThanOrEqual(400);
  expect(heldTimes).toBe(1);
  await worker.close();
  await queue.close();
  connection.disconnect();
});

it('rests longer each time, but never for minutes', () => {
  expect([1, 2, 3, 5, 6, 2_000].map((times) => restMs(times, 0))).toEqual([500, 1_000, 2_000, 8_000, 10_000, 10_000]);
  expect(restMs(1, 1)).toBe(350);
});

it(
  'puts nothing off for longer than it was told to, though somebody has set the clock of the process that did',
  { timeout: 60_000 },
  async () => {
    const now = Date.now.bind(Date);
    const ahead = vi.spyOn(Date, 'now').mockImplementation(() => now() + 26 * 3_600_000);
    let tries = 0;
    const delivering = (done: () => void): Delivering => ({
      deliver: async () => {
        tries += 1;
        if (tries > 1) done();
        if (tries > 1) return [];
        setTimeout(() => ahead.mockRestore(), 300);
        throw new Fault('ZG_STORE_AWAY');
      },
      giveUp: async () => {},
    });
    await carry('clock', delivering, 1_500);
    expect(tries).toBe(2);
  },
);
