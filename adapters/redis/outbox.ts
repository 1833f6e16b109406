import type { Notice } from '../../src/domain/escalation/notice.ts';
import type { Outbox, OutboxEntry } from '../../src/ports/outbox.ts';
import { dropGoneConsumers, goneAfterMs } from './gone-consumers.ts';
import type { Keys } from './keys.ts';
import type { RedisClient } from './script.ts';

const group = 'relay';
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

/** Before the first message there is neither stream nor group. */
const isMissingGroup = (error: unknown): boolean => error instanceof Error && /^NOGROUP|no such key/u.test(error.message);

/** The outbox on a Redis stream with one consumer group. `blocking` waits in XREADGROUP and is used by nothing else. */
export const createRedisOutbox = (redis: RedisClient, blocking: RedisClient, keys: Keys, goneMs = goneAfterMs): Outbox => {
  const createGroup = async (): Promise<void> => {
    await redis.xgroup('CREATE', keys.outbox, group, '0', 'MKSTREAM').catch((error: unknown) => {
      if (!(error instanceof Error && error.message.startsWith('BUSYGROUP'))) throw error;
    });
  };
  let claimedAt = 0;
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

  return {
    take: async (consumer, limit, blockMs) => {
      try {
        if (!isTidy) await dropGoneConsumers(redis, keys.outbox, group, goneMs);
        isTidy = true;
        if (Date.now() - claimedAt > deadAfterMs / 2) {
          claimedAt = Date.now();
          const left = await claim(consumer, limit);
          if (left.length > 0) {
            claimedAt = 0;
            return left;
          }
        }
        return await read(consumer, limit, blockMs);
      } catch (error) {
        if (!isMissingGroup(error)) throw error;
        await createGroup();
        return [];
      }
    },
    done: async (entryIds) => {
      // Together: an entry that was acknowledged by a process that died before deleting it would lie there for ever.
      const results = await redis
        .multi()
        .xack(keys.outbox, group, ...entryIds)
        .xdel(keys.outbox, ...entryIds)
        .exec();
      for (const [error] of results ?? []) if (error) throw error;
    },
  };
};
