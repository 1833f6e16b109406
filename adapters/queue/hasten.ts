import type { Job, Queue } from 'bullmq';
import type { Cluster, Redis } from 'ioredis';

/** A clock may be off by so much before it is taken for wrong: nobody notices. */
const toleratedMs = 5_000;
/** Looked at in one go, the latest first. */
const most = 200;
/** A score of the delayed jobs is an instant, and below it a number that keeps their order. */
const perMs = 0x1000;

const timeScript = `local t = redis.call('TIME') return t[1] * 1000 + math.floor(t[2] / 1000)`;

type Delays = Pick<Queue, 'getJob'> & { readonly toKey: (type: string) => string };

/**
 * A delay ends when the wall clock of whoever gave it says so: a process whose clock was a day ahead puts a message off for a day, also
 * once the clock is right again. What is to wait longer than it was told to, by the clock of Redis, waits no longer.
 */
export const hasten = async (queue: Delays, connection: Redis | Cluster): Promise<void> => {
  const key = queue.toKey('delayed');
  const entries = await connection.zrevrange(key, 0, most - 1, 'WITHSCORES');
  if (entries.length === 0) return;
  const time = await connection.eval(timeScript, 1, key);
  for (let at = 0; at < entries.length; at += 2) {
    const leftMs = Number(entries[at + 1]) / perMs - Number(time);
    if (leftMs <= toleratedMs) return;
    const job: Job | undefined = await queue.getJob(entries[at]!);
    // somebody else may have been quicker
    if (job && leftMs > job.delay + toleratedMs) await job.promote().catch(() => {});
  }
};
