import { afterAll, beforeAll, expect, it } from 'vitest';
import { chanceOf } from './chance.ts';
import { startCrowd } from './crowd.ts';
import { judge } from './judgement.ts';
import { pause } from './pause.ts';
import { type ChaosStage, startChaosStage } from './stage.ts';
import { type SingleStand, startSingleStand } from './stands/single.ts';

/** How long processes are killed; CHAOS_SECONDS=600 for an evening. */
const seconds = Number(process.env['CHAOS_SECONDS'] ?? 15);
const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000_000);
const posts = 200;
/** However slow the machine is. */
const fewestKills = 6;
const roundEveryMs = 6_000;
const redisKills = Math.max(1, Math.round(seconds / 30));
const chance = chanceOf(seed);

let stage: ChaosStage<SingleStand>;
beforeAll(async () => void (stage = await startChaosStage(await startSingleStand(), { posts })));
afterAll(() => stage.stop());

/** Kills one process after another, and Redis now and then, for so long; each is started again at once. */
const rage = async (): Promise<number> => {
  const beganAt = performance.now();
  const passedMs = (): number => performance.now() - beganAt;
  let kills = 0;
  const torment = async (index: 0 | 1): Promise<void> => {
    while (passedMs() < seconds * 1_000 || kills < fewestKills) {
      await pause(100 + chance() * 1_200);
      await stage.kill(index);
      kills += 1;
    }
  };
  const tormentRedis = async (): Promise<void> => {
    for (let times = 0; times < redisKills; times++) {
      const at = ((times + 0.3 + 0.5 * chance()) / redisKills) * seconds * 1_000;
      await pause(Math.max(0, at - passedMs()));
      await stage.stand.node.kill();
      await stage.stand.node.start();
    }
  };
  await Promise.all([torment(0), torment(1), tormentRedis()]);
  return kills;
};

const timeoutMs = (seconds + 400) * 1_000;

it('loses no step and takes none twice, though processes and Redis are killed again and again', { timeout: timeoutMs }, async () => {
  const crowd = startCrowd(stage, chance);
  await crowd.startRound();
  let isOver = false;
  const rounds = (async () => {
    while (!isOver) {
      await pause(roundEveryMs);
      await crowd.startRound();
    }
  })();
  const leave = crowd.askForLeave();
  const kills = await rage();
  isOver = true;
  await rounds;
  await leave;
  const { faults, told } = await judge(stage, crowd);
  process.stderr.write(`chaos: seed ${seed}, survived ${kills} kills and ${redisKills} of Redis; ${told}\n`);
  expect({ seed, faults: faults.slice(0, 40) }).toEqual({ seed, faults: [] });
});
