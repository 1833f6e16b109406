import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryChannelHealth } from '../../adapters/memory/memory-channel-health.ts';
import { createChannelHealth } from '../../adapters/redis/channel-health.ts';
import type { ChannelHealth } from '../../src/ports/channel-health.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis({ appendfsync: 'everysec' });
});
afterAll(() => server.stop());
beforeEach(() => server.redis.flushall());

const makers: { readonly [name: string]: () => readonly [ChannelHealth, ChannelHealth] } = {
  // two instances of the service
  Redis: () => [createChannelHealth(server.redis, 'jn'), createChannelHealth(server.redis, 'jn')],
  memory: () => {
    const one = createMemoryChannelHealth();
    return [one, one];
  },
};
const ms = 300_000;
const failing = (...people: readonly string[]) => people.map((to) => ({ to, obligationId: `o${to}` }));

for (const [name, make] of Object.entries(makers))
  describe(`the health of channels, in ${name}`, () => {
    it('adds up what several instances see, each person once', async () => {
      const [one, other] = make();
      await one.record('webchat', { reached: ['m1', 'm1'], failed: failing('m2') }, { now: 1_000, ms });
      await other.record('sms', { reached: [], failed: failing('m7') }, { now: 1_000, ms });
      expect(await other.record('webchat', { reached: [], failed: failing('m2', 'm3') }, { now: 2_000, ms })).toEqual({
        sent: 2,
        failed: new Map([
          ['m2', 'om2'],
          ['m3', 'om3'],
        ]),
      });
    });

    it('no longer counts whom something has reached, nor what is out of the window, nor what was told', async () => {
      const [one, other] = make();
      await one.record('webchat', { reached: [], failed: failing('m1', 'm2') }, { now: 1_000, ms });
      expect(await other.record('webchat', { reached: ['m2'], failed: [] }, { now: 300_999, ms })).toEqual({
        sent: 1,
        failed: new Map([['m1', 'om1']]),
      });
      expect(await one.record('webchat', { reached: [], failed: failing('m3') }, { now: 301_000, ms })).toEqual({
        sent: 0,
        failed: new Map([['m3', 'om3']]),
      });
      await other.forget('webchat');
      expect(await one.record('webchat', { reached: ['m9'], failed: [] }, { now: 301_001, ms })).toEqual({ sent: 1, failed: new Map() });
    });

    it('takes a large batch', async () => {
      const [one] = make();
      const many = Array.from({ length: 1_201 }, (_, index) => `m${index}`);
      const tally = await one.record('webchat', { reached: many, failed: failing(...many.map((id) => `x${id}`)) }, { now: 1, ms });
      expect([tally.sent, tally.failed.size]).toEqual([1_201, 1_201]);
    });
  });
