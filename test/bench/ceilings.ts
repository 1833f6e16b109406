import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { scriptOf } from '../../adapters/redis/script.ts';
import { startRedis } from '../support/redis.ts';

/** What the same machine can do at best, or what the plain alternative does: measured in the run that they are compared with. */

const fireScript = scriptOf(`
local found = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
for _, id in ipairs(found) do
  local step = tonumber(redis.call('HGET', KEYS[2], id)) + 1
  redis.call('HSET', KEYS[2], id, step)
  redis.call('ZREM', KEYS[1], id)
  redis.call('XADD', KEYS[3], '*', 'id', id, 'step', step)
end
return found`);

const batch = 250;

/** Timers that one script fires, with their log, into a sink in this process; a second. */
export const measureTimerCeiling = async (count: number): Promise<number> => {
  const { redis, stop } = await startRedis({ appendfsync: 'always' });
  const keys = ['{c}:due', '{c}:state', '{c}:log'];
  for (let from = 0; from < count; from += 1000) {
    const ids = Array.from({ length: Math.min(1000, count - from) }, (_, index) => `o${from + index}`);
    await redis.zadd('{c}:due', ...ids.flatMap((id) => [1, id]));
    await redis.hset('{c}:state', ...ids.flatMap((id) => [id, 0]));
  }
  let fired = 0;
  const startedMs = performance.now();
  const lane = async (): Promise<void> => {
    for (let found: string[] = ['']; found.length > 0; fired += found.length)
      found = (await fireScript(redis, keys, [1, batch])) as string[];
  };
  await Promise.all([lane(), lane()]);
  const tookMs = performance.now() - startedMs;
  await stop();
  return fired / (tookMs / 1000);
};

/** How late BullMQ's own delayed jobs begin that are all due in the same millisecond, ms each. */
export const measureBullLateness = async (count: number): Promise<readonly number[]> => {
  const server = await startRedis({ appendfsync: 'always' });
  const connect = (): Redis => new Redis(server.socket, { maxRetriesPerRequest: null });
  const [producer, consumer] = [connect(), connect()];
  const queue = new Queue('late', { connection: producer });
  const dueAt = Date.now() + 2000 + count / 5;
  for (let from = 0; from < count; from += 500) {
    const jobs = Array.from({ length: Math.min(500, count - from) }, () => ({
      name: 'late',
      data: {},
      opts: { delay: dueAt - Date.now() },
    }));
    await queue.addBulk(jobs);
  }
  const lateMs: number[] = [];
  const { promise: isOver, resolve } = Promise.withResolvers<void>();
  const worker = new Worker(
    'late',
    async () => {
      lateMs.push(Date.now() - dueAt);
      if (lateMs.length === count) resolve();
    },
    { connection: consumer, concurrency: 100 },
  );
  await isOver;
  await worker.close();
  await queue.close();
  producer.disconnect();
  consumer.disconnect();
  await server.stop();
  return lateMs;
};
