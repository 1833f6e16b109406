import { createTask } from 'node-cron';
import type { Log } from '../../src/ports/log.ts';

export type Job = {
  readonly name: string;
  /** Six fields, seconds first, in UTC: only a poke; what is due is decided by the calendar in the campaign's zone. */
  readonly cron: string;
  readonly run: () => Promise<void>;
};

const secondMs = 1_000;
/** A poke that nobody could give is given late, once, if it is younger than this: every job is poked at least each minute. */
const missedSeconds = 60;

/**
 * Runs each job at its times; a run that takes longer than its interval is not started twice. node-cron only says when: its
 * own scheduler waits by the wall clock. Set back an hour it is silent for an hour, and set forward a day it counts each
 * second of it, which holds up the process for minutes. Here it is looked at each second, however the clock is set.
 */
export const startCron = (jobs: readonly Job[], log: Log): { readonly stop: () => Promise<void> } => {
  const running = new Set<Promise<void>>();
  const tasks = jobs.map(({ name, cron, run }) => {
    let isRunning = false;
    const poke = (): void => {
      if (isRunning) return;
      isRunning = true;
      const work = run()
        .catch((error: unknown) => log.error({ job: name, error: String(error) }, 'a job failed; it will be tried again at its next time'))
        .finally(() => {
          isRunning = false;
          running.delete(work);
        });
      running.add(work);
    };
    return { poke, times: createTask(cron, poke, { timezone: 'UTC', name }) };
  });

  let lookedAt = Math.floor(Date.now() / secondMs);
  let timer: NodeJS.Timeout;
  const look = (): void => {
    const second = Math.floor(Date.now() / secondMs);
    // none where the timer was early, one where the clock was set back
    const passed = second < lookedAt ? 1 : Math.min(second - lookedAt, missedSeconds);
    lookedAt = second;
    const seconds = Array.from({ length: passed }, (_, back) => new Date((second - back) * secondMs));
    for (const { poke, times } of tasks) if (seconds.some((at) => times.match(at))) poke();
    wait();
  };
  const wait = (): void => void (timer = setTimeout(look, secondMs - (Date.now() % secondMs)));
  wait();

  return {
    stop: async () => {
      clearTimeout(timer);
      for (const { times } of tasks) await times.destroy();
      await Promise.all(running);
    },
  };
};
