import { randomUUID } from 'node:crypto';
import type { LedgerStream } from '../ports/ledger.ts';

/** Whoever is killed keeps the others from sealing for no longer than this; whoever works takes the lease anew long before. */
const leaseMs = 15_000;
const renewMs = 3_000;
const mostWaits = 120;
const waitMs = 500;

/**
 * Nothing is sealed, archived or trimmed while `work` runs: the lease of the archive's writer is ours. Rejects with
 * ZG_ARCHIVE_BUSY where it is not to be had, or where it passed on meanwhile, as from a process that was held: what was
 * read may then have been trimmed on the way.
 */
export const withoutTrimming = async <T>(stream: LedgerStream, work: () => Promise<T>): Promise<T> => {
  const holder = `command-${randomUUID()}`;
  let fence: number | null = null;
  for (let waits = 0; fence === null && waits < mostWaits; waits++) {
    fence = await stream.lease(holder, leaseMs);
    if (fence === null) await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  if (fence === null) throw new Error('ZG_ARCHIVE_BUSY: the archive is being written for a long time; try again in a minute.');
  let newest: number = fence;
  let isOurs = true;
  const renew = async (): Promise<void> => {
    const next = await stream.lease(holder, leaseMs);
    // a fence between our two is somebody else's
    isOurs &&= next === newest + 1;
    newest = next ?? newest;
  };
  let renewing = Promise.resolve();
  // one that failed is followed by another
  const timer = setInterval(() => void (renewing = renewing.then(renew).catch(() => {})), renewMs);
  try {
    const done = await work();
    clearInterval(timer);
    await renewing;
    await renew();
    if (!isOurs)
      throw new Error(
        'ZG_ARCHIVE_BUSY: the archive was written by somebody else before this had ended; what was done is not whole, try again.',
      );
    return done;
  } finally {
    clearInterval(timer);
    await renewing;
    await stream.release(newest);
  }
};
