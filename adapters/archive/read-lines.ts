import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import type { FileLine } from '../../src/ports/archive.ts';

/** A line with the place behind its line feed, in bytes from the start of the file. */
export type PlacedLine = FileLine & { readonly end: number };

const chunkBytes = 256 * 1024;
/** Longer than any row can be; a file without line feeds must not fill the memory. */
export const maxLineBytes = 4 * 1024 * 1024;
const lineFeed = 0x0a;

/**
 * The lines of a file in handfuls; nothing where there is no such file. Text is decoded only from valid UTF-8, so that
 * two different runs of bytes never read as one text.
 */
export async function* readLines(path: string, start = 0): AsyncGenerator<readonly PlacedLine[]> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  let at = start;
  const take = (bytes: Buffer, isTorn: boolean): PlacedLine => {
    number += 1;
    at += bytes.length + (isTorn ? 0 : 1);
    return { number, text: isUtf8(bytes) ? bytes.toString('utf8') : null, isTorn, end: at };
  };
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes, start })) {
      const bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const lines: PlacedLine[] = [];
      let from = 0;
      for (let to = bytes.indexOf(lineFeed); to !== -1; to = bytes.indexOf(lineFeed, from)) {
        lines.push(take(bytes.subarray(from, to), false));
        from = to + 1;
      }
      rest = bytes.subarray(from);
      if (rest.length > maxLineBytes)
        throw new Error(`ZG_LINE_TOO_LONG: ${path} has a line of more than ${maxLineBytes} bytes; it is no ledger.`);
      if (lines.length > 0) yield lines;
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  if (rest.length > 0) yield [take(rest, true)];
}
