import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startDemoClock } from '../../../adapters/clock/demo-clock.ts';
import { type RunningClock, startRedisClock } from '../../../adapters/clock/redis-clock.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';

let server: TestRedis;
beforeAll(async () => void (server = await startRedis()));
afterAll(() => server.stop());
beforeEach(() => server.redis.flushall());

const key = '{zg:test}:meta';
const friday = Date.parse('2021-08-27T09:55:00+08:00');

const redisNow = async (): Promise<number> => {
  const [seconds, micros] = await server.redis.time();
  return Number(seconds) * 1000 + Number(micros) / 1000;
};

describe('the production clock', () => {
  it('tells the time of Redis, and carries it on', async () => {
    let elapsed = 0;
    const clock = await startRedisClock(server.redis, { key, elapsedMs: () => elapsed });
    const at = clock.now();
    expect(Math.abs((await redisNow()) - at)).toBeLessThan(1000);
    elapsed = 1500;
    expect(clock.now()).toBe(at + 1500);
    clock.stop();
  });

  it('never goes back', async () => {
    let elapsed = 1000;
    const clock = await startRedisClock(server.redis, { key, elapsedMs: () => elapsed });
    const at = clock.now();
    elapsed = 0;
    expect(clock.now()).toBe(at);
    clock.stop();
  });

  it('does not start without Redis', async () => {
    const away = { eval: () => Promise.reject(new Error('away')) };
    await expect(startRedisClock(away, { key })).rejects.toThrow('away');
  });
});

describe('the demo clock', () => {
  const start = (options: { elapsedMs?: () => number; scale?: number; startAt?: number; notBefore?: number } = {}): Promise<RunningClock> =>
    startDemoClock(server.redis, { key, scale: 60, startAt: friday, ...options });

  it('starts where it is told and runs at its scale', async () => {
    let elapsed = 0;
    const clock = await start({ elapsedMs: () => elapsed });
    expect(clock.now()).toBe(friday);
    elapsed = 2000;
    expect(clock.now()).toBe(friday + 120_000);
    clock.stop();
  });

  it('is the same in two processes', async () => {
    const [one, two] = [await start(), await start({ startAt: 0 })];
    // 100 ms of a slow machine, at scale 60
    expect(Math.abs(one.now() - two.now())).toBeLessThan(6000);
    one.stop();
    two.stop();
  });

  it('goes on from where it stopped, whatever the start says by then', async () => {
    const clock = await start();
    clock.stop();
    await server.redis.hincrby(key, 'clockSeenAt', -3_600_000);
    const stoppedAt = Number(await server.redis.hget(key, 'clockAt'));
    let elapsed = 0;
    const resumed = await start({ startAt: friday + 86_400_000, elapsedMs: () => elapsed });
    expect(resumed.now()).toBe(stoppedAt);
    elapsed = 1000;
    expect(resumed.now()).toBe(stoppedAt + 60_000);
    resumed.stop();
  });

  it('does not go back behind what is dated already, where it was killed before it could say how late it was', async () => {
    const clock = await start();
    clock.stop();
    await server.redis.hincrby(key, 'clockSeenAt', -3_600_000);
    const last = friday + 600_000;
    const resumed = await start({ notBefore: last, elapsedMs: () => 0 });
    expect(resumed.now()).toBe(last);
    resumed.stop();
    const other = await start({ notBefore: friday });
    expect(other.now()).toBeGreaterThanOrEqual(last);
    other.stop();
  });

  it('stands still while Redis is away', async () => {
    let elapsed = 0;
    const clock = await start({ elapsedMs: () => elapsed });
    elapsed = 60_000;
    const at = clock.now();
    elapsed = 600_000;
    expect(clock.now()).toBe(at);
    expect(at - friday).toBe(180_000);
    clock.stop();
  });
});
