import { open, stat } from 'node:fs/promises';

/** Calls of the file system that a crash may fall between; tests put themselves in their place. */
export type DurableFiles = {
  /** Appends in one write and syncs; gives the file's size afterwards. */
  append(path: string, bytes: Uint8Array): Promise<number>;
  truncate(path: string, size: number): Promise<void>;
  /** Makes the names in a folder durable. */
  syncFolder(path: string): Promise<void>;
};

export const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

export const durableFiles: DurableFiles = {
  append: async (path, bytes) => {
    // append mode: whoever else writes at the same time is never overwritten, and shows in the size
    const file = await open(path, 'a', 0o640);
    try {
      await file.appendFile(bytes);
      await file.datasync();
      return (await file.stat()).size;
    } finally {
      await file.close();
    }
  },
  truncate: async (path, size) => {
    const file = await open(path, 'r+');
    try {
      await file.truncate(size);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  syncFolder,
};

export const sizeOf = async (path: string): Promise<number> => (await stat(path).catch(() => undefined))?.size ?? 0;
