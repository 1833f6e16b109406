import { chanceOf } from './chance.ts';
import { startCrowd } from './crowd.ts';
import { judge } from './judgement.ts';
import { backups } from './kinds/commands.ts';
import { beginnings } from './kinds/beginnings.ts';
import { clocks, movableClock } from './kinds/clocks.ts';
import { dataDisk, redisDisk } from './kinds/disks.ts';
import { clusterNode, failover, loneNode } from './kinds/failovers.ts';
import type { Kind, Survived } from './kinds/kind.ts';
import { draining, kills } from './kinds/kills.ts';
import { redisMemory } from './kinds/memory.ts';
import { pauses, slowDisk } from './kinds/pauses.ts';
import { pause } from './pause.ts';
import { startChaosStage } from './stage.ts';
import { startClusterStand } from './stands/cluster.ts';
import { startSentinelStand } from './stands/sentinel.ts';
import { startSingleStand } from './stands/single.ts';
import type { RedisStand } from './stands/stand.ts';

/** Kinds that need the same Redis are played on one stage, one after the other. */
type Group<S extends RedisStand> = { readonly stand: () => Promise<S>; readonly kinds: readonly Kind<S>[] };

const group = <S extends RedisStand>({ stand, kinds }: Group<S>) => ({
  names: kinds.map(({ name }) => name),
  play: (wanted: readonly string[], options: PlayOptions): Promise<readonly Played[]> =>
    playOn(
      stand,
      kinds.filter(({ name }) => wanted.includes(name)),
      options,
    ),
});

export const groups = [
  group({
    stand: startSingleStand,
    kinds: [kills, pauses, slowDisk, clocks, redisDisk, dataDisk, redisMemory, draining, backups, beginnings],
  }),
  group({ stand: startSentinelStand, kinds: [failover] }),
  group({ stand: () => startClusterStand({ hasReplicas: true }), kinds: [clusterNode] }),
  group({ stand: () => startClusterStand({ hasReplicas: false }), kinds: [loneNode] }),
];
export const kindNames: readonly string[] = groups.flatMap(({ names }) => names);

export type PlayOptions = {
  readonly seed: number;
  /** How long each kind torments. */
  readonly forMs: number;
  readonly posts: number;
  /** How long a step of a ladder is: half seconds. */
  readonly breathMs: number;
  /** After the last kind of a stage instead of after each. */
  readonly isJudgedOnce?: boolean;
  readonly onPlayed?: (played: Played) => void;
};

export type Played = { readonly kind: string; readonly survived: Survived; readonly faults: readonly string[]; readonly told: string };

const roundEveryBreaths = 6;
const mostFaults = 40;

const playOn = async <S extends RedisStand>(
  stand: () => Promise<S>,
  kinds: readonly Kind<S>[],
  { seed, forMs, posts, breathMs, isJudgedOnce = false, onPlayed }: PlayOptions,
): Promise<readonly Played[]> => {
  if (kinds.length === 0) return [];
  const stage = await startChaosStage(await stand(), { posts, breathMs, envOf: movableClock });
  try {
    const all: Played[] = [];
    // a kind goes the same way whatever is played before it
    const crowd = startCrowd(stage, chanceOf(seed));
    await crowd.startRound();
    const leave = crowd.askForLeave();
    leave.catch(() => {}); // told where it is waited for
    for (const [index, { name, torment }] of kinds.entries()) {
      const faults: string[] = [];
      let isOver = false;
      const rounds = (async () => {
        for (; !isOver; await pause(roundEveryBreaths * breathMs)) await crowd.startRound();
      })();
      rounds.catch((error: unknown) => faults.push(String(error)));
      const survived = await torment({ stage, chance: chanceOf(seed ^ hashOf(name)), forMs }).catch((error: unknown) => {
        faults.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
        return {};
      });
      isOver = true;
      await rounds.catch(() => {});
      let told = '';
      if (!isJudgedOnce || index === kinds.length - 1) {
        crowd.endLeave();
        await leave.catch((error: unknown) => faults.push(String(error)));
        const judgement = await judge(stage, crowd);
        faults.push(...judgement.faults);
        ({ told } = judgement);
        crowd.goOn();
      }
      const played = { kind: name, survived, faults: faults.slice(0, mostFaults), told };
      onPlayed?.(played);
      all.push(played);
    }
    await crowd.stop();
    return all;
  } finally {
    await stage.stop();
  }
};

const hashOf = (text: string): number => [...text].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7);

export const tellSurvived = (all: readonly Played[]): string => {
  const sum = new Map<string, number>();
  for (const { survived } of all) for (const [what, times] of Object.entries(survived)) sum.set(what, (sum.get(what) ?? 0) + times);
  return [...sum].map(([what, times]) => `${times} ${what}`).join(', ');
};
