import type { LedgerEvent } from '../ledger/event.ts';
import type { PersonId } from '../organisation/organisation.ts';
import { isPostId, type SubjectId } from '../roster/subject.ts';
import { fire, heldUpMs, isVerdict, type Context } from './fire.ts';
import { firstAskedAt, lateMsOf } from './lateness.ts';
import { isEnded, ofItem, type CallResult, type ClockKind, type Obligation, type ObligationKind } from './obligation.ts';
import { refuse, type Outcome } from './outcome.ts';
import { remind, type RemindCommand } from './remind.ts';
import { landlineOf, mayTakeOver, resolveRole } from './resolve.ts';
import { startThroughMs } from './step-time.ts';

export type OpenCommand = {
  readonly type: 'open';
  readonly kind: Exclude<ObligationKind, ClockKind>;
  readonly subject: SubjectId;
  readonly policy: string;
  /** Why: a check's cause, a reason code for the others. */
  readonly cause: string;
  readonly roundId?: string;
  readonly openedBy?: PersonId;
  readonly code?: string;
  /** Steps up to here are passed over: a post found empty needn't ask the one who said so. */
  readonly startAfterMs?: number;
  /** The band's own window, where it differs from the policy's. */
  readonly answerWindowMs?: number;
};

/** Opens a clock, which counts from its deadline. */
export type OpenClockCommand = {
  readonly type: 'open';
  readonly kind: ClockKind;
  /** Who owes it: a unit, a group, a person or a post. */
  readonly subject: SubjectId;
  readonly policy: string;
  readonly cause: string;
  readonly itemId: string;
  /** Tells clocks of one kind of one item apart: a unit, a subtask's number. */
  readonly key: string;
  /** Epoch ms: what is owed is late after it. */
  readonly deadlineAt: number;
  readonly openedBy?: PersonId;
};

/**
 * A text message and a key pressed on a mobile come from a phone in somebody's pocket: they prove contact, and nobody's
 * presence. A key pressed on the post's own landline proves that somebody is there.
 */
export type Phone = 'sms' | 'mobile' | 'landline';

const proofOf: { readonly [phone in Phone]: string } = { sms: 'sms', mobile: 'key', landline: 'landline' };

export type Command =
  | { readonly type: 'fire' }
  | {
      readonly type: 'acknowledge';
      readonly personId: PersonId;
      readonly channel: string;
      readonly receivedAt: number;
      readonly code?: string;
      /** Which telephone it came by, where it came by one. */
      readonly phone?: Phone;
    }
  | { readonly type: 'standIn'; readonly personId: PersonId; readonly channel: string }
  | { readonly type: 'recordCall'; readonly personId: PersonId; readonly result: CallResult; readonly channel: string }
  /** What became of a call that a channel made, to a person or to a post's landline. */
  | { readonly type: 'rang'; readonly to: string; readonly result: CallResult; readonly channel: string }
  | { readonly type: 'passOn'; readonly personId: PersonId; readonly channel: string }
  | RemindCommand
  /** What an item's clock waited for has been done: by the item's own action, never by an acknowledgement. */
  | { readonly type: 'answer'; readonly personId?: PersonId; readonly channel?: string }
  | { readonly type: 'withdraw'; readonly reason: string; readonly personId?: PersonId; readonly successor?: string }
  | { readonly type: 'deliver'; readonly personId: string; readonly channel: string }
  | { readonly type: 'read'; readonly personId: string; readonly channel: string; readonly stepNo: number }
  | { readonly type: 'fail'; readonly to: string; readonly channel: string; readonly code: string; readonly stepNo: number }
  | { readonly type: 'movePolicy'; readonly policy: string; readonly personId: PersonId }
  /** Other rules hold for an item's clock from now on: its deadline stays, its ladder is another. */
  | { readonly type: 'changeLadder'; readonly policy: string };

const kindLetters: Record<Exclude<ObligationKind, ClockKind>, string> = {
  check: 'c',
  postEmpty: 'e',
  restore: 'r',
  help: 'h',
  channelFailure: 'f',
  rosterGap: 'g',
};

/** The same subject, kind and instant give the same id: opening twice is opening once. */
export const obligationIdOf = (kind: Exclude<ObligationKind, ClockKind>, subject: SubjectId, openedAt: number): string =>
  `o${kindLetters[kind]}${subject}.${openedAt.toString(36)}`;

const clockLetters: Record<ClockKind, string> = {
  receipt: 'n',
  deadline: 'd',
  subtask: 't',
  review: 'v',
  approval: 'a',
  closing: 'l',
  followUp: 'w',
  interim: 'm',
  substitute: 's',
  consent: 'p',
  handover: 'k',
  reachTest: 'z',
  rosterProposal: 'b',
  appeal: 'e',
  report: 'u',
};

export type ClockName = {
  readonly kind: ClockKind;
  readonly subject: SubjectId;
  readonly key: string;
  /** Epoch ms. */
  readonly deadlineAt: number;
};

/**
 * From what an item wants alone, so that whoever compares what it wants with what runs needs no list of either. Another
 * who owes the same by the same date owes something else.
 */
export const itemObligationId = (itemId: string, { kind, subject, key, deadlineAt }: ClockName): string =>
  `o${clockLetters[kind]}${itemId}.${subject}.${key.replaceAll('.', '~')}.${deadlineAt.toString(36)}`;

/** Opens an item's clock. Steps before the deadline that lie behind already are passed over. */
const openClock = (command: OpenClockCommand, context: Context, now: number): LedgerEvent => {
  const { type: _, itemId, deadlineAt, openedBy, ...rest } = command;
  const throughMs = startThroughMs(deadlineAt, context.policyOf(command.policy), now);
  return {
    at: now,
    event: 'ObligationOpened',
    obligationId: itemObligationId(itemId, command),
    itemId,
    ...(openedBy === undefined ? {} : { actor: openedBy }),
    data: { ...rest, answerBy: deadlineAt, baseAt: deadlineAt, throughMs },
  };
};

/** Opens an obligation; its first step falls due at once, but for an item's clock. */
export const open = (command: OpenCommand | OpenClockCommand, context: Context, now: number): LedgerEvent =>
  'itemId' in command ? openClock(command, context, now) : openAsked(command, context, now);

const openAsked = (command: OpenCommand, context: Context, now: number): LedgerEvent => {
  const policy = context.policyOf(command.policy);
  const { type: _, kind, openedBy, startAfterMs, answerWindowMs, ...rest } = command;
  return {
    at: now,
    event: kind === 'check' ? 'CheckOpened' : 'ObligationOpened',
    obligationId: obligationIdOf(kind, command.subject, now),
    ...(openedBy === undefined ? {} : { actor: openedBy }),
    data: {
      kind,
      ...rest,
      answerBy: now + (answerWindowMs ?? policy.answerWindowMs),
      baseAt: now - (startAfterMs ?? 0),
      throughMs: (startAfterMs ?? 0) - 1,
    },
  };
};

/**
 * Whose answer ends it. For a post the co-duty officer's does too, and is recorded as theirs. Whoever stood the post when
 * the question was asked may still answer it after the change of shift: they stay bound until they are relieved.
 */
const answererRole = (o: Obligation, personId: PersonId, context: Context, now: number): 'onDuty' | 'coDuty' | undefined => {
  if (!isOwedByOfficers(o)) return undefined;
  for (const at of [now, o.openedAt]) {
    for (const role of ['coDuty', 'onDuty'] as const)
      if (resolveRole(context.directory, role, o.subject, at).includes(personId)) return role;
  }
  return o.asked.includes(personId) ? 'onDuty' : undefined;
};

/** Whose silence is about whether somebody is there. */
export const isOwedByOfficers = (o: Obligation): boolean => o.kind === 'check' || o.kind === 'postEmpty' || o.kind === 'restore';

const standIn = (o: Obligation, personId: PersonId, channel: string, now: number): LedgerEvent => ({
  at: now,
  obligationId: o.id,
  actor: personId,
  channel,
  event: 'StandInRecorded',
  data: { subject: o.subject, by: personId },
});

/** Whether this person's acknowledgement would be the owed answer. */
export const owesAnswer = (o: Obligation, personId: PersonId, context: Context, now: number): boolean =>
  answererRole(o, personId, context, now) !== undefined;

/** Somebody else holds a post for a while: the unit has 30 minutes to man it again. */
export const needsRestoring = (o: Obligation): boolean => isPostId(o.subject) && isOwedByOfficers(o);

/** Taking over again and again would leave a post empty for good: after the first time it takes the principal or the office. */
const mayKeepRestoring = (personId: PersonId, o: Obligation, context: Context, now: number): boolean =>
  (['principal', 'office'] as const).some((role) => resolveRole(context.directory, role, o.subject, now).includes(personId));

const acknowledge = (o: Obligation, command: Extract<Command, { type: 'acknowledge' }>, context: Context, now: number): Outcome => {
  const { personId, channel, receivedAt } = command;
  const base = { at: now, obligationId: o.id, actor: personId, channel };
  const role = answererRole(o, personId, context, now);
  if (role === undefined) {
    if (o.openedBy === personId && o.kind === 'help') return refuse('notYours');
    if (!o.told.includes(personId) && !mayTakeOver(context.directory, personId, o.subject, now)) {
      // Whoever answers what is not theirs to answer stands in for somebody: that is recorded, and does not count.
      return isOwedByOfficers(o) ? { events: [standIn(o, personId, channel, now)], refusal: 'standIn' } : refuse('wrongRole');
    }
    if (o.kind === 'restore' && !mayKeepRestoring(personId, o, context, now)) return refuse('wrongRole');
    const successor = needsRestoring(o) ? { successor: obligationIdOf('restore', o.subject, now) } : {};
    return { events: [{ ...base, event: 'ObligationTakenOver', data: { subject: o.subject, kind: o.kind, by: personId, ...successor } }] };
  }
  const isCodeRepeated = o.code !== undefined && command.code === o.code;
  // a key on the post's own telephone is the stronger proof itself, and has no room for digits
  if (o.code !== undefined && !isCodeRepeated && command.phone !== 'landline')
    return { events: [{ ...base, event: 'CodeAsked', data: { subject: o.subject } }], refusal: 'codeWanted' };
  const { phone } = command;
  const spoken = phone === undefined ? 'acknowledgement' : proofOf[phone];
  const isContactOnly = phone === 'sms' || phone === 'mobile';
  const data = {
    subject: o.subject,
    kind: o.kind,
    by: personId,
    role,
    isLate: isLateAt(o, receivedAt, context, now),
    proof: isCodeRepeated ? 'code' : spoken,
    ...(isContactOnly ? { proves: 'contact' } : {}),
    stepNo: o.stepNo,
    afterMs: receivedAt - o.openedAt,
  };
  return { events: [{ ...base, event: 'AnswerRecorded', data }] };
};

/** An outage of ours makes nobody late: the window moves with the ladder, even before the next step has said so. */
export const isLateAt = (o: Obligation, at: number, context: Context, now: number): boolean =>
  at > o.answerBy + heldUpMs(o, context.policyOf(o.policy), now);

/** What the office heard when it called: the answer itself, or how the silence sounded. */
const recordCall = (o: Obligation, command: Extract<Command, { type: 'recordCall' }>, context: Context, now: number): Outcome => {
  const { personId, result, channel } = command;
  // Those above the officer have a stake in the answer: only the office, which rings, may say what a call gave.
  if (!resolveRole(context.directory, 'office', o.subject, now).includes(personId)) return refuse('wrongRole');
  // Nobody is rung up about anything else, so that nothing else is answered by a call.
  if (!isOwedByOfficers(o)) return refuse('notForThisKind');
  const base = { at: now, obligationId: o.id, actor: personId, channel };
  const recorded: LedgerEvent = { ...base, event: 'CallRecorded', data: { subject: o.subject, result, by: personId } };
  if (result === 'standIn') return { events: [recorded, standIn(o, personId, channel, now)] };
  if (result !== 'onPost') return { events: [recorded] };
  const called = o.asked.at(-1) ?? resolveRole(context.directory, 'onDuty', o.subject, now)[0];
  if (called === undefined) return { events: [recorded] };
  const data = {
    subject: o.subject,
    kind: o.kind,
    by: called,
    role: 'onDuty',
    isLate: isLateAt(o, now, context, now),
    proof: 'call',
    stepNo: o.stepNo,
    afterMs: now - o.openedAt,
  };
  return { events: [recorded, { ...base, event: 'AnswerRecorded', data }] };
};

/** Only a call that rang where the answer is owed says something of those who owe it; picking up is no answer. */
const rang = (o: Obligation, { to, result, channel }: Extract<Command, { type: 'rang' }>, now: number): Outcome => {
  if ((!o.asked.includes(to) && to !== landlineOf(o.subject)) || o.callResult === result) return { events: [] };
  return { events: [{ at: now, obligationId: o.id, channel, event: 'CallRecorded', data: { subject: o.subject, result, to } }] };
};

/** The next step at once: somebody on the ladder knows that waiting is of no use. */
const passOn = (o: Obligation, command: Extract<Command, { type: 'passOn' }>, context: Context, now: number): Outcome => {
  const isConcerned =
    owesAnswer(o, command.personId, context, now) ||
    o.told.includes(command.personId) ||
    mayTakeOver(context.directory, command.personId, o.subject, now);
  if (!isConcerned) return refuse('wrongRole');
  const policy = context.policyOf(o.policy);
  // Passing on means other people: rungs that only ask the same ones again, or ring beside them, are passed over.
  const isSelf = (to: string) => o.asked.includes(to) || to === command.personId || to.startsWith('l:');
  const step = policy.steps.find(
    (s) =>
      s.afterMs > o.throughMs && s.notify.some((role) => resolveRole(context.directory, role, o.subject, now).some((to) => !isSelf(to))),
  );
  if (!step) return refuse('nobodyLeft');
  const moved: Obligation = { ...o, throughMs: step.afterMs - 1, baseAt: now - step.afterMs };
  const isVerdictPassed = policy.steps.some((s) => isVerdict(s, policy) && s.afterMs > o.throughMs && s.afterMs < step.afterMs);
  return { events: fire(moved, context, now, isVerdictPassed).map((event) => ({ ...event, actor: command.personId })) };
};

/** Only what reached somebody who owes the answer makes their silence theirs; that it came late is said with it. */
const deliver = (o: Obligation, command: Extract<Command, { type: 'deliver' }>, context: Context, now: number): Outcome => {
  const { personId, channel } = command;
  if (o.isDelivered || !o.asked.includes(personId)) return { events: [] };
  const askedAt = firstAskedAt(o, personId, context);
  const lateMs = askedAt === undefined ? undefined : lateMsOf(askedAt, now, context.lateFromMs);
  const data = { subject: o.subject, to: personId, ...(lateMs === undefined ? {} : { lateMs }) };
  return { events: [{ at: now, obligationId: o.id, channel, event: 'NoticeDelivered', data }] };
};

/** What was read was delivered. It answers nothing: many read and put it off. */
const read = (o: Obligation, command: Extract<Command, { type: 'read' }>, context: Context, now: number): Outcome => {
  const { personId, channel, stepNo } = command;
  const delivered = deliver(o, { type: 'deliver', personId, channel }, context, now).events;
  const data = { subject: o.subject, to: personId, stepNo };
  return { events: [...delivered, { at: now, obligationId: o.id, channel, event: 'NoticeRead', data }] };
};

/** What was owed has been done. A deadline is no part of the time before it: what comes at it is late, here as with the item itself. */
const answer = (o: Obligation, { personId, channel }: Extract<Command, { type: 'answer' }>, now: number): Outcome => {
  const { subject, kind, stepNo } = o;
  const by = personId === undefined ? {} : { by: personId };
  const data = { subject, kind, ...by, isLate: now >= o.answerBy, proof: 'action', stepNo, afterMs: now - o.openedAt };
  const who = { ...(personId === undefined ? {} : { actor: personId }), ...(channel === undefined ? {} : { channel }) };
  return { events: [{ at: now, obligationId: o.id, ...who, event: 'AnswerRecorded', data }] };
};

/** What may be done to an item's clock: nobody answers it, takes it over or hands it on by saying so. */
const forClocks: ReadonlySet<Command['type']> = new Set([
  'fire',
  'answer',
  'withdraw',
  'deliver',
  'read',
  'fail',
  'rang',
  'changeLadder',
  'remind',
]);

/**
 * Ahead of the deadline the new ladder is taken up where it stands by now; after it, whoever would have heard by now and
 * did not hears at once.
 */
const changeLadder = (o: Obligation, policy: string, context: Context, now: number): Outcome => {
  const { subject, baseAt } = o;
  const throughMs = now < baseAt ? startThroughMs(baseAt, context.policyOf(policy), now) : Math.max(o.throughMs, -1);
  return { events: [{ at: now, obligationId: o.id, event: 'PolicyMoved', data: { subject, policy, baseAt, throughMs } }] };
};

/** Decides; pure. Ended obligations refuse everything but receipts of what had been sent before. */
export const decide = (o: Obligation, command: Command, context: Context, now: number): Outcome => {
  if (isEnded(o)) return refuse('ended');
  if (o.itemId === undefined)
    return command.type === 'answer' || command.type === 'changeLadder' ? refuse('notForThisKind') : decideOpen(o, command, context, now);
  if (!forClocks.has(command.type)) return refuse('notForThisKind');
  const outcome =
    command.type === 'answer'
      ? answer(o, command, now)
      : command.type === 'changeLadder'
        ? changeLadder(o, command.policy, context, now)
        : decideOpen(o, command, context, now);
  return { ...outcome, events: ofItem(o, outcome.events) };
};

const decideOpen = (
  o: Obligation,
  command: Exclude<Command, { type: 'answer' | 'changeLadder' }>,
  context: Context,
  now: number,
): Outcome => {
  const base = { at: now, obligationId: o.id };
  switch (command.type) {
    case 'fire':
      return { events: fire(o, context, now) };
    case 'acknowledge':
      return acknowledge(o, command, context, now);
    case 'recordCall':
      return recordCall(o, command, context, now);
    case 'rang':
      return rang(o, command, now);
    case 'passOn':
      return passOn(o, command, context, now);
    case 'remind':
      return remind(o, command, context, now);
    case 'standIn':
      return { events: [standIn(o, command.personId, command.channel, now)] };
    case 'withdraw': {
      const { reason, personId, successor } = command;
      const data = { subject: o.subject, kind: o.kind, reason, ...(successor === undefined ? {} : { successor }) };
      return { events: [{ ...base, ...(personId === undefined ? {} : { actor: personId }), event: 'ObligationWithdrawn', data }] };
    }
    case 'deliver':
      return deliver(o, command, context, now);
    case 'read':
      return read(o, command, context, now);
    case 'fail': {
      const { channel, to, code, stepNo } = command;
      return { events: [{ ...base, channel, event: 'NoticeFailed', data: { subject: o.subject, to, code, stepNo } }] };
    }
    case 'movePolicy':
      return {
        events: [
          { ...base, actor: command.personId, event: 'PolicyMoved', data: { subject: o.subject, policy: command.policy, baseAt: now } },
        ],
      };
  }
};
