import { roundAt } from './bureau.ts';
import { measureBullLateness } from './ceilings.ts';
import { startEngineProcess, until, untilQuiet } from './engine.ts';
import { type Figure, percentile, toFigure } from './figure.ts';
import { openChecks, startStage } from './stage.ts';

/** The second step of the ladder, by which everybody is asked again. */
const stepAfterMs = 180_000;
const warmUps = 2_000;

/**
 * `count` open checks whose second step falls due `at(post)`, decided, committed and delivered by a service in another
 * process. Lateness is the instant of commit minus the instant due, as the sweep itself reports it. Some hundred
 * checks before them let the process get warm, as one is that has been running for a while.
 */
const measure = async (count: number, spreadMs: number): Promise<readonly number[]> => {
  const warm = Math.min(warmUps, count);
  const stage = await startStage(count + warm, roundAt, roundAt + 60_000);
  const begunAt = roundAt + 3_600_000;
  await openChecks(stage, 1, warm, (post) => begunAt - 20_000 + post);
  await openChecks(stage, warm + 1, warm + count, (post) => begunAt + Math.floor(((post - warm - 1) * spreadMs) / count));
  const engine = await startEngineProcess(stage);
  await untilQuiet(stage);
  engine.moveClock(begunAt + stepAfterMs - 20_500);
  await until(async () => (await engine.report()).latenessMs.length >= warm, 'the service is warm');
  await untilQuiet(stage);
  engine.moveClock(begunAt + stepAfterMs - 1_500);
  await until(async () => (await engine.report()).latenessMs.length >= count, 'every step has been decided');
  const { latenessMs } = await engine.report();
  await untilQuiet(stage);
  await engine.stop();
  await stage.end();
  return latenessMs;
};

const figureOf = (name: string, late: readonly number[], more: { readonly limit?: number } = {}): Figure => {
  const p99 = percentile(late, 0.99);
  return toFigure({ name, value: p99, unit: 'ms p99', ...more, n: late.length, p50: percentile(late, 0.5), p99 });
};

/** All due in the same millisecond. `limit`: the p99 of BullMQ's own delayed jobs, as many and due together. */
export const measureBurst = async (count: number): Promise<readonly Figure[]> => {
  const limit = percentile(await measureBullLateness(count), 0.99);
  return [figureOf('lateness.burst', await measure(count, 0), { limit })];
};

/** Due one after the other over `spreadMs`. */
export const measureSpread = async (count: number, spreadMs: number): Promise<readonly Figure[]> => [
  figureOf('lateness.spread', await measure(count, spreadMs)),
];
