import { unitsOf } from '../../domain/access/in-sight.ts';
import { createTimeline, timelineMs, type TimelineView } from '../../domain/figures/timeline.ts';
import type { LedgerRow } from '../../domain/ledger/event.ts';
import type { Directory } from '../../domain/organisation/directory.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LedgerReader } from '../../ports/ledger.ts';
import type { Log } from '../../ports/log.ts';
import { findSeqBefore } from '../ledger/find-seq.ts';

export type LiveTimelineDeps = {
  readonly ledger: LedgerReader;
  readonly loadDirectory: () => Promise<Directory>;
  readonly clock: Clock;
  readonly realNow: () => number;
  readonly log: Log;
};

/** Rows in one read: between two of them everything else goes on. */
const pageRows = 1_000;
/** Said no more often than this, real ms: nobody reads a day by the tenth of a second. */
const sayEveryMs = 1_000;

/** The last day of the ledger, for the walls of this process. A day that is not known yet is read in the background, and only once. */
export const createLiveTimeline = ({ ledger, loadDirectory, clock, realNow, log }: LiveTimelineDeps) => {
  let directory: Directory | undefined;
  const timeline = createTimeline((subject, at) => directory && unitsOf(directory, subject, at)[0]);
  let isBegun = false;
  let filling: Promise<void> | undefined;
  let saidAt = Number.NEGATIVE_INFINITY;
  let version = 0;

  const fill = async (): Promise<void> => {
    directory = await loadDirectory();
    if (!isBegun) timeline.beginAt(await findSeqBefore(ledger, clock.now() - timelineMs));
    isBegun = true;
    for (;;) {
      const page = await ledger.rows(timeline.through(), pageRows);
      for (const row of page) timeline.take(row);
      if (page.length < pageRows) return;
    }
  };

  const fillSoon = (): void => {
    filling ??= fill()
      .catch((error: unknown) => log.warn({ error: String(error) }, 'the last hours cannot be read'))
      .finally(() => (filling = undefined));
  };

  return {
    /** What the wall has read anyway. Where something lies between it and what is known, that is read first. */
    hear: (rows: readonly LedgerRow[]): void => {
      const [first] = rows;
      if (!isBegun || filling || (first && first.seq > timeline.through() + 1)) return fillSoon();
      for (const row of rows) timeline.take(row);
    },
    /** Whether there is something to say with this look. */
    settle: async (next: number): Promise<boolean> => {
      if (!isBegun) fillSoon();
      if (!timeline.hasNews(clock.now()) || realNow() - saidAt < sayEveryMs) return false;
      directory = await loadDirectory();
      saidAt = realNow();
      version = next;
      timeline.settle(next, clock.now());
      return true;
    },
    version: (): number => version,
    since: (known: number, isSeen: (unitId: string) => boolean): TimelineView => timeline.since(known, isSeen),
    /** For whoever must know that the day has been read. */
    whenFilled: async (): Promise<void> => filling,
  };
};

export type LiveTimeline = ReturnType<typeof createLiveTimeline>;
