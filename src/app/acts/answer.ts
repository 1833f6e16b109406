import { needsRestoring, obligationIdOf, owesAnswer } from '../../domain/escalation/decide.ts';
import { isEnded, type CallResult, type Obligation } from '../../domain/escalation/obligation.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { isPostId } from '../../domain/roster/subject.ts';
import { applyAll, decideIn, openIn, watchIn } from '../change.ts';
import { restartRound } from './start-check.ts';
import { labelOf, nameOf, readObligation, readOwn, reply, type Turn } from './speaker.ts';

/** Contact within this time of the last is not worth another row. */
const contactGrainMs = 60_000;

/** Any message of a holder proves contact; only an acknowledgement proves presence. */
export const proveContact = (turn: Turn, proves: 'contact' | 'presence'): void => {
  const { world, change, person } = turn;
  for (const subject of turn.ownNow) {
    const watch = watchIn(change, subject);
    if (!watch) continue;
    if (proves === 'contact' && watch.lastContactAt !== null && change.now - watch.lastContactAt < contactGrainMs) continue;
    const data = { subject, by: person.id, proves };
    applyAll(world, change, [{ at: change.now, event: 'ContactProven', actor: person.id, channel: turn.message.channel, data }]);
  }
};

const openOf = (turn: Turn, own: readonly Obligation[], code: string | undefined): readonly Obligation[] => {
  if (code === undefined) return own;
  const subject = turn.ownLately[code.toLowerCase().charCodeAt(0) - 97];
  return own.filter((o) => o.subject === subject);
};

/** One acknowledgement answers all of one's own open checks, and the confirmation names them. */
export const acknowledgeOwn = async (
  turn: Turn,
  said: { readonly code?: string; readonly digits?: string },
): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  const own = openOf(turn, await readOwn(turn), said.code).filter((o) => owesAnswer(o, person.id, change.context, change.now));
  const answered: Obligation[] = [];
  let isCodeWanted = false;
  for (const o of own) {
    const command = { type: 'acknowledge', personId: person.id, channel: message.channel, receivedAt: message.receivedAt } as const;
    const refusal = decideIn(world, change, o.id, said.digits === undefined ? command : { ...command, code: said.digits });
    if (refusal === 'codeWanted') isCodeWanted = true;
    else if (refusal === undefined) answered.push(o);
  }
  if (answered.length > 0) {
    const isLate = answered.some((o) => message.receivedAt > o.answerBy);
    return [reply(turn, isLate ? 'reply.confirmedLate' : 'reply.confirmed', { lines: answered.map((o) => labelOf(world, o, change.now)) })];
  }
  if (isCodeWanted) {
    proveContact(turn, 'contact');
    return [reply(turn, 'reply.codeWanted')];
  }
  if (said.code !== undefined) return [reply(turn, 'reply.already')];
  const wasFresh = turn.ownNow.some((subject) => {
    const presenceAt = watchIn(change, subject)?.lastPresenceAt ?? null;
    return presenceAt !== null && change.now - presenceAt < 600_000;
  });
  proveContact(turn, 'presence');
  return [wasFresh ? reply(turn, 'reply.already') : reply(turn, 'reply.confirmed', { lines: [] })];
};

/** A button: this one obligation. Who owes its answer answers it; who stands above takes it over. */
export const acknowledgeOne = async (turn: Turn, obligationId: string, digits?: string): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  await readOwn(turn);
  const o = await readObligation(turn, obligationId);
  if (!o) return [reply(turn, 'reply.already')];
  const isOwn = owesAnswer(o, person.id, change.context, change.now);
  const command = { type: 'acknowledge', personId: person.id, channel: message.channel, receivedAt: message.receivedAt } as const;
  const refusal = decideIn(world, change, o.id, digits === undefined ? command : { ...command, code: digits });
  if (refusal === 'ended') {
    proveContact(turn, 'presence');
    return [reply(turn, 'reply.already', { by: nameOf(world, o.endedBy ?? ''), lines: [labelOf(world, o, change.now)] })];
  }
  if (refusal === 'codeWanted') {
    proveContact(turn, 'contact');
    return [reply(turn, 'reply.codeWanted')];
  }
  if (refusal !== undefined) return [reply(turn, 'reply.refused', { reason: refusal })];
  if (isOwn) {
    const template = message.receivedAt > o.answerBy ? 'reply.confirmedLate' : 'reply.confirmed';
    return [reply(turn, template, { lines: [labelOf(world, o, change.now)] })];
  }
  if (needsRestoring(o))
    openIn(world, change, {
      type: 'open',
      kind: 'restore',
      subject: o.subject,
      policy: 'restore',
      cause: 'takenOver',
      openedBy: person.id,
    });
  if (o.kind === 'channelFailure') await restartRound(turn, o);
  return [reply(turn, 'reply.takenOver', { lines: [labelOf(world, o, change.now)] })];
};

/** A stand-in's answer is recorded as that, and does not count. */
export const recordStandIn = async (turn: Turn): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  const own = await readOwn(turn);
  proveContact(turn, 'contact');
  for (const o of own) decideIn(world, change, o.id, { type: 'standIn', personId: person.id, channel: message.channel });
  return [reply(turn, 'reply.standIn')];
};

/** Not on post: contact is proven, and the post is known to be empty. The second on duty is asked at once. */
export const recordNotOnPost = async (turn: Turn): Promise<readonly Notice[]> => {
  const { world, change, person } = turn;
  const own = await readOwn(turn);
  proveContact(turn, 'contact');
  const lines: string[] = [];
  for (const subject of turn.ownNow) {
    const open = own.find((o) => o.subject === subject && !isEnded(o));
    if (!isPostId(subject) && !open) continue;
    if (open?.kind === 'postEmpty') continue;
    if (!watchIn(change, subject)) continue;
    lines.push(nameOf(world, subject));
    const successor = obligationIdOf('postEmpty', subject, change.now);
    if (open) decideIn(world, change, open.id, { type: 'withdraw', reason: 'notOnPost', personId: person.id, successor });
    openIn(world, change, {
      type: 'open',
      kind: 'postEmpty',
      subject,
      policy: 'check',
      cause: 'notOnPost',
      openedBy: person.id,
      startAfterMs: emptyStartsAfterMs(turn),
    });
  }
  return [reply(turn, 'reply.notOnPost', { lines })];
};

/** The ladder of an empty post begins at the step that asks somebody else. */
const emptyStartsAfterMs = (turn: Turn): number =>
  turn.change.context.policyOf('check').steps.find((step) => step.notify.includes('coDuty'))?.afterMs ?? 0;

export const passOn = async (turn: Turn, obligationId: string | undefined): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  const own = await readOwn(turn);
  const one = obligationId === undefined ? own.find((o) => !isEnded(o)) : await readObligation(turn, obligationId);
  if (!one) return [reply(turn, 'reply.already')];
  proveContact(turn, 'contact');
  const refusal = decideIn(world, change, one.id, { type: 'passOn', personId: person.id, channel: message.channel });
  if (refusal === 'ended') return [reply(turn, 'reply.already')];
  if (refusal !== undefined) return [reply(turn, 'reply.refused', { reason: refusal })];
  return [reply(turn, 'reply.passedOn', { lines: [labelOf(world, one, change.now)] })];
};

/** What the office's call to a silent officer gave. */
export const recordCall = async (turn: Turn, obligationId: string, result: CallResult): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  const o = await readObligation(turn, obligationId);
  if (!o) return [reply(turn, 'reply.already')];
  const refusal = decideIn(world, change, o.id, { type: 'recordCall', personId: person.id, result, channel: message.channel });
  if (refusal === 'ended') return [reply(turn, 'reply.already')];
  if (refusal !== undefined) return [reply(turn, 'reply.refused', { reason: refusal })];
  return [reply(turn, 'reply.callRecorded', { result, lines: [labelOf(world, o, change.now)] })];
};

/** A mistaken tap: whoever acknowledged a moment ago is asked again. True when there was something to take back. */
export const withdrawPresence = async (turn: Turn): Promise<boolean> => {
  const { world, change, person } = turn;
  await readOwn(turn);
  let isUndone = false;
  for (const subject of turn.ownNow) {
    const watch = watchIn(change, subject);
    if (!watch || watch.openObligationId !== null || watch.lastPresenceAt === null || change.now - watch.lastPresenceAt > 600_000) continue;
    applyAll(world, change, [{ at: change.now, event: 'PresenceWithdrawn', actor: person.id, data: { subject, by: person.id } }]);
    openIn(world, change, { type: 'open', kind: 'check', subject, policy: 'check', cause: 'manual' });
    isUndone = true;
  }
  return isUndone;
};
