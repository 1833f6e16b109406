import type { ChainableCommander, Redis } from 'ioredis';
import { INBOX_GROUP, type Keys } from '../../../adapters/redis/keys.ts';

/** What is taken from one and settled in it once it is done. */
export type Stream = { readonly key: string; readonly group: string };

export const streamsOf = ({ inbox, outbox }: Keys): { readonly [name in 'inbox' | 'outbox']: Stream } => ({
  inbox: { key: inbox, group: INBOX_GROUP },
  outbox: { key: outbox, group: 'relay' },
});

/** Where nobody takes anything in hand for so long, it happens all the same. */
const mostWaitMs = 10_000;

/**
 * Does something to Redis in a moment in which somebody has something in hand: what they do next comes after it. Answers whether
 * there was any such moment.
 */
export const strikeInHand = async (
  redis: Redis,
  { key, group }: Stream,
  strike: (transaction: ChainableCommander) => ChainableCommander,
): Promise<boolean> => {
  const inHand = async (): Promise<number> => Number((await redis.xpending(key, group).catch(() => [0]))[0]);
  const giveUpAt = performance.now() + mostWaitMs;
  while (performance.now() < giveUpAt) {
    await redis.watch(key);
    // nothing where it was settled meanwhile
    if ((await inHand()) > 0 && (await strike(redis.multi()).exec()) !== null) return true;
  }
  await redis.unwatch();
  await strike(redis.multi()).exec();
  return false;
};
