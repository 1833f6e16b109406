import type { CampaignPhase } from './phase.ts';

/** What the kinds have to say for themselves: data, so that a campaign file can add one without code. */

/** Pieces that must be there before an item of a kind may be handed over. */
export type ItemField = 'text' | 'number' | 'district' | 'pollution' | 'limit' | 'source';

/**
 * How long a kind gives where the item itself names no limit. `days` end at 24:00 of the last one, the day of handing
 * over not counted; `hours` count from the hour of handing over; `daily` is a minute of the local day.
 */
export type KindLimit =
  | { readonly type: 'days'; readonly count: number; readonly day: 'natural' | 'working' }
  | { readonly type: 'hours'; readonly count: number }
  | { readonly type: 'daily'; readonly minute: number }
  /** Each item names its own. */
  | { readonly type: 'asked' };

export type ItemKind = {
  /** Lower camel case: `assigned`, `petition`; also the key of its words in the catalogues. */
  readonly name: string;
  /** What people call it, where the catalogues do not know the kind. */
  readonly label?: string;
  readonly limit: KindLimit;
  /** How long a unit may take to say that it has it (签收), ms. */
  readonly receiptWithinMs: number;
  readonly requiredFields: readonly ItemField[];
  /** Who is told when its deadline passes: a policy whose steps count from the deadline. */
  readonly policy: string;
  readonly receiptPolicy: string;
  /** Subtasks with one named person each must stand before anything can be handed in. */
  readonly needsPlan: boolean;
  /** Data check, the principal's signature and the scan with the seal. */
  readonly needsSignOff: boolean;
  /** Natural days after closing until somebody looks again (后督察); none: closed is the end. */
  readonly followUpAfterDays?: number;
  /** How long the office may take to accept or return what was handed in, ms. */
  readonly reviewWithinMs: number;
  /** Opened by itself: each day for every district unit, or for the bureau when a phase ends. */
  readonly opens?:
    | { readonly type: 'daily'; readonly phases: readonly CampaignPhase[] }
    | { readonly type: 'phaseEnd'; readonly phase: CampaignPhase };
  /** Shorter than this before the deadline it shows amber, ms. */
  readonly amberMs: number;
};

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const usual = {
  receiptWithinMs: 2 * hour,
  requiredFields: ['text'],
  policy: 'work',
  receiptPolicy: 'receipt',
  needsPlan: false,
  needsSignOff: true,
  reviewWithinMs: day,
  amberMs: day,
} as const satisfies Partial<ItemKind>;

const days = (count: number): KindLimit => ({ type: 'days', count, day: 'natural' });

/** Every default is ours: the plan itself names no figure. A unit's part of the ten-day chain is three natural days. */
export const shippedKinds: readonly ItemKind[] = [
  { ...usual, name: 'assigned', limit: days(3), followUpAfterDays: 30 },
  { ...usual, name: 'forwarded', limit: days(3), needsPlan: true, followUpAfterDays: 30 },
  { ...usual, name: 'petition', limit: days(3), requiredFields: ['text', 'number'], needsPlan: true, followUpAfterDays: 30 },
  { ...usual, name: 'documentRequest', limit: { type: 'asked' }, receiptWithinMs: hour, requiredFields: ['text', 'limit'] },
  { ...usual, name: 'selfFound', limit: days(7), followUpAfterDays: 30 },
  {
    ...usual,
    name: 'rectificationTask',
    limit: { type: 'asked' },
    requiredFields: ['text', 'limit'],
    needsPlan: true,
    followUpAfterDays: 30,
  },
  { ...usual, name: 'rectificationPlan', limit: days(30), opens: { type: 'phaseEnd', phase: 'during' } },
  { ...usual, name: 'rectificationReport', limit: days(180), opens: { type: 'phaseEnd', phase: 'during' } },
  { ...usual, name: 'archiveList', limit: { type: 'asked' }, requiredFields: ['text', 'limit'], receiptWithinMs: day },
  { ...usual, name: 'unitOrganisation', limit: { type: 'asked' }, requiredFields: ['text', 'limit'], receiptWithinMs: day },
  { ...usual, name: 'implementationPlan', limit: { type: 'asked' }, requiredFields: ['text', 'limit'], receiptWithinMs: day },
  {
    ...usual,
    name: 'unitPeople',
    limit: { type: 'asked' },
    requiredFields: ['text', 'limit'],
    receiptWithinMs: day,
    needsSignOff: false,
  },
  { ...usual, name: 'followUp', limit: days(7) },
  {
    ...usual,
    name: 'dailyReport',
    limit: { type: 'daily', minute: 15 * 60 },
    needsSignOff: false,
    amberMs: 2 * hour,
  },
  { ...usual, name: 'zeroReport', limit: { type: 'daily', minute: 15 * 60 }, needsSignOff: false, amberMs: 2 * hour },
  {
    ...usual,
    name: 'urgentReport',
    limit: { type: 'hours', count: 1 },
    receiptWithinMs: 30 * minute,
    policy: 'workUrgent',
    receiptPolicy: 'receiptUrgent',
    amberMs: 30 * minute,
  },
];
