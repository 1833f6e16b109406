import type { RedisClient } from './script.ts';

/** A consumer that holds nothing and has asked for nothing for so long is a process that is gone. */
export const goneAfterMs = 3_600_000;

type Consumer = readonly [string, string, string, number, string, number];

/** Processes come and go under names of their own: without this their names would stay in the group for ever. */
export const dropGoneConsumers = async (redis: RedisClient, stream: string, group: string, goneMs: number): Promise<void> => {
  const consumers = (await redis.xinfo('CONSUMERS', stream, group)) as Consumer[];
  const gone = consumers.filter(([, , , pending, , idle]) => pending === 0 && idle > goneMs);
  await Promise.all(gone.map(([, name]) => redis.xgroup('DELCONSUMER', stream, group, name)));
};
