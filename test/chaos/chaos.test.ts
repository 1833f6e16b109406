import { afterAll, beforeAll, expect, it } from 'vitest';
import { isEnded, type Obligation } from '../../src/domain/escalation/obligation.ts';
import { eventually } from '../support/demo.ts';
import { chanceOf } from './chance.ts';
import { startCrowd } from './crowd.ts';
import { faultsOfStates, obligationsIn, withoutClock } from './judge-states.ts';
import { faultsOfHandovers, faultsOfLedger, faultsOfRequests, isStep, policyNamed, withoutEffect, withoutNotice } from './judge.ts';
import { type ChaosStage, pause, startChaosStage } from './stage.ts';

/** How long processes are killed; CHAOS_SECONDS=600 for an evening. */
const seconds = Number(process.env['CHAOS_SECONDS'] ?? 15);
const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000_000);
const posts = 200;
/** However slow the machine is. */
const fewestKills = 6;
const roundEveryMs = 6_000;
const redisKills = Math.max(1, Math.round(seconds / 30));
const chance = chanceOf(seed);

let stage: ChaosStage;
beforeAll(async () => void (stage = await startChaosStage(posts)));
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
      await stage.redis.kill();
      await stage.redis.restart();
    }
  };
  await Promise.all([torment(0), torment(1), tormentRedis()]);
  return kills;
};

/** Every ladder has come to its top or its end, and nothing waits anywhere. */
const untilQuiet = async (): Promise<void> => {
  const topOf = (o: Obligation): number => stage.settings.policies[o.policy]!.steps.at(-1)!.afterMs;
  const climbing = async () => obligationsIn(await stage.states()).filter((o) => !isEnded(o) && o.throughMs < topOf(o)).length;
  await eventually(
    async () => [await climbing(), ...(await stage.waiting())],
    (counts) => counts.every((count) => count === 0),
    90_000,
  );
};

/** What is said about leave and handovers is judged by itself: it ends waits of its own, and whoever takes over proves presence. */
const isAboutChecks = ({ itemId, actor }: { readonly itemId?: string | undefined; readonly actor?: string | undefined }): boolean =>
  itemId === undefined && !stage.bureau.comings.values().some(({ id }) => id === actor);

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
  await untilQuiet();
  await crowd.stop();
  await untilQuiet();

  const [rows, states, differences] = await Promise.all([stage.ledger(), stage.states(), stage.differences()]);
  const count = (event: string): number => rows.filter((row) => row.event === event).length;
  const steps = rows.filter(isStep).length;
  const answers = rows.filter((row) => row.event === 'AnswerRecorded').length;
  process.stderr.write(
    `chaos: seed ${seed}, ${count('RequestTookEffect')} requests and ${count('HandoverAccepted')} handovers, survived ${kills} kills and ${redisKills} of Redis; ${rows.length} rows, ${steps} steps, ` +
      `${answers} answers, ${crowd.accepted.length} messages (${crowd.retries()} times refused and posted again)\n`,
  );
  const due = new Set(await stage.redis.redis.zrange(stage.keys.due, '0', '-1'));
  const faults = [
    ...crowd.failures,
    ...(steps > posts && answers > posts / 4 ? [] : [`too little happened: ${steps} steps, ${answers} answers`]),
    ...rows.filter((row) => row.event === 'MessageSetAside' || row.event === 'NoticeFailed').map((row) => `${row.seq} is ${row.event}`),
    ...faultsOfLedger(rows, policyNamed(Object.values(stage.settings.policies))),
    ...faultsOfStates(rows, states),
    ...differences.map((one) => `the ledger does not explain ${JSON.stringify(one)}`),
    ...withoutClock(states, due),
    ...withoutNotice(rows),
    ...faultsOfRequests(rows, stage.bureau.reliefs.length),
    ...faultsOfHandovers(rows),
    ...withoutEffect(rows.filter(isAboutChecks), crowd.accepted),
  ];
  expect({ seed, faults: faults.slice(0, 40) }).toEqual({ seed, faults: [] });
});
