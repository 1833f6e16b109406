import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readArchiveLine, writePersonalLine, writeRowLine, writeSealLine } from '../../src/domain/ledger/archive-line.ts';
import type { Seal } from '../../src/domain/ledger/seal.ts';
import type { SealedRow } from '../../src/domain/ledger/sealed-row.ts';
import type { Archive, SealedBatch } from '../../src/ports/archive.ts';
import { copyArchive } from './copy.ts';
import { type DurableFiles, durableFiles, sizeOf } from './durable.ts';
import { fileNameOf, listFiles, personalNameOf } from './file-names.ts';
import { type Place, findPlace, findRest, placeOfNext, startPlace } from './place.ts';
import { readLines } from './read-lines.ts';
import { createRowReader } from './read-rows.ts';

export type FileArchiveOptions = {
  /** One bureau's folder. */
  readonly folder: string;
  /** A file that has grown so far is closed: about 40,000 rows, a day or several for one bureau. */
  readonly rotateBytes?: number;
  readonly files?: DurableFiles;
};

/**
 * Sealed rows in files that are only ever appended to. A batch is settled when its seal is in the live stream; what
 * stands behind the last settled seal is a writer's that died, and is taken over or cut off before the next append.
 */
export const createFileArchive = (options: FileArchiveOptions): Archive => {
  const { folder, rotateBytes = 16 * 1024 * 1024, files = durableFiles } = options;
  /** Remembered, so that a file is not read again each minute; forgotten whenever anything is unexpected. */
  let known: Place | undefined = startPlace;

  const placeOf = async (last: Seal | null): Promise<Place> => {
    if (!last) return startPlace;
    if (known?.hash !== last.hash) known = await findPlace(folder, last);
    return known;
  };

  const cutFile = async (name: string, end: number): Promise<void> => {
    if ((await sizeOf(join(folder, name))) > end) await files.truncate(join(folder, name), end);
  };

  const batchAfter = async (last: Seal | null): Promise<SealedBatch | null> => {
    const rest = await findRest(folder, await placeOf(last), (last?.to ?? 0) + 1);
    return rest && readBatch(rest.path, rest.start);
  };

  const cutAfter = async (last: Seal | null): Promise<void> => {
    const place = await placeOf(last);
    const next = fileNameOf((last?.to ?? 0) + 1);
    const beyond = (await listFiles(folder)).find(({ name, from }) => from > (last?.to ?? 0) && name !== next);
    if (beyond) throw archiveAhead(folder, beyond.name, last?.to ?? 0);
    if (place.name !== null) {
      await cutFile(place.name, place.end);
      await cutFile(personalNameOf(place.name), place.personalEnd);
    }
    await cutFile(next, 0);
    await cutFile(personalNameOf(next), 0);
  };

  const append = async (batch: SealedBatch, last: Seal | null): Promise<void> => {
    const next = placeOfNext(await placeOf(last), batch.seal.from, rotateBytes);
    const rows = Buffer.from([...batch.rows.map(writeRowLine), writeSealLine(batch.seal), ''].join('\n'));
    const personal = Buffer.from(personalLines(batch.rows));
    await mkdir(folder, { recursive: true, mode: 0o750 });
    known = undefined;
    // what can be removed goes first: a seal never stands over rows whose other half was not yet written
    if (personal.length > 0) await appendAt(join(folder, personalNameOf(next.name)), personal, next.personalEnd);
    await appendAt(join(folder, next.name), rows, next.end);
    if (next.end === 0) await files.syncFolder(folder);
    known = { hash: batch.seal.hash, name: next.name, end: next.end + rows.length, personalEnd: next.personalEnd + personal.length };
  };

  const appendAt = async (path: string, bytes: Uint8Array, expected: number): Promise<void> => {
    const size = await files.append(path, bytes);
    if (size !== expected + bytes.length) throw new Error(`ZG_ARCHIVE_RACED: another writer wrote to ${path}; the next run puts it right.`);
  };

  return {
    batchAfter,
    cutAfter,
    append,
    rows: createRowReader(folder),
    copyTo: async (target, last, beside) => copyArchive(folder, target, await findPlace(folder, last), beside),
  };
};

const personalLines = (rows: readonly SealedRow[]): string =>
  rows.map(({ personal }) => (personal ? `${writePersonalLine(personal)}\n` : '')).join('');

const archiveAhead = (folder: string, name: string, to: number): Error =>
  new Error(
    `ZG_ARCHIVE_AHEAD: ${folder} holds ${name}, but the running ledger is sealed only up to row ${to}. ` +
      'Redis was set back or replaced: restore the matching backup, or move the archive folder elsewhere and keep it.',
  );

/** The first whole batch from a place on, its rows without their personal part; null where there is none. */
const readBatch = async (path: string, start: number): Promise<SealedBatch | null> => {
  const rows: SealedRow[] = [];
  for await (const lines of readLines(path, start)) {
    for (const { text, isTorn } of lines) {
      const line = isTorn || text === null ? undefined : readArchiveLine(text);
      if (!line) return null;
      if (line.kind === 'seal') return { rows, seal: line.seal };
      rows.push({ text: line.text, hash: line.hash, personal: null });
    }
  }
  return null;
};
