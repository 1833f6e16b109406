import { pause } from '../pause.ts';
import type { SingleStand } from '../stands/single.ts';
import { again, type Kind } from './kind.ts';

/** SIGKILL of any instance, and of Redis. */
export const kills: Kind<SingleStand> = {
  name: 'kills',
  torment: async ({ stage, chance, forMs }) => {
    let redis = 0;
    const instances = await again(forMs, 3, async () => {
      await pause(100 + chance() * 1_200);
      if (chance() < 0.25) {
        await stage.stand.node.kill();
        await stage.stand.node.start();
        redis += 1;
      }
      await stage.kill(chance() < 0.5 ? 0 : 1);
    });
    return { 'instances killed': instances, 'Redis killed': redis };
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
