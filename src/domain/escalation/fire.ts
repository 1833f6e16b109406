import type { Directory } from '../organisation/directory.ts';
import type { LedgerEvent } from '../ledger/event.ts';
import { evolve } from './evolve.ts';
import { officeReminder, ofItem, type Obligation, type Reminder } from './obligation.ts';
import type { Policy, Role, Step, Via } from './policy.ts';
import { isActive, resolveRole } from './resolve.ts';
import { dueOf, isOpeningDue, isResting, waitFor } from './step-time.ts';

/** What the rules must know and cannot change. */
export type Context = {
  readonly directory: Directory;
  readonly policyOf: (name: string) => Policy;
  /** Whether a group must be left in peace at this instant. */
  readonly isQuiet: (at: number) => boolean;
  /** Most of this obligation's round is silent: office and group hear of the channel, not of the people. */
  readonly isMassFailure?: boolean;
  /** Whether some channel can ring a phone; else the office is asked to. */
  readonly hasVoice?: boolean;
  /** False where no channel can: such a step falls to the card of the same person, and is recorded as that. */
  readonly hasSms?: boolean;
  /** Whether somebody has stopped every channel that knows them: only a telephone reaches them. */
  readonly isUnreached?: (personId: string) => boolean;
  /** From here on a message is called late; see `lateMsOf`. */
  readonly lateFromMs?: number;
};

/** A step later than this was held up by the service, not by people: what follows keeps its distance. */
const outageMs = 60_000;

export const nextStep = (o: Obligation, policy: Policy): Step | undefined => policy.steps.find((step) => step.afterMs > o.throughMs);

const hasVerdictPlanned = (reminders: readonly Reminder[]): boolean => reminders.some((reminder) => reminder.afterMs === officeReminder);

/** The instant at which something must be decided next: a step or a reminder. Overdue at `now`, it waits for working hours where the policy does. */
export const nextInstant = (o: Obligation, policy: Policy, now = Number.NEGATIVE_INFINITY): number => {
  const step = nextStep(o, policy);
  const instants = o.reminders.map((reminder) => reminder.dueAt);
  if (isOpeningDue(o, policy)) instants.push(o.openedAt);
  if (step) instants.push(dueOf(o, step, policy));
  // A policy that has become shorter leaves no rung: the verdict is due at once, unless it waits for the window.
  else if (instants.length === 0 || (o.missedAt === undefined && !hasVerdictPlanned(o.reminders))) instants.push(o.baseAt);
  const next = Math.min(...instants);
  const at = Math.max(next, now);
  return policy.hours === undefined ? next : isResting(policy, at) ? waitFor(policy, at) : at;
};

type Told = { readonly recipients: readonly string[]; readonly reason?: 'nobody' | 'quietHours' | 'massFailure' | 'overtaken' | 'paused' };

/** A telephone rings also for those who have stopped every channel of theirs. */
const whom = (o: Obligation, roles: readonly Role[], via: Via, context: Context, now: number): Told => {
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
    for (const to of resolveFor(o, role, context, now)) {
      if (isOwnDoing(o, to, role) || recipients.includes(to)) continue;
      if (via !== 'voice' && context.isUnreached?.(to)) reason = 'paused';
      else recipients.push(to);
    }
  }
  return recipients.length > 0 ? { recipients } : { recipients, reason };
};

/** What only one person can give, their word or their sign of life, is asked of nobody who stands in for them meanwhile. */
const isPersonal = ({ kind }: Obligation): boolean => kind === 'reachTest' || kind === 'substitute';

/** Whoever calls for help, or has left, may be either of the two on the post: the other one is meant. */
const resolveFor = (o: Obligation, role: Role, context: Context, now: number): readonly string[] => {
  if (isPersonal(o) && role === 'onDuty') return isActive(context.directory, o.subject) ? [o.subject] : [];
  const found = resolveRole(context.directory, role, o.subject, now);
  const isOtherMeant = (o.kind === 'help' || o.kind === 'postEmpty') && role === 'coDuty';
  return isOtherMeant ? [...found, ...resolveRole(context.directory, 'onDuty', o.subject, now)] : found;
};

/** Nobody is called by their own call for help, nor asked for the post they said they have left. */
const isOwnDoing = (o: Obligation, to: string, role: Role): boolean => {
  if (to !== o.openedBy) return false;
  return o.kind === 'help' || (o.kind === 'postEmpty' && (role === 'onDuty' || role === 'coDuty'));
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
    if (reminder.afterMs === officeReminder)
      kept.push({ ...reminder, dueAt: waitFor(policy, now + policy.remindOfficeEveryMs), left: reminder.left - 1 });
    else if (reminder.left > 1) {
      const repeat = policy.steps.find((step) => step.afterMs === reminder.afterMs)?.repeat;
      if (repeat) kept.push({ ...reminder, dueAt: waitFor(policy, now + repeat.everyMs), left: reminder.left - 1 });
    }
  }
  return { kept, fired };
};

const packReminders = (reminders: readonly Reminder[]) => reminders.map((r) => [r.afterMs, r.dueAt, r.left]);

/** The office is told after the window has passed: that is the verdict. The obligation stays open with it. */
export const isVerdict = (step: Step, policy: Policy): boolean =>
  step.notify.includes('office') && step.afterMs > 0 && step.afterMs >= policy.answerWindowMs;

/** The service was away while a step fell due: everything that follows, the answer's window too, moves by as much. A legal deadline never does. */
export const heldUpMs = (o: Obligation, policy: Policy, now: number): number => {
  const step = o.itemId === undefined ? nextStep(o, policy) : undefined;
  const lateMs = step === undefined ? 0 : now - dueOf(o, step, policy);
  return lateMs >= outageMs ? lateMs : 0;
};

/** Roles that owe the answer; a step of theirs asks, every other tells. */
const answering: readonly Role[] = ['onDuty', 'coDuty', 'landline'];

const rolesOf = (reminder: Reminder, policy: Policy): readonly Role[] =>
  reminder.afterMs === officeReminder
    ? ['office']
    : policy.steps.filter((step) => step.afterMs === reminder.afterMs && step.repeat).flatMap((step) => step.notify);

/** Which reminder of its step it is, from 1. Those of the office have no end: `left` counts them downwards from 0. */
const numberOf = (reminder: Reminder, policy: Policy): number => {
  if (reminder.afterMs === officeReminder) return 1 - reminder.left;
  const times = policy.steps.find((step) => step.afterMs === reminder.afterMs && step.repeat)?.repeat?.times ?? reminder.left;
  return Math.max(1, times - reminder.left + 1);
};

/** Those who are reminded at this instant, but for those whom a step of the same instant has told just now. */
const remindAgain = (o: Obligation, roles: readonly Role[], reminderNo: number, walk: Walk, context: Context, now: number): void => {
  const told = walk.events.flatMap((event) => (event.data['notified'] ?? []) as readonly string[]);
  const { recipients, reason } = whom(o, roles, 'card', context, now);
  const notified = recipients.filter((to) => !told.includes(to));
  // Without a step beside it the reminder is recorded in any case: it moves the clock.
  if (notified.length === 0 && walk.events.length > 0) return;
  const data = {
    subject: o.subject,
    stepNo: walk.stepNo,
    reminderNo,
    roles,
    notified,
    reminders: packReminders(walk.reminders),
    ...(reason ? { reason } : {}),
  };
  walk.events.push({ at: now, obligationId: o.id, event: 'ReminderFired', data });
};

/** Those who owe the answer and those who are told hear of it apart: who was asked must stand in the ledger. */
const remindAll = (o: Obligation, fired: readonly Reminder[], walk: Walk, policy: Policy, context: Context, now: number): void => {
  const roles = [...new Set(fired.flatMap((reminder) => rolesOf(reminder, policy)))];
  const asked = roles.filter((role) => answering.includes(role));
  const told = roles.filter((role) => !answering.includes(role));
  const latestOf = (some: readonly Role[]): number =>
    Math.max(1, ...fired.filter((one) => rolesOf(one, policy).some((role) => some.includes(role))).map((one) => numberOf(one, policy)));
  if (asked.length > 0) remindAgain(o, asked, latestOf(asked), walk, context, now);
  if (told.length > 0 || asked.length === 0) remindAgain(o, told, latestOf(told), walk, context, now);
};

/** The state as far as firing changes it, carried from step to step of one decision. */
type Walk = {
  stepNo: number;
  reminders: readonly Reminder[];
  isMissed: boolean;
  readonly answerBy: number;
  readonly events: LedgerEvent[];
};

/** The verdict. It is no end: the office is reminded until somebody takes over. */
const judge = (o: Obligation, walk: Walk, context: Context, now: number): void => {
  walk.isMissed = true;
  const cause = context.isMassFailure && o.roundId !== undefined ? { massFailureOf: o.roundId } : {};
  const data = {
    subject: o.subject,
    kind: o.kind,
    isDelivered: o.isDelivered === true,
    ...(o.isRead ? { isRead: true } : {}),
    reminders: packReminders(walk.reminders),
    ...cause,
  };
  walk.events.push({ at: now, obligationId: o.id, event: 'ObligationMissed', data });
};

/** Also by what is decided at this very instant: a ladder may end with the step that asks. */
const isAnybodyAsked = (o: Obligation, { events }: Walk): boolean =>
  events.reduce((state, event) => evolve(state, event)!, o).asked.length > 0;

/** Nobody is judged while their window is open: whoever passed a question on may still be answered for in time. */
const judgeInTime = (o: Obligation, walk: Walk, officeAt: number, context: Context, now: number): void => {
  if (walk.isMissed || hasVerdictPlanned(walk.reminders)) return;
  const isWindowOpen = now < walk.answerBy && isAnybodyAsked(o, walk);
  walk.reminders = [...walk.reminders, { afterMs: officeReminder, dueAt: isWindowOpen ? walk.answerBy : officeAt, left: 0 }];
  if (!isWindowOpen) judge(o, walk, context, now);
};

/** The ladder has no rung left. Where it told nobody at all, the office hears of it now and not in half an hour. */
const endLadder = (o: Obligation, walk: Walk, policy: Policy, context: Context, now: number): void => {
  // Judged, or planned and written down before: a look while nothing is due changes nothing.
  if (walk.isMissed || hasVerdictPlanned(walk.reminders)) return;
  const isAnybodyTold = o.asked.length + o.told.length > 0 || walk.events.some((event) => event.event === 'StepFired');
  judgeInTime(o, walk, isAnybodyTold ? waitFor(policy, now + policy.remindOfficeEveryMs) : now, context, now);
  if (!walk.isMissed) recordReminders(o, walk, now);
};

/** A verdict that waits for the window is a reminder like others: the last event says so, or one of its own. */
const recordReminders = (o: Obligation, walk: Walk, now: number): void => {
  const reminders = packReminders(walk.reminders);
  const last = walk.events.pop();
  if (last) walk.events.push({ ...last, data: { ...last.data, reminders } });
  else
    walk.events.push({
      at: now,
      obligationId: o.id,
      event: 'ReminderFired',
      data: { subject: o.subject, stepNo: walk.stepNo, roles: [], notified: [], reminders },
    });
};

/** Nobody can ring a phone: the office is asked to, unless most of the round is silent or the call is for help. */
const callersFor = (o: Obligation, step: Step, context: Context, now: number): readonly string[] =>
  step.via !== 'voice' || context.hasVoice || context.isMassFailure || o.kind === 'help' || o.itemId !== undefined
    ? []
    : resolveRole(context.directory, 'office', o.subject, now);

/** Answers whether the next rung must wait its time: somebody was told, or would be if the channel did its part. */
const fireStep = (
  o: Obligation,
  step: Step,
  baseAt: number,
  walk: Walk,
  policy: Policy,
  context: Context,
  now: number,
  { recipients, reason }: Told = whom(o, step.notify, step.via, context, now),
): boolean => {
  if (isVerdict(step, policy) && policy.steps.includes(step))
    judgeInTime(o, walk, waitFor(policy, now + policy.remindOfficeEveryMs), context, now);
  const callers = recipients.length > 0 ? callersFor(o, step, context, now) : [];
  const isTold = recipients.length > 0;
  // Nobody was there to be told: whoever comes, or comes back, is told in their turn.
  if (step.repeat && (isTold || reason === 'nobody' || reason === 'paused'))
    walk.reminders = [
      ...walk.reminders,
      { afterMs: step.afterMs, dueAt: waitFor(policy, now + step.repeat.everyMs), left: step.repeat.times },
    ];
  walk.events.push({
    at: now,
    obligationId: o.id,
    event: isTold ? 'StepFired' : 'StepSkipped',
    data: {
      subject: o.subject,
      stepNo: walk.stepNo,
      afterMs: step.afterMs,
      baseAt,
      via: step.via === 'sms' && context.hasSms === false ? 'card' : step.via,
      roles: step.notify,
      ...(walk.answerBy === o.answerBy ? {} : { answerBy: walk.answerBy }),
      ...(isTold ? { notified: recipients } : { reason: reason ?? 'nobody' }),
      ...(callers.length > 0 ? { callers } : {}),
      reminders: packReminders(walk.reminders),
    },
  });
  walk.stepNo += 1;
  return isTold || reason === 'massFailure' || reason === 'overtaken';
};

const fireSteps = (o: Obligation, first: Step, walk: Walk, policy: Policy, context: Context, now: number): void => {
  const baseAt = o.baseAt + heldUpMs(o, policy, now);
  let rest = policy.steps.slice(policy.steps.indexOf(first));
  for (let isWaiting = false; rest.length > 0 && !isWaiting;) {
    const { afterMs } = rest[0]!;
    for (const step of rest) if (step.afterMs === afterMs && fireStep(o, step, baseAt, walk, policy, context, now)) isWaiting = true;
    rest = rest.filter((step) => step.afterMs !== afterMs);
  }
  if (rest.length === 0) endLadder(o, walk, policy, context, now);
};

/** Told as it is opened, before any step: the ladder stays where it is. */
const openingOf = (o: Obligation, policy: Policy): readonly Step[] =>
  isOpeningDue(o, policy) ? [{ afterMs: o.throughMs, notify: policy.opening!, via: 'card' }] : [];

/** Steps that fell due together: whoever a later one tells hears of it once. */
const withoutOvertaken = (o: Obligation, steps: readonly Step[], context: Context, now: number): readonly Told[] => {
  const later = new Set<string>();
  return steps
    .map((step) => whom(o, step.notify, step.via, context, now))
    .toReversed()
    .map((told): Told => {
      const recipients = told.recipients.filter((to) => !later.has(to));
      for (const to of recipients) later.add(to);
      return recipients.length === told.recipients.length
        ? told
        : recipients.length > 0
          ? { recipients }
          : { recipients, reason: 'overtaken' };
    })
    .toReversed();
};

/**
 * Steps of an item's clock. Its deadline stands whatever becomes of us, so everything that fell due meanwhile comes now,
 * once for each who hears of it. Before the deadline an empty rung is passed over; after it the next one comes at once.
 */
const fireClock = (o: Obligation, walk: Walk, policy: Policy, context: Context, now: number): void => {
  let rest = policy.steps.filter((step) => step.afterMs > o.throughMs);
  let due = [...openingOf(o, policy), ...rest.slice(0, rest.findLastIndex((step) => dueOf(o, step, policy) <= now) + 1)];
  while (due.length > 0) {
    const told = withoutOvertaken(o, due, context, now);
    let isWaiting = due.at(-1)!.afterMs < 0;
    for (const [index, step] of due.entries()) if (fireStep(o, step, o.baseAt, walk, policy, context, now, told[index])) isWaiting = true;
    rest = rest.filter((step) => !due.includes(step));
    due = isWaiting ? [] : rest.filter((step) => step.afterMs === rest[0]!.afterMs);
  }
  if (rest.length === 0 && now >= o.baseAt) endLadder(o, walk, policy, context, now);
};

/**
 * What happens at the instant that fell due: one step (steps of the same instant together), falling through at once
 * where nobody is there to be told, and the reminders that are due, as one. `isVerdictPassed`: somebody has passed the office
 * by, which knows already.
 */
export const fire = (o: Obligation, context: Context, now: number, isVerdictPassed = false): readonly LedgerEvent[] => {
  const policy = context.policyOf(o.policy);
  if (isResting(policy, now)) return [];
  const step = nextStep(o, policy);
  const { kept, fired } = moveReminders(o, policy, now);
  const answerBy = o.answerBy + heldUpMs(o, policy, now);
  const walk: Walk = { stepNo: o.stepNo, reminders: kept, isMissed: o.missedAt !== undefined, answerBy, events: [] };
  if (isVerdictPassed) judgeInTime(o, walk, waitFor(policy, now + policy.remindOfficeEveryMs), context, now);
  if (o.itemId !== undefined) fireClock(o, walk, policy, context, now);
  else if (step && dueOf(o, step, policy) <= now) fireSteps(o, step, walk, policy, context, now);
  else if (!step) endLadder(o, walk, policy, context, now);
  if (!walk.isMissed && fired.some((reminder) => reminder.afterMs === officeReminder)) judge(o, walk, context, now);
  if (fired.length > 0) remindAll(o, fired, walk, policy, context, now);
  return ofItem(o, walk.events);
};

const isSameStep = (one: Step, other: Step): boolean => one.afterMs === other.afterMs && one.notify.join() === other.notify.join();

/**
 * Takes in a policy that was changed while the obligation ran: a step that was added for a moment past at `since` is
 * passed over, one that was to come will fire. What was overdue before stays overdue.
 */
export const adoptPolicy = (o: Obligation, before: Policy, after: Policy, now: number, since: number): readonly LedgerEvent[] => {
  const events: LedgerEvent[] = [];
  for (const step of after.steps) {
    if (step.afterMs <= o.throughMs) continue;
    if (dueOf(o, step, after) > since || before.steps.some((known) => isSameStep(known, step))) break;
    const { subject, baseAt, reminders } = o;
    const data = {
      subject,
      stepNo: o.stepNo + events.length,
      afterMs: step.afterMs,
      baseAt,
      via: step.via,
      roles: step.notify,
      reason: 'added',
    };
    events.push({ at: now, obligationId: o.id, event: 'StepSkipped', data: { ...data, reminders: packReminders(reminders) } });
  }
  return ofItem(o, events);
};
