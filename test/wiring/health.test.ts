import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keysOf } from '../../adapters/redis/keys.ts';
import { createUndecided } from '../../adapters/redis/undecided.ts';
import type { ChannelView } from '../../src/app/views/view-channels.ts';
import { createHealth, type HealthParts } from '../../src/wiring/health.ts';
import { createProgress } from '../../src/wiring/progress.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

type State = ChannelView['state'];

const open = (states: { readonly [channel: string]: State }, posts: readonly object[] = [{}]) => {
  let now = 0;
  let isRunning = true;
  const progress = createProgress(() => now);
  const items = () => Object.entries(states).map(([channel, state]) => ({ channel, state }) as ChannelView);
  const health = createHealth({
    world: {
      store: { ping: async () => void (await redis.redis.ping()) },
      campaignVersion: 1,
      clock: { now: () => now },
      leaseMs: 0,
      settings: { bureau: 'test' },
      byRoster: { roster: { posts } },
      directory: { organisation: { units: [] } },
    } as unknown as HealthParts['world'],
    connections: { commands: redis.redis, keys: keysOf('test') },
    engine: { isRunning: () => isRunning, waiting: async () => 2 },
    progress,
    channels: async () => ({ at: '', windowMinutes: 5, items: items() }),
    mailbox: 'webchat',
    realNow: () => now,
  });
  return { health, passes: (ms: number): void => void (now += ms), endWorker: (): void => void (isRunning = false) };
};

const lost = 'every channel is failing';

it.each(['failing', 'idle'] as const)(
  'is ready while it works, also where no channel does, and says so to whoever watches: %s',
  async (sms) => {
    const { health } = open({ webchat: 'working', wecom: 'failing', sms });
    expect(await health.readiness()).toEqual({ ok: true, reasons: [], warnings: [lost] });
    expect(await health.faults()).toEqual([lost]);
  },
);

it('warns while there is no post, for nobody is asked anything', async () => {
  const { health } = open({ webchat: 'idle' }, []);
  expect(await health.readiness()).toMatchObject({ ok: true, warnings: [expect.stringContaining('no post is known yet')] });
});

it.each([{ webchat: 'failing' }, { webchat: 'working', wecom: 'failing', sms: 'working' }, { webchat: 'idle', wecom: 'idle' }] as const)(
  'warns of nothing where somebody is reached: %o',
  async (states) => {
    const { health } = open(states);
    expect(await health.readiness()).toEqual({ ok: true, reasons: [], warnings: [] });
    expect(await health.faults()).toEqual([]);
  },
);

it('is not ready once a part of the engine stands still or the worker has ended, and gives no sign of life', async () => {
  const { health, passes, endWorker } = open({ webchat: 'working' });
  passes(61_000);
  const { ok, reasons } = await health.readiness();
  expect([ok, reasons.length]).toEqual([false, 5]);
  expect(await health.faults()).toEqual(reasons);
  // what was not ready is found out anew, without waiting for the second of those who share a look
  endWorker();
  expect((await health.readiness()).reasons).toContain('the delivery worker does not run');
  const registry = new Registry();
  health.collect(registry);
  expect(await registry.metrics()).toMatch(/^zaigang_ready 0$/mu);
});

it('is not ready while it ends', async () => {
  const { health } = open({ webchat: 'working' });
  health.leave();
  expect((await health.readiness()).ok).toBe(false);
});

it('stays ready and warns of what cannot be decided, on every instance, for as long as it fails', async () => {
  const [one, other] = [open({ webchat: 'working' }), open({ webchat: 'working' })];
  const undecided = createUndecided(redis.redis, 'test');
  expect(await undecided.untold(['oc1', 'oc2'])).toEqual(['oc1', 'oc2']);
  await undecided.note(['oc1', 'oc2'], 0);
  await undecided.note(['oc2'], 1_000);
  expect(await undecided.untold(['oc1', 'oc2', 'oc3'])).toEqual(['oc3']);
  for (const { health } of [one, other])
    expect(await health.readiness()).toMatchObject({ ok: true, warnings: [expect.stringMatching(/^2 of/u)] });
  const registry = new Registry();
  one.health.collect(registry);
  expect(await registry.metrics()).toMatch(/^zaigang_undecided 2$/mu);
  expect(await undecided.countSince(1)).toBe(1);
  expect(await undecided.countSince(1_001)).toBe(0);
});

it('looks once for all who ask within a second, and says at once that it ends', async () => {
  const { health, passes, endWorker } = open({ webchat: 'working' });
  const [one, ...others] = await Promise.all(Array.from({ length: 50 }, () => health.readiness()));
  expect(one?.ok).toBe(true);
  expect(others.every(({ reasons }) => reasons === one?.reasons)).toBe(true);
  endWorker();
  expect((await health.readiness()).ok).toBe(true);
  passes(1_000);
  expect((await health.readiness()).ok).toBe(false);
  health.leave();
  expect((await health.readiness()).reasons).toEqual(['this process is about to end']);
});
