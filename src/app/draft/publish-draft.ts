import type { LedgerEvent } from '../../domain/ledger/event.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import type { Campaign } from '../../ports/store.ts';
import { rosterEvents } from '../contact/campaign-events.ts';
import { tellChanges } from '../roster/tell-changes.ts';
import type { PreparedDraft } from './prepare-draft.ts';

export type PublishRefusal = 'holes' | 'moved' | 'begun';

/** What must be committed together, on the campaign that it was made from. */
export type Published = {
  readonly campaign: Omit<Campaign, 'version'>;
  readonly events: readonly LedgerEvent[];
  readonly notices: readonly Notice[];
  readonly rosterVersion: number;
  readonly replaced: number;
};

/** A draft becomes the roster, in the way of an imported one; or why it does not. */
export const publishDraft = (
  campaign: Campaign,
  prepared: PreparedDraft,
  zone: string,
  now: number,
  actor?: string,
): Published | PublishRefusal => {
  const { publication, draft } = prepared;
  if (prepared.version !== campaign.version) return 'moved';
  if (publication.roster === undefined) return 'holes';
  if (draft.shifts.some(({ from }) => from <= now)) return 'begun';
  const { roster, changes } = publication;
  return {
    campaign: { organisation: campaign.organisation, roster },
    events: rosterEvents(changes, roster.version, now).map((event) => (actor === undefined ? event : { ...event, actor })),
    notices: tellChanges(campaign.roster, roster, campaign.organisation, zone, now),
    rosterVersion: roster.version,
    replaced: changes.replaced.length,
  };
};
