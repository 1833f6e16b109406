import { randomUUID } from 'node:crypto';
import { type FileHandle, link, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cleanFileName } from '../../src/domain/items/file-rules.ts';
import { Fault } from '../../src/ports/fault.ts';
import type { Files } from '../../src/ports/files.ts';

/** Off the event loop: hashing a large file takes longer than a message may. */
const sha256Of = async (bytes: Uint8Array): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))).toString('hex');

/** What a writer that died left behind: no file takes as long to write. */
const leftOverMs = 3_600_000;

const shape = /^[\da-f]{64}$/;

const isCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;

const whileOpen = async (path: string, flags: string, work: (file: FileHandle) => Promise<void>): Promise<void> => {
  const file = await open(path, flags, 0o440);
  try {
    await work(file);
  } finally {
    await file.close();
  }
};

/** Makes the names in a folder durable. */
const syncNames = (folder: string): Promise<void> => whileOpen(folder, 'r', (opened) => opened.sync());

const writeNew = (path: string, bytes: Uint8Array): Promise<void> =>
  whileOpen(path, 'wx', async (file) => {
    await file.writeFile(bytes);
    await file.sync();
  });

const readIfThere = async (path: string): Promise<Uint8Array | undefined> => {
  try {
    return await readFile(path);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
};

/** Full disks and missing rights: nothing was taken, and it may be sent again. */
const orAway = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    throw error instanceof Fault ? error : new Fault('ZG_STORE_AWAY', undefined, error);
  }
};

/**
 * Files in `folder/aa/<sha256>`, `aa` being the hash's first two characters. A name appears only when its content is
 * on disk, so whatever a crash leaves lies in `folder/new` and belongs to nobody. Instances may share the folder.
 */
export const createDiskFiles = (folder: string): Files => {
  const fresh = join(folder, 'new');
  const placeOf = (sha256: string): string => join(folder, sha256.slice(0, 2));

  const read = async (sha256: string): Promise<Uint8Array | undefined> => {
    const bytes = await readIfThere(join(placeOf(sha256), sha256));
    if (bytes && (await sha256Of(bytes)) !== sha256) throw new Fault('ZG_FILE_DAMAGED', sha256);
    return bytes;
  };

  /** Once for each process; a failure is tried again with the next file. */
  const prepare = async (): Promise<void> => {
    await mkdir(fresh, { recursive: true });
    await syncNames(folder);
    await syncNames(dirname(folder));
    for (const name of await readdir(fresh)) {
      const { mtimeMs } = await stat(join(fresh, name)).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
      if (Date.now() - mtimeMs > leftOverMs) await rm(join(fresh, name), { force: true });
    }
  };
  let prepared: Promise<void> | undefined;

  const keep = async (bytes: Uint8Array, sha256: string): Promise<void> => {
    await (prepared ??= prepare().catch((error: unknown) => {
      prepared = undefined;
      throw error;
    }));
    const place = placeOf(sha256);
    const written = join(fresh, randomUUID());
    await mkdir(place, { recursive: true });
    try {
      await writeNew(written, bytes);
      await link(written, join(place, sha256));
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
      await read(sha256); // somebody was quicker: it must be the same
    } finally {
      await rm(written, { force: true });
    }
  };

  const keepOnce = async (bytes: Uint8Array, sha256: string): Promise<void> => {
    if (!(await read(sha256))) await keep(bytes, sha256);
    // in any case: whoever wrote it may not have come to this
    await syncNames(placeOf(sha256));
    await syncNames(folder);
  };

  return {
    put: async (bytes, { name, mime }) => {
      const sha256 = await sha256Of(bytes);
      await orAway(keepOnce(bytes, sha256));
      return { sha256, name: cleanFileName(name), bytes: bytes.length, mime };
    },
    get: async (sha256) => (shape.test(sha256) ? orAway(read(sha256)) : undefined),
  };
};
