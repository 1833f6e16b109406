import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSharedTokens } from '../../../adapters/redis/shared-tokens.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis({ appendfsync: 'everysec' });
});
beforeEach(() => server.redis.flushall());
afterAll(() => server.stop());

describe("a platform's token", () => {
  const open = () => createSharedTokens(server.redis, 'test');
  const counting = (expiresInMs = 7_200_000) => {
    let fetched = 0;
    const fetchFresh = async () => ({ token: `t${(fetched += 1)}`, expiresInMs });
    return { fetchFresh, fetched: () => fetched };
  };

  it('is fetched once, however many instances want it at once', async () => {
    const { fetchFresh, fetched } = counting();
    const tokens = await Promise.all(Array.from({ length: 20 }, () => open().get('wecom', fetchFresh)));
    expect([new Set(tokens), fetched()]).toEqual([new Set(['t1']), 1]);
  });

  it('is forgotten before it runs out', async () => {
    const { fetchFresh } = counting(7_200_000);
    await open().get('wecom', fetchFresh);
    const leftMs = await server.redis.pttl('{zg:test}:token:wecom');
    expect(leftMs > 6_800_000 && leftMs <= 6_900_000).toBe(true);
  });

  it('that is gone before it can be used is not kept', async () => {
    const { fetchFresh, fetched } = counting(0);
    expect([await open().get('wecom', fetchFresh), await open().get('wecom', fetchFresh), fetched()]).toEqual(['t1', 't2', 2]);
  });

  it('is fetched anew once the platform refuses it, but not twice for the same one', async () => {
    const { fetchFresh, fetched } = counting();
    const tokens = open();
    const old = await tokens.get('wecom', fetchFresh);
    await tokens.drop('wecom', old);
    expect(await tokens.get('wecom', fetchFresh)).toBe('t2');
    await tokens.drop('wecom', old);
    expect([await tokens.get('wecom', fetchFresh), fetched()]).toEqual(['t2', 2]);
  });

  it('that could not be fetched keeps nobody from trying', async () => {
    const { fetchFresh } = counting();
    await expect(open().get('wecom', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await open().get('wecom', fetchFresh)).toBe('t1');
  });

  it('is fetched by another where whoever was fetching died', async () => {
    await server.redis.set('{zg:test}:token:wecom:lock', 'dead', 'PX', 10_000);
    const { fetchFresh } = counting();
    const tokens = createSharedTokens(server.redis, 'test', async () => {
      await server.redis.pexpire('{zg:test}:token:wecom:lock', 1);
    });
    expect(await tokens.get('wecom', fetchFresh)).toBe('t1');
  });
});
