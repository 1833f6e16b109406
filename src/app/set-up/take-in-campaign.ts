import type { CampaignWords } from '../../domain/campaign-record/campaign-record.ts';
import type { CampaignSettings } from '../../domain/campaign.ts';
import type { Store } from '../../ports/store.ts';

/** The id of the campaign of record, of which there is one at most. */
export const campaignRecordId = 'f';

type Taking = {
  readonly store: Pick<Store, 'load'>;
  readonly settings: CampaignSettings;
  readonly readCampaign?: (words: CampaignWords) => CampaignSettings;
};

/**
 * Makes the settings say what the campaign of record says, where there is one: in place, for many hold them. What is decided
 * meanwhile by the old ones finds that the campaign's version has moved on.
 */
export const takeInCampaign = async ({ store, settings, readCampaign }: Taking): Promise<void> => {
  if (!readCampaign) return;
  const [stored] = await store.load([campaignRecordId]);
  if (stored?.aggregate.type !== 'campaign' || stored.aggregate.state.words === undefined) return;
  const next: CampaignSettings = readCampaign(stored.aggregate.state.words);
  const held = settings as { -readonly [member in keyof CampaignSettings]?: unknown };
  for (const member of Object.keys(held) as (keyof CampaignSettings)[]) if (!(member in next)) delete held[member];
  Object.assign(held, next);
};
