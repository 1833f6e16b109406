import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackedUp, Restored } from '../../adapters/cli/actions.ts';
import { createDigests } from '../../adapters/archive/digests.ts';
import { createFileArchive } from '../../adapters/archive/file-archive.ts';
import { openArchiveFiles } from '../../adapters/archive/open-files.ts';
import { openSigner } from '../../adapters/archive/signer.ts';
import {
  backupParts as names,
  beginBackup,
  copyFolder,
  endBackup,
  isEmptyFolder,
  openBackup,
  type Manifest,
} from '../../adapters/backup/folder.ts';
import { readEntries, readJsonLines, writeEntries, writeJsonLines } from '../../adapters/backup/kept-file.ts';
import type { RedisClient } from '../../adapters/redis/connect.ts';
import type { Keys } from '../../adapters/redis/keys.ts';
import { createLedgerStream } from '../../adapters/redis/ledger-stream.ts';
import { isEmptyStore, readLedgerUpTo, restoreSnapshot, takeSnapshot, type StreamEntry } from '../../adapters/redis/snapshot.ts';
import { nodeSecrets } from '../../adapters/secrets/node-secrets.ts';
import { createLedgerReader } from '../app/ledger/read-ledger.ts';
import { replayLedger } from '../app/ledger/replay-ledger.ts';
import { createSealer } from '../app/ledger/seal-ledger.ts';
import { verifyLedger } from '../app/ledger/verify-ledger.ts';
import type { Seal } from '../domain/ledger/seal.ts';
import type { Store } from '../ports/store.ts';
import { withoutTrimming } from './without-trimming.ts';

export type BackupParts = {
  /** Without a limit on the time of a command. */
  readonly redis: RedisClient;
  readonly keys: Keys;
  readonly bureau: string;
  readonly dataDir: string;
  readonly store: Store;
  readonly now: () => number;
};

export const archiveFolder = ({ dataDir, bureau }: Pick<BackupParts, 'dataDir' | 'bureau'>): string => join(dataDir, 'archive', bureau);

const redisVersion = async (redis: RedisClient): Promise<string> =>
  /^(?:valkey|redis)_version:(\S+)/mu.exec(await redis.info('server'))?.[1] ?? 'unknown';

const productVersion = async (): Promise<string> => {
  const read: unknown = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
  return typeof read === 'object' && read !== null && 'version' in read ? String(read.version) : 'unknown';
};

/**
 * Everything of one bureau at one instant, the mark, into a new folder, while the service goes on: what was confirmed before
 * the mark is in it. Rejects with ZG_BACKUP_NOT_EMPTY, and ZG_ARCHIVE_BEHIND where the sealed archive lies on another machine.
 */
export const backUp = async (parts: BackupParts, folder: string): Promise<BackedUp> => {
  const { redis, keys, bureau, dataDir } = parts;
  await beginBackup(folder);
  const stream = createLedgerStream(redis, keys, bureau);
  const archive = createFileArchive({ folder: archiveFolder(parts) });
  const signer = await openSigner(join(dataDir, 'keys'));
  await createSealer({
    stream,
    archive,
    signer,
    digests: createDigests(),
    clock: { now: parts.now },
    holder: `backup-${randomUUID()}`,
  }).sealNow();
  const takenAt = new Date().toISOString();
  const { seq, sealedTo, kept, stallMs } = await withoutTrimming(stream, async () => {
    const snapshot = await takeSnapshot(redis, keys);
    const last: Seal | null = await stream.lastSeal();
    await writeEntries(join(folder, names.state), snapshot.keys);
    await writeJsonLines(join(folder, names.ledger), readLedgerUpTo(redis, keys, snapshot.ledgerTo));
    if (last) await archive.copyTo(join(folder, names.archive), last, []);
    return { seq: snapshot.seq, sealedTo: last?.to ?? 0, kept: snapshot.keys.length, stallMs: Math.round(snapshot.tookMs) };
  });
  await copyFolder(join(dataDir, 'keys'), join(folder, names.keys));
  await copyFolder(join(dataDir, 'files'), join(folder, names.files));
  const head = { product: await productVersion(), redis: await redisVersion(redis), bureau, takenAt, seq, sealedTo };
  const { files } = await endBackup(folder, head);
  await redis.hset(keys.meta, 'backupAt', Date.now());
  const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
  return { ok: true, folder, bureau, takenAt, seq, keys: kept, bytes, stallMs };
};

/** When the last backup was whole, real epoch ms; undefined where there has been none. */
export const lastBackupAt = async (redis: Pick<RedisClient, 'hget'>, keys: Keys): Promise<number | undefined> => {
  const at = Number(await redis.hget(keys.meta, 'backupAt'));
  return at > 0 ? at : undefined;
};

const isEntry = (value: unknown): value is StreamEntry =>
  Array.isArray(value) && typeof value[0] === 'string' && Array.isArray(value[1]) && value[1].every((one) => typeof one === 'string');

async function* entriesIn(path: string): AsyncGenerator<StreamEntry> {
  for await (const value of readJsonLines(path)) {
    if (!isEntry(value)) throw new Error(`ZG_BACKUP_DAMAGED: ${path} holds something that is no entry of the ledger.`);
    yield value;
  }
}

/** What would be mixed up with what is restored. */
const refuseWhatIsThere = async (parts: BackupParts, { bureau }: Manifest): Promise<void> => {
  if (bureau !== parts.bureau)
    throw new Error(
      `ZG_BACKUP_BUREAU: this backup is of ${bureau}, but the campaign says ${parts.bureau}; set CAMPAIGN_FILE or ZAIGANG_BUREAU.`,
    );
  if (!(await isEmptyStore(parts.redis, parts.keys)))
    throw new Error('ZG_RESTORE_NOT_EMPTY: this Redis holds data of the bureau already; restore into an empty one, nothing was changed.');
  for (const folder of [archiveFolder(parts), join(parts.dataDir, 'keys'), join(parts.dataDir, 'files')])
    if (!(await isEmptyFolder(folder)))
      throw new Error(`ZG_RESTORE_NOT_EMPTY: ${folder} is not empty; set DATA_DIR to a new folder, nothing was changed.`);
};

/**
 * Puts a backup into an empty Redis and an empty data folder, then checks every seal and whether the ledger explains the
 * state. Rejects, with nothing changed, with ZG_BACKUP_ABSENT, ZG_BACKUP_FORMAT, ZG_BACKUP_DAMAGED, ZG_BACKUP_BUREAU or
 * ZG_RESTORE_NOT_EMPTY.
 */
export const restoreBackup = async (parts: BackupParts, folder: string): Promise<Restored> => {
  const { redis, keys, bureau, dataDir, store } = parts;
  const manifest = await openBackup(folder);
  await refuseWhatIsThere(parts, manifest);
  await copyFolder(join(folder, names.archive), archiveFolder(parts));
  await copyFolder(join(folder, names.keys), join(dataDir, 'keys'));
  await copyFolder(join(folder, names.files), join(dataDir, 'files'));
  const restored = await restoreSnapshot(redis, keys, readEntries(join(folder, names.state)), entriesIn(join(folder, names.ledger)));
  const stream = createLedgerStream(redis, keys, bureau);
  const { isSigned } = await openSigner(join(dataDir, 'keys'));
  const { sha256 } = createDigests();
  const isSealed = manifest.sealedTo > 0;
  const ledger = isSealed ? await verifyLedger({ sha256, isSigned }, await openArchiveFiles(archiveFolder(parts))) : undefined;
  const reader = createLedgerReader(stream, createFileArchive({ folder: archiveFolder(parts) }));
  const replay = await replayLedger({ store, reader, sha256: nodeSecrets.sha256 });
  const { takenAt, seq } = manifest;
  return { ok: replay.ok && ledger?.ok !== false, bureau, takenAt, seq, keys: restored.keys, ledger, replay };
};
