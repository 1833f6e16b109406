import { Cluster } from 'ioredis';
import type { Redis } from 'ioredis';
import type { RedisClient } from './connect.ts';

const wanted = [
  ['appendonly', 'yes', 'answers would be lost when Redis restarts'],
  ['appendfsync', 'always', 'a power cut would lose the last second of answers'],
  ['maxmemory-policy', 'noeviction', 'Redis would throw obligations away when memory runs short'],
] as const;

const askOne = async (redis: Redis, where: string): Promise<readonly string[]> => {
  let settings: string[];
  try {
    const replies = await Promise.all(wanted.map(([name]) => redis.config('GET', name)));
    settings = replies.map((reply) => String((reply as readonly unknown[])[1]));
  } catch (error) {
    return [`${where}can't be asked for its settings: ${error instanceof Error ? error.message : String(error)}`];
  }
  const faults = wanted.flatMap(([name, value, why], at) =>
    settings[at] === value ? [] : [`${where}${name} is '${settings[at]}', not '${value}': ${why}`],
  );
  return (await isForgetful(redis))
    ? [...faults, `${where}min-replicas-to-write is '0' though there are replicas: a failover would lose answers that were confirmed`]
    : faults;
};

/** A replica that need not have heard of an answer may become the primary. */
const isForgetful = async (redis: Redis): Promise<boolean> => {
  const [[, wantedCount], info] = await Promise.all([
    redis.config('GET', 'min-replicas-to-write') as Promise<readonly unknown[]>,
    redis.info('replication'),
  ]);
  return Number(wantedCount ?? 0) === 0 && Number(/^connected_slaves:(\d+)/mu.exec(info)?.[1] ?? 0) > 0;
};

/** Why an answer that Redis took might not be on disk; empty when all is well. One sentence a fault, for /readyz and the start. */
export const checkDurability = async (client: RedisClient): Promise<readonly string[]> => {
  if (!(client instanceof Cluster)) return askOne(client, '');
  const masters = client.nodes('master');
  const faults = await Promise.all(masters.map((node) => askOne(node, `${node.options.host}:${node.options.port}: `)));
  return faults.flat();
};
