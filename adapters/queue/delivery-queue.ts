import { Queue, Worker } from 'bullmq';
import type { Cluster, Redis } from 'ioredis';
import type { Notice } from '../../src/domain/escalation/notice.ts';
import { createGate } from './gate.ts';
import { hasten } from './hasten.ts';
import { isStoreAway } from '../../src/ports/fault.ts';
import type { Log } from '../../src/ports/log.ts';
import type { DeliveryJob, DeliveryQueue } from '../../src/ports/outbox.ts';

export const queueName = 'deliver';
/** So often a job is tried whose channels refuse it for the moment, or in which the program itself fails. */
const mostTries = 6;
/**
 * A store that is away says nothing of the job: it is no try. With the longest rest between them these last for more
 * than a day; only then is the job given up.
 */
const attempts = 10_000;
const firstRestMs = 500;
const longestRestMs = 10_000;

/** Half a second, doubled each time, up to ten seconds; less a part by chance, so that not everybody comes at once. */
export const restMs = (times: number, chance: number): number =>
  Math.min(longestRestMs * (1 - 0.3 * chance), firstRestMs * 2 ** Math.min(times - 1, 10) * (1 - 0.3 * chance));

/** Finished jobs are kept past the time in which the relay may bring the same job again, then forgotten. */
const keptFinished = { age: 120, count: 2_000 };
/** Failed ones are kept for the office to look at. */
const keptFailed = { age: 7 * 24 * 3_600, count: 1_000 };

/** Jobs that may wait for platforms that say nothing, beside those that are worked on: the messages of others must not stand behind them. */
const mostWaiting = 240;

/** So long a message waits at most because of a clock that was wrong. */
const hastenEveryMs = 5_000;

type Data = Omit<DeliveryJob, 'id'> & { readonly tries?: number };

export type QueueOptions = {
  readonly connection: Redis | Cluster;
  /** The bureau's hash tag, so that the queue lies in the same slot. */
  readonly prefix: string;
};

export type OpenDeliveryQueue = DeliveryQueue & { readonly waiting: () => Promise<number>; readonly close: () => Promise<void> };

/** The queue that carries batches of notices to the workers, with retries and back-off. */
export const createDeliveryQueue = (options: QueueOptions): OpenDeliveryQueue => {
  const queue = new Queue<Data>(queueName, { ...options, skipWaitingForReady: true });
  queue.on('error', () => {}); // the connection reports its absence itself; callers see it in their calls
  const hastening = setInterval(() => void hasten(queue, options.connection).catch(() => {}), hastenEveryMs);
  hastening.unref();
  return {
    add: async (jobs, delayMs = 0) => {
      await queue.addBulk(
        jobs.map(({ id, notices, bundledFor, heldTimes }) => ({
          name: 'deliver',
          data: { notices, ...(bundledFor === undefined ? {} : { bundledFor }), ...(heldTimes === undefined ? {} : { heldTimes }) },
          opts: {
            jobId: id,
            ...(delayMs > 0 ? { delay: delayMs } : {}),
            attempts,
            backoff: { type: 'rest' },
            stackTraceLimit: 1,
            removeOnComplete: keptFinished,
            removeOnFail: keptFailed,
          },
        })),
      );
    },
    waiting: () => queue.getWaitingCount(),
    close: () => {
      clearInterval(hastening);
      return queue.close();
    },
  };
};

/** Nothing is known of the job: it is tried again whole. */
class StoreAway extends Error {
  override readonly name = 'StoreAway';
}

/** Some of a batch must be tried again. */
class TryAgain extends Error {
  override readonly name = 'TryAgain';
}

export type Delivering = {
  /** `letGo`: from now on it only waits for a platform, and another job may begin. */
  readonly deliver: (job: DeliveryJob, isLastTry: boolean, letGo: () => void) => Promise<readonly Notice[]>;
  /** Records as failed what nobody will try again. */
  readonly giveUp: (notices: readonly Notice[]) => Promise<void>;
};

/**
 * Runs `deliver` on each job; the notices it answers are tried again, later and by themselves. What it throws for is
 * tried again whole: as often as the rest, or for as long as the store is away.
 */
export const startDeliveryWorker = (
  options: QueueOptions & { readonly concurrency: number; readonly log: Log; readonly rest?: typeof restMs },
  { deliver, giveUp }: Delivering,
): { readonly close: () => Promise<void>; readonly isRunning: () => boolean } => {
  const { connection, prefix, concurrency, log, rest = restMs } = options;
  const gate = createGate(concurrency);
  const worker = new Worker<Data>(
    queueName,
    async (job) => {
      const { tries: triedBefore = 0, ...carried } = job.data;
      const tries = triedBefore + 1;
      const isLastAttempt = job.attemptsMade + 1 >= (job.opts.attempts ?? attempts);
      const isLastTry = tries >= mostTries || isLastAttempt;
      let left: readonly Notice[];
      const letGo = await gate.enter();
      try {
        left = await deliver({ id: job.id ?? 'n0', ...carried }, isLastTry, letGo);
      } catch (error) {
        if (isStoreAway(error) && !isLastAttempt) throw new StoreAway('the store is away');
        log.error({ jobId: job.id, tries, error: String(error) }, 'a delivery failed');
        if (isLastTry) await giveUp(carried.notices);
        left = isLastTry ? [] : carried.notices;
      } finally {
        letGo();
      }
      // Finished jobs are kept for a while: their ids are wanted, what they carried is not.
      await job.updateData({ ...carried, notices: left, tries });
      if (left.length === 0) return;
      throw new TryAgain(`${left.length} notices to be tried again`);
    },
    {
      connection,
      prefix,
      concurrency: concurrency + mostWaiting,
      // After a kill another worker takes the job over in seconds, not in a minute; stalling is not failing.
      lockDuration: 5_000,
      stalledInterval: 2_000,
      maxStalledCount: 1_000,
      removeOnComplete: keptFinished,
      removeOnFail: keptFailed,
      settings: {
        backoffStrategy: (attemptsMade, _type, error, job) =>
          rest(error instanceof TryAgain ? ((job?.data as Data | undefined)?.tries ?? attemptsMade) : attemptsMade, Math.random()),
      },
    },
  );
  worker.on('error', (error) => log.debug({ error: error.message }, 'the delivery worker lost its connection for a moment'));
  worker.on('failed', (job, error) => {
    if (!(error instanceof TryAgain || error instanceof StoreAway))
      log.error({ jobId: job?.id, error: error.message }, 'a delivery failed');
  });
  return { close: () => worker.close(), isRunning: () => worker.isRunning() };
};
