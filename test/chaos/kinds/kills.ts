import { pause } from '../pause.ts';
import type { ChaosStage } from '../stage.ts';
import type { SingleStand } from '../stands/single.ts';
import { type Stream, streamsOf, strikeInHand } from './in-hand.ts';
import { again, type Kind } from './kind.ts';

/** What was taken has been told to whoever said it by then. */
const toldWithinMs = 200;
/** Whoever is to die is dead by then; whoever comes instead has not begun. */
const deadWithinMs = 300;
/** Longer than it takes to kill somebody on a machine that is busy. */
const longestHeldMs = 10_000;

/** Both die with something in hand: each waits for the answer to its next step, which Redis never takes. Answers whether they had. */
const killAtWork = async (stage: ChaosStage<SingleStand>, stream: Stream): Promise<boolean> => {
  const { redis } = stage.stand.node;
  const isAtWork = await strikeInHand(redis, stream, (transaction) => transaction.client('PAUSE', longestHeldMs, 'WRITE'));
  await pause(toldWithinMs);
  await Promise.all([stage.kill(0), stage.kill(1), pause(deadWithinMs).then(() => redis.client('UNPAUSE'))]);
  return isAtWork;
};

/** SIGKILL of any instance, of both in the middle of their work, and of Redis. */
export const kills: Kind<SingleStand> = {
  name: 'kills',
  torment: async ({ stage, chance, forMs }) => {
    const { inbox, outbox } = streamsOf(stage.keys);
    let [redis, atWork, turn] = [0, 0, 0];
    const instances = await again(forMs, 3, async () => {
      await pause(100 + chance() * 1_200);
      if (chance() < 0.25) {
        await stage.stand.node.kill();
        await stage.stand.node.start();
        redis += 1;
      }
      await stage.kill(chance() < 0.5 ? 0 : 1);
      turn += 1;
      if (turn % 3 > 0 && (await killAtWork(stage, turn % 3 === 1 ? inbox : outbox))) atWork += 1;
    });
    return { 'instances killed': instances, 'times both killed at work': atWork, 'Redis killed': redis };
  },
};

/** An instance that is told to end, and killed while it does. */
export const draining: Kind<SingleStand> = {
  name: 'draining',
  torment: async ({ stage, chance, forMs }) => ({
    'instances killed while draining': await again(forMs, 2, async () => {
      await pause(chance() * 500);
      await stage.drain(chance() < 0.5 ? 0 : 1, chance() * 400);
    }),
  }),
};
