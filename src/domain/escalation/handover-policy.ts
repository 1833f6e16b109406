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
    // Whoever comes is reminded for as long as a shift may last: nobody can accept for them.
    { afterMs: 0, notify: ['incoming'], via: 'card', repeat: { everyMs: 10 * minute, times: 144 } },
    { afterMs: windowMs, notify: ['onDuty', 'coDuty', 'shiftLeader'], via: 'card' },
    { afterMs: windowMs + 10 * minute, notify: ['liaison'], via: 'card' },
    { afterMs: windowMs + 20 * minute, notify: ['office'], via: 'card' },
    { afterMs: windowMs + 50 * minute, notify: ['groupChat'], via: 'card' },
  ],
  remindOfficeEveryMs: 30 * minute,
});
