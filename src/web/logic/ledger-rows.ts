import type { Page, Row } from '../data/types.ts';

/** The newest of the ledger without a gap, oldest first; `olderThan`: from where on there are more, where more are kept. */
export type LedgerRows = { readonly rows: readonly Row[]; readonly olderThan: string | null };

const rowsKept = 400;

const kept = (rows: readonly Row[], olderThan: string | null): LedgerRows => {
  const known = new Map(rows.map((row) => [row.seq, row]));
  const all = [...known.values()].toSorted((a, b) => a.seq - b.seq);
  return { rows: all.slice(-rowsKept), olderThan: all.length < rowsKept ? olderThan : null };
};

export const withNews = ({ rows, olderThan }: LedgerRows, fresh: readonly Row[]): LedgerRows => kept([...rows, ...fresh], olderThan);

/** What was there stays where it joins on. After a longer time without connection it does not: then it is read anew on demand. */
export const withNewest = ({ rows, olderThan }: LedgerRows, { items, next }: Page<Row>): LedgerRows => {
  if (items.length === 0) return kept(rows, null);
  const seqs = new Set(items.map(({ seq }) => seq));
  const oldest = Math.min(...seqs);
  const older = rows.some(({ seq }) => seqs.has(seq)) ? rows.filter(({ seq }) => seq < oldest) : [];
  const newer = rows.filter(({ seq }) => seq >= oldest);
  return kept([...older, ...newer, ...items], older.length > 0 ? olderThan : next);
};

/** `askedFor`: what was older when it was asked; it may have begun anew since. */
export const withOlder = (held: LedgerRows, askedFor: string, { items, next }: Page<Row>): LedgerRows =>
  held.olderThan === askedFor ? kept([...items, ...held.rows], next) : held;
