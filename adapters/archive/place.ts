import { join } from 'node:path';
import { readArchiveLine, readPersonalLine } from '../../src/domain/ledger/archive-line.ts';
import type { Seal } from '../../src/domain/ledger/seal.ts';
import { sizeOf } from './durable.ts';
import { fileNameOf, listFiles, personalNameOf } from './file-names.ts';
import { readLines } from './read-lines.ts';

/** Where a seal ends: all in front of it is settled, all behind it is not. `name` is null while nothing is written. */
export type Place = { readonly hash: string | null; readonly name: string | null; readonly end: number; readonly personalEnd: number };

export const startPlace: Place = { hash: null, name: null, end: 0, personalEnd: 0 };

/** Rejects with ZG_ARCHIVE_BEHIND where the folder does not hold that seal. */
export const findPlace = async (folder: string, seal: Seal): Promise<Place> => {
  const files = await listFiles(folder);
  const file = files.findLast(({ from }) => from <= seal.to);
  const end = file && (await findSealEnd(join(folder, file.name), seal.hash));
  if (!file || end === undefined) throw archiveBehind(folder, seal);
  const personalEnd = await findPersonalEnd(join(folder, personalNameOf(file.name)), seal.to);
  return { hash: seal.hash, name: file.name, end, personalEnd };
};

const archiveBehind = (folder: string, seal: Seal): Error =>
  new Error(
    `ZG_ARCHIVE_BEHIND: rows up to ${seal.to} are sealed, but ${folder} does not hold their seal. ` +
      'Sealing waits and no row is dropped: bring back the archive folder, or let the machine that has it do the sealing.',
  );

const findSealEnd = async (path: string, hash: string): Promise<number | undefined> => {
  for await (const lines of readLines(path)) {
    for (const { text, end, isTorn } of lines) {
      if (isTorn || !text?.startsWith('{"seal"')) continue;
      const line = readArchiveLine(text);
      if (line?.kind === 'seal' && line.seal.hash === hash) return end;
    }
  }
  return undefined;
};

/**
 * Personal lines are written before their rows: those of a batch that was never sealed may stand at the end, and so may
 * those of a writer that had lost its lease, a second time.
 */
const findPersonalEnd = async (path: string, to: number): Promise<number> => {
  let settled = 0;
  let newest = 0;
  for await (const lines of readLines(path)) {
    for (const { text, end, isTorn } of lines) {
      const seq = isTorn || text === null ? undefined : readPersonalLine(text)?.seq;
      if (seq === undefined || seq <= newest || seq > to) return settled;
      newest = seq;
      settled = end;
    }
  }
  return settled;
};

/** The file that a batch goes into: a new one once the current is full. */
export const placeOfNext = (place: Place, from: number, rotateBytes: number): { name: string; end: number; personalEnd: number } =>
  place.name === null || place.end >= rotateBytes
    ? { name: fileNameOf(from), end: 0, personalEnd: 0 }
    : { name: place.name, end: place.end, personalEnd: place.personalEnd };

/** Whatever stands behind a place: the rest of its file, else the file that the next row would begin. */
export const findRest = async (folder: string, place: Place, nextSeq: number): Promise<{ path: string; start: number } | null> => {
  if (place.name !== null && (await sizeOf(join(folder, place.name))) > place.end)
    return { path: join(folder, place.name), start: place.end };
  const next = join(folder, fileNameOf(nextSeq));
  return (await sizeOf(next)) > 0 ? { path: next, start: 0 } : null;
};
