import type { LedgerRow } from '../../domain/ledger/event.ts';
import type { LedgerReader } from '../../ports/ledger.ts';
import type { Log } from '../../ports/log.ts';

export type LedgerFeedDeps = {
  readonly reader: LedgerReader;
  readonly pause: (ms: number) => Promise<void>;
  readonly log: Log;
  /** Between looks whether the ledger has grown. */
  readonly pollMs?: number;
};

/** Rows in one read of one follower. */
const pageRows = 500;

/**
 * The ledger as it grows, for any number of followers: one look at its end serves all of them, and nobody looks
 * while nobody follows. `after` null begins with what comes next.
 */
export const createLedgerFeed = ({ reader, pause, log, pollMs = 200 }: LedgerFeedDeps) => {
  const waiting = new Set<() => void>();
  let isLooking = false;
  let lastSeq = 0;

  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    while (waiting.size > 0) {
      try {
        const seq = await reader.lastSeq();
        if (seq > lastSeq) {
          lastSeq = seq;
          for (const wake of waiting) wake();
          waiting.clear();
        }
      } catch (error) {
        log.warn({ error: String(error) }, 'the ledger cannot be followed');
      }
      if (waiting.size > 0) await pause(pollMs);
    }
    isLooking = false;
  };

  const growth = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        waiting.delete(wake);
        resolve();
      };
      if (signal.aborted) {
        resolve();
        return;
      }
      signal.addEventListener('abort', wake);
      waiting.add(wake);
      void look();
    });

  return async function* follow(after: number | null, signal: AbortSignal): AsyncGenerator<LedgerRow> {
    let through = after ?? (await reader.lastSeq());
    while (!signal.aborted) {
      const seen = lastSeq;
      const rows = await reader.rows(through, pageRows);
      for (const row of rows) {
        yield row;
        through = row.seq;
      }
      // it may have grown while we read: then nobody would wake us for it
      if (rows.length === 0 && lastSeq === seen) await growth(signal);
    }
  };
};
