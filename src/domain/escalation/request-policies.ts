import type { Policy, Role } from './policy.ts';
import type { WorkingHours } from './working-hours.ts';

/** The ladders of what a leave, a swap, a cover or a unit's proposal waits for, counted from the deadline. A campaign may have its own of each name. */

const minute = 60_000;

/** A shift that is days away wakes nobody. The campaign's own hours take the place of these. */
const hours: WorkingHours = { timeZone: 'Asia/Shanghai', fromMinute: 8 * 60, toMinute: 20 * 60 };

/** Opened with a card to whoever owes it, reminded, then those above as the deadline comes; the office last. */
const ladder = (name: string, owes: Role, above: readonly Role[]): Policy => ({
  name,
  answerWindowMs: 0,
  opening: [owes],
  steps: [
    { afterMs: -120 * minute, notify: [owes], via: 'card' },
    { afterMs: -30 * minute, notify: [owes], via: 'card' },
    { afterMs: 0, notify: [owes, ...above], via: 'card' },
    { afterMs: 30 * minute, notify: ['office'], via: 'card' },
  ],
  remindOfficeEveryMs: 240 * minute,
  hours,
});

/** The same where the shift is near: by day and by night. */
const urgent = ({ hours: _, steps, ...policy }: Policy): Policy => ({
  ...policy,
  name: `${policy.name}Urgent`,
  steps: steps.map((step) => (step.afterMs === -120 * minute ? { ...step, afterMs: -60 * minute } : step)),
  remindOfficeEveryMs: 60 * minute,
});

const calm: readonly Policy[] = [
  ladder('substitute', 'onDuty', ['liaison']),
  ladder('consent', 'principal', []),
  ladder('consentOfLeader', 'onDuty', ['liaison']),
  ladder('consentOfOffice', 'office', []),
  ladder('rosterProposal', 'office', ['groupLeader']),
];

export const requestPolicies: readonly Policy[] = [...calm, ...calm.map(urgent)];
