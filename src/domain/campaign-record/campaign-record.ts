import type { Json, LedgerEvent } from '../ledger/event.ts';

/** A campaign as its file has it: members by name, in the words of the file. */
export type CampaignWords = { readonly [member: string]: Json };

/**
 * The campaign of record, once it has been changed in the page. While there is none, the file alone counts; from then on
 * whoever spoke last: the page, or a file that has been edited since.
 */
export type CampaignRecord = {
  /** Counts up; 1 is the first change. */
  readonly version: number;
  /** SHA-256 of the canonical JSON of the words; without the numbers of people in them once these are forgotten. */
  readonly hash: string;
  /** The same of the file that the change was made from. */
  readonly fileHash: string;
  readonly source: 'page' | 'file';
  /** Epoch ms. */
  readonly at: number;
  /** Nobody: a demo's page, or an edited file. */
  readonly by?: string;
  /** Absent where the ledger has forgotten them; the store never does. */
  readonly words?: CampaignWords;
};

/**
 * `CampaignChanged` tells it whole: the words stand beside the sealed row, for numbers of people are in them. So do the
 * hashes of all of it, for a number can be tried out until its hash fits; the row has those of what names nobody.
 */
export const evolveCampaignRecord = (
  record: CampaignRecord | undefined,
  { event, at, actor, data, personal }: LedgerEvent,
): CampaignRecord | undefined =>
  event === 'CampaignChanged'
    ? {
        version: data['version'] as number,
        hash: (personal?.['hash'] ?? data['hash']) as string,
        fileHash: (personal?.['fileHash'] ?? data['fileHash']) as string,
        source: data['source'] as CampaignRecord['source'],
        at,
        ...(actor === undefined ? {} : { by: actor }),
        ...(personal?.['words'] === undefined ? {} : { words: personal['words'] as CampaignWords }),
      }
    : record;
