import { join } from 'node:path';
import { readArchiveLine, readPersonalLine, readRow } from '../../src/domain/ledger/archive-line.ts';
import type { RowLine } from '../../src/domain/ledger/archive-line.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import type { PersonalRecord } from '../../src/domain/ledger/sealed-row.ts';
import type { Archive } from '../../src/ports/archive.ts';
import { listFiles, personalNameOf } from './file-names.ts';
import { readLines } from './read-lines.ts';

type Found = { readonly line: RowLine; readonly name: string };

/** Reads pages; a page that follows the one before goes on where that ended, any other reads its file from the start. */
export const createRowReader = (folder: string): Archive['rows'] => {
  let resume = { after: -1, name: '', start: 0 };
  return async (after, limit) => {
    const files = await listFiles(folder);
    const first = Math.max(
      0,
      files.findLastIndex(({ from }) => from <= after + 1),
    );
    const found: Found[] = [];
    for (const { name } of files.slice(first)) {
      const start = resume.after === after && resume.name === name ? resume.start : 0;
      const end = await collectRows(join(folder, name), start, after, limit - found.length, (line) => found.push({ line, name }));
      if (found.length >= limit) {
        resume = { after: found.at(-1)?.line.seq ?? after, name, start: end };
        break;
      }
    }
    return joinPersonal(folder, found);
  };
};

const collectRows = async (path: string, start: number, after: number, limit: number, take: (line: RowLine) => void): Promise<number> => {
  let taken = 0;
  let newest = after;
  let end = start;
  for await (const lines of readLines(path, start)) {
    for (const placed of lines) {
      const line = placed.isTorn || placed.text === null ? undefined : readArchiveLine(placed.text);
      if (!line || taken >= limit) return end;
      end = placed.end;
      // a writer that had lost its lease may have left rows a second time, behind the settled ones
      if (line.kind === 'seal' || line.seq <= newest) continue;
      take(line);
      taken += 1;
      newest = line.seq;
    }
  }
  return end;
};

const joinPersonal = async (folder: string, found: readonly Found[]): Promise<readonly LedgerRow[]> => {
  const wanted = new Set(found.filter(({ line }) => line.personalHash !== null).map(({ line }) => line.seq));
  const records = new Map<number, PersonalRecord>();
  for (const name of new Set(found.filter(({ line }) => wanted.has(line.seq)).map((row) => row.name))) {
    for await (const lines of readLines(join(folder, personalNameOf(name)))) {
      for (const { text } of lines) {
        const record = text === null ? undefined : readPersonalLine(text);
        if (record && wanted.has(record.seq)) records.set(record.seq, record);
      }
      if (records.size === wanted.size) break;
    }
  }
  return found.map(({ line }) => readRow(line, records.get(line.seq)));
};
