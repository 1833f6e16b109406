import type { Context } from './fire.ts';
import type { Obligation } from './obligation.ts';
import type { Role } from './policy.ts';
import { resolveRole } from './resolve.ts';

/** From here on it is said that something came late; below it nobody could tell the difference. */
export const lateFromMs = 60_000;

/** How late, where it is worth saying. */
export const lateMsOf = (wantedAt: number, at: number, fromMs = lateFromMs): number | undefined =>
  at - wantedAt >= fromMs ? at - wantedAt : undefined;

/**
 * When somebody who owes the answer was asked first: at the first step that has been decided and meant them. Undefined
 * for whoever came to it later, by a change of shift for example.
 */
export const firstAskedAt = (o: Obligation, personId: string, context: Context): number | undefined => {
  const isMeant = (role: Role): boolean =>
    (role === 'onDuty' || role === 'coDuty') && resolveRole(context.directory, role, o.subject, o.openedAt).includes(personId);
  const step = context.policyOf(o.policy).steps.find(({ afterMs, notify }) => afterMs <= o.throughMs && notify.some(isMeant));
  return step && Math.max(o.openedAt, o.baseAt + step.afterMs);
};
