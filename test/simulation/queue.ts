import { asPlain } from '../../adapters/memory/as-plain.ts';
import type { Notice } from '../../src/domain/escalation/notice.ts';
import type { DeliveryJob } from '../../src/ports/outbox.ts';
import type { Rng } from '../../src/app/rehearsal/rng.ts';
import type { Timeline } from './timeline.ts';

/** As `adapters/queue` sets BullMQ up. */
const mostAttempts = 6;
const firstRetryMs = 500;
const stalledAfterMs = 5_000;
const keptFinishedMs = 120_000;
const perWorker = 16;

export type Worker = {
  readonly name: string;
  readonly isWorking: () => boolean;
  readonly isGone: () => boolean;
  /** Rejects when it could not be recorded what became of the job: the lock then runs out. */
  readonly run: (job: DeliveryJob, isLastTry: boolean) => Promise<readonly Notice[]>;
  /** Tells Redis that the job is over, or is to be tried again. */
  readonly finish: () => Promise<void>;
};

type Held = { notices: readonly Notice[]; readonly job: DeliveryJob; attempts: number; state: 'waiting' | 'active' | 'over'; lock: number };

/** The delivery queue: the same id is one job, failed jobs come again later, those of dead workers come back. */
export const createSimulatedQueue = (timeline: Timeline, rng: Rng) => {
  const jobs = new Map<string, Held>();
  const active = new Map<Worker, number>();
  let workers: Worker[] = [];

  const end = (held: Held): void => {
    held.state = 'over';
    timeline.at(timeline.now() + keptFinishedMs, () => jobs.delete(held.job.id));
  };

  const comeBack = (held: Held, lock: number, afterMs: number): void =>
    timeline.at(timeline.now() + afterMs, () => {
      if (held.lock !== lock || held.state === 'over') return;
      held.lock += 1;
      held.state = 'waiting';
      assign();
    });

  const work = async (worker: Worker, held: Held, lock: number): Promise<void> => {
    const attempt = held.attempts + 1;
    let left: readonly Notice[] | undefined;
    try {
      left = await worker.run({ ...held.job, notices: held.notices }, attempt >= mostAttempts);
    } catch {
      left = undefined;
    }
    try {
      await worker.finish();
    } catch {
      return; // it stalls
    }
    if (left) held.notices = left;
    if (held.lock !== lock) return;
    // It is thrown for a store that is away alone, and that is no try.
    if (!left) return comeBack(held, lock, firstRetryMs);
    if (left.length === 0) end(held);
    else {
      held.attempts = attempt;
      if (attempt >= mostAttempts) end(held);
      else comeBack(held, lock, firstRetryMs * 2 ** (attempt - 1) * (0.7 + 0.3 * rng.next()));
    }
  };

  const start = (worker: Worker, held: Held): void => {
    held.state = 'active';
    held.lock += 1;
    const { lock } = held;
    active.set(worker, (active.get(worker) ?? 0) + 1);
    let isDone = false;
    const watchOver = (): void =>
      timeline.at(timeline.now() + stalledAfterMs, () => {
        if (held.lock !== lock || held.state !== 'active') return;
        if (!isDone && worker.isWorking()) watchOver();
        else comeBack(held, lock, 0);
      });
    watchOver();
    void work(worker, held, lock).finally(() => {
      isDone = true;
      active.set(worker, (active.get(worker) ?? 1) - 1);
      assign();
    });
  };

  const assign = (): void => {
    for (const held of jobs.values()) {
      if (held.state !== 'waiting') continue;
      const free = workers.filter((worker) => worker.isWorking() && (active.get(worker) ?? 0) < perWorker);
      if (free.length === 0) return;
      start(rng.pick(free), held);
    }
  };

  return {
    add: (added: readonly DeliveryJob[]): void => {
      for (const job of added) {
        if (jobs.has(job.id)) continue;
        const copied = asPlain(job);
        jobs.set(job.id, { job: copied, notices: copied.notices, attempts: 0, state: 'waiting', lock: 0 });
      }
      assign();
    },
    assign,
    join: (worker: Worker): void => {
      workers = [...workers.filter((one) => !one.isGone()), worker];
      assign();
    },
  };
};

export type SimulatedQueue = ReturnType<typeof createSimulatedQueue>;
