import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRateLimits } from '../../../adapters/limits/redis-rate-limits.ts';
import type { RateRule } from '../../../src/ports/rate-limits.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis({ appendfsync: 'everysec' });
});
afterAll(() => server.stop());

const rules: readonly RateRule[] = [
  { count: 3, perMs: 60_000 },
  { count: 5, perMs: 3_600_000 },
];

describe('limits that every instance counts together', () => {
  it('give so many and no more, and say when to come back', async () => {
    const one = createRateLimits(server.redis, '{zg:a}');
    const other = createRateLimits(server.redis, '{zg:a}');
    const taken = await Promise.all([one, other, one, other, one, other].map((limits) => limits.take('zhao', rules)));
    expect(taken.filter(({ isTaken }) => isTaken)).toHaveLength(3);
    const waits = taken.flatMap((answer) => (answer.isTaken ? [] : [answer.retryAfterMs]));
    expect(waits.every((waitMs) => waitMs > 0 && waitMs <= 60_000)).toBe(true);
    expect((await one.take('li', rules)).isTaken).toBe(true);
  });

  it('take nothing of one rule where another refuses', async () => {
    const limits = createRateLimits(server.redis, '{zg:b}');
    const loose: readonly RateRule[] = [
      { count: 10, perMs: 60_000 },
      { count: 2, perMs: 3_600_000 },
    ];
    for (let times = 0; times < 6; times++) await limits.take('zhao', loose);
    expect(await limits.left('zhao', loose)).toEqual([8, 0]);
    expect(await limits.left('nobody', loose)).toEqual([10, 2]);
  });

  it('keep bureaus apart, and let everybody through where there is no rule', async () => {
    const limits = createRateLimits(server.redis, '{zg:c}');
    const tight: readonly RateRule[] = [{ count: 1, perMs: 60_000 }];
    expect((await limits.take('zhao', tight)).isTaken).toBe(true);
    expect((await createRateLimits(server.redis, '{zg:d}').take('zhao', tight)).isTaken).toBe(true);
    for (let times = 0; times < 5; times++) expect((await limits.take('zhao', [])).isTaken).toBe(true);
  });

  it('say that the store is away rather than let anybody through', async () => {
    const client = new Redis('/nowhere/redis.sock', {
      retryStrategy: () => null,
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false,
      lazyConnect: true,
    });
    client.on('error', () => {});
    await expect(createRateLimits(client, '{zg:e}').take('zhao', rules)).rejects.toMatchObject({ code: 'ZG_STORE_AWAY' });
    client.disconnect();
  });
});
