import type { LedgerRow } from '../../domain/ledger/event.ts';
import type { Archive } from '../../ports/archive.ts';
import type { LedgerReader, LedgerStream } from '../../ports/ledger.ts';

/** The ledger as one: rows that were trimmed come from the archive, the others from the live stream. */
export const createLedgerReader = (stream: LedgerReader | LedgerStream, archive: Pick<Archive, 'rows'>): LedgerReader => ({
  lastSeq: () => stream.lastSeq(),
  rows: async (after, limit) => {
    const live = await stream.rows(after, limit);
    if (live[0]?.seq === after + 1) return live;
    const archived: LedgerRow[] = [...(await archive.rows(after, limit))];
    if (archived.length >= limit) return archived;
    // rows may have been trimmed between the two readings: what was not archived then is still live now
    return [...archived, ...(await stream.rows(archived.at(-1)?.seq ?? after, limit - archived.length))];
  },
});
