import type { DeliveryJob, DeliveryQueue } from '../../ports/outbox.ts';
import type { Outcome } from './send-parcels.ts';

/** Up to this long, real ms, a job's own rests are the wait. */
const shortMs = 10_000;
/** No message waits longer than this at a time: whether it is wanted is asked anew. */
const longestMs = 10 * 60_000;
const mostTimes = 6;

const waitOf = ({ result }: Outcome): number => (result.status === 'transient' ? (result.retryAfterMs ?? 0) : 0);

/**
 * A platform that says when it may be asked again is asked then, and not six times before: these become a job of their
 * own, so that nobody else's message waits with them. Answers which. Done twice after a crash, it is done once.
 */
export const holdBack = async (queue: DeliveryQueue, job: DeliveryJob, left: readonly Outcome[]): Promise<readonly Outcome[]> => {
  const heldTimes = (job.heldTimes ?? 0) + 1;
  if (heldTimes > mostTimes) return [];
  const held = left.filter((one) => waitOf(one) > shortMs);
  for (const [waitMs, outcomes] of Map.groupBy(held, (one) => Math.min(longestMs, Math.ceil(waitOf(one) / 1_000) * 1_000))) {
    const id = `${job.id}~${heldTimes}.${waitMs}`;
    const notices = outcomes.flatMap(({ parcel }) => parcel.notices);
    await queue.add([{ ...job, id, notices, heldTimes }], waitMs);
  }
  return held;
};
