import { INBOX_GROUP, type Keys } from './keys.ts';
import { OUTBOX_GROUP } from './outbox.ts';
import type { RedisClient } from './script.ts';

/** What waits for the bot or for the relay. */
export type StandingEntries = readonly { readonly key: string; readonly group: string; readonly ids: readonly string[] }[];

const mostAtOnce = 1_000;

export const findStanding = async (redis: RedisClient, keys: Keys): Promise<StandingEntries> => {
  const boxes = [
    { key: keys.inbox, group: INBOX_GROUP },
    { key: keys.outbox, group: OUTBOX_GROUP },
  ];
  return Promise.all(boxes.map(async (box) => ({ ...box, ids: (await redis.xrange(box.key, '-', '+')).map(([id]) => id) })));
};

/** What has been settled meanwhile is gone already. */
export const dropStanding = async (redis: RedisClient, standing: StandingEntries): Promise<void> => {
  for (const { key, group, ids } of standing)
    for (let at = 0; at < ids.length; at += mostAtOnce) {
      const some = ids.slice(at, at + mostAtOnce);
      // nobody has taken anything where there is no group
      await redis.xack(key, group, ...some).catch(() => 0);
      await redis.xdel(key, ...some);
    }
};
