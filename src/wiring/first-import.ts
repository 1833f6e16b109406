import { createWorkbookReader } from '../../adapters/excel/workbook-reader.ts';
import { importContacts } from '../app/roster/import-contacts.ts';
import type { ImportOutcome } from '../app/roster/import-outcome.ts';
import { importRoster } from '../app/roster/import-roster.ts';
import type { CampaignSettings } from '../domain/campaign.ts';
import type { LedgerEvent } from '../domain/ledger/event.ts';
import type { Notice } from '../domain/escalation/notice.ts';
import type { Campaign, Store } from '../ports/store.ts';
import type { Log } from '../ports/log.ts';

/** A demo speaks for anybody who asks: nobody real may be in it. */
export const isDemoMobile = (mobile: string): boolean => /^1380000\d{4}$/u.test(mobile);

export const refuseRealPeople = { refusesMobile: (mobile: string): boolean => !isDemoMobile(mobile) };

const orThrow = (what: string, file: string, outcome: ImportOutcome, log: Log): void => {
  for (const { sheet, cell, message } of outcome.warnings) log.warn({ file, sheet, cell }, message);
  if (outcome.ok) return;
  const faults = outcome.errors.map(({ sheet, cell, message }) => `  ${sheet} ${cell}: ${message}`);
  throw new Error(`ZG_CAMPAIGN_WORKBOOK: the ${what} of the campaign can't be used (${file}); nothing was imported:\n${faults.join('\n')}`);
};

/** For workbooks that are known already, and for questions: no time for warnings. */
export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** On empty data the campaign's own workbooks are read; later ones come by command or in the page. */
export const importFirst = async (parts: {
  readonly store: Store;
  readonly settings: CampaignSettings;
  /** Campaign time of the import, epoch ms. */
  readonly at: number;
  /** Neither where they are imported later. */
  readonly workbooks: { readonly contacts?: string; readonly roster?: string };
  readonly isDemo: boolean;
  readonly log: Log;
}): Promise<void> => {
  const { store, settings, at, workbooks: files, isDemo, log } = parts;
  const { contacts, roster } = files;
  if (contacts === undefined || roster === undefined || (await store.campaignVersion()) > 0) return;
  const staged = stage(await store.loadCampaign());
  const deps = { store: staged.store, clock: { now: () => at }, settings, workbooks: createWorkbookReader() };
  const options = { ...(isDemo ? refuseRealPeople : {}), from: Math.min(at, settings.fromAt) };
  orThrow('contact list', contacts, await importContacts(deps, { path: contacts }, options), log);
  orThrow('roster', roster, await importRoster(deps, { path: roster }, options), log);
  const { campaign, events, notices } = staged.made();
  // where it is not the first any more, another process has begun the same campaign
  await store.commitCampaign(campaign, 0, events, notices);
};

/**
 * Both workbooks become one commit: whoever died between the two, or could not read the second, left a campaign without a roster, which
 * each later start took for begun.
 */
const stage = (empty: Campaign) => {
  let campaign = empty;
  const events: LedgerEvent[] = [];
  const notices: Notice[] = [];
  const store: Pick<Store, 'loadCampaign' | 'commitCampaign'> = {
    loadCampaign: async () => campaign,
    commitCampaign: async (next, version, said, sent = []) => {
      campaign = { ...next, version: version + 1 };
      events.push(...said);
      notices.push(...sent);
      return 'committed';
    },
  };
  return { store, made: () => ({ campaign, events, notices }) };
};
