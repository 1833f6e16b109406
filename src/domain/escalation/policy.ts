import { figurePolicies } from './figure-policies.ts';
import { handoverPolicy, usualHandoverWindowMs } from './handover-policy.ts';
import { itemPolicies } from './item-policies.ts';
import { reachPolicy } from './reach-policy.ts';
import { requestPolicies } from './request-policies.ts';
import type { WorkingHours } from './working-hours.ts';

/** An escalation policy is data: who is told, how, and how long after the obligation was opened. */

export const roles = [
  'onDuty',
  'coDuty',
  // those who are to take a post over and were not there before
  'incoming',
  'landline',
  'liaison',
  'contact',
  'principal',
  'shiftLeader',
  'groupLeader',
  'office',
  'groupChat',
] as const;

export type Role = (typeof roles)[number];

/** `voice` rings the person's mobile, or the post's landline for the role `landline`. */
export type Via = 'card' | 'sms' | 'voice';

export type Step = {
  /** Since the obligation was opened, or since its deadline: then negative before it. Steps are sorted by it; gaps and equal values are fine. */
  readonly afterMs: number;
  readonly notify: readonly Role[];
  readonly via: Via;
  /** Keeps reminding the same roles until the answer comes, `times` times at the most. */
  readonly repeat?: { readonly everyMs: number; readonly times: number };
};

export type Policy = {
  readonly name: string;
  /** An answer within this time of opening is in time; after it, late. */
  readonly answerWindowMs: number;
  readonly steps: readonly Step[];
  /** Items only: who gets a card as it is opened, however far off the deadline is. */
  readonly opening?: readonly Role[];
  /**
   * Items only: what comes after the deadline waits for the next multiple of this, and what comes ahead of it comes at the
   * last one before, so that those who hear of many items hear of them together, however the deadlines are scattered. The
   * deadline itself waits for nothing.
   */
  readonly gatherMs?: number;
  /** Steps and reminders wait for these hours; without them it goes on by night. */
  readonly hours?: WorkingHours;
  /** Once missed: the office alone is reminded, this often, until somebody takes over. */
  readonly remindOfficeEveryMs: number;
};

const minute = 60_000;

/** Contact checks: see the design's ladder. The verdict `missed` falls when the office is told. */
export const checkPolicy: Policy = {
  name: 'check',
  answerWindowMs: 10 * minute,
  steps: [
    { afterMs: 0, notify: ['onDuty'], via: 'card' },
    { afterMs: 3 * minute, notify: ['onDuty'], via: 'card', repeat: { everyMs: 10 * minute, times: 3 } },
    { afterMs: 6 * minute, notify: ['onDuty'], via: 'sms' },
    { afterMs: 8 * minute, notify: ['onDuty', 'landline'], via: 'voice' },
    { afterMs: 10 * minute, notify: ['coDuty', 'shiftLeader'], via: 'card' },
    { afterMs: 20 * minute, notify: ['liaison'], via: 'card' },
    { afterMs: 30 * minute, notify: ['office'], via: 'card' },
    { afterMs: 45 * minute, notify: ['principal'], via: 'card' },
    { afterMs: 60 * minute, notify: ['groupChat'], via: 'card' },
  ],
  remindOfficeEveryMs: 30 * minute,
};

/** A call for help: nobody waits, and the night is no reason to be quiet. */
export const urgentPolicy: Policy = {
  name: 'urgent',
  answerWindowMs: minute,
  steps: [
    { afterMs: 0, notify: ['coDuty', 'office'], via: 'card' },
    { afterMs: minute, notify: ['coDuty', 'office'], via: 'card' },
    { afterMs: 2 * minute, notify: ['coDuty', 'office'], via: 'voice' },
    { afterMs: 3.5 * minute, notify: ['principal'], via: 'card' },
    { afterMs: 5 * minute, notify: ['groupChat'], via: 'card' },
  ],
  remindOfficeEveryMs: 30 * minute,
};

/** After a take-over the unit has 30 minutes to man its post again; then the ladder goes on without asking twice. */
export const restorePolicy: Policy = {
  name: 'restore',
  answerWindowMs: 30 * minute,
  steps: [
    { afterMs: 0, notify: ['onDuty', 'coDuty'], via: 'card' },
    { afterMs: 0, notify: ['liaison'], via: 'card' },
    { afterMs: 20 * minute, notify: ['onDuty', 'coDuty'], via: 'card' },
    { afterMs: 30 * minute, notify: ['office'], via: 'card' },
    { afterMs: 45 * minute, notify: ['principal'], via: 'card' },
    { afterMs: 60 * minute, notify: ['groupChat'], via: 'card' },
  ],
  remindOfficeEveryMs: 30 * minute,
};

/** Something the office itself must look at: a failing channel, a gap ahead in the roster. */
export const officePolicy: Policy = {
  name: 'office',
  answerWindowMs: 30 * minute,
  steps: [
    { afterMs: 0, notify: ['office'], via: 'card' },
    { afterMs: 60 * minute, notify: ['groupChat'], via: 'card' },
  ],
  remindOfficeEveryMs: 60 * minute,
};

export const shippedPolicies: readonly Policy[] = [
  checkPolicy,
  urgentPolicy,
  restorePolicy,
  officePolicy,
  handoverPolicy(usualHandoverWindowMs),
  ...itemPolicies,
  ...requestPolicies,
  ...figurePolicies,
  reachPolicy,
];
