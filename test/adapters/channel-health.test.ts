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
        failures: 3,
        failed: new Map([
          ['m2', { obligationId: 'om2' }],
          ['m3', { obligationId: 'om3' }],
        ]),
      });
    });

    it('takes back what was handed over once it is told what became of it, and never counts below nothing', async () => {
      const [one, other] = make();
      const window = { now: 1_000, ms };
      await one.record('sms', { reached: [], failed: [], handedOver: 4 }, window);
      expect(await other.record('sms', { reached: ['m1'], failed: failing('m2'), handedOver: -2 }, window)).toMatchObject({
        sent: 3,
        failures: 1,
      });
      const later = { now: 1_000 + ms, ms };
      expect(await one.record('sms', { reached: ['m3'], failed: failing('m4'), handedOver: -2 }, later)).toMatchObject({
        sent: 1,
        failures: 1,
      });
    });

    it('is back by what it took where it was given up, and by what arrived where it lost what it took', async () => {
      const [one] = make();
      for (const isGivenUp of [true, false]) {
        const name = isGivenUp ? 'givenUp' : 'losing';
        await one.begin(name, { at: 1_000, people: ['m1'], isGivenUp });
        await one.record(name, { reached: [], failed: [], handedOver: 1 }, { now: 2_000, ms });
        const lastReachedAt = (await one.failing([name])).get(name)?.lastReachedAt;
        expect(lastReachedAt).toBe(isGivenUp ? 2_000 : undefined);
      }
      const { failing: broken } = await one.record('losing', { reached: ['m1'], failed: [], handedOver: -1 }, { now: 3_000, ms });
      expect(broken).toMatchObject({ lastReachedAt: 3_000 });
    });

    it('no longer counts whom something has reached, nor what is out of the window, nor what was told', async () => {
      const [one, other] = make();
      await one.record('webchat', { reached: [], failed: failing('m1', 'm2') }, { now: 1_000, ms });
      expect(await other.record('webchat', { reached: ['m2'], failed: [] }, { now: 300_999, ms })).toEqual({
        sent: 1,
        failures: 2,
        failed: new Map([['m1', { obligationId: 'om1' }]]),
      });
      expect(await one.record('webchat', { reached: [], failed: failing('m3') }, { now: 301_000, ms })).toEqual({
        sent: 0,
        failures: 1,
        failed: new Map([['m3', { obligationId: 'om3' }]]),
      });
      await other.begin('webchat', { at: 301_000, people: [], isGivenUp: false });
      expect(await one.record('webchat', { reached: ['m9'], failed: [] }, { now: 301_001, ms })).toMatchObject({
        sent: 1,
        failures: 0,
        failed: new Map(),
      });
    });

    it('counts once what a carrier reports before it is counted as handed over', async () => {
      const [one, other] = make();
      const window = { now: 1_000, ms };
      await one.record('sms', { reached: [], failed: failing('m1', 'm2'), handedOver: -2 }, window);
      await other.record('sms', { reached: [], failed: [], handedOver: 4 }, window);
      const tally = await one.record('sms', { reached: ['m4'], failed: failing('m3'), handedOver: -2 }, window);
      expect([tally.sent, tally.failed.size]).toEqual([1, 3]);
    });

    it('knows who was reached otherwise', async () => {
      const [one, other] = make();
      await one.record('feishu', { reached: [], failed: [{ to: 'm1', obligationId: 'o1', by: 'wecom' }, { to: 'm2' }] }, { now: 1, ms });
      expect((await other.record('feishu', { reached: [], failed: failing('m3') }, { now: 2, ms })).failed).toEqual(
        new Map([
          ['m1', { obligationId: 'o1', by: 'wecom' }],
          ['m2', {}],
          ['m3', { obligationId: 'om3' }],
        ]),
      );
    });

    it('keeps what is failing until one of all says that it is over', async () => {
      const [one, other] = make();
      await one.begin('feishu', { at: 5_000, people: ['m4'], isGivenUp: true });
      await other.begin('feishu', { at: 6_000, people: [], isGivenUp: false });
      await other.record('feishu', { reached: [], failed: failing('m1', 'm2') }, { now: 7_000, ms });
      const { failing: known } = await one.record('feishu', { reached: ['m3'], failed: [] }, { now: 9_000, ms });
      expect(known).toEqual({ since: 5_000, lastFailedAt: 7_000, lastReachedAt: 9_000, failures: 2 });
      expect(await other.failing(['wecom', 'feishu'])).toEqual(new Map([['feishu', known]]));
      expect([await one.over('feishu', 4_000), await one.over('feishu', 5_000), await other.over('feishu', 5_000)]).toEqual([
        false,
        true,
        false,
      ]);
      expect(await one.failing(['feishu'])).toEqual(new Map());
    });

    it('takes only whom it had failed for a sign that a channel works, where it was not given up', async () => {
      const [one, other] = make();
      await one.begin('feishu', { at: 5_000, people: ['m1'], isGivenUp: false });
      await other.record('feishu', { reached: ['m9'], failed: failing('m2') }, { now: 6_000, ms });
      expect((await one.failing(['feishu'])).get('feishu')).toEqual({ since: 5_000, lastFailedAt: 6_000, failures: 1 });
      for (const [to, at] of [
        ['m2', 7_000],
        ['m1', 8_000],
        ['m1', 9_000],
      ] as const)
        await other.record('feishu', { reached: [to], failed: [] }, { now: at, ms });
      expect((await one.failing(['feishu'])).get('feishu')).toMatchObject({ lastReachedAt: 8_000 });
    });

    it('takes a large batch', async () => {
      const [one] = make();
      const many = Array.from({ length: 1_201 }, (_, index) => `m${index}`);
      const tally = await one.record('webchat', { reached: many, failed: failing(...many.map((id) => `x${id}`)) }, { now: 1, ms });
      expect([tally.sent, tally.failed.size]).toEqual([1_201, 1_201]);
    });
  });
