import { Queue } from 'bullmq';
import { queueName, type QueueOptions } from './delivery-queue.ts';

const mostAtOnce = 1_000;
const unfinished = ['wait', 'prioritized', 'delayed', 'active', 'failed'] as const;

/** The queue for whoever is no service: it leaves nothing of its own there. */
const inQueue = async <T>(options: QueueOptions, work: (queue: Queue) => Promise<T>): Promise<T> => {
  const queue = new Queue(queueName, { ...options, skipWaitingForReady: true, skipMetasUpdate: true });
  queue.on('error', () => {}); // callers see it in their calls
  try {
    return await work(queue);
  } finally {
    await queue.close();
  }
};

/** Jobs of the delivery queue that still hold messages. */
export const countJobs = (options: QueueOptions): Promise<number> => inQueue(options, (queue) => queue.getJobCountByTypes(...unfinished));

/** Drops every job but those that a worker has in hand at this moment. */
export const dropJobs = (options: QueueOptions): Promise<void> =>
  inQueue(options, async (queue) => {
    await queue.drain(true);
    for (const type of ['failed', 'completed'] as const) while ((await queue.clean(0, mostAtOnce, type)).length > 0);
    // of those that are in hand, whoever is gone holds none: Redis refuses the others
    for (const { id = '' } of await queue.getActive()) await queue.remove(id).catch(() => {});
    await queue.trimEvents(0);
  });
