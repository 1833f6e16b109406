import type { Directory } from '../organisation/directory.ts';
import type { LedgerEvent } from '../ledger/event.ts';
import type { Obligation, Reminder } from './obligation.ts';
import type { Policy, Role, Step } from './policy.ts';
import { resolveRole } from './resolve.ts';

/** What the rules must know and cannot change. */
export type Context = {
  readonly directory: Directory;
  readonly policyOf: (name: string) => Policy;
  /** Whether a group must be left in peace at this instant. */
  readonly isQuiet: (at: number) => boolean;
  /** Most of this obligation's round is silent: office and group hear of the channel, not of the people. */
  readonly isMassFailure?: boolean;
};

/** A step later than this was held up by the service, not by people: what follows keeps its distance. */
const outageMs = 60_000;

/** `afterMs` of the reminder that only the office gets. */
export const officeReminder = -1;

const dueOf = (o: Obligation, step: Step): number => o.baseAt + step.afterMs;

export const nextStep = (o: Obligation, policy: Policy): Step | undefined => policy.steps.find((step) => step.afterMs > o.throughMs);

/** The instant at which something must be decided next: a step or a reminder. */
export const nextInstant = (o: Obligation, policy: Policy): number => {
  const step = nextStep(o, policy);
  const instants = o.reminders.map((reminder) => reminder.dueAt);
  if (step) instants.push(dueOf(o, step));
  // A policy that has become shorter must not leave an open obligation without a clock.
  return instants.length === 0 ? o.baseAt : Math.min(...instants);
};

type Told = { readonly recipients: readonly string[]; readonly reason?: 'nobody' | 'quietHours' | 'massFailure' };

const whom = (o: Obligation, roles: readonly Role[], context: Context, now: number): Told => {
  const recipients: string[] = [];
  let reason: Told['reason'] = 'nobody';
  for (const role of roles) {
    if (role === 'groupChat' && o.kind !== 'help' && context.isQuiet(now)) {
      reason = 'quietHours';
      continue;
    }
    if ((role === 'office' || role === 'groupChat') && context.isMassFailure) {
      reason = 'massFailure';
      continue;
    }
    for (const to of resolveFor(o, role, context, now)) if (to !== o.openedBy && !recipients.includes(to)) recipients.push(to);
  }
  return recipients.length > 0 ? { recipients } : { recipients, reason };
};

/** Whoever calls for help may be either of the two on the post: the other one is meant. */
const resolveFor = (o: Obligation, role: Role, context: Context, now: number): readonly string[] => {
  const found = resolveRole(context.directory, role, o.subject, now);
  return o.kind === 'help' && role === 'coDuty' ? [...found, ...resolveRole(context.directory, 'onDuty', o.subject, now)] : found;
};

/** A reminder that fell due is sent once, however often it fell due while nobody was there to send it. */
const moveReminders = (
  o: Obligation,
  policy: Policy,
  now: number,
): { readonly kept: readonly Reminder[]; readonly fired: readonly Reminder[] } => {
  const kept: Reminder[] = [];
  const fired: Reminder[] = [];
  for (const reminder of o.reminders) {
    if (reminder.dueAt > now) {
      kept.push(reminder);
      continue;
    }
    fired.push(reminder);
    if (reminder.afterMs === officeReminder) kept.push({ ...reminder, dueAt: now + policy.remindOfficeEveryMs });
    else if (reminder.left > 1) {
      const repeat = policy.steps.find((step) => step.afterMs === reminder.afterMs)?.repeat;
      if (repeat) kept.push({ ...reminder, dueAt: now + repeat.everyMs, left: reminder.left - 1 });
    }
  }
  return { kept, fired };
};

const packReminders = (reminders: readonly Reminder[]) => reminders.map((r) => [r.afterMs, r.dueAt, r.left]);

/** The office is told after the window has passed: that is the verdict. The obligation stays open with it. */
const isVerdict = (step: Step, policy: Policy): boolean =>
  step.notify.includes('office') && step.afterMs > 0 && step.afterMs >= policy.answerWindowMs;

const remindAgain = (
  o: Obligation,
  policy: Policy,
  moved: ReturnType<typeof moveReminders>,
  context: Context,
  now: number,
): LedgerEvent => {
  const roles = moved.fired.flatMap((reminder): readonly Role[] =>
    reminder.afterMs === officeReminder ? ['office'] : (policy.steps.find((step) => step.afterMs === reminder.afterMs)?.notify ?? []),
  );
  const { recipients, reason } = whom(o, [...new Set(roles)], context, now);
  const data = {
    subject: o.subject,
    stepNo: o.stepNo,
    notified: recipients,
    reminders: packReminders(moved.kept),
    ...(reason ? { reason } : {}),
  };
  return { at: now, obligationId: o.id, event: 'ReminderFired', data };
};

const missed = (o: Obligation, policy: Policy, reminders: readonly Reminder[], context: Context, now: number): LedgerEvent => {
  const office: Reminder = { afterMs: officeReminder, dueAt: now + policy.remindOfficeEveryMs, left: 0 };
  const cause = context.isMassFailure && o.roundId !== undefined ? { massFailureOf: o.roundId } : {};
  const data = {
    subject: o.subject,
    kind: o.kind,
    isDelivered: o.isDelivered === true,
    reminders: packReminders([...reminders, office]),
    ...cause,
  };
  return { at: now, obligationId: o.id, event: 'ObligationMissed', data };
};

/** The state as far as firing changes it, carried from step to step of one decision. */
type Walk = { stepNo: number; reminders: readonly Reminder[]; isMissed: boolean; readonly events: LedgerEvent[] };

const fireStep = (o: Obligation, step: Step, baseAt: number, walk: Walk, policy: Policy, context: Context, now: number): boolean => {
  if (!walk.isMissed && isVerdict(step, policy)) {
    walk.events.push(missed(o, policy, walk.reminders, context, now));
    walk.reminders = [...walk.reminders, { afterMs: officeReminder, dueAt: now + policy.remindOfficeEveryMs, left: 0 }];
    walk.isMissed = true;
  }
  const { recipients, reason } = whom(o, step.notify, context, now);
  const isTold = recipients.length > 0;
  if (step.repeat && isTold)
    walk.reminders = [...walk.reminders, { afterMs: step.afterMs, dueAt: now + step.repeat.everyMs, left: step.repeat.times }];
  walk.events.push({
    at: now,
    obligationId: o.id,
    event: isTold ? 'StepFired' : 'StepSkipped',
    data: {
      subject: o.subject,
      stepNo: walk.stepNo,
      afterMs: step.afterMs,
      baseAt,
      via: step.via,
      roles: step.notify,
      ...(isTold ? { notified: recipients } : { reason: reason ?? 'nobody' }),
      reminders: packReminders(walk.reminders),
    },
  });
  walk.stepNo += 1;
  return isTold;
};

const fireSteps = (o: Obligation, first: Step, kept: readonly Reminder[], policy: Policy, context: Context, now: number): LedgerEvent[] => {
  const lateMs = now - dueOf(o, first);
  const baseAt = lateMs >= outageMs ? o.baseAt + lateMs : o.baseAt;
  const walk: Walk = { stepNo: o.stepNo, reminders: kept, isMissed: o.missedAt !== undefined, events: [] };
  let rest = policy.steps.slice(policy.steps.indexOf(first));
  for (let isTold = false; rest.length > 0 && !isTold;) {
    const { afterMs } = rest[0]!;
    for (const step of rest) if (step.afterMs === afterMs && fireStep(o, step, baseAt, walk, policy, context, now)) isTold = true;
    rest = rest.filter((step) => step.afterMs !== afterMs);
  }
  // The ladder has no rung left: the verdict falls, and the office is reminded until somebody takes over.
  if (rest.length === 0 && !walk.isMissed) walk.events.push(missed(o, policy, walk.reminders, context, now));
  return walk.events;
};

/**
 * What happens at the instant that fell due: one step (steps of the same instant together), falling through at once
 * where nobody is there to be told; or else the reminders that are due, as one.
 */
export const fire = (o: Obligation, context: Context, now: number): readonly LedgerEvent[] => {
  const policy = context.policyOf(o.policy);
  const step = nextStep(o, policy);
  const moved = moveReminders(o, policy, now);
  if (step && dueOf(o, step) <= now) return fireSteps(o, step, moved.kept, policy, context, now);
  if (moved.fired.length > 0) return [remindAgain(o, policy, moved, context, now)];
  return step === undefined && o.missedAt === undefined ? [missed(o, policy, o.reminders, context, now)] : [];
};
