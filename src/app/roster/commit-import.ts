import type { Notice } from '../../domain/escalation/notice.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import { hasFaults } from '../../domain/organisation/finding.ts';
import type { Finding } from '../../domain/organisation/finding.ts';
import type { Locale } from '../../messages/import-errors.ts';
import type { Campaign, Store } from '../../ports/store.ts';
import { toOutcome } from './import-outcome.ts';
import type { ImportOutcome } from './import-outcome.ts';

export type Planned = {
  readonly findings: readonly Finding[];
  readonly counts: ImportOutcome['counts'];
  readonly campaign: Omit<Campaign, 'version'>;
  readonly events: readonly LedgerEvent[];
  /** What it changes for whom. */
  readonly notices?: readonly Notice[];
};

/** Two people may import at once: the loser reads again and decides again. */
const mostTries = 8;

/** Decides on the campaign as it is, and commits unless there is a fault or nothing was to be changed. */
export const commitImport = async (
  deps: { readonly store: Pick<Store, 'loadCampaign' | 'commitCampaign'> },
  options: { readonly isDryRun: boolean; readonly locale: Locale },
  plan: (campaign: Campaign) => Planned,
): Promise<ImportOutcome> => {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const campaign = await deps.store.loadCampaign();
    const planned = plan(campaign);
    const outcome = toOutcome(planned.findings, planned.counts, options.locale, options.isDryRun);
    if (options.isDryRun || hasFaults(planned.findings)) return outcome;
    const result = await deps.store.commitCampaign(planned.campaign, campaign.version, planned.events, planned.notices);
    if (result === 'committed') return outcome;
  }
  throw new Error('ZG_CAMPAIGN_BUSY: somebody else keeps changing the campaign. Try again.');
};
