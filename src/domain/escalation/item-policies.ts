import type { Policy } from './policy.ts';
import type { WorkingHours } from './working-hours.ts';

/** The ladders of items, counted from the deadline: negative before it. A campaign may have its own of each name. */

const minute = 60_000;
const hour = 60 * minute;

/** Nobody is woken for paper. The campaign's own hours take the place of these. */
const hours: WorkingHours = { timeZone: 'Asia/Shanghai', fromMinute: 8 * 60, toMinute: 20 * 60 };

const usual = { answerWindowMs: 0, remindOfficeEveryMs: 24 * hour, gatherMs: 30 * minute, hours } as const;

export const itemPolicies: readonly Policy[] = [
  {
    ...usual,
    name: 'work',
    steps: [
      { afterMs: -24 * hour, notify: ['liaison'], via: 'card' },
      { afterMs: -4 * hour, notify: ['liaison'], via: 'card' },
      { afterMs: -hour, notify: ['liaison'], via: 'card' },
      { afterMs: 0, notify: ['liaison'], via: 'card' },
      { afterMs: hour, notify: ['principal'], via: 'card' },
      { afterMs: 2 * hour, notify: ['office'], via: 'card' },
      { afterMs: 4 * hour, notify: ['groupChat'], via: 'card' },
    ],
  },
  {
    name: 'workUrgent',
    answerWindowMs: 0,
    remindOfficeEveryMs: 30 * minute,
    gatherMs: 10 * minute,
    steps: [
      { afterMs: -15 * minute, notify: ['liaison'], via: 'card' },
      { afterMs: 0, notify: ['liaison'], via: 'card' },
      { afterMs: 10 * minute, notify: ['principal'], via: 'card' },
      { afterMs: 20 * minute, notify: ['office'], via: 'card' },
      { afterMs: 30 * minute, notify: ['groupChat'], via: 'card' },
    ],
  },
  // What has come is announced once for each unit and batch: here are the reminders alone.
  {
    ...usual,
    name: 'receipt',
    steps: [
      { afterMs: -hour, notify: ['liaison', 'contact'], via: 'card' },
      { afterMs: 0, notify: ['contact', 'onDuty'], via: 'card' },
      { afterMs: hour, notify: ['principal'], via: 'card' },
      { afterMs: 2 * hour, notify: ['office'], via: 'card' },
      { afterMs: 4 * hour, notify: ['groupChat'], via: 'card' },
    ],
  },
  {
    name: 'receiptUrgent',
    answerWindowMs: 0,
    remindOfficeEveryMs: 30 * minute,
    gatherMs: 10 * minute,
    steps: [
      { afterMs: -15 * minute, notify: ['liaison', 'contact'], via: 'card' },
      { afterMs: 0, notify: ['contact', 'onDuty'], via: 'card' },
      { afterMs: 10 * minute, notify: ['principal'], via: 'card' },
      { afterMs: 20 * minute, notify: ['office'], via: 'card' },
      { afterMs: 30 * minute, notify: ['groupChat'], via: 'card' },
    ],
  },
  {
    ...usual,
    name: 'review',
    opening: ['office'],
    steps: [
      { afterMs: -4 * hour, notify: ['office'], via: 'card' },
      { afterMs: 0, notify: ['office'], via: 'card' },
      { afterMs: 4 * hour, notify: ['groupChat'], via: 'card' },
    ],
  },
  {
    ...usual,
    name: 'approval',
    opening: ['principal'],
    steps: [
      { afterMs: -hour, notify: ['principal'], via: 'card' },
      { afterMs: 0, notify: ['principal', 'liaison'], via: 'card' },
      { afterMs: 2 * hour, notify: ['office'], via: 'card' },
      { afterMs: 4 * hour, notify: ['groupChat'], via: 'card' },
    ],
  },
  {
    ...usual,
    name: 'subtask',
    opening: ['onDuty'],
    steps: [
      { afterMs: -24 * hour, notify: ['onDuty'], via: 'card' },
      { afterMs: -4 * hour, notify: ['onDuty'], via: 'card' },
      { afterMs: 0, notify: ['onDuty', 'liaison'], via: 'card' },
      { afterMs: hour, notify: ['principal'], via: 'card' },
      { afterMs: 4 * hour, notify: ['office'], via: 'card' },
    ],
  },
  {
    ...usual,
    name: 'followUp',
    steps: [
      { afterMs: -72 * hour, notify: ['liaison'], via: 'card' },
      { afterMs: -24 * hour, notify: ['liaison', 'contact'], via: 'card' },
      { afterMs: 0, notify: ['liaison', 'contact'], via: 'card' },
      { afterMs: 4 * hour, notify: ['principal'], via: 'card' },
      { afterMs: 12 * hour, notify: ['office'], via: 'card' },
      { afterMs: 24 * hour, notify: ['groupChat'], via: 'card' },
    ],
  },
];
