import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDispatches } from '../../../adapters/redis/dispatches.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis({ appendfsync: 'everysec' });
});
afterAll(() => server.stop());

const dispatch = { to: 'l:p1', about: [{ obligationId: 'ocp1.x', stepNo: 3 }], keys: { 1: { action: 'acknowledge' } } };

it('finds what went out by the id that comes back, in its own channel and bureau, in every process', async () => {
  const [one, other] = [createDispatches(server.redis, 'jinan'), createDispatches(server.redis, 'jinan')];
  await one.remember('aliyunVoice', '116000^103000', dispatch);
  expect(await other.find('aliyunVoice', '116000^103000')).toEqual(dispatch);
  expect(await other.find('tencentVoice', '116000^103000')).toBeUndefined();
  expect(await createDispatches(server.redis, 'qingdao').find('aliyunVoice', '116000^103000')).toBeUndefined();
  expect(await other.isReported('aliyunVoice', '116000^103000')).toBe(false);
  await one.markReported('aliyunVoice', '116000^103000');
  expect(await other.isReported('aliyunVoice', '116000^103000')).toBe(true);
});

it('forgets all of it by itself', async () => {
  const threeDaysMs = 3 * 86_400_000;
  const keys = await server.redis.keys('{zg:jinan}:sent:*');
  expect(keys).toHaveLength(2);
  for (const key of keys) expect(await server.redis.pttl(key)).toBeGreaterThan(threeDaysMs - 60_000);
  for (const key of keys) expect(await server.redis.pttl(key)).toBeLessThanOrEqual(threeDaysMs);
});

it('says so while the store is away', async () => {
  const away = server.redis.duplicate({ lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null, path: '/nowhere.sock' });
  away.on('error', () => {});
  const dispatches = createDispatches(away, 'jinan');
  await expect(dispatches.find('aliyunSms', 'x')).rejects.toMatchObject({ code: 'ZG_STORE_AWAY' });
  away.disconnect();
});
