import type { CampaignRecord, CampaignWords } from '../../domain/campaign-record/campaign-record.ts';
import { changedMembers, sealedMembers, withoutPeople } from '../../domain/campaign-record/changed-members.ts';
import { canonicalJson } from '../../domain/ledger/canonical.ts';
import type { CommitResult, Stored, Transition } from '../../ports/store.ts';
import { refreshWorld, type World } from '../world.ts';
import { campaignRecordId } from './take-in-campaign.ts';

/** The campaign's file as this process has read it. */
export type CampaignFileWords = { readonly words: CampaignWords; readonly hash: string };

export const hashOfWords = ({ secrets }: Pick<World, 'secrets'>, words: CampaignWords): string => secrets.sha256(canonicalJson(words));

const bareHashOf = (world: Pick<World, 'secrets'>, words: CampaignWords): string => hashOfWords(world, withoutPeople(words));

/** Whether it was made from this file, as far as it still knows which. */
export const isMadeFrom = (world: Pick<World, 'secrets'>, { fileHash }: CampaignRecord, file: CampaignFileWords): boolean =>
  fileHash === file.hash || fileHash === bareHashOf(world, file.words);

export const readRecord = async ({
  store,
}: Pick<World, 'store'>): Promise<{ readonly stored: Stored | undefined; readonly record: CampaignRecord | undefined }> => {
  const [stored] = await store.load([campaignRecordId]);
  return { stored, record: stored?.aggregate.type === 'campaign' ? stored.aggregate.state : undefined };
};

type Next = Pick<CampaignRecord, 'source'> & {
  readonly words: CampaignWords;
  readonly file: CampaignFileWords;
  readonly by?: string;
  readonly channel?: string;
  /** What counted before. */
  readonly before: CampaignWords;
};

/**
 * Makes other words the campaign of record. It is a version of organisation and roster too, though they stay as they are:
 * whatever was being decided by the old rules anywhere is then decided again by the new ones.
 */
export const keepCampaign = async (
  world: World,
  stored: Stored | undefined,
  { words, before, source, file, by, channel }: Next,
): Promise<CommitResult> => {
  const { store, clock } = world;
  const { version: basedOn, ...campaign } = await store.loadCampaign();
  const at = clock.now();
  const version = (stored?.aggregate.type === 'campaign' ? stored.aggregate.state.version : 0) + 1;
  const [hash, fileHash] = [hashOfWords(world, words), file.hash];
  const state: CampaignRecord = { version, hash, fileHash, source, at, ...(by === undefined ? {} : { by }), words };
  const transition: Transition = {
    writes: [{ id: campaignRecordId, expected: stored?.version ?? 0, aggregate: { type: 'campaign', state }, dueAt: null }],
    events: [
      {
        at,
        event: 'CampaignChanged',
        ...(by === undefined ? {} : { actor: by }),
        ...(channel === undefined ? {} : { channel }),
        data: {
          version,
          hash: bareHashOf(world, words),
          fileHash: bareHashOf(world, file.words),
          source,
          changed: sealedMembers(changedMembers(before, words)),
        },
        personal: { words, hash, fileHash },
      },
    ],
    notices: [],
    basedOn,
    campaign,
  };
  const [result] = await store.commit([transition], basedOn);
  return result ?? 'conflict';
};

const mostTries = 8;

/**
 * At the start: a file that has been edited since the page changed the campaign takes its place. Answers which members the
 * page had said otherwise, undefined where nothing was to be done.
 */
export const takeInFile = async (world: World, file: CampaignFileWords): Promise<readonly string[] | undefined> => {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { stored, record } = await readRecord(world);
    if (!record || isMadeFrom(world, record, file)) return undefined;
    const before = record.words ?? {};
    const result = await keepCampaign(world, stored, { words: file.words, before, source: 'file', file });
    if (result === 'committed') return changedMembers(before, file.words).map(({ member }) => member);
    await refreshWorld(world);
  }
  throw new Error('ZG_CAMPAIGN_BUSY: somebody else keeps changing the campaign. Try again.');
};
