import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWindow } from '../../../adapters/bot/window.ts';
import { createRateLimits } from '../../../adapters/limits/redis-rate-limits.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis({ appendfsync: 'everysec' });
});
afterAll(() => redis.stop());

const rule = { of: 'requests', most: 4, windowMs: 60_000, realNow: () => 0 };
const isTaken = (taken: Promise<void>): Promise<boolean> =>
  taken.then(
    () => true,
    () => false,
  );
const countTaken = async (ask: readonly ((name: string) => Promise<void>)[], name: string): Promise<number> =>
  (await Promise.all(Array.from({ length: 12 }, (_, times) => isTaken(ask[times % ask.length]!(name))))).filter(Boolean).length;

it('is counted by all processes together, each name and each window apart', async () => {
  const processes = [1, 2, 3].map(() => createWindow(rule, createRateLimits(redis.redis, '{zg:a}')));
  expect(await countTaken(processes, 'm1')).toBe(4);
  expect(await countTaken(processes, 'm2')).toBe(4);
  expect(await countTaken([createWindow({ ...rule, of: 'exports' }, createRateLimits(redis.redis, '{zg:a}'))], 'm1')).toBe(4);
});

it('is counted by each for itself where nobody counts together, or Redis is away', async () => {
  const away = { take: () => Promise.reject(Object.assign(new Error('away'), { code: 'ZG_STORE_AWAY' })), left: async () => [] };
  expect(await countTaken([createWindow(rule), createWindow(rule)], 'm1')).toBe(8);
  expect(await countTaken([createWindow(rule, away), createWindow(rule, away)], 'm1')).toBe(8);
  await expect(createWindow({ ...rule, most: 0 }, away)('m1')).rejects.toMatchObject({ code: 'ZG_TOO_OFTEN' });
});

it('asks the others only about whoever comes often, where that is said', async () => {
  const asked: string[] = [];
  const take = async (name: string) => {
    asked.push(name);
    return { isTaken: true } as const;
  };
  const mayAsk = createWindow({ ...rule, alone: 2 }, { take, left: async () => [] });
  expect(await countTaken([mayAsk], 'm1')).toBe(4);
  await mayAsk('m2');
  expect(asked).toEqual(['http:requests:m1', 'http:requests:m1']);
});
