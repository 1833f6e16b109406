import { zip, type AsyncZippable } from 'fflate';
import type { MakeZip } from '../../src/ports/zip.ts';

/** DOS dates begin here, and an archive of the same things should be the same bytes. */
const epoch = new Date(1980, 0, 1, 12);

/** Pictures and office files are compressed already. */
const isPacked = (name: string): boolean => /\.(?:zip|docx|xlsx|pptx|jpe?g|png|webp|heic|pdf)$/i.test(name);

export const makeZip: MakeZip = (entries) =>
  new Promise((resolve, reject) => {
    const files: AsyncZippable = {};
    for (const { name, bytes } of entries) files[name] = [bytes, { level: isPacked(name) ? 0 : 6, mtime: epoch }];
    zip(files, (error, bytes) => (error ? reject(error) : resolve(bytes)));
  });
