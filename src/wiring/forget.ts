import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createDigests } from '../../adapters/archive/digests.ts';
import { createFileArchive } from '../../adapters/archive/file-archive.ts';
import { countPersonal, removePersonal } from '../../adapters/archive/remove-personal.ts';
import { openSigner } from '../../adapters/archive/signer.ts';
import type { Forgotten } from '../../adapters/cli/actions.ts';
import { createLedgerStream } from '../../adapters/redis/ledger-stream.ts';
import { findKeys } from '../../adapters/redis/snapshot.ts';
import { createSealer } from '../app/ledger/seal-ledger.ts';
import { archiveFolder, type BackupParts, withoutTrimming } from './backup.ts';

/**
 * Removes what names people from beside the ledger of a campaign that is over, and what was said in conversations; seals stay
 * whole. Rejects with ZG_CAMPAIGN_RUNS before its end. What is of record stays: organisation, roster, items, requests,
 * handovers and the files that were handed in.
 */
export const forgetCampaign = async (parts: BackupParts & { readonly toAt: number }, isDryRun: boolean): Promise<Forgotten> => {
  const { redis, keys, bureau, store } = parts;
  if (parts.now() < parts.toAt)
    throw new Error('ZG_CAMPAIGN_RUNS: the campaign is not over yet; what names people is still needed, nothing was removed.');
  const folder = archiveFolder(parts);
  const stream = createLedgerStream(redis, keys, bureau);
  const sealer = createSealer({
    stream,
    archive: createFileArchive({ folder }),
    signer: await openSigner(join(parts.dataDir, 'keys')),
    digests: createDigests(),
    clock: { now: parts.now },
    holder: `forget-${randomUUID()}`,
    keepRows: 0,
  });
  const conversations = [...(await findKeys(redis, keys, `${keys.prefix}:chat:*`)), ...(await findKeys(redis, keys, keys.aside))];
  if (isDryRun) {
    const sealedTo = (await stream.lastSeal())?.to ?? 0;
    const live = await stream.rows(sealedTo, Number.MAX_SAFE_INTEGER);
    const rows = (await countPersonal(folder)) + live.filter(({ personal }) => personal !== undefined).length;
    return { ok: true, isDryRun, rows, conversations: conversations.length };
  }
  await sealer.sealNow();
  const rows = await countPersonal(folder);
  // The newest entry always stays in the live ledger: this one, which names nobody.
  await store.append([{ at: parts.now(), event: 'PersonalRemoved', data: { rows } }]);
  await sealer.sealNow();
  await withoutTrimming(stream, () => removePersonal(folder));
  for (const key of conversations) await redis.del(key);
  return { ok: true, isDryRun, rows, conversations: conversations.length };
};
