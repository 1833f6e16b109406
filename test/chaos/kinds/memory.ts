import { pause } from '../pause.ts';
import type { SingleStand } from '../stands/single.ts';
import { streamsOf, strikeInHand } from './in-hand.ts';
import { again, type Kind } from './kind.ts';

/** Whoever has something in hand has been refused by then. */
const leastFullMs = 300;
const mostFullMs = 1_500;

/**
 * Redis has no memory left just when somebody has a message in hand: it takes nothing new, while what is there may be acknowledged and
 * deleted.
 */
export const redisMemory: Kind<SingleStand> = {
  name: 'redisMemory',
  torment: async ({ stage, chance, forMs }) => {
    const { redis } = stage.stand.node;
    const { outbox } = streamsOf(stage.keys);
    return {
      'times without memory': await again(forMs, 3, async () => {
        await pause(chance() * 1_000);
        try {
          await strikeInHand(redis, outbox, (transaction) => transaction.config('SET', 'maxmemory', '1'));
          await pause(leastFullMs + chance() * (mostFullMs - leastFullMs));
        } finally {
          await redis.config('SET', 'maxmemory', '0');
        }
      }),
    };
  },
};
