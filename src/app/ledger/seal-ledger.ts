import { canonicalJson } from '../../domain/ledger/canonical.ts';
import { readArchiveLine, readRow, writeRowLine } from '../../domain/ledger/archive-line.ts';
import type { LedgerRow } from '../../domain/ledger/event.ts';
import { type Seal, followsSeal, genesis, sealHashOf } from '../../domain/ledger/seal.ts';
import { type SealedRow, sealRow } from '../../domain/ledger/sealed-row.ts';
import type { Archive, Digests, SealSigner, SealedBatch } from '../../ports/archive.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LedgerStream } from '../../ports/ledger.ts';

export type SealerParts = {
  readonly stream: LedgerStream;
  readonly archive: Archive;
  readonly signer: SealSigner;
  readonly digests: Digests;
  readonly clock: Clock;
  /** This process, by a name that no other has. */
  readonly holder: string;
  /** Most rows under one seal. */
  readonly batchRows?: number;
  /** The newest rows stay in the live stream after they were archived, so that reading them stays quick. */
  readonly keepRows?: number;
};

/** `busy`: another process is at it. `rows`: sealed now. `last`: the newest seal, where there is one. */
export type Sealing = { readonly status: 'sealed' | 'busy'; readonly rows: number; readonly last: Seal | null };

export type Sealer = { readonly sealNow: () => Promise<Sealing> };

/** Read in slices, so that hashing thousands of rows never holds up the loop that answers people. */
const sliceRows = 500;
const leaseMs = 30_000;
/** A run ends by itself; what is left is for the next. */
const mostBatches = 1_000;

/**
 * Seals and archives what the live stream holds, in this order, each durable before the next: archive, seal, trim. A
 * crash anywhere leaves a state that the next run continues from, and never two seals for one row.
 */
export const createSealer = (parts: SealerParts): Sealer => {
  const { stream, archive, keepRows = 20_000, holder } = parts;

  const sealNext = async (fence: number, last: Seal | null): Promise<{ seal: Seal; rows: number } | 'nothing' | 'lost'> => {
    const unfinished = await takeOver(parts, last);
    if (unfinished === null) await archive.cutAfter(last);
    const batch = unfinished ?? (await makeBatch(parts, last));
    if (!batch) return 'nothing';
    if (!unfinished) await archive.append(batch, last);
    if (!(await stream.writeSeal(batch.seal, fence))) return 'lost';
    await stream.trim(batch.seal.to - keepRows, fence);
    return { seal: batch.seal, rows: batch.rows.length };
  };

  return {
    sealNow: async () => {
      let rows = 0;
      let last = await stream.lastSeal();
      for (let batches = 0; batches < mostBatches; batches += 1) {
        const fence = await stream.lease(holder, leaseMs);
        if (fence === null) return { status: 'busy', rows, last };
        try {
          last = await stream.lastSeal();
          const sealed = await sealNext(fence, last);
          if (sealed === 'lost') return { status: 'busy', rows, last: await stream.lastSeal() };
          if (sealed === 'nothing') break;
          last = sealed.seal;
          rows += sealed.rows;
        } finally {
          await stream.release(fence);
        }
      }
      return { status: 'sealed', rows, last };
    },
  };
};

const makeBatch = async (parts: SealerParts, last: Seal | null): Promise<SealedBatch | null> => {
  const { digests, signer, clock, stream, batchRows = 5_000 } = parts;
  const rows: SealedRow[] = [];
  let bureau = '';
  const start = last?.to ?? 0;
  // A row that a failover may still take back must not stand in the archive: another would get its number.
  const most = Math.min(batchRows, (await stream.lastingSeq()) - start);
  while (rows.length < most) {
    const slice = await stream.rows(start + rows.length, Math.min(sliceRows, most - rows.length));
    for (const row of slice) {
      if (row.seq !== start + rows.length + 1) throw ledgerGap(start + rows.length + 1, row.seq);
      bureau = row.bureau;
      rows.push(sealRow(row, digests.newSalt, digests.sha256));
    }
    if (slice.length === 0) break;
  }
  if (rows.length === 0) return null;
  const head = { bureau, from: start + 1, to: start + rows.length, at: Math.round(clock.now()), previous: last?.hash ?? genesis };
  const hash = sealHashOf(head, hashesOf(rows), digests.sha256);
  return { rows, seal: { ...head, hash, signature: signer.sign(hash) } };
};

const hashesOf = (rows: readonly SealedRow[]): string[] => rows.map((row) => row.hash);

const ledgerGap = (wanted: number, found: number): Error =>
  new Error(
    `ZG_LEDGER_GAP: row ${wanted} should be sealed next, but the live stream goes on at ${found}. Sealing waits; restore the backup.`,
  );

/**
 * The batch of a writer that died between archive and seal, if it is whole, ours, and says what the stream says. Null
 * where what stands there may be cut off: torn, or the second try of a writer that had lost its lease.
 */
const takeOver = async (parts: SealerParts, last: Seal | null): Promise<SealedBatch | null> => {
  const batch = await parts.archive.batchAfter(last);
  if (!batch || !followsSeal(batch.seal, last) || !isGenuine(batch, parts)) return null;
  if (await isInStream(batch, parts.stream)) return batch;
  throw new Error(
    `ZG_ARCHIVE_DIVERGED: the archive holds sealed rows ${batch.seal.from} to ${batch.seal.to} that the running ledger does not know. ` +
      'Redis was set back or replaced: restore the matching backup, or move the archive folder elsewhere and keep it.',
  );
};

const isGenuine = ({ rows, seal }: SealedBatch, { digests, signer }: SealerParts): boolean =>
  rows.length === seal.to - seal.from + 1 &&
  rows.every((row) => digests.sha256(row.text) === row.hash) &&
  sealHashOf(seal, hashesOf(rows), digests.sha256) === seal.hash &&
  signer.isSigned(seal.hash, seal.signature);

const isInStream = async ({ rows, seal }: SealedBatch, stream: LedgerStream): Promise<boolean> => {
  for (let at = 0; at < rows.length;) {
    const slice = await stream.rows(seal.from - 1 + at, Math.min(sliceRows, rows.length - at));
    if (slice.length === 0) return false;
    for (const row of slice) {
      if (withoutPersonal(row) !== archivedText(rows[at])) return false;
      at += 1;
    }
  }
  return true;
};

const withoutPersonal = (row: LedgerRow): string => {
  const { personal: _, ...rest } = row;
  return canonicalJson(rest);
};

const archivedText = (row: SealedRow | undefined): string | undefined => {
  const line = row && readArchiveLine(writeRowLine(row));
  return line?.kind === 'row' ? withoutPersonal(readRow(line, undefined)) : undefined;
};
