import type { PersonId } from '../organisation/organisation.ts';
import type { Context } from './fire.ts';
import { isItemClock, type Obligation } from './obligation.ts';
import { refuse, type Outcome } from './outcome.ts';
import { isActive, mayTakeOver } from './resolve.ts';

export type RemindCommand = { readonly type: 'remind'; readonly personId: PersonId; readonly channel: string };

/** By hand nobody is asked again sooner: ten people who look at the same wall would ring one phone ten times. */
export const remindEveryMs = 2 * 60_000;

/** Those who owe the answer are asked once more, by somebody who stands above them. The ladder goes on where it is. */
export const remind = (o: Obligation, { personId, channel }: RemindCommand, context: Context, now: number): Outcome => {
  // What a unit owes for an item is urged there, with all that it owes.
  if (isItemClock(o)) return refuse('notForThisKind');
  if (!mayTakeOver(context.directory, personId, o.subject, now)) return refuse('wrongRole');
  const notified = o.asked.filter((to) => to !== personId && isActive(context.directory, to) && !context.isUnreached?.(to));
  if (notified.length === 0) return refuse('nobodyAsked');
  if (o.remindedAt !== undefined && now - o.remindedAt < remindEveryMs) return refuse('tooSoon');
  const reminders = o.reminders.map(({ afterMs, dueAt, left }) => [afterMs, dueAt, left]);
  const data = { subject: o.subject, stepNo: o.stepNo, roles: ['onDuty'], notified, reminders, by: personId };
  return { events: [{ at: now, obligationId: o.id, actor: personId, channel, event: 'ReminderFired', data }] };
};
