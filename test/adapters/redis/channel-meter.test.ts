import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createChannelMeter } from '../../../adapters/redis/channel-meter.ts';
import { bucketOf, percentileOf } from '../../../adapters/redis/latency-buckets.ts';
import type { SendResult } from '../../../src/ports/channel.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';

let server: TestRedis;
let now = 0;
beforeAll(async () => {
  server = await startRedis({ appendfsync: 'everysec' });
});
afterAll(() => server.stop());
beforeEach(async () => {
  await server.redis.flushall();
  now = 1_000_000_000;
});

const open = (instance: string) => {
  const meter = createChannelMeter({ redis: server.redis, bureau: 'jn', instance, campaignNow: () => now * 2, realNow: () => now });
  // written down by hand
  meter.stop();
  return meter;
};
const sent: SendResult = { status: 'sent', isDelivered: false };
const silent: SendResult = { status: 'transient', code: 'ETIMEDOUT', isTransport: true };

describe('what is counted of a channel', () => {
  it('is what all instances have seen together', async () => {
    const [one, other] = [open('a'), open('b')];
    one.sent('wecom', [sent, sent, { status: 'permanent', code: '60111' }], 100);
    other.sent('wecom', [silent, silent], 5_000);
    other.sent('wecom', [{ status: 'transient', code: 'breakerOpen', triesNext: true }], 0);
    other.sent('wecom', [{ status: 'transient', code: 'limited', retryAfterMs: 9 }], 0);
    one.received('wecom', 'taken');
    other.received('wecom', 'badSignature');
    one.breaker('wecom', 'closed');
    other.breaker('wecom', 'open');
    await Promise.all([one.flush(), other.flush()]);
    const seen = await one.read('wecom');
    expect(seen).toMatchObject({
      sent: 2,
      errors: [
        { kind: 'transport', code: 'ETIMEDOUT', count: 2 },
        { kind: 'refused', code: '60111', count: 1 },
        { kind: 'leftAlone', code: 'breakerOpen', count: 1 },
        { kind: 'limited', code: 'limited', count: 1 },
      ],
      received: { taken: 1, badSignature: 1 },
      lastSentAt: now * 2,
      lastFailedAt: now * 2,
      lastCode: 'ETIMEDOUT',
      breakers: { closed: 1, open: 1, halfOpen: 0 },
    });
    // only calls that were made took time
    expect(seen.latency!.p50Ms).toBeGreaterThanOrEqual(100);
    expect(seen.latency!.p50Ms).toBeLessThan(111);
    expect(seen.latency!.p95Ms).toBeGreaterThan(4_999);
    expect(await other.read('feishu')).toEqual({ sent: 0, errors: [], received: {}, breakers: { closed: 0, open: 0, halfOpen: 0 } });
  });

  it('is forgotten after some minutes, the last instants never, and instances that are gone soon', async () => {
    const [one, other] = [open('a'), open('b')];
    one.sent('wecom', [sent, silent], 7);
    one.breaker('wecom', 'open');
    await one.flush();
    const at = now * 2;
    now += 31_000;
    other.breaker('wecom', 'closed');
    await other.flush();
    expect(await other.read('wecom')).toMatchObject({ sent: 1, breakers: { open: 0, closed: 1 } });
    now += one.windowMs;
    expect(await other.read('wecom')).toMatchObject({ sent: 0, errors: [], lastSentAt: at, lastFailedAt: at });
  });

  it('keeps nothing of instances that are long gone: each start is a new one', async () => {
    for (let start = 0; start < 5; start++) {
      const meter = open(`start ${start}`);
      meter.breaker('wecom', 'closed');
      await meter.flush();
      now += 2 * 3_600_000;
    }
    const last = open('last');
    last.breaker('wecom', 'open');
    await last.flush();
    expect(await last.read('wecom')).toMatchObject({ breakers: { open: 1, closed: 0 } });
    expect(Object.keys(await server.redis.hgetall('{zg:jn}:meter:wecom'))).toEqual(['b.last']);
  });

  it('names no more codes than anybody could read', async () => {
    const meter = open('a');
    for (let code = 0; code < 500; code++) meter.sent('wecom', [{ status: 'permanent', code: `x.${code}` }], 1);
    await meter.flush();
    const { errors } = await meter.read('wecom');
    expect(errors.length).toBeLessThan(110);
    expect(errors.reduce((sum, { count }) => sum + count, 0)).toBe(500);
    expect(errors[0]).toMatchObject({ kind: 'refused', code: 'other' });
  });
});

describe('how long calls took', () => {
  it('is known to a tenth', () => {
    for (const ms of [0, 1, 3, 17, 230, 9_999, 45_000]) {
      const told = percentileOf([[bucketOf(ms), 1]], 0.5);
      expect(told).toBeGreaterThanOrEqual(ms);
      expect(told).toBeLessThanOrEqual(Math.max(1, ms * 1.1 + 1));
    }
    const counts = [10, 20, 30, 1_000].map((ms) => [bucketOf(ms), 1] as const);
    expect(percentileOf(counts, 0.5)).toBeLessThan(23);
    expect(percentileOf(counts, 0.95)).toBeGreaterThan(999);
  });
});
