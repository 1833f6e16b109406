import { isEnded, type Obligation } from '../../src/domain/escalation/obligation.ts';
import type { Crowd } from './crowd.ts';
import { faultsOfStates, obligationsIn, withoutClock } from './judge-states.ts';
import { faultsOfHandovers, faultsOfLedger, faultsOfRequests, isStep, policyNamed, withoutEffect, withoutNotice } from './judge.ts';
import { pause } from './pause.ts';
import type { ChaosStage } from './stage.ts';

/** Where nothing at all has happened for so long, nothing will: longer than whatever is lent to whoever is killed. */
const stillMs = 90_000;

/** A machine that is slow moves all the same: only what stands still is given up, and told. */
const asLongAsItMoves = async <T>(
  look: () => Promise<readonly T[]>,
  isOver: (seen: readonly T[]) => boolean,
  what: string,
): Promise<void> => {
  let last = '';
  let movedAt = performance.now();
  for (; ; await pause(100)) {
    const seen = await look();
    if (isOver(seen)) return;
    const now = JSON.stringify(seen);
    if (now !== last) movedAt = performance.now();
    last = now;
    if (performance.now() - movedAt > stillMs) throw new Error(`nothing moved for ${stillMs} ms; ${what}: ${now.slice(0, 500)}`);
  }
};

/** Every ladder has come to its top or its end, and nothing waits anywhere. */
export const untilQuiet = async (stage: ChaosStage): Promise<void> => {
  const topOf = (o: Obligation): number => stage.settings.policies[o.policy]!.steps.at(-1)!.afterMs;
  const climbing = async () => obligationsIn(await stage.states()).filter((o) => !isEnded(o) && o.throughMs < topOf(o)).length;
  await asLongAsItMoves(
    async () => [await climbing(), ...(await stage.waiting())],
    (counts) => counts.every((count) => count === 0),
    'waits to be climbed, and in the queues',
  );
};

const openIn = async (stage: ChaosStage): Promise<readonly Obligation[]> => obligationsIn(await stage.states()).filter((o) => !isEnded(o));

/** Who is not on duty yet cannot end it, and says so again. */
const sayAgainMs = 10_000;

/** Whoever still owes an answer gives it: each obligation must come to its end. */
const untilEnded = async (stage: ChaosStage, crowd: Crowd): Promise<void> => {
  let saidAt = Number.NEGATIVE_INFINITY;
  await asLongAsItMoves(
    async () => {
      const open = await openIn(stage);
      if (performance.now() - saidAt > sayAgainMs) {
        saidAt = performance.now();
        for (const one of open) crowd.end(one);
        await crowd.untilTaken();
      }
      return open.map(({ id }) => id);
    },
    (open) => open.length === 0,
    'has not ended',
  );
};

export type Judgement = { readonly faults: readonly string[]; readonly told: string };

/**
 * Lets everything come to its end, then holds the ledger against what clients were told: nothing confirmed is lost, no step
 * decided twice, every obligation ended, every seal genuine, the state explained by the ledger alone.
 */
export const judge = async (stage: ChaosStage, crowd: Crowd): Promise<Judgement> => {
  const { bureau } = stage;
  const faults: string[] = [];
  const wait = async (work: Promise<unknown>): Promise<void> => void (await work.catch((error: unknown) => faults.push(String(error))));
  await wait(untilQuiet(stage));
  await wait(crowd.stop());
  await wait(untilQuiet(stage));
  const asked = await stage.ledger();
  await wait(untilEnded(stage, crowd));
  await wait(untilQuiet(stage));

  const [rows, states, differences, due] = await Promise.all([stage.ledger(), stage.states(), stage.differences(), stage.due()]);
  // What is said about leave and handovers is judged by itself: it ends waits of its own, and whoever takes over proves presence.
  const about = rows.filter(({ itemId, actor }) => itemId === undefined && !bureau.comings.values().some(({ id }) => id === actor));
  const count = (event: string): number => rows.filter((row) => row.event === event).length;
  faults.push(
    ...crowd.failures.splice(0),
    ...rows.filter((row) => row.event === 'MessageSetAside' || row.event === 'NoticeFailed').map((row) => `${row.seq} is ${row.event}`),
    ...faultsOfLedger(rows, policyNamed(Object.values(stage.settings.policies))),
    ...faultsOfStates(rows, states),
    ...differences.map((one) => `the ledger does not explain ${JSON.stringify(one)}`),
    ...withoutClock(states, due),
    ...withoutNotice(asked),
    ...faultsOfRequests(rows, bureau.reliefs.length),
    ...faultsOfHandovers(rows),
    ...withoutEffect(about, crowd.accepted),
    ...(await stage.faultsOfSeals().catch((error: unknown) => [String(error)])),
  );
  const told =
    `${count('RequestTookEffect')} requests and ${count('HandoverAccepted')} handovers; ${rows.length} rows, ${rows.filter(isStep).length} steps, ` +
    `${count('AnswerRecorded')} answers, ${crowd.accepted.length} messages (${crowd.retries()} times refused and posted again)`;
  return { faults, told };
};
