import type { LedgerRow } from '../../domain/ledger/event.ts';
import type { LedgerReader } from '../../ports/ledger.ts';
import type { Iso, Page } from '../views/view-page.ts';

/** A row as clients read it: what names a person stays inside. */
export type LedgerRowView = Omit<LedgerRow, 'at' | 'personal'> & { readonly at: string };

export const toLedgerRowView = ({ personal: _, at, seq, ...row }: LedgerRow, iso: Iso): LedgerRowView => ({ seq, at: iso(at), ...row });

/** One answer looks through no more than this many rows; `next` says where to go on. */
const mostScanned = 50_000;
const rowsAtOnce = 2_000;

type Rows = Page<LedgerRowView>;

/** Rows with `seq` > `after`, in order; those of one item, where one is named. `next` is there as long as there may be more. */
export const viewLedger = async (reader: LedgerReader, iso: Iso, after: number, limit: number, itemId?: string): Promise<Rows> => {
  if (itemId !== undefined) return viewItemRows(reader, iso, after, limit, itemId);
  const rows = await reader.rows(after, limit);
  const last = rows.at(-1);
  return { items: rows.map((row) => toLedgerRowView(row, iso)), next: last && rows.length === limit ? String(last.seq) : null };
};

const viewItemRows = async (reader: LedgerReader, iso: Iso, after: number, limit: number, itemId: string): Promise<Rows> => {
  const found: LedgerRow[] = [];
  let seq = after;
  for (let scanned = 0; scanned < mostScanned; scanned += rowsAtOnce) {
    const rows = await reader.rows(seq, rowsAtOnce);
    for (const row of rows) {
      if (found.length === limit) return { items: found.map((one) => toLedgerRowView(one, iso)), next: String(seq) };
      if (row.itemId === itemId) found.push(row);
      seq = row.seq;
    }
    if (rows.length < rowsAtOnce) return { items: found.map((row) => toLedgerRowView(row, iso)), next: null };
  }
  return { items: found.map((row) => toLedgerRowView(row, iso)), next: String(seq) };
};
