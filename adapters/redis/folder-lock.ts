import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';

/** Who holds the folder: the service, or a command that needs it only for the moment. */
export type Purpose = 'service' | 'command';

export type Owner = { readonly pid: number; readonly purpose: Purpose };

export type FolderLock = { release(): void };

/** A command is done in seconds; longer than this it has hung. */
const waitForCommandMs = 30_000;
const lookAgainMs = 100;

const ownerFile = (dir: string): string => join(dir, 'owner.json');

/** Who took the folder last; whether they still hold it only the lock knows. */
export const readOwner = (dir: string): Owner | null => {
  try {
    const owner: unknown = JSON.parse(readFileSync(ownerFile(dir), 'utf8'));
    if (typeof owner !== 'object' || owner === null || !('pid' in owner) || !('purpose' in owner)) return null;
    return { pid: Number(owner.pid), purpose: owner.purpose === 'command' ? 'command' : 'service' };
  } catch {
    return null; // nobody yet, or a write cut short: the lock decides, this only names
  }
};

/**
 * One try. The lock is SQLite's on an empty database: the kernel's own, so that it ends with its holder however that one dies,
 * and is true between containers that share the folder, where a process id would lie.
 */
const tryLock = (dir: string): FolderLock | null => {
  const database = new DatabaseSync(join(dir, 'lock'), { timeout: 0 });
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE');
    return { release: () => database.close() };
  } catch (error) {
    database.close();
    if (error instanceof Error && /locked|busy/i.test(error.message)) return null;
    throw error;
  }
};

/** Whether somebody else holds the folder now. */
export const isLocked = (dir: string): boolean => {
  const lock = tryLock(dir);
  lock?.release();
  return lock === null;
};

/**
 * Takes the folder for this process alone; waits for a command, but not for a service. Rejects with ZG_FOLDER_TAKEN and the
 * process that holds it.
 */
export const lockFolder = async (dir: string, purpose: Purpose): Promise<FolderLock> => {
  const giveUpAt = performance.now() + waitForCommandMs;
  for (;;) {
    const lock = tryLock(dir);
    if (lock) {
      writeFileSync(ownerFile(dir), JSON.stringify({ pid: process.pid, purpose } satisfies Owner));
      return lock;
    }
    const owner = readOwner(dir);
    if (owner?.purpose !== 'command' || performance.now() > giveUpAt) {
      const who = owner ? `process ${owner.pid}${owner.purpose === 'command' ? ', a command' : ''}` : 'another process';
      throw new Error(`ZG_FOLDER_TAKEN: ${who} already uses ${dir}. Stop it, or set DATA_DIR to another folder.`);
    }
    await pause(lookAgainMs);
  }
};
