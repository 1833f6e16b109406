import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createDigests } from '../../adapters/archive/digests.ts';
import { createFileArchive } from '../../adapters/archive/file-archive.ts';
import { countPersonal, removePersonal } from '../../adapters/archive/remove-personal.ts';
import { openSigner } from '../../adapters/archive/signer.ts';
import type { Forgotten } from '../../adapters/cli/actions.ts';
import { countJobs, dropJobs } from '../../adapters/queue/drop-jobs.ts';
import { createLedgerStream } from '../../adapters/redis/ledger-stream.ts';
import { rewriteLedger } from '../../adapters/redis/rewrite-ledger.ts';
import { rewriteLog } from '../../adapters/redis/rewrite-log.ts';
import { findKeys } from '../../adapters/redis/snapshot.ts';
import { dropStanding, findStanding } from '../../adapters/redis/standing-entries.ts';
import { keepable, readTold, type Kept } from '../app/ledger/forget-state.ts';
import { createLedgerReader } from '../app/ledger/read-ledger.ts';
import { createSealer } from '../app/ledger/seal-ledger.ts';
import type { LedgerReader } from '../ports/ledger.ts';
import { archiveFolder, type BackupParts } from './backup.ts';
import { withoutTrimming } from './without-trimming.ts';
import { filesInReach, filesNamed, removeFiles, stripState } from './forget-state.ts';

/**
 * Removes what names people or was said by them, of a campaign that is over: from beside the ledger with its salts, so that
 * seals stay whole and nobody can try names until one fits; from organisation, accounts, items, requests, handovers and
 * appeals, which stay by their ids; files; what was said in conversations; and what was not yet handled or sent. What is of
 * record may be kept: `keeps`.
 * Rejects with ZG_CAMPAIGN_RUNS before its end. May be called again where it was broken off.
 */
export const forgetCampaign = async (
  parts: BackupParts & { readonly toAt: number; readonly keeps?: readonly Kept[] },
  isDryRun: boolean,
): Promise<Forgotten> => {
  const { redis, keys, bureau, store } = parts;
  if (parts.now() < parts.toAt)
    throw new Error('ZG_CAMPAIGN_RUNS: the campaign is not over yet; what names people is still needed, nothing was removed.');
  const kept = keepable.filter((one) => parts.keeps?.includes(one));
  const keeps = new Set<Kept>(kept);
  const folder = archiveFolder(parts);
  const stream = createLedgerStream(redis, keys, bureau);
  const archive = createFileArchive({ folder });
  const sealer = createSealer({
    stream,
    archive,
    signer: await openSigner(join(parts.dataDir, 'keys')),
    digests: createDigests(),
    clock: { now: parts.now },
    holder: `forget-${randomUUID()}`,
    keepRows: 0,
  });
  const reader = createLedgerReader(stream, archive);
  const files = await filesNamed(parts, reader);
  const unwanted = new Set(
    [...files.all, ...(await filesInReach(parts))].filter((hash) => !(keeps.has('files') && files.ofRecord.has(hash))),
  );
  const filesFolder = join(parts.dataDir, 'files');
  const conversations = [...(await findKeys(redis, keys, `${keys.prefix}:chat:*`)), ...(await findKeys(redis, keys, keys.aside))];
  const standing = await findStanding(redis, keys);
  const queue = { connection: redis, prefix: keys.prefix };
  const unsent = standing.reduce((sum, { ids }) => sum + ids.length, 0) + (await countJobs(queue));
  const counted = async (rows: number): Promise<Forgotten> => ({
    ok: true,
    isDryRun,
    kept,
    rows,
    ...(await stripState(parts, isDryRun ? await readBare(reader) : await readTold(reader), keeps, isDryRun)),
    files: await removeFiles(filesFolder, unwanted, isDryRun),
    conversations: conversations.length,
    unsent,
    isLogRewritten: false,
  });
  if (isDryRun) {
    const sealedTo = (await stream.lastSeal())?.to ?? 0;
    const live = await stream.rows(sealedTo, Number.MAX_SAFE_INTEGER);
    return counted((await countPersonal(folder)) + live.filter(({ personal }) => personal !== undefined).length);
  }
  await sealer.sealNow();
  const rows = await countPersonal(folder);
  // The newest entry always stays in the live ledger: this one, which names nobody.
  await store.append([{ at: parts.now(), event: 'PersonalRemoved', data: { rows, kept } }]);
  await sealer.sealNow();
  await withoutTrimming(stream, () => removePersonal(folder));
  const forgotten = await counted(rows);
  const others = keeps.has('people') ? [] : await findKeys(redis, keys, `${keys.prefix}:refs:*`);
  // names and numbers as the house's own sign-in gave them
  const proofs = await findKeys(redis, keys, `${keys.prefix}:note:proof:*`);
  for (const key of [...conversations, ...others, ...proofs, keys.bundles]) await redis.del(key);
  await dropStanding(redis, standing);
  await dropJobs(queue);
  await rewriteLedger(redis, keys);
  return { ...forgotten, isLogRewritten: await rewriteLog(redis) };
};

/** As it will be told once nothing stands beside it. */
const readBare = (reader: LedgerReader): ReturnType<typeof readTold> =>
  readTold({
    lastSeq: () => reader.lastSeq(),
    rows: async (after, limit) => (await reader.rows(after, limit)).map(({ personal: _, ...row }) => row),
  });
