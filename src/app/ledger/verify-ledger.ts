import { readArchiveLine } from '../../domain/ledger/archive-line.ts';
import {
  type Chain,
  type Report,
  addRow,
  closeBatch,
  foldWrongKey,
  nameRows,
  reportUnsealed,
  startChain,
} from '../../domain/ledger/check-batch.ts';
import { type PersonalLine, checkPersonal, readPersonal, reportUnknown } from '../../domain/ledger/check-personal.ts';
import type { Fault, LedgerReport } from '../../domain/ledger/fault.ts';
import type { ArchiveFile, ArchiveFiles, Digests, FileLine, SealSigner } from '../../ports/archive.ts';

export type VerifyParts = { readonly sha256: Digests['sha256']; readonly isSigned: SealSigner['isSigned'] };

const mostFaults = 1_000;
/** Rows held until their seal comes; a file without seals must not fill the memory. */
const mostOpenRows = 100_000;

type Check = VerifyParts & {
  readonly chain: Chain;
  readonly totals: { rows: number; checked: number; removed: number; from: number; hash: string };
  readonly reportIn: (file: string) => Report;
};

/** Checks every line of an archive against its seals and one public key; needs nothing but the files. */
export const verifyLedger = async (parts: VerifyParts, { files, isFolder }: ArchiveFiles): Promise<LedgerReport> => {
  const faults: Fault[] = [];
  let omitted = 0;
  const add = (fault: Fault): void => void (faults.length < mostFaults ? faults.push(fault) : (omitted += 1));
  const check: Check = {
    ...parts,
    chain: startChain(),
    totals: { rows: 0, checked: 0, removed: 0, from: 0, hash: '' },
    reportIn: (file) => (what, line, seq, message) => add({ file, line, what, message, ...(seq === undefined ? {} : { seq }) }),
  };
  // a folder begins with row 1, so that a first file that is gone shows
  if (isFolder) check.chain.to = 0;
  for (const [index, file] of files.entries()) await verifyFile(check, file, index === files.length - 1);
  const { chain, totals } = check;
  const found = foldWrongKey(faults, chain);
  return {
    ok: found.length === 0,
    rows: totals.rows,
    seals: chain.seals,
    from: totals.from,
    to: chain.seals > 0 ? (chain.to ?? 0) : 0,
    hash: totals.hash,
    personal: { checked: totals.checked, removed: totals.removed },
    faults: found,
    omitted,
  };
};

const verifyFile = async (check: Check, file: ArchiveFile, isLast: boolean): Promise<void> => {
  const { chain, totals, sha256, isSigned } = check;
  const report = check.reportIn(file.name);
  const personal = openPersonal(file, check.reportIn(file.personalName));
  let isAtStart = true;
  let torn: FileLine | undefined;
  for await (const lines of file.lines()) {
    for (const line of lines) {
      const read = line.text === null || line.isTorn ? undefined : readArchiveLine(line.text);
      if (!read) {
        if (line.isTorn && isLast) torn = line;
        else passUnreadable(chain, line, report);
      } else if (read.kind === 'seal') {
        closeBatch(chain, read, line.number, { sha256, isSigned, report });
        totals.hash = read.seal.hash;
      } else {
        if (isAtStart) checkStart(check, file, read.seq, line.number, report);
        totals.rows += 1;
        totals.from ||= read.seq;
        addRow(chain, read, line.number, { sha256, isSigned, report });
        if (chain.open.length > mostOpenRows) reportUnsealed(chain.open.splice(0), report);
        if (read.personalHash !== null) {
          const beside = await personal.take(read.seq);
          if (beside) checkPersonal(beside, read.personalHash, sha256, check.reportIn(file.personalName));
          totals[beside ? 'checked' : 'removed'] += 1;
        }
      }
      isAtStart = false;
    }
  }
  await personal.finish();
  if (isLast) closeEnd(chain, torn, report);
  else reportUnsealed(chain.open.splice(0), report);
};

/** The line may have been a seal: then the next one can't be told to follow it. */
const passUnreadable = (chain: Chain, line: FileLine, report: Report): void => {
  const isSeal = line.text === null || line.text.startsWith('{"seal') || line.text.includes('"signature":');
  const seq = isSeal ? chain.open[0]?.seq : (chain.open.at(-1)?.seq ?? chain.to ?? 0) + 1;
  const message = line.isTorn ? 'The file is cut off in this line.' : 'This line was changed so that it can no longer be read.';
  report('lineUnreadable', line.number, seq, isSeal ? `${message} It was a seal.` : message);
  if (!isSeal) return;
  chain.to = Math.max(chain.to ?? 0, ...chain.open.splice(0).map((row) => row.seq));
  chain.previous = null;
};

const checkStart = (check: Check, file: ArchiveFile, seq: number, line: number, report: Report): void => {
  const { chain } = check;
  if (file.from !== null && file.from !== seq)
    report('fileMisnamed', line, seq, `By its name the file begins with row ${file.from}, but it begins with row ${seq}.`);
  if (chain.to === null || seq <= chain.to + 1) return;
  report('fileMissing', line, chain.to + 1, `The file with ${nameRows(chain.to + 1, seq - 1)} is missing.`);
  chain.to = seq - 1;
  chain.previous = null;
};

/** The end of the newest file: a writer that is at work or was killed leaves the same as scissors do. */
const closeEnd = (chain: Chain, torn: FileLine | undefined, report: Report): void => {
  const [first, last] = [chain.open[0], chain.open.at(-1)];
  if (!torn && (!first || !last)) return;
  const rows = first && last ? `${nameRows(first.seq, last.seq)} at the end stand under no seal` : 'the last line is cut off';
  const message = `The end is not sealed: ${rows}. The writer was stopped here and goes on with its next run, or the end was cut off; what is above is not touched by it.`;
  report('endUnsealed', torn?.number ?? last?.line ?? 1, first?.seq, message);
};

/** Walks the file beside in step with the rows: both are in the order of `seq`. */
const openPersonal = (file: ArchiveFile, report: Report) => {
  const handfuls = file.personalLines()[Symbol.asyncIterator]();
  let lines: readonly FileLine[] = [];
  let at = 0;
  let lastSeq = 0;
  let held: PersonalLine | undefined;

  const advance = async (): Promise<PersonalLine | undefined> => {
    for (;;) {
      if (at >= lines.length) {
        const next = await handfuls.next();
        if (next.done) return undefined;
        lines = next.value;
        at = 0;
      }
      const line = lines[at];
      at += 1;
      const read = line && readPersonal(line, lastSeq, report);
      if (!read) continue;
      lastSeq = read.record.seq;
      return read;
    }
  };

  return {
    /** What belongs to a row; undefined where it was removed. */
    take: async (seq: number): Promise<PersonalLine | undefined> => {
      for (;;) {
        held ??= await advance();
        if (!held || held.record.seq > seq) return undefined;
        const taken = held;
        held = undefined;
        if (taken.record.seq === seq) return taken;
        reportUnknown(taken, report);
      }
    },
    finish: async (): Promise<void> => {
      for (held ??= await advance(); held; held = await advance()) reportUnknown(held, report);
    },
  };
};
