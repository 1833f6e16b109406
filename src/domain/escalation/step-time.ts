import type { Obligation } from './obligation.ts';
import type { Policy, Step } from './policy.ts';
import { addWorkingMs, nextWorkingAt } from './working-hours.ts';

/**
 * When a step counted from `baseAt` falls due. What comes after a deadline keeps its distances in working time. Where the
 * policy gathers, it comes later for it, and what comes ahead of the deadline earlier.
 */
export const stepAt = (baseAt: number, { afterMs }: Step, { hours, gatherMs }: Policy): number => {
  if (afterMs <= 0) {
    const plain = baseAt + afterMs;
    const ahead = afterMs < 0 && gatherMs !== undefined ? Math.floor(plain / gatherMs) * gatherMs : plain;
    return hours === undefined ? ahead : nextWorkingAt(hours, ahead);
  }
  const at = hours === undefined ? baseAt + afterMs : addWorkingMs(hours, baseAt, afterMs);
  return gatherMs === undefined ? at : Math.ceil(at / gatherMs) * gatherMs;
};

export const dueOf = (o: Obligation, step: Step, policy: Policy): number => stepAt(o.baseAt, step, policy);

/**
 * What falls due as working hours end is said a little after: no sweep comes in the very millisecond, and the morning
 * would be too late for what is due at midnight.
 */
const lastCallMs = 5 * 60_000;

export const isResting = (policy: Policy, now: number): boolean => waitFor(policy, now - lastCallMs) > now;

/** A reminder waits for working hours as steps do. */
export const waitFor = ({ hours }: Policy, at: number): number => (hours === undefined ? at : nextWorkingAt(hours, at));

/** Those who are told at the opening itself have not been yet. */
export const isOpeningDue = (o: Obligation, policy: Policy): boolean =>
  o.itemId !== undefined && o.stepNo === 0 && policy.opening !== undefined && policy.opening.length > 0;

/**
 * Where the ladder of an item's clock begins: what lies before the opening is passed over, but when the deadline has
 * passed already its latest step comes at once, so that nobody stays untold.
 */
export const startThroughMs = (deadlineAt: number, policy: Policy, openedAt: number): number => {
  const past = policy.steps.findLast((step) => stepAt(deadlineAt, step, policy) < openedAt);
  // What comes before the deadline and was missed says nothing any more once the deadline's own step is still to come.
  if (past) return past.afterMs >= 0 ? past.afterMs - 1 : past.afterMs;
  return Math.min(0, policy.steps[0]?.afterMs ?? 0) - 1;
};

/** The ladder of an empty post begins at the step that asks somebody else: whoever said so needn't be asked. */
export const emptyStartsAfterMs = ({ steps }: Policy): number => steps.find((step) => step.notify.includes('coDuty'))?.afterMs ?? 0;
