import type { Policy } from './policy.ts';

const hour = 3_600_000;

/**
 * The ladder of a sign of life ahead of somebody's first shift, counted from its limit. The office hears of all who have
 * not given one in a single list, and not of each by the ladder.
 */
export const reachPolicy: Policy = {
  name: 'reachTest',
  answerWindowMs: 0,
  opening: ['onDuty'],
  steps: [
    { afterMs: -6 * hour, notify: ['onDuty'], via: 'sms' },
    { afterMs: -2 * hour, notify: ['onDuty'], via: 'card' },
    { afterMs: 0, notify: ['liaison'], via: 'card' },
  ],
  // Any will do: the campaign's own take their place.
  hours: { timeZone: 'Asia/Shanghai', fromMinute: 8 * 60, toMinute: 20 * 60 },
  // Longer than any test lasts: it is over when its shift begins.
  remindOfficeEveryMs: 60 * 24 * hour,
};
