import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/** A file of keys: for each the length of its name, of its value and its time to live, then name and value. */

const headBytes = 16;

export type Entry = { readonly key: string; readonly ttlMs: number; readonly dump: Buffer };

const packEntry = ({ key, ttlMs, dump }: Entry): readonly Buffer[] => {
  const name = Buffer.from(key);
  const head = Buffer.alloc(headBytes);
  head.writeUInt32LE(name.length, 0);
  head.writeUInt32LE(dump.length, 4);
  head.writeDoubleLE(ttlMs, 8);
  return [head, name, dump];
};

export const writeEntries = async (path: string, entries: Iterable<Entry>): Promise<void> => {
  const file = await open(path, 'wx', 0o600);
  try {
    for (const entry of entries) await file.writev([...packEntry(entry)]);
    await file.sync();
  } finally {
    await file.close();
  }
};

const readExactly = async (file: FileHandle, length: number): Promise<Buffer> => {
  const buffer = Buffer.alloc(length);
  for (let at = 0; at < length;) {
    const { bytesRead } = await file.read(buffer, at, length - at);
    if (bytesRead === 0) throw new Error('ZG_BACKUP_DAMAGED: a file of the backup ends too early.');
    at += bytesRead;
  }
  return buffer;
};

export async function* readEntries(path: string): AsyncGenerator<Entry> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    for (let at = 0; at < size;) {
      const head = await readExactly(file, headBytes);
      const [nameLength, dumpLength] = [head.readUInt32LE(0), head.readUInt32LE(4)];
      const key = (await readExactly(file, nameLength)).toString();
      const dump = await readExactly(file, dumpLength);
      at += headBytes + nameLength + dumpLength;
      yield { key, ttlMs: head.readDoubleLE(8), dump };
    }
  } finally {
    await file.close();
  }
}

/** Lines of JSON, one after another. */
export const writeJsonLines = async (path: string, pages: AsyncIterable<readonly unknown[]>): Promise<number> => {
  const file = await open(path, 'wx', 0o600);
  let lines = 0;
  try {
    for await (const page of pages) {
      await file.appendFile(page.map((one) => `${JSON.stringify(one)}\n`).join(''));
      lines += page.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return lines;
};

export async function* readJsonLines(path: string): AsyncGenerator {
  let rest = '';
  for await (const chunk of createReadStream(path, 'utf8')) {
    const lines = `${rest}${String(chunk)}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as unknown;
  }
  if (rest !== '') throw new Error('ZG_BACKUP_DAMAGED: a file of the backup ends too early.');
}
