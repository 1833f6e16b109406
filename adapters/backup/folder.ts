import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { z } from 'zod';

/** What a backup's folder looks like; the manifest is written last, so a folder without one is no backup. */

export const backupFormat = 1;
const manifestName = 'manifest.json';

/** What lies in it beside the manifest: files and folders. */
export const backupParts = { state: 'redis.keys', ledger: 'ledger.jsonl', archive: 'archive', keys: 'keys', files: 'files' } as const;

/** Also while it is being written. */
export const isManifestName = (name: string): boolean => name === manifestName || name === `${manifestName}.new`;

const manifestShape = z.object({
  format: z.number().int(),
  product: z.string(),
  redis: z.string(),
  bureau: z.string(),
  /** ISO 8601, of the machine that took it. */
  takenAt: z.string(),
  /** The newest row of the ledger at the mark. */
  seq: z.number().int(),
  /** The newest row that is in the sealed archive beside it. */
  sealedTo: z.number().int(),
  files: z.record(z.string(), z.object({ bytes: z.number(), sha256: z.string() })),
});

export type Manifest = z.output<typeof manifestShape>;

const sha256Of = async (path: string): Promise<string> => {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer);
  return digest.digest('hex');
};

/** Every file below a folder, by its path from there; none where there is no such folder. */
const filesBelow = async (folder: string): Promise<readonly string[]> => {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return found
    .filter((one) => one.isFile())
    .map((one) => relative(folder, join(one.parentPath, one.name)))
    .toSorted();
};

export const isEmptyFolder = async (folder: string): Promise<boolean> => (await filesBelow(folder)).length === 0;

/** Makes the folder, for its owner alone: the key that signs the ledger lies in it. Rejects with ZG_BACKUP_NOT_EMPTY. */
export const beginBackup = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0)
    throw new Error(`ZG_BACKUP_NOT_EMPTY: ${folder} is not empty; name a folder that is new or empty.`);
};

/** A folder with everything below it, where it is there. */
export const copyFolder = async (from: string, to: string): Promise<void> => {
  if (await isEmptyFolder(from)) return;
  await cp(from, to, { recursive: true, preserveTimestamps: true });
};

/** Says what the backup holds, each file with its hash. */
export const endBackup = async (folder: string, head: Omit<Manifest, 'format' | 'files'>): Promise<Manifest> => {
  const files: Record<string, { bytes: number; sha256: string }> = {};
  for (const name of await filesBelow(folder)) {
    const path = join(folder, name);
    files[name] = { bytes: (await stat(path)).size, sha256: await sha256Of(path) };
  }
  const manifest: Manifest = { format: backupFormat, ...head, files };
  const path = join(folder, manifestName);
  await writeFile(`${path}.new`, `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
  return manifest;
};

const read = async (folder: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(join(folder, manifestName), 'utf8'));
  } catch {
    throw new Error(`ZG_BACKUP_ABSENT: there is no whole backup in ${folder}: its ${manifestName} is missing or can't be read.`);
  }
};

/** What it says of itself, whole or not. Rejects with ZG_BACKUP_ABSENT. */
export const readManifest = async (folder: string): Promise<Manifest> => {
  const result = manifestShape.safeParse(await read(folder));
  if (!result.success) throw new Error(`ZG_BACKUP_ABSENT: ${manifestName} in ${folder} is none of ours.`);
  return result.data;
};

/** Rejects with ZG_BACKUP_ABSENT, ZG_BACKUP_FORMAT or ZG_BACKUP_DAMAGED, which names the file. */
export const openBackup = async (folder: string): Promise<Manifest> => {
  const manifest = await readManifest(folder);
  if (manifest.format > backupFormat)
    throw new Error(
      `ZG_BACKUP_FORMAT: a newer version of the program (${manifest.product}) made this backup; restore it with that one or a later one.`,
    );
  for (const [name, { bytes, sha256 }] of Object.entries(manifest.files)) {
    const path = join(folder, name);
    const size = (await stat(path).catch(() => undefined))?.size;
    if (size !== bytes || (await sha256Of(path)) !== sha256)
      throw new Error(`ZG_BACKUP_DAMAGED: ${name} is not what was backed up; take another copy of the backup.`);
  }
  return manifest;
};
