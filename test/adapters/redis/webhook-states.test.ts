import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createWebhookStates } from '../../../adapters/redis/webhook-states.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis({ appendfsync: 'everysec' });
});
beforeEach(() => server.redis.flushall());
afterAll(() => server.stop());

const stateAt = (seq: number) => ({
  seq,
  lastTakenAt: null,
  failures: 0,
  failingSince: null,
  lastCode: null,
  nextTryAt: 0,
  isTold: false,
});

it('lets one process at a time write how far a webhook has come, and hold on while nobody else has taken over', async () => {
  const states = createWebhookStates(server.redis, 'test');
  expect(await states.hold('a', 'one', 30_000)).toBe(true);
  expect(await states.hold('a', 'two', 30_000)).toBe(false);
  expect(await states.write('a', stateAt(2), 'one')).toBe(true);
  expect(await states.write('a', stateAt(1), 'two')).toBe(false);
  expect(await states.read('a')).toEqual(stateAt(2));
  expect(await states.holdOn('a', 'one', 60_000)).toBe(true);
  expect(await server.redis.pttl('{zg:test}:webhook:a')).toBeGreaterThan(30_000);
  expect(await states.holdOn('a', 'two', 30_000)).toBe(false);
  await states.letGo('a', 'two');
  expect(await states.hold('a', 'two', 30_000)).toBe(false);
  await states.letGo('a', 'one');
  expect(await states.holdOn('a', 'one', 30_000)).toBe(false);
  expect(await states.write('a', stateAt(3), 'one')).toBe(false);
  expect(await states.hold('a', 'two', 30_000)).toBe(true);
});
