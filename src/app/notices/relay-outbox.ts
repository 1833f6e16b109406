import type { Notice } from '../../domain/escalation/notice.ts';
import type { DeliveryJob, DeliveryQueue, Outbox, OutboxEntry } from '../../ports/outbox.ts';

/** A job a message would be the bottleneck: one job carries this many notices. */
const noticesPerJob = 500;
const entriesPerTake = 200;

const jobOf = (entries: readonly OutboxEntry[]): DeliveryJob => {
  const [first, last] = [entries[0]!.entryId, entries.at(-1)!.entryId];
  const notices = entries.flatMap((entry): readonly Notice[] => entry.notices);
  return { id: first === last ? `n${first}` : `n${first}_${last}`, notices };
};

/** Entries in a row share a job, up to a limit; a bundle is a job of its own. */
export const toJobs = (entries: readonly OutboxEntry[]): readonly DeliveryJob[] => {
  const jobs: DeliveryJob[] = [];
  let group: OutboxEntry[] = [];
  let count = 0;
  const flush = (): void => {
    if (group.length > 0) jobs.push(jobOf(group));
    group = [];
    count = 0;
  };
  for (const entry of entries) {
    if (entry.bundledFor !== undefined) {
      jobs.push({ id: `n${entry.entryId}`, notices: entry.notices, bundledFor: entry.bundledFor });
      continue;
    }
    if (count > 0 && count + entry.notices.length > noticesPerJob) flush();
    group.push(entry);
    count += entry.notices.length;
  }
  flush();
  return jobs;
};

/** One look at the outbox: what is there becomes jobs, and only then leaves the stream. Answers how many entries. */
export const relayOutbox = async (
  deps: { readonly outbox: Outbox; readonly queue: DeliveryQueue },
  consumer: string,
  blockMs: number,
): Promise<number> => {
  const entries = await deps.outbox.take(consumer, entriesPerTake, blockMs);
  if (entries.length === 0) return 0;
  const jobs = toJobs(entries);
  await deps.queue.add(jobs);
  await deps.outbox.done(
    entries.map((entry) => entry.entryId),
    jobs.map((job) => job.id),
  );
  return entries.length;
};
