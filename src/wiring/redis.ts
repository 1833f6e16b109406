import { startDemoClock } from '../../adapters/clock/demo-clock.ts';
import { startRedisClock, type RunningClock } from '../../adapters/clock/redis-clock.ts';
import { createRedis, untilReady, type RedisClient } from '../../adapters/redis/connect.ts';
import { keysOf, type Keys } from '../../adapters/redis/keys.ts';
import { followReplicas } from '../../adapters/redis/replicas.ts';
import type { Log } from '../ports/log.ts';

/** Connections by what they are for: a blocking read must never stand in the way of a commit. */
export type Connections = {
  readonly keys: Keys;
  readonly commands: RedisClient;
  readonly inboxReads: RedisClient;
  readonly outboxReads: RedisClient;
  readonly listening: RedisClient;
  readonly bullWorker: RedisClient;
  readonly bullProducer: RedisClient;
  readonly close: () => void;
};

const askListeningMs = 10_000;

export const connectAll = async (address: string, bureau: string, log: Log): Promise<Connections> => {
  const commands = createRedis(address, 'commands', log);
  const clients = {
    commands,
    inboxReads: createRedis(address, 'blocking', log),
    outboxReads: createRedis(address, 'blocking', log),
    listening: createRedis(address, 'blocking', log),
    bullWorker: createRedis(address, 'bullWorker', log),
    bullProducer: createRedis(address, 'bullProducer', log),
  };
  let unfollow = (): void => {};
  // Whoever only listens would never notice that nobody is at the other end.
  const asking = setInterval(() => void clients.listening.ping().catch(() => {}), askListeningMs);
  const close = (): void => {
    unfollow();
    clearInterval(asking);
    Object.values(clients).forEach((client) => client.disconnect());
  };
  try {
    await Promise.all(Object.values(clients).map((client) => untilReady(client)));
    unfollow = await followReplicas(commands);
  } catch (error) {
    // they would try for ever, and whoever gives up would never end
    close();
    throw error;
  }
  return { keys: keysOf(bureau), ...clients, close };
};

/** The demo's clock runs fast and resumes where it stopped; the production clock is Redis's own. */
export const startClock = (
  redis: RedisClient,
  keys: Keys,
  demo: { readonly scale: number; readonly startAt: number; readonly notBefore: number } | null,
  log: Log,
): Promise<RunningClock> =>
  demo ? startDemoClock(redis, { key: keys.meta, ...demo, log }) : startRedisClock(redis, { key: keys.meta, log });
