import { schedule } from 'node-cron';
import type { Log } from '../../src/ports/log.ts';

export type Job = {
  readonly name: string;
  /** Six fields, seconds first, in UTC: only a poke; what is due is decided by the calendar in the campaign's zone. */
  readonly cron: string;
  readonly run: () => Promise<void>;
};

/** Runs each job at its times; a run that takes longer than its interval is not started twice. */
export const startCron = (jobs: readonly Job[], log: Log): { readonly stop: () => Promise<void> } => {
  const running = new Set<Promise<void>>();
  const tasks = jobs.map(({ name, cron, run }) => {
    let isRunning = false;
    return schedule(
      cron,
      async () => {
        if (isRunning) return;
        isRunning = true;
        const work = run()
          .catch((error: unknown) =>
            log.error({ job: name, error: String(error) }, 'a job failed; it will be tried again at its next time'),
          )
          .finally(() => {
            isRunning = false;
            running.delete(work);
          });
        running.add(work);
        await work;
      },
      { timezone: 'UTC', name },
    );
  });
  return {
    stop: async () => {
      for (const task of tasks) await task.stop();
      await Promise.all(running);
    },
  };
};
