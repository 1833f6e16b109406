import { Cluster, Redis } from 'ioredis';
import type { RedisOptions } from 'ioredis';
import type { Log } from '../../src/ports/log.ts';
import { parseRedisTarget, type Login, type RedisNode } from './target.ts';

export type RedisClient = Redis | Cluster;

/**
 * What a connection is for.
 * `commands`: answers or fails within seconds, so that a webhook can say 503 and its platform tries again.
 * `blocking`: waits in XREADGROUP, and for Redis to come back.
 * `bullWorker`, `bullProducer`: the same two for BullMQ, which insists on its own settings.
 */
export type RedisRole = 'commands' | 'blocking' | 'bullWorker' | 'bullProducer';

/** Soon back after a restart (the next decision is due within two seconds), gentle while Redis stays away. */
const retryDelayMs = (times: number): number => Math.min(25 * times, 500);

/** A socket that has been silent for this long with a question open is dead, whatever TCP believes. */
const socketTimeoutMs = 10_000;

type Settings = Login &
  Pick<
    RedisOptions,
    | 'commandTimeout'
    | 'maxRetriesPerRequest'
    | 'socketTimeout'
    | 'blockingTimeout'
    | 'blockingTimeoutGrace'
    | 'connectionName'
    | 'connectTimeout'
    | 'maxLoadingRetryTime'
  >;
type RoleSettings = {
  readonly canQueue: boolean;
  readonly settings: Settings;
  /** Whether a Cluster of which a part is lost counts as away; without it each command fails by itself until the part is back. */
  readonly asksWhetherWhole?: boolean;
};

/** Long before that a caller is told that Redis is away: nothing that is asked in this role takes a second. */
const commandTimeoutMs = 5_000;

const failFast: RoleSettings = { canQueue: false, settings: { maxRetriesPerRequest: 1, socketTimeout: socketTimeoutMs } };
/** Longer than anything waits for an answer: reads that block, jobs that are waited for, a snapshot that is written. */
const longestSilenceMs = 30_000;
const waitForever: RoleSettings = { canQueue: true, settings: { maxRetriesPerRequest: null, socketTimeout: longestSilenceMs } };

const settingsByRole: { readonly [role in RedisRole]: RoleSettings } = {
  commands: { ...failFast, settings: { ...failFast.settings, commandTimeout: commandTimeoutMs } },
  // a blocked read must not outlive a connection that died without a word
  blocking: { canQueue: true, settings: { ...waitForever.settings, blockingTimeout: 60_000, blockingTimeoutGrace: 10_000 } },
  // BullMQ waits for each `connect()` to end, and in ioredis one that asks this of a Cluster that is down never does, also
  // when the Cluster is back: no job would be taken again
  bullWorker: { ...waitForever, asksWhetherWhole: false },
  bullProducer: failFast,
};

/** One line when Redis goes and one when it is back, however often the client tries in between. */
const reportAbsence = (client: RedisClient, role: RedisRole, log: Log | undefined): void => {
  let isAway = false;
  let reason = 'the connection was closed';
  client.on('error', (error: Error) => void (reason = error.message));
  client.on('reconnecting', () => {
    if (!isAway) log?.warn({ role, reason }, 'Redis is away; trying again until it is back');
    isAway = true;
  });
  client.on('ready', () => {
    if (isAway) log?.info({ role }, 'Redis is back');
    isAway = false;
  });
};

/** A primary that was made a replica goes on answering whoever is connected: reading, and refusing to write, for ever. */
const isDemoted = (error: Error): 1 | false => (error.message.startsWith('READONLY') ? 1 : false);

const createCluster = (nodes: readonly RedisNode[], { canQueue, settings, asksWhetherWhole = true }: RoleSettings): Cluster =>
  new Cluster(
    nodes.map((node) => ({ ...node })),
    {
      enableOfflineQueue: canQueue,
      enableReadyCheck: asksWhetherWhole,
      clusterRetryStrategy: retryDelayMs,
      // a certificate names hosts, so with TLS they must not become addresses first
      ...(settings.tls && { dnsLookup: (host, callback) => callback(null, host) }),
      redisOptions: settings,
    },
  );

/**
 * A client for one role; it connects by itself and keeps trying until it is told to `disconnect` or `quit`.
 * In the roles that fail fast a command before the first connection fails too: await `untilReady` once at the start.
 * Throws ZG_REDIS_URL for an address that can't be read.
 */
export const createRedis = (address: string, role: RedisRole, log?: Log): RedisClient => {
  const target = parseRedisTarget(address);
  const ofRole = settingsByRole[role];
  const { canQueue, settings } = ofRole;
  const common: Settings = { ...settings, connectionName: `zaigang-${role}`, connectTimeout: 5000, maxLoadingRetryTime: 250 };
  const client =
    target.kind === 'cluster'
      ? createCluster(target.nodes, { ...ofRole, settings: { ...common, ...target.options } })
      : new Redis({
          ...common,
          ...target.options,
          enableOfflineQueue: canQueue,
          retryStrategy: retryDelayMs,
          reconnectOnError: isDemoted,
        });
  reportAbsence(client, role, log);
  return client;
};

/** Resolves when the client can be asked, rejects with ZG_REDIS_AWAY after `timeoutMs`. */
export const untilReady = async (client: RedisClient, timeoutMs = 10_000): Promise<void> => {
  if (client.status === 'ready') return;
  let lastError = 'no answer';
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onError = (error: Error): void => void (lastError = error.message);
  const timer = setTimeout(
    () => reject(new Error(`ZG_REDIS_AWAY: Redis can't be reached (${lastError}). Check REDIS_URL and that Redis runs.`)),
    timeoutMs,
  );
  client.on('error', onError);
  client.once('ready', resolve);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    client.removeListener('error', onError);
    client.removeListener('ready', resolve);
  }
};
