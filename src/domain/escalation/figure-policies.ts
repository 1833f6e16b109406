import type { Policy } from './policy.ts';
import type { WorkingHours } from './working-hours.ts';

/**
 * The ladders of what the office owes about figures: a word about an appeal, a report that waits to be sent. Counted from
 * the deadline. A campaign may have its own of each name.
 */

const minute = 60_000;

/** The campaign's own hours take the place of these. */
const hours: WorkingHours = { timeZone: 'Asia/Shanghai', fromMinute: 8 * 60, toMinute: 20 * 60 };

const appealPolicy: Policy = {
  name: 'appeal',
  answerWindowMs: 0,
  opening: ['office'],
  steps: [
    { afterMs: -240 * minute, notify: ['office'], via: 'card' },
    { afterMs: 0, notify: ['office', 'groupLeader'], via: 'card' },
    { afterMs: 240 * minute, notify: ['office'], via: 'card' },
  ],
  remindOfficeEveryMs: 240 * minute,
  hours,
};

const reportPolicy: Policy = {
  name: 'report',
  answerWindowMs: 0,
  opening: ['office'],
  steps: [
    { afterMs: -20 * minute, notify: ['office'], via: 'card' },
    { afterMs: 0, notify: ['office', 'groupLeader'], via: 'card' },
    { afterMs: 60 * minute, notify: ['office'], via: 'card' },
  ],
  remindOfficeEveryMs: 120 * minute,
  hours,
};

export const figurePolicies: readonly Policy[] = [appealPolicy, reportPolicy];
