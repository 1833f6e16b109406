import type { LedgerRow } from '../../domain/ledger/event.ts';
import type { LedgerReader } from '../../ports/ledger.ts';
import type { Iso, Page } from '../views/view-page.ts';

/** A row as clients read it: what names a person stays inside. */
export type LedgerRowView = Omit<LedgerRow, 'at' | 'personal'> & { readonly at: string };

export const toLedgerRowView = ({ personal: _, at, seq, ...row }: LedgerRow, iso: Iso): LedgerRowView => ({ seq, at: iso(at), ...row });

/** Rows with `seq` > `after`, in order. `next` is there as long as there may be more. */
export const viewLedger = async (reader: LedgerReader, iso: Iso, after: number, limit: number): Promise<Page<LedgerRowView>> => {
  const rows = await reader.rows(after, limit);
  const last = rows.at(-1);
  return { items: rows.map((row) => toLedgerRowView(row, iso)), next: last && rows.length === limit ? String(last.seq) : null };
};
