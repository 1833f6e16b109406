import type { Notice } from '../../src/domain/escalation/notice.ts';
import type { Outbox, OutboxEntry } from '../../src/ports/outbox.ts';
import { dropGoneConsumers, goneAfterMs } from './gone-consumers.ts';
import type { Keys } from './keys.ts';
import { runReplicated, wantsReplicas } from './replicas.ts';
import { type RedisClient, scriptOf } from './script.ts';

export const OUTBOX_GROUP = 'relay';
const group = OUTBOX_GROUP;
/** A relay that has not finished an entry for this long is taken for dead. */
const deadAfterMs = 5_000;

type Raw = readonly [id: string, fields: readonly string[] | null];

const entryOf = ([entryId, fields]: Raw): OutboxEntry | undefined => {
  if (!fields) return undefined;
  const values = new Map<string, string>();
  for (let at = 0; at < fields.length; at += 2) values.set(fields[at]!, fields[at + 1]!);
  const bundledFor = values.get('b');
  return { entryId, notices: JSON.parse(values.get('n') ?? '[]') as Notice[], ...(bundledFor === undefined ? {} : { bundledFor }) };
};

/** Where the delivery queue keeps its jobs, by their ids. */
const jobKeyOf = (keys: Keys, jobId: string): string => `${keys.prefix}:deliver:${jobId}`;

/**
 * Together: an entry that was acknowledged by a process that died before deleting it would lie there for ever. And only beside
 * the jobs that they became: those may have gone to a primary that was lost since.
 *
 * KEYS: outbox, jobs. ARGV: group, then ids of entries.
 */
const doneScript = scriptOf(`
for i = 2, #KEYS do
  if redis.call('EXISTS', KEYS[i]) == 0 then return 0 end
end
for i = 2, #ARGV do
  redis.call('XACK', KEYS[1], ARGV[1], ARGV[i])
  redis.call('XDEL', KEYS[1], ARGV[i])
end
return 1`);

/** Before the first message there is neither stream nor group. */
const isMissingGroup = (error: unknown): boolean => error instanceof Error && /^NOGROUP|no such key/u.test(error.message);

/** The outbox on a Redis stream with one consumer group. `blocking` waits in XREADGROUP and is used by nothing else. */
export const createRedisOutbox = (redis: RedisClient, blocking: RedisClient, keys: Keys, goneMs = goneAfterMs): Outbox => {
  const createGroup = async (): Promise<void> => {
    await redis.xgroup('CREATE', keys.outbox, group, '0', 'MKSTREAM').catch((error: unknown) => {
      if (!(error instanceof Error && error.message.startsWith('BUSYGROUP'))) throw error;
    });
  };
  let claimedAt = Number.NEGATIVE_INFINITY;
  let isTidy = false;

  const claim = async (consumer: string, limit: number): Promise<readonly OutboxEntry[]> => {
    const [, raws] = (await redis.xautoclaim(keys.outbox, group, consumer, deadAfterMs, '0-0', 'COUNT', limit)) as [string, Raw[]];
    return raws.flatMap((raw) => entryOf(raw) ?? []);
  };

  const read = async (consumer: string, limit: number, blockMs: number): Promise<readonly OutboxEntry[]> => {
    const answer = (await blocking.xreadgroup('GROUP', group, consumer, 'COUNT', limit, 'BLOCK', blockMs, 'STREAMS', keys.outbox, '>')) as
      | [string, Raw[]][]
      | null;
    return (answer?.[0]?.[1] ?? []).flatMap((raw) => entryOf(raw) ?? []);
  };

  /**
   * What was decided must not be said while the replicas have not heard of it: they might never. A primary that has not heard of it
   * either has no such entry.
   */
  const outlasting = async (consumer: string, entries: readonly OutboxEntry[]): Promise<readonly OutboxEntry[]> => {
    if (entries.length === 0 || !wantsReplicas(redis)) return entries;
    const ids = entries.map(({ entryId }) => entryId);
    const [claimed] = await runReplicated(redis, keys.meta, (pipeline) =>
      pipeline.xclaim(keys.outbox, group, consumer, 0, ...ids, 'JUSTID'),
    );
    const there = new Set(claimed?.[1] as readonly string[]);
    return entries.filter(({ entryId }) => there.has(entryId));
  };

  return {
    take: async (consumer, limit, blockMs) => {
      try {
        if (!isTidy) await dropGoneConsumers(redis, keys.outbox, group, goneMs);
        isTidy = true;
        if (performance.now() - claimedAt > deadAfterMs / 2) {
          claimedAt = performance.now();
          const left = await claim(consumer, limit);
          if (left.length > 0) {
            claimedAt = Number.NEGATIVE_INFINITY;
            return await outlasting(consumer, left);
          }
        }
        return await outlasting(consumer, await read(consumer, limit, blockMs));
      } catch (error) {
        if (!isMissingGroup(error)) throw error;
        await createGroup();
        return [];
      }
    },
    done: async (entryIds, jobIds = []) => {
      // Those that are left come back to whoever claims them, and become the same jobs.
      await doneScript(redis, [keys.outbox, ...jobIds.map((id) => jobKeyOf(keys, id))], [group, ...entryIds]);
    },
  };
};
