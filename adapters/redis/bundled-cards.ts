import type { BundledCards } from '../../src/ports/bundled-cards.ts';
import { orAway } from './away.ts';
import { keysOf } from './keys.ts';
import type { RedisClient } from './script.ts';

/** A card is changed as long as its obligations may end; after a week nobody looks at it any more. */
const keptS = 7 * 24 * 3_600;

/** One small key for each obligation on a bundled card; only alerts are bundled, so there are few. */
export const createBundledCards = (redis: RedisClient, bureau: string): BundledCards => {
  const { prefix } = keysOf(bureau);
  const keyOf = (to: string, obligationId: string): string => `${prefix}:bundled:${to}:${obligationId}`;
  return {
    remember: async (to, cardKey, obligationIds) => {
      const value = [cardKey, ...obligationIds].join(' ');
      await orAway(Promise.all(obligationIds.map((id) => redis.set(keyOf(to, id), value, 'EX', keptS))));
    },
    find: async (asked) => {
      if (asked.length === 0) return [];
      const found = await orAway(redis.mget(asked.map(({ to, obligationId }) => keyOf(to, obligationId))));
      return found.map((text) => {
        const [cardKey, ...obligationIds] = text?.split(' ') ?? [];
        return cardKey === undefined ? undefined : { cardKey, obligationIds };
      });
    },
  };
};
