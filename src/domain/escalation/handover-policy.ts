import type { Policy } from './policy.ts';

const minute = 60_000;

/** How long after the boundary nobody above is told. */
export const usualHandoverWindowMs = 10 * minute;

/** The ladder of a handover, counted from the boundary: both sides are told as it is opened, ahead of it. */
export const handoverPolicy = (windowMs: number): Policy => ({
  name: 'handover',
  answerWindowMs: windowMs,
  opening: ['onDuty', 'coDuty', 'incoming'],
  steps: [
    { afterMs: 0, notify: ['incoming'], via: 'card' },
    { afterMs: windowMs, notify: ['incoming', 'onDuty', 'coDuty', 'shiftLeader'], via: 'card' },
    { afterMs: windowMs + 10 * minute, notify: ['incoming', 'liaison'], via: 'card' },
    { afterMs: windowMs + 20 * minute, notify: ['office'], via: 'card' },
    { afterMs: windowMs + 50 * minute, notify: ['groupChat'], via: 'card' },
  ],
  remindOfficeEveryMs: 30 * minute,
});
