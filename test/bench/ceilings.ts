import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { scriptOf } from '../../adapters/redis/script.ts';
import { startRedis } from '../support/redis.ts';

/** What the same machine can do at best, or what the plain alternative does: measured in the run that they are compared with. */

/**
 * As bare as something can be that keeps the same promise: each timer is taken from the due set, its state read and moved, and a row
 * of as many bytes as a step has in the ledger written, in one script. The row is what the sink is handed: one that is handed over
 * from the script's answer is lost where the process dies between the two.
 *
 * KEYS: due, state, log. ARGV: now, most, the end of a row.
 */
const fireScript = scriptOf(`
local found = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
for _, id in ipairs(found) do
  local step = tonumber(redis.call('HGET', KEYS[2], id)) + 1
  redis.call('HSET', KEYS[2], id, step)
  redis.call('ZREM', KEYS[1], id)
  redis.call('XADD', KEYS[3], '*', 'e', '{"obligationId":"' .. id .. '","stepNo":' .. step .. ',' .. ARGV[3])
end
return #found`);

/** As large as the service's own commits and jobs. */
const batch = 250;
const handedAtOnce = 500;

const group = 'sink';
const logKey = '{c}:log';

/** The rest of a row that says the same as a step in the ledger. */
const restOfRow = JSON.stringify({
  at: 1_630_029_600_758,
  event: 'StepFired',
  data: { subject: 'p1965', afterMs: 0, baseAt: 1_630_029_600_000, via: 'card', roles: ['onDuty'], notified: ['m3930'], reminders: [] },
}).slice(1);

/** Reads the log as it grows and hands each row over to what only counts, until there have been so many. */
const drainLog = async (reading: Redis, redis: Redis, count: number): Promise<void> => {
  let handed = 0;
  const send = async (messages: readonly object[]): Promise<void> => void (handed += messages.length);
  while (handed < count) {
    const answer = await reading.xreadgroup('GROUP', group, 'one', 'COUNT', handedAtOnce, 'BLOCK', 1_000, 'STREAMS', logKey, '>');
    const rows = (answer as [string, [string, string[]][]][] | null)?.[0]?.[1] ?? [];
    if (rows.length === 0) continue;
    await send(rows.map(([id, fields]) => ({ id, ...(JSON.parse(fields[1]!) as object) })));
    await redis.xack(logKey, group, ...rows.map(([id]) => id));
  }
};

/** Timers that one script fires, each with its row in a log from which a sink in this process is handed it; a second. */
export const measureTimerCeiling = async (count: number): Promise<number> => {
  const { redis, socket, stop } = await startRedis({ appendfsync: 'always' });
  const reading = new Redis(socket);
  const keys = ['{c}:due', '{c}:state', logKey];
  for (let from = 0; from < count; from += 1000) {
    const ids = Array.from({ length: Math.min(1000, count - from) }, (_, index) => `ocp${from + index}.kstpjcw0`);
    await redis.zadd('{c}:due', ...ids.flatMap((id) => [1, id]));
    await redis.hset('{c}:state', ...ids.flatMap((id) => [id, 0]));
  }
  await redis.xgroup('CREATE', logKey, group, '0', 'MKSTREAM');
  const startedMs = performance.now();
  const lane = async (): Promise<void> => {
    while (Number(await fireScript(redis, keys, [1, batch, restOfRow])) > 0);
  };
  await Promise.all([lane(), lane(), drainLog(reading, redis, count)]);
  const tookMs = performance.now() - startedMs;
  reading.disconnect();
  await stop();
  return count / (tookMs / 1000);
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
