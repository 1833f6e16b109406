import { once } from 'node:events';
import { setTimeout as rest } from 'node:timers/promises';
import type { LedgerEvent } from '../../src/domain/ledger/event.ts';
import { roundAt } from './bureau.ts';
import { type Engine, moveClock, startEngineProcess, until, untilQuiet } from './engine.ts';
import { type Figure, toFigure } from './figure.ts';
import { openChecks, type Stage, startStage } from './stage.ts';

const stepAfterMs = 180_000;
/** Beside the many that stay open, one step falls due every ten milliseconds for a minute. */
const comingDue = 6_000;
const everyMs = 10;
const lookEveryMs = 1;

/** The first step that was decided after an instant: when it had become durable, as somebody who reads the ledger sees it. */
const nextDecisionAt = async ({ redis, keys, clock }: Stage, after: number): Promise<number> => {
  for (;;) {
    const [entry] = await redis.xrevrange(keys.ledger, '+', '-', 'COUNT', 1);
    const events = JSON.parse(entry?.[1][1] ?? '[]') as readonly LedgerEvent[];
    if (events.some((event) => event.event === 'StepFired' && event.at > after)) return clock.now();
    await rest(lookEveryMs);
  }
};

const killDuring = async (
  open: number,
  begin: (stage: Stage) => Promise<{ readonly killed: Engine; readonly next: () => Promise<Engine> }>,
): Promise<number> => {
  const stage = await startStage(open + comingDue, roundAt, roundAt + 60_000);
  const begunAt = roundAt + 3_600_000;
  await openChecks(stage, 1, open, () => begunAt + 1_800_000);
  await openChecks(stage, open + 1, open + comingDue, (post) => begunAt + (post - open) * everyMs);
  moveClock(stage, begunAt);
  const { killed, next } = await begin(stage);
  await untilQuiet(stage);
  killed.moveClock(begunAt + stepAfterMs - 500);
  await until(async () => (await killed.report()).latenessMs.length > 50, 'the service decides');
  const gone = once(killed.child, 'exit');
  killed.child.kill('SIGKILL');
  await gone;
  const killedAt = stage.clock.now();
  const [decidedAt, engine] = await Promise.all([nextDecisionAt(stage, killedAt), next()]);
  await engine.stop();
  await stage.end();
  return decidedAt - killedAt;
};

/**
 * A service that is deciding a step every ten milliseconds, beside `open` obligations that wait, is killed with SIGKILL:
 * how long until the next decision is durable, when a new process is started at that moment (`recovery`: start of Node,
 * reading the roster and all), and when another instance has been running beside it (`recovery.beside`).
 */
export const measureRecovery = async (open: number): Promise<readonly Figure[]> => {
  const aloneMs = await killDuring(open, async (stage) => ({
    killed: await startEngineProcess(stage),
    next: () => startEngineProcess(stage),
  }));
  const besideMs = await killDuring(open, async (stage) => {
    const [killed, other] = [await startEngineProcess(stage), await startEngineProcess(stage)];
    return { killed: { ...killed, moveClock: (to) => [killed, other].forEach((engine) => engine.moveClock(to)) }, next: async () => other };
  });
  return [
    toFigure({ name: 'recovery', value: aloneMs, unit: 'ms', n: open }),
    toFigure({ name: 'recovery.beside', value: besideMs, unit: 'ms', n: open }),
  ];
};
