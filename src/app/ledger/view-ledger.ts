import type { LedgerRow } from '../../domain/ledger/event.ts';
import type { LedgerReader } from '../../ports/ledger.ts';
import type { Iso, Page } from '../views/view-page.ts';
import { findSeqBefore } from './find-seq.ts';

/** A row as clients read it: what names a person stays inside. */
export type LedgerRowView = Omit<LedgerRow, 'at' | 'personal'> & { readonly at: string };

export const toLedgerRowView = ({ personal: _, at, seq, ...row }: LedgerRow, iso: Iso): LedgerRowView => ({ seq, at: iso(at), ...row });

/** One answer looks through no more than this many rows; `next` says where to go on. */
const mostScanned = 50_000;
const rowsAtOnce = 2_000;

type Rows = Page<LedgerRowView>;

export type LedgerQuery = {
  /** Rows with `seq` > `after`; with `isNewestFirst`, rows before it, and 0 is the end. */
  readonly after: number;
  readonly limit: number;
  readonly itemId?: string | undefined;
  readonly obligationId?: string | undefined;
  /** Posts, people, units: rows about any of them, or by one of them. */
  readonly subjects?: readonly string[] | undefined;
  readonly isNewestFirst?: boolean;
  /** Epoch ms: rows from this instant on, and before that one. */
  readonly fromAt?: number | undefined;
  readonly toAt?: number | undefined;
  /** Of these alone whoever reads may know. */
  readonly isShown?: ((row: LedgerRow) => boolean) | undefined;
};

type IsChosen = (row: LedgerRow) => boolean;

const isAbout = (subjects: ReadonlySet<unknown>): IsChosen => {
  return ({ actor, data }) =>
    subjects.has(data['subject']) ||
    subjects.has(data['to']) ||
    subjects.has(data['holder']) ||
    (actor !== undefined && subjects.has(actor));
};

const chosenBy = ({ itemId, obligationId, subjects, isShown, fromAt, toAt }: LedgerQuery): IsChosen | undefined => {
  const conditions: readonly IsChosen[] = [
    ...(itemId === undefined ? [] : [(row: LedgerRow) => row.itemId === itemId]),
    ...(obligationId === undefined ? [] : [(row: LedgerRow) => row.obligationId === obligationId]),
    ...(subjects === undefined ? [] : [isAbout(new Set<unknown>(subjects))]),
    ...(fromAt === undefined ? [] : [(row: LedgerRow) => row.at >= fromAt]),
    ...(toAt === undefined ? [] : [(row: LedgerRow) => row.at < toAt]),
    ...(isShown === undefined ? [] : [isShown]),
  ];
  return conditions.length === 0 ? undefined : (row) => conditions.every((holds) => holds(row));
};

/** Instances write their rows a little out of step. */
const outOfStepMs = 60_000;
/** Where ids with an instant at their end begin to mean one: 1 January 2001, epoch ms. */
const earliestAt = 978_307_200_000;

/** What was opened at an instant bears it in its id: the rows before need no look. Clocks of deadlines bear the deadline. */
const beginningOf = async (reader: LedgerReader, obligationId: string): Promise<number> => {
  const parts = obligationId.split('.');
  const at = parts.length === 2 ? Number.parseInt(parts[1] ?? '', 36) : Number.NaN;
  return at > earliestAt ? findSeqBefore(reader, at - outOfStepMs) : 0;
};

const startOf = async (reader: LedgerReader, { obligationId, fromAt }: LedgerQuery): Promise<number> => {
  if (fromAt !== undefined) return findSeqBefore(reader, fromAt - outOfStepMs);
  return obligationId === undefined ? 0 : beginningOf(reader, obligationId);
};

/** Rows in order, or the newest first; those that are asked for. `next` is there as long as there may be more. */
export const viewLedger = async (reader: LedgerReader, iso: Iso, query: LedgerQuery): Promise<Rows> => {
  const isChosen = chosenBy(query);
  const toView = (row: LedgerRow) => toLedgerRowView(row, iso);
  if (query.isNewestFirst) {
    const found = await readBackward(reader, query, isChosen ?? (() => true));
    return { items: found.rows.map(toView), next: found.next };
  }
  if (!isChosen) {
    const rows = await reader.rows(query.after, query.limit);
    const last = rows.at(-1);
    return { items: rows.map(toView), next: last && rows.length === query.limit ? String(last.seq) : null };
  }
  const from = query.after > 0 ? query.after : await startOf(reader, query);
  const found = await readForward(reader, from, query, isChosen);
  return { items: found.rows.map(toView), next: found.next };
};

type Found = { readonly rows: readonly LedgerRow[]; readonly next: string | null };

const readForward = async (
  reader: LedgerReader,
  after: number,
  { limit, toAt = Number.POSITIVE_INFINITY }: LedgerQuery,
  isChosen: IsChosen,
): Promise<Found> => {
  const found: LedgerRow[] = [];
  let seq = after;
  for (let scanned = 0; scanned < mostScanned; scanned += rowsAtOnce) {
    const rows = await reader.rows(seq, rowsAtOnce);
    for (const row of rows) {
      if (found.length === limit) return { rows: found, next: String(seq) };
      if (isChosen(row)) found.push(row);
      seq = row.seq;
    }
    if (rows.length < rowsAtOnce || rows.at(-1)!.at > toAt + outOfStepMs) return { rows: found, next: null };
  }
  return { rows: found, next: String(seq) };
};

const readBackward = async (reader: LedgerReader, { after, limit }: LedgerQuery, isChosen: IsChosen): Promise<Found> => {
  const found: LedgerRow[] = [];
  const last = await reader.lastSeq();
  /** Everything from here on has been looked at. */
  let end = after > 0 ? Math.min(after, last + 1) : last + 1;
  for (let scanned = 0; scanned < mostScanned && end > 1; scanned += rowsAtOnce) {
    const start = Math.max(0, end - 1 - rowsAtOnce);
    const rows = await reader.rows(start, end - 1 - start);
    for (const row of rows.toReversed()) {
      if (row.seq >= end) continue;
      if (found.length === limit) return { rows: found, next: String(end) };
      if (isChosen(row)) found.push(row);
      end = row.seq;
    }
    end = Math.min(end, start + 1);
  }
  return { rows: found, next: end > 1 ? String(end) : null };
};
