import { Cluster, type Redis } from 'ioredis';
import { Fault } from '../../src/ports/fault.ts';

type RedisClient = Redis | Cluster;

/** A replica that has not heard by then is away: whoever waits is told so, and tries again. */
const heardWithinMs = 2_000;
const askEveryMs = 5_000;

const wantedBy = new WeakMap<RedisClient, number>();

const nodesOf = (client: RedisClient): readonly Redis[] => (client instanceof Cluster ? client.nodes('master') : [client]);

/** How many replicas must have what this client writes before it counts: what Redis itself asks for, `min-replicas-to-write`. */
const ask = async (client: RedisClient): Promise<void> => {
  const answers = await Promise.all(nodesOf(client).map((node) => node.config('GET', 'min-replicas-to-write')));
  const counts = answers.map((answer) => Number((answer as readonly unknown[])[1] ?? 0));
  wantedBy.set(client, Math.max(0, ...counts));
};

/**
 * From now on what is durably done through this client waits for as many replicas as Redis asks for: now, after each
 * reconnection, and soon after somebody sets another number. Resolves when the number is known; answers what ends it.
 */
export const followReplicas = async (client: RedisClient): Promise<() => void> => {
  // one that may not be asked is found by whoever checks how durable it is
  const again = (): void => void ask(client).catch(() => {});
  client.on('ready', again);
  const timer = setInterval(again, askEveryMs);
  timer.unref();
  await ask(client).catch(() => {});
  return () => {
    clearInterval(timer);
    client.off('ready', again);
  };
};

export const wantsReplicas = (client: RedisClient): boolean => (wantedBy.get(client) ?? 0) > 0;

type Pipeline = ReturnType<Redis['pipeline']>;

/** What Redis says of each command of a pipeline. */
type Answers = readonly (readonly [Error | null, unknown])[];

/**
 * Runs commands together and resolves once enough replicas have them and everything before: on one connection, for a word
 * from another primary would prove nothing. The client sends a pipeline again whole or not at all. `key` is any of the bureau's
 * hashes: a write to it makes the wait cover also what others have written. Rejects with ZG_STORE_AWAY where nobody knows whether it
 * outlives the primary; whoever tries again finds it done, or does it.
 */
export const runReplicated = async (client: RedisClient, key: string, add: (pipeline: Pipeline) => Pipeline): Promise<Answers> => {
  const wanted = wantedBy.get(client) ?? 0;
  const pipeline = add(client.pipeline());
  if (wanted > 0) pipeline.hset(key, 'toldAt', '').wait(wanted, heardWithinMs);
  const answers = ((await pipeline.exec()) ?? []) as Answers;
  if (wanted === 0) return answers;
  const [[markError], [waitError, heard]] = answers.slice(-2) as [Answers[number], Answers[number]];
  const failed = answers.find(([error]) => error)?.[0];
  if (failed) throw failed;
  if (markError || waitError || Number(heard) < wanted)
    throw new Fault('ZG_STORE_AWAY', `${String(heard)} of ${wanted} replicas have heard of it`);
  return answers.slice(0, -2);
};
