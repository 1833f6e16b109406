import { Cluster, Redis } from 'ioredis';
import { parseRedisTarget } from '../../../adapters/redis/target.ts';

/** The Redis that everything of a stage stands on, alone or as many. */
export type RedisStand = {
  /** As REDIS_URL takes it. */
  readonly url: string;
  /** The judge's own connection: it waits for whatever is away, and leaves whoever says nothing. */
  readonly client: Redis | Cluster;
  /** How many replicas have what was confirmed. */
  readonly replicas: number;
  readonly stop: () => Promise<void>;
};

const silentMs = 3_000;

export const judgesClient = (url: string): Redis | Cluster => {
  const target = parseRedisTarget(url);
  const patient = { maxRetriesPerRequest: null, socketTimeout: silentMs };
  const client =
    target.kind === 'cluster'
      ? new Cluster(
          target.nodes.map((node) => ({ ...node })),
          { redisOptions: patient, clusterRetryStrategy: () => 50, retryDelayOnFailover: 200, retryDelayOnClusterDown: 200 },
        )
      : new Redis({ ...patient, ...target.options, retryStrategy: () => 50, sentinelRetryStrategy: () => 50 });
  client.on('error', () => {}); // it is away so often that it needs no telling
  return client;
};
