import { nodeSecrets } from '../../adapters/secrets/node-secrets.ts';
import { hashOfWords, isMadeFrom, type CampaignFileWords } from '../app/set-up/campaign-of-record.ts';
import type { World } from '../app/world.ts';
import { campaignRecordId } from '../app/set-up/take-in-campaign.ts';
import { type CampaignFile, readCampaign } from '../config/campaign.ts';
import type { CampaignWords } from '../domain/campaign-record/campaign-record.ts';
import type { CampaignSettings } from '../domain/campaign.ts';
import type { Store } from '../ports/store.ts';

const source = 'the campaign as it was set up in the page';

/** Reads the campaign of record; the bureau is the file's, whatever was taken over from elsewhere. */
export const recordReader = (bureau: string): ((words: CampaignWords) => CampaignSettings) => {
  let last: { readonly words: string; readonly settings: CampaignSettings } | undefined;
  return (words) => {
    const text = JSON.stringify(words);
    // the same words give the same objects: what is remembered by them stays remembered
    if (last?.words !== text) last = { words: text, settings: readCampaign({ ...words, bureau }, bureau, source).settings };
    return last.settings;
  };
};

export const fileWordsOf = ({ words }: CampaignFile): CampaignFileWords => ({ words, hash: hashOfWords({ secrets: nodeSecrets }, words) });

/**
 * The campaign as it counts for a command that works beside the service: as the page has it, unless the file has been
 * edited since, which will count with the next start.
 */
export const campaignThatCounts = async (file: CampaignFile, store: Pick<Store, 'load'>): Promise<CampaignFile> => {
  const [stored] = await store.load([campaignRecordId]);
  if (stored?.aggregate.type !== 'campaign') return file;
  const { words } = stored.aggregate.state;
  if (words === undefined || !isMadeFrom({ secrets: nodeSecrets }, stored.aggregate.state, fileWordsOf(file))) return file;
  return { ...file, words, settings: recordReader(file.settings.bureau)(words) };
};

/** For a store, which is made once and asks whenever it bundles. */
export const bundling = (settings: CampaignSettings, now: () => number) => ({
  now,
  get bundleWindowMs() {
    return settings.bundleWindowMs;
  },
});

/** Says who was overruled, where a file that has been edited takes the place of what the page had. */
export const logTakenIn = ({ log }: Pick<World, 'log'>, members: readonly string[] | undefined): void => {
  if (members === undefined) return;
  log.warn({ members }, 'the campaign file has been edited since the page changed the campaign: the file counts again');
};
