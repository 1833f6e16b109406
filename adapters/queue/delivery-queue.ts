import { Queue, Worker, type ConnectionOptions } from 'bullmq';
import type { Notice } from '../../src/domain/escalation/notice.ts';
import type { Log } from '../../src/ports/log.ts';
import type { DeliveryJob, DeliveryQueue } from '../../src/ports/outbox.ts';

const queueName = 'deliver';
const attempts = 6;

/** Finished jobs are kept past the time in which the relay may bring the same job again, then forgotten. */
const keptFinished = { age: 120, count: 2_000 };
/** Failed ones are kept for the office to look at. */
const keptFailed = { age: 7 * 24 * 3_600, count: 1_000 };

type Data = { readonly notices: readonly Notice[]; readonly bundledFor?: string };

export type QueueOptions = {
  readonly connection: ConnectionOptions;
  /** The bureau's hash tag, so that the queue lies in the same slot. */
  readonly prefix: string;
};

export type OpenDeliveryQueue = DeliveryQueue & { readonly waiting: () => Promise<number>; readonly close: () => Promise<void> };

/** The queue that carries batches of notices to the workers, with retries and back-off. */
export const createDeliveryQueue = (options: QueueOptions): OpenDeliveryQueue => {
  const queue = new Queue<Data>(queueName, { ...options, skipWaitingForReady: true });
  queue.on('error', () => {}); // the connection reports its absence itself; callers see it in their calls
  return {
    add: async (jobs) => {
      await queue.addBulk(
        jobs.map(({ id, notices, bundledFor }) => ({
          name: 'deliver',
          data: { notices, ...(bundledFor === undefined ? {} : { bundledFor }) },
          opts: {
            jobId: id,
            attempts,
            backoff: { type: 'exponential', delay: 500, jitter: 0.3 },
            removeOnComplete: keptFinished,
            removeOnFail: keptFailed,
          },
        })),
      );
    },
    waiting: () => queue.getWaitingCount(),
    close: () => queue.close(),
  };
};

/** Some of a batch must be tried again. */
class TryAgain extends Error {
  override readonly name = 'TryAgain';
}

/** Runs `deliver` on each job; the notices it answers are tried again, later and by themselves. */
export const startDeliveryWorker = (
  options: QueueOptions & { readonly concurrency: number; readonly log: Log },
  deliver: (job: DeliveryJob, isLastTry: boolean) => Promise<readonly Notice[]>,
): { readonly close: () => Promise<void>; readonly isRunning: () => boolean } => {
  const { connection, prefix, concurrency, log } = options;
  const worker = new Worker<Data>(
    queueName,
    async (job) => {
      const left = await deliver({ id: job.id ?? 'n0', ...job.data }, job.attemptsMade + 1 >= attempts);
      // Finished jobs are kept for a while: their ids are wanted, what they carried is not.
      await job.updateData({ ...job.data, notices: left });
      if (left.length === 0) return;
      throw new TryAgain(`${left.length} notices to be tried again`);
    },
    {
      connection,
      prefix,
      concurrency,
      // After a kill another worker takes the job over in seconds, not in a minute; stalling is not failing.
      lockDuration: 5_000,
      stalledInterval: 2_000,
      maxStalledCount: 1_000,
      removeOnComplete: keptFinished,
      removeOnFail: keptFailed,
    },
  );
  worker.on('error', (error) => log.debug({ error: error.message }, 'the delivery worker lost its connection for a moment'));
  worker.on('failed', (job, error) => {
    if (!(error instanceof TryAgain)) log.error({ jobId: job?.id, error: error.message }, 'a delivery failed');
  });
  return { close: () => worker.close(), isRunning: () => worker.isRunning() };
};
