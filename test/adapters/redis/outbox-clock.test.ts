import { afterEach, expect, it, vi } from 'vitest';
import { keysOf } from '../../../adapters/redis/keys.ts';
import { createRedisOutbox } from '../../../adapters/redis/outbox.ts';
import { createRedisStore } from '../../../adapters/redis/store.ts';
import { eventually } from '../../support/demo.ts';
import { startRedis } from '../../support/redis.ts';

afterEach(() => vi.restoreAllMocks());

it('takes over what a dead relay left though somebody has set the clock back', { timeout: 60_000 }, async () => {
  const server = await startRedis({ appendfsync: 'everysec' });
  try {
    const keys = keysOf('jn');
    const open = () => createRedisOutbox(server.redis, server.redis, keys);
    const [dead, alive] = [open(), open()];
    const store = createRedisStore(server.redis, keys, { bundleWindowMs: 0, now: () => 1 });
    await dead.take('dead', 1, 1); // makes the group
    await alive.take('alive', 1, 1);
    await store.commit([{ writes: [], events: [], notices: [{ id: 'n' }] as never }], 0);
    const [left] = await dead.take('dead', 1, 1);
    await server.redis.xclaim(keys.outbox, 'relay', 'dead', 0, left!.entryId, 'IDLE', 60_000);
    const now = Date.now.bind(Date);
    vi.spyOn(Date, 'now').mockImplementation(() => now() - 3_600_000);
    const taken = await eventually(
      () => alive.take('alive', 1, 1),
      (entries) => entries.length > 0,
    );
    expect(taken.map(({ entryId }) => entryId)).toEqual([left!.entryId]);
  } finally {
    await server.stop();
  }
});
