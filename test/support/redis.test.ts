import { expect, it } from 'vitest';
import { startRedis } from './redis.ts';

it('keeps what was written through a kill', async () => {
  const server = await startRedis();
  try {
    await server.redis.set('a', '1');
    await server.kill();
    await server.restart();
    expect(await server.redis.get('a')).toBe('1');
  } finally {
    await server.stop();
  }
});
