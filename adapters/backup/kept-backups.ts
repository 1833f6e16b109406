import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupState, KeptBackup, KeptBackups, PrunedBackups } from '../../src/ports/backups.ts';
import { backupParts, isManifestName, openBackup, readManifest, type Manifest } from './folder.ts';

/** The backups that lie beside each other in one folder, and how old ones go. */

type Entry = { readonly path: string; readonly isFile: boolean };

/** Everything below a folder that is no folder itself; links are followed nowhere, for nothing of ours makes any. */
const entriesBelow = async (folder: string, below = ''): Promise<readonly Entry[]> => {
  const entries: Entry[] = [];
  for (const one of await readdir(join(folder, below), { withFileTypes: true })) {
    const path = join(below, one.name);
    if (one.isDirectory()) entries.push(...(await entriesBelow(folder, path)));
    else entries.push({ path, isFile: one.isFile() });
  }
  return entries;
};

const isPart = (path: string): boolean => Object.values(backupParts).some((part) => path === part || path.startsWith(`${part}/`));

const stateOf = async (folder: string): Promise<BackupState> => {
  try {
    await openBackup(folder);
    return 'whole';
  } catch (error) {
    return String(error).includes('ZG_BACKUP_FORMAT') ? 'newer' : 'damaged';
  }
};

type Looked = { readonly backup?: KeptBackup; readonly others: readonly string[] };

const lookInto = async (above: string, name: string): Promise<Looked> => {
  const folder = join(above, name);
  const entries = await entriesBelow(folder);
  const manifest: Manifest | undefined = await readManifest(folder).catch(() => undefined);
  const isOurs = ({ path, isFile }: Entry): boolean =>
    isFile && (isManifestName(path) || (manifest ? manifest.files[path] !== undefined : isPart(path)));
  const others = entries.filter((entry) => !isOurs(entry)).map(({ path }) => join(name, path));
  if (manifest) {
    const bytes = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, 0);
    const { bureau, takenAt, seq } = manifest;
    return { backup: { name, state: await stateOf(folder), bureau, takenAt, seq, bytes }, others };
  }
  // a folder in which nothing is known is somebody's own
  return others.length > 0 ? { others } : { backup: { name, state: 'unfinished' }, others };
};

const instantOf = ({ takenAt }: KeptBackup): number => (takenAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(takenAt));

/** Newest first; every file of each is read. Rejects with ZG_BACKUPS_ABSENT where there is no such folder. */
export const listBackups = async (folder: string): Promise<KeptBackups> => {
  const names = await readdir(folder).catch(() => {
    throw new Error(`ZG_BACKUPS_ABSENT: there is no folder ${folder}, or it can't be read; name the one in which the backups lie.`);
  });
  const backups: KeptBackup[] = [];
  const others: string[] = [];
  for (const name of names.toSorted()) {
    const looked: Looked = (await lstat(join(folder, name))).isDirectory() ? await lookInto(folder, name) : { others: [name] };
    if (looked.backup) backups.push(looked.backup);
    others.push(...looked.others);
  }
  return { folder, backups: backups.toSorted((one, other) => instantOf(other) - instantOf(one)), others };
};

/** The manifest last: what is broken off half way is a damaged one, which goes the next time. */
const remove = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder)) if (!isManifestName(name)) await rm(join(folder, name), { recursive: true });
  await rm(folder, { recursive: true });
};

/** Of one bureau: what is older than the last that stays. Without a whole one nothing is. */
const olderThanKept = (backups: readonly KeptBackup[], keep: number): readonly KeptBackup[] => {
  const whole = backups.filter(({ state }) => state === 'whole');
  const last = whole.slice(0, keep).at(-1);
  if (!last) return [];
  return backups.filter((one) => instantOf(one) < instantOf(last) && (one.state === 'whole' || one.state === 'damaged'));
};

/**
 * Removes whole and damaged backups that are older than the newest `keep` whole ones of their bureau (at least 1); unfinished
 * ones and those of a later version stay, whatever their age. Rejects with ZG_BACKUPS_OTHERS, and nothing removed, where
 * anything else lies there. `isDryRun`: says what it would remove.
 */
export const pruneBackups = async (
  folder: string,
  { keep, isDryRun }: { readonly keep: number; readonly isDryRun: boolean },
): Promise<PrunedBackups> => {
  const { backups, others } = await listBackups(folder);
  if (others.length > 0)
    throw new Error(`ZG_BACKUPS_OTHERS: ${folder} holds something that is no backup (${others[0]}); nothing was removed.`);
  const ofBureau = Map.groupBy(backups, ({ bureau }) => bureau ?? '');
  const old = new Set([...ofBureau.values()].flatMap((some) => olderThanKept(some, Math.max(1, keep))));
  const removed = backups.filter((one) => old.has(one)).toReversed();
  if (!isDryRun) for (const { name } of removed) await remove(join(folder, name));
  return { removed, kept: backups.filter((one) => !old.has(one)) };
};
