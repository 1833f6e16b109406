import { join } from 'node:path';
import { type DurableFiles, durableFiles, sizeOf } from './durable.ts';
import { listFiles, personalNameOf } from './file-names.ts';
import { readLines } from './read-lines.ts';

/** Rows of the archive that still have what can be removed beside them. */
export const countPersonal = async (folder: string): Promise<number> => {
  let count = 0;
  for (const { name } of await listFiles(folder))
    for await (const lines of readLines(join(folder, personalNameOf(name)))) count += lines.length;
  return count;
};

/**
 * Removes names, numbers and texts from beside the sealed rows. Each row keeps the hash of what stood there, and the salt goes
 * with it, so that nobody can try names until one fits. Only while nobody else writes: whoever calls has the writer's lease.
 */
export const removePersonal = async (folder: string, files: Pick<DurableFiles, 'truncate'> = durableFiles): Promise<void> => {
  for (const { name } of await listFiles(folder)) {
    const path = join(folder, personalNameOf(name));
    if ((await sizeOf(path)) > 0) await files.truncate(path, 0);
  }
};
