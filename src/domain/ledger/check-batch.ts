import type { RowLine, SealLine } from './archive-line.ts';
import type { Fault, FaultKind } from './fault.ts';
import { type Seal, type Sha256, genesis, sealHashOf } from './seal.ts';

/** A row of the open batch, with the hash that its line states and the one that its text has. */
type OpenRow = { readonly seq: number; readonly line: number; readonly stated: string; readonly computed: string };

/** What is remembered from line to line: the rows not yet under a seal, and where the chain stands. */
export type Chain = {
  readonly open: OpenRow[];
  /** Last row under a seal, null before the first. */
  to: number | null;
  /** Hashes that the next seal may name as its previous one; null where the seal before could not be read. */
  previous: readonly string[] | null;
  seals: number;
  /** Seals whose signature was right. */
  signed: number;
};

export const startChain = (): Chain => ({ open: [], to: null, previous: null, seals: 0, signed: 0 });

export type Report = (what: FaultKind, line: number, seq: number | undefined, message: string) => void;
export type SealChecks = {
  readonly sha256: Sha256;
  readonly isSigned: (text: string, signature: string) => boolean;
  readonly report: Report;
};

export const addRow = (chain: Chain, row: RowLine, line: number, checks: SealChecks): void => {
  const computed = checks.sha256(row.text);
  chain.open.push({ seq: row.seq, line, stated: row.hash, computed });
};

/** Closes the open batch with a seal, and says all that is wrong with either. */
export const closeBatch = (chain: Chain, { seal }: SealLine, line: number, checks: SealChecks): void => {
  const { report } = checks;
  checkPlace(chain, seal, line, report);
  const rows = takeRowsOf(chain, seal, report);
  const missing = missingOf(rows, seal);
  for (const [from, to] of missing)
    report('rowsMissing', line, from, `${nameRows(from, to)} missing: the seal over ${nameRows(seal.from, seal.to)} covers more.`);
  const computed = sealHashOf(seal, hashesOf(rows, 'computed'), checks.sha256);
  const stated = sealHashOf(seal, hashesOf(rows, 'stated'), checks.sha256);
  for (const row of rows.filter((each) => each.stated !== each.computed)) reportRow(row, computed === seal.hash, report);
  checkSeal(chain, seal, line, { computed, stated, isWhole: missing.length === 0 }, checks);
  chain.seals += 1;
  chain.to = Math.max(chain.to ?? 0, seal.to);
};

const reportRow = (row: OpenRow, isTextRight: boolean, report: Report): void =>
  isTextRight
    ? report('rowHashChanged', row.line, row.seq, `The hash written beside row ${row.seq} was changed; the row itself is as it was sealed.`)
    : report('rowChanged', row.line, row.seq, `Row ${row.seq} was changed: it no longer has the hash written beside it.`);

type Sums = { readonly computed: string; readonly stated: string; readonly isWhole: boolean };

const checkSeal = (chain: Chain, seal: Seal, line: number, sums: Sums, { isSigned, report }: SealChecks): void => {
  const name = `seal over ${nameRows(seal.from, seal.to)}`;
  const matching = [sums.computed, sums.stated].find((sum) => sum === seal.hash);
  chain.previous = [seal.hash, sums.computed, sums.stated];
  if (isSigned(seal.hash, seal.signature)) {
    chain.signed += 1;
    // the signed hash is genuine, so it is the head or the rows that say something else now
    if (matching === undefined && sums.isWhole)
      report(
        'batchChanged',
        line,
        seal.from,
        `The ${name} is genuine, but a row or the seal's own bounds, time or bureau were changed since.`,
      );
    return;
  }
  if (matching !== undefined) return report('signatureWrong', line, seal.from, `The signature of the ${name} does not fit this key.`);
  if ([sums.computed, sums.stated].some((sum) => isSigned(sum, seal.signature))) {
    chain.signed += 1;
    return report('sealChanged', line, seal.from, `The hash in the ${name} was changed; its signature and its rows are as they were.`);
  }
  report('sealChanged', line, seal.from, `The ${name} fits neither its rows nor its signature.`);
};

const checkPlace = (chain: Chain, seal: Seal, line: number, report: Report): void => {
  if (chain.to === null) {
    const isFirst = seal.from === 1;
    if (isFirst && seal.previous !== genesis) report('chainBroken', line, seal.from, 'The first seal names a seal before it.');
    return;
  }
  if (chain.previous && !chain.previous.includes(seal.previous))
    report(
      'chainBroken',
      line,
      seal.from,
      `The seal over ${nameRows(seal.from, seal.to)} does not name the seal before it: one was replaced or removed.`,
    );
  if (seal.from > chain.to + 1 && chain.open[0]?.seq !== chain.to + 1)
    report('rowsMissing', line, chain.to + 1, `${nameRows(chain.to + 1, (chain.open[0]?.seq ?? seal.from) - 1)} missing.`);
};

/** The rows that the seal covers, in the order of their numbers; the others are named. */
const takeRowsOf = (chain: Chain, seal: Seal, report: Report): OpenRow[] => {
  const covered = new Map<number, OpenRow>();
  const unsealed: OpenRow[] = [];
  let newest = 0;
  for (const row of chain.open.splice(0)) {
    if (row.seq < seal.from && row.seq > (chain.to ?? 0)) unsealed.push(row);
    else if (row.seq < seal.from || row.seq > seal.to)
      report('rowMoved', row.line, row.seq, `Row ${row.seq} stands under the seal over ${nameRows(seal.from, seal.to)}.`);
    else if (covered.has(row.seq)) report('rowRepeated', row.line, row.seq, `Row ${row.seq} stands here a second time.`);
    else {
      if (row.seq < newest) report('rowMoved', row.line, row.seq, `Row ${row.seq} stands behind row ${newest}.`);
      newest = Math.max(newest, row.seq);
      covered.set(row.seq, row);
    }
  }
  reportUnsealed(unsealed, report);
  return [...covered.values()].toSorted((a, b) => a.seq - b.seq);
};

/** Rows that no seal closes, in front of a seal or at the end of a file that is not the last. */
export const reportUnsealed = (rows: readonly OpenRow[], report: Report): void => {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first && last) report('sealMissing', last.line + 1, first.seq, `The seal over ${nameRows(first.seq, last.seq)} is missing.`);
};

const missingOf = (rows: readonly OpenRow[], seal: Seal): [number, number][] => {
  const missing: [number, number][] = [];
  let next = seal.from;
  for (const { seq } of rows) {
    if (seq > next) missing.push([next, seq - 1]);
    next = seq + 1;
  }
  if (next <= seal.to) missing.push([next, seal.to]);
  return missing;
};

const hashesOf = (rows: readonly OpenRow[], which: 'stated' | 'computed'): string[] => rows.map((row) => row[which]);

export const nameRows = (from: number, to: number): string => (from === to ? `row ${from}` : `rows ${from} to ${to}`);

/** With the wrong key every signature is wrong: that is one fault, not thousands. */
export const foldWrongKey = (faults: readonly Fault[], chain: Chain): readonly Fault[] => {
  const first = faults.find((fault) => fault.what === 'signatureWrong');
  if (!first || chain.signed > 0) return faults;
  const message =
    chain.seals === 1
      ? 'The one seal does not fit this public key: it is another key, or the signature was changed.'
      : 'No seal fits this public key: it belongs to another archive.';
  return [{ ...first, what: 'wrongKey', message }, ...faults.filter((fault) => fault.what !== 'signatureWrong')];
};
