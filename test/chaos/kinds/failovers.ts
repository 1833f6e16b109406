import { pause } from '../pause.ts';
import type { ClusterStand } from '../stands/cluster.ts';
import type { SentinelStand } from '../stands/sentinel.ts';
import { again, type Kind } from './kind.ts';

/** So long a primary that comes back may believe that it leads, in a short run. */
const shortLeadMs = 1_500;
const longLeadMs = 25_000;
const longRunMs = 60_000;
/** Beyond what anybody waits for a replica: whoever waits and doesn't listen to the answer would confirm it. */
const mostHeldMs = 2_700;

/** The primary dies or stands still; what it had not yet told its replica is gone. */
export const failover: Kind<SentinelStand> = {
  name: 'failover',
  torment: async ({ stage, chance, forMs }) => {
    const survived = { kill: 0, pause: 0 };
    const leadMs = (): number => chance() * (forMs >= longRunMs ? longLeadMs : shortLeadMs);
    await again(forMs, 2, async () => {
      const how = survived.kill <= survived.pause ? 'kill' : 'pause';
      await pause(chance() * 1_000);
      await stage.stand.failOver(how, how === 'kill' || chance() < 0.5 ? 800 + chance() * mostHeldMs : 0, leadMs());
      survived[how] += 1;
    });
    return { 'primaries killed': survived.kill, 'primaries held': survived.pause };
  },
};

const lose = async (
  stage: { readonly stand: ClusterStand; readonly keys: { readonly state: string } },
  chance: () => number,
  forMs: number,
) =>
  again(forMs, 1, async () => {
    await pause(chance() * 1_500);
    await stage.stand.loseMasterOf(stage.keys.state);
  });

/** The node of a Cluster that has the bureau is lost, and its replica takes over. */
export const clusterNode: Kind<ClusterStand> = {
  name: 'clusterNode',
  torment: async ({ stage, chance, forMs }) => ({ 'masters lost to their replica': await lose(stage, chance, forMs) }),
};

/** It has no replica: the bureau waits until it is back. */
export const loneNode: Kind<ClusterStand> = {
  name: 'loneNode',
  torment: async ({ stage, chance, forMs }) => ({ 'masters without replica lost and back': await lose(stage, chance, forMs) }),
};
