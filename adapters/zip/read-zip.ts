import { readFile } from 'node:fs/promises';
import { unzip } from 'fflate';

/** What an archive of ours holds, by name. Throws ZG_ARCHIVE_ABSENT where there is none, or it cannot be opened. */
export const readZip = async (path: string): Promise<ReadonlyMap<string, Uint8Array>> => {
  const bytes = await readFile(path).catch(() => undefined);
  if (!bytes) throw new Error(`ZG_ARCHIVE_ABSENT: there is nothing at ${path}; give the file of an evidence pack.`);
  return new Promise((resolve, reject) => {
    unzip(bytes, (error, files) => {
      if (error) reject(new Error(`ZG_ARCHIVE_ABSENT: ${path} is no archive that can be opened; give the file of an evidence pack.`));
      else resolve(new Map(Object.entries(files)));
    });
  });
};
