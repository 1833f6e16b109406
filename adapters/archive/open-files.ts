import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ArchiveFile, ArchiveFiles } from '../../src/ports/archive.ts';
import { fromOf, listFiles, personalNameOf } from './file-names.ts';
import { readLines } from './read-lines.ts';

/** A file of the archive, or a folder of them, to be checked. Throws ZG_ARCHIVE_ABSENT where there is none. */
export const openArchiveFiles = async (path: string): Promise<ArchiveFiles> => {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new Error(`ZG_ARCHIVE_ABSENT: there is nothing at ${path}; give the folder of an export, or one of its files.`);
  if (!found.isDirectory()) return { isFolder: false, files: [openFile(dirname(path), basename(path))] };
  const files = await listFiles(path);
  if (files.length === 0) throw new Error(`ZG_ARCHIVE_ABSENT: ${path} holds no file named ledger-….jsonl; give the folder of an export.`);
  return { isFolder: true, files: files.map((file) => openFile(path, file.name)) };
};

const openFile = (folder: string, name: string): ArchiveFile => {
  const personalName = personalNameOf(name);
  return {
    name,
    from: fromOf(name),
    lines: () => readLines(join(folder, name)),
    personalName,
    // a file of another name has nothing beside it, and must not be read as its own companion
    personalLines: () => (personalName === name ? nothing() : readLines(join(folder, personalName))),
  };
};

async function* nothing(): AsyncGenerator<never> {}
