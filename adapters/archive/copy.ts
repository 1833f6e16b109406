import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { TextFile } from '../../src/ports/archive.ts';
import { sizeOf, syncFolder } from './durable.ts';
import { fromOf, listFiles, personalNameOf } from './file-names.ts';
import type { Place } from './place.ts';

/** Everything up to a place, while a writer may go on behind it. Rejects with ZG_EXPORT_NOT_EMPTY. */
export const copyArchive = async (
  folder: string,
  target: string,
  place: Place,
  beside: readonly TextFile[],
): Promise<readonly string[]> => {
  await mkdir(target, { recursive: true });
  if ((await readdir(target)).length > 0)
    throw new Error(`ZG_EXPORT_NOT_EMPTY: ${target} is not empty; name a folder that is new or empty.`);
  const lastFrom = place.name === null ? 0 : (fromOf(place.name) ?? 0);
  const copied: string[] = [];
  for (const { name } of (await listFiles(folder)).filter(({ from }) => from <= lastFrom)) {
    const personalName = personalNameOf(name);
    const isLast = name === place.name;
    for (const [each, end] of [[name, place.end] as const, [personalName, place.personalEnd] as const]) {
      if ((await sizeOf(join(folder, each))) === 0) continue;
      if (isLast) await copyStart(join(folder, each), join(target, each), end);
      else await copyFile(join(folder, each), join(target, each));
      copied.push(each);
    }
  }
  for (const { name, text } of beside) {
    await writeFile(join(target, name), text, { flush: true });
    copied.push(name);
  }
  await syncFolder(target);
  return copied;
};

const copyStart = async (from: string, to: string, bytes: number): Promise<void> => {
  if (bytes > 0) await pipeline(createReadStream(from, { end: bytes - 1 }), createWriteStream(to, { flush: true }));
};
