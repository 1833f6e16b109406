import type { Clock } from '../../src/ports/clock.ts';
import type { Log } from '../../src/ports/log.ts';

/** The part of an ioredis client that a clock needs. */
export type ScriptRunner = { eval(script: string, keyCount: number, ...keysAndArguments: (string | number)[]): Promise<unknown> };

export type RunningClock = Clock & { stop(): void };

export type ClockOptions = {
  /** A key of the bureau: names the node that is asked, and where a demo keeps its time. */
  readonly key: string;
  readonly log?: Log;
  /** Milliseconds that never go back; replaced in tests. */
  readonly elapsedMs?: () => number;
};

/** What a sample said: `at` was true when `elapsedMs()` was `takenMs`. */
export type Sample = { readonly at: number; readonly takenMs: number };

/** One question to Redis; the answer is taken to be true half way between asking and hearing. */
export const takeSample = async (
  elapsedMs: () => number,
  ask: () => Promise<unknown>,
): Promise<Sample & { readonly roundTripMs: number }> => {
  const askedMs = elapsedMs();
  const at = Number(await ask());
  const roundTripMs = elapsedMs() - askedMs;
  return { at, takenMs: askedMs + roundTripMs / 2, roundTripMs };
};

/** A clock is asked by many and must not go back, not even when a sample says that it ran fast. */
export const neverBack = (read: () => number): (() => number) => {
  let last = -Infinity;
  return () => (last = Math.max(last, Math.floor(read())));
};

/** Repeats until stopped; a failure is only said, because the clock goes on by itself. */
export const repeat = (everyMs: number, work: () => Promise<void>, log: Log | undefined): (() => void) => {
  const timer = setInterval(() => {
    work().catch((error: unknown) => log?.debug({ error: String(error) }, 'The clock could not be compared with Redis'));
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
};

const timeScript = `local t = redis.call('TIME') return t[1] * 1000 + math.floor(t[2] / 1000)`;

/** Quartz drifts a millisecond in ten seconds at the worst; instances then agree to about that. */
const compareEveryMs = 10_000;
const samples = 3;

/**
 * The production clock: Redis TIME, carried on between comparisons by this machine's monotonic clock, so that instances agree
 * and a step of the machine's wall clock changes nothing. Rejects when Redis can't be asked at the start; runs on while it is away.
 */
export const startRedisClock = async (redis: ScriptRunner, options: ClockOptions): Promise<RunningClock> => {
  const elapsedMs = options.elapsedMs ?? (() => performance.now());
  const compare = async (): Promise<Sample> => {
    let best = await takeSample(elapsedMs, () => redis.eval(timeScript, 1, options.key));
    for (let taken = 1; taken < samples; taken += 1) {
      const sample = await takeSample(elapsedMs, () => redis.eval(timeScript, 1, options.key));
      if (sample.roundTripMs < best.roundTripMs) best = sample;
    }
    return best;
  };
  let sample = await compare();
  const stop = repeat(compareEveryMs, async () => void (sample = await compare()), options.log);
  return { now: neverBack(() => sample.at + elapsedMs() - sample.takenMs), stop };
};
