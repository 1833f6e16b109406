import type { Understood } from '../../domain/command/intent.ts';
import { isLateAt, needsRestoring, obligationIdOf, owesAnswer, type Phone } from '../../domain/escalation/decide.ts';
import { isEnded, type CallResult, type Obligation } from '../../domain/escalation/obligation.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import type { Refusal } from '../../domain/escalation/outcome.ts';
import { emptyStartsAfterMs } from '../../domain/escalation/step-time.ts';
import type { Template } from '../../domain/escalation/template.ts';
import { isPostId } from '../../domain/roster/subject.ts';
import type { InboundMessage } from '../../ports/inbox.ts';
import { applyAll, decideIn, openIn, watchIn } from '../change.ts';
import { openCheckIn } from '../contact/open-check.ts';
import { restartRound } from './start-check.ts';
import { labelOf, nameOf, readObligation, readOpenOf, readOwed, readOwn, reply, subjectsOfPerson, type Turn } from './speaker.ts';

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

const phoneOf = ({ phone }: InboundMessage): { readonly phone?: Phone } => (phone === undefined ? {} : { phone });

/** What an acknowledgement proves by the way it came. */
const provenBy = ({ phone }: InboundMessage): 'contact' | 'presence' => (phone === 'sms' || phone === 'mobile' ? 'contact' : 'presence');

const confirmationOf = (message: InboundMessage, isLate: boolean): Template => {
  if (provenBy(message) === 'contact') return isLate ? 'reply.confirmedContactLate' : 'reply.confirmedContact';
  return isLate ? 'reply.confirmedLate' : 'reply.confirmed';
};

/** Which of the checks that were answered were answered late: each may be appealed against. */
const lateParams = ({ world, change }: Turn, late: readonly Obligation[]): NonNullable<Notice['params']> => {
  const checks = late.filter(({ kind }) => kind === 'check');
  if (checks.length === 0) return {};
  return { lateIds: checks.map(({ id }) => id), lateLabels: checks.map((o) => labelOf(world, o, change.now)) };
};

/** Whether the speaker stands a post now, or is a standing contact. */
const isWatched = (turn: Turn): boolean => turn.ownNow.some((subject) => watchIn(turn.change, subject) !== undefined);

/** People press the card that they see: an old one, forgotten or ended, answers what is open now. */
const answerInstead = async (turn: Turn, digits: string | undefined): Promise<readonly Notice[] | undefined> => {
  const openNow = await readOwed(turn);
  return openNow.length > 0 ? acknowledgeOwn(turn, digits === undefined ? {} : { digits }) : undefined;
};

/** What a short code's letter stands for; undefined for a letter that nobody gave out. */
const subjectOfCode = (turn: Turn, code: string): string | undefined => turn.ownLately[code.toLowerCase().charCodeAt(0) - 97];

/** One acknowledgement answers all of one's own open checks, and the confirmation names them. */
export const acknowledgeOwn = async (
  turn: Turn,
  said: { readonly code?: string; readonly digits?: string },
): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  const subject = said.code === undefined ? undefined : subjectOfCode(turn, said.code);
  if (said.code !== undefined && subject === undefined) return [reply(turn, 'reply.refused', { reason: 'unknown' })];
  const isMeant = (o: Obligation) => subject === undefined || o.subject === subject;
  const own = (await readOwn(turn)).filter((o) => isMeant(o) && owesAnswer(o, person.id, change.context, change.now));
  const answered: Obligation[] = [];
  let isCodeWanted = false;
  for (const o of own) {
    const command = {
      type: 'acknowledge',
      personId: person.id,
      channel: message.channel,
      receivedAt: message.receivedAt,
      ...phoneOf(message),
    } as const;
    const refusal = decideIn(world, change, o.id, said.digits === undefined ? command : { ...command, code: said.digits });
    if (refusal === 'codeWanted') isCodeWanted = true;
    else if (refusal === undefined) answered.push(o);
  }
  if (answered.length > 0) {
    const late = answered.filter((o) => isLateAt(o, message.receivedAt, change.context, change.now));
    const lines = answered.map((o) => labelOf(world, o, change.now));
    return [reply(turn, confirmationOf(message, late.length > 0), { lines, ...lateParams(turn, late) })];
  }
  if (isCodeWanted) {
    proveContact(turn, 'contact');
    return [reply(turn, 'reply.codeWanted')];
  }
  const wasFresh = turn.ownNow.some((subject) => {
    const presenceAt = watchIn(change, subject)?.lastPresenceAt ?? null;
    return presenceAt !== null && change.now - presenceAt < 600_000;
  });
  // Nothing may be confirmed that nothing records: whoever stands no post and owes no answer is told so.
  if (!isWatched(turn)) return [reply(turn, 'reply.nothingOpen')];
  proveContact(turn, provenBy(message));
  return [wasFresh ? reply(turn, 'reply.already') : reply(turn, confirmationOf(message, false), { lines: [] })];
};

/** A button: this one obligation. Who owes its answer answers it; who stands above takes it over. */
export const acknowledgeOne = async (turn: Turn, obligationId: string, digits?: string): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  await readOwn(turn);
  const o = await readObligation(turn, obligationId);
  if (!o) return (await answerInstead(turn, digits)) ?? [reply(turn, 'reply.expired')];
  const isOwn = owesAnswer(o, person.id, change.context, change.now);
  const command = {
    type: 'acknowledge',
    personId: person.id,
    channel: message.channel,
    receivedAt: message.receivedAt,
    ...phoneOf(message),
  } as const;
  const refusal = decideIn(world, change, o.id, digits === undefined ? command : { ...command, code: digits });
  if (refusal === 'ended') {
    const instead = await answerInstead(turn, digits);
    if (instead) return instead;
    proveContact(turn, provenBy(message));
    return [reply(turn, 'reply.already', { by: nameOf(world, o.endedBy ?? ''), lines: [labelOf(world, o, change.now)] })];
  }
  if (refusal === 'codeWanted') {
    proveContact(turn, 'contact');
    return [reply(turn, 'reply.codeWanted')];
  }
  if (refusal === 'standIn') return [reply(turn, 'reply.standIn')];
  if (refusal !== undefined) return [reply(turn, 'reply.refused', { reason: refusal })];
  if (isOwn) {
    const late = isLateAt(o, message.receivedAt, change.context, change.now) ? [o] : [];
    const lines = [labelOf(world, o, change.now)];
    return [reply(turn, confirmationOf(message, late.length > 0), { lines, ...lateParams(turn, late) })];
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
  return [reply(turn, needsRestoring(o) ? 'reply.takenOver' : 'reply.takenCharge', { lines: [labelOf(world, o, change.now)] })];
};

/** Whose answer somebody gives for them: the person or the unit that is named, or else their own post. */
const stoodInFor = (turn: Turn, said: Pick<Understood, 'person' | 'unit'>): readonly string[] => {
  const { world, change } = turn;
  const people = said.person?.ids ?? [];
  const named = people.flatMap((personId) => subjectsOfPerson(world, personId, change.now).now);
  const posts = world.directory.roster.posts.filter((post) => post.unitId === said.unit?.id).map((post) => post.id);
  return named.length + posts.length > 0 ? [...new Set([...named, ...posts])] : turn.ownLately;
};

/** A stand-in's answer is recorded as that, and does not count. */
export const recordStandIn = async (turn: Turn, said: Pick<Understood, 'person' | 'unit'>): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  await readOwn(turn);
  proveContact(turn, 'contact');
  for (const o of await readOpenOf(turn, stoodInFor(turn, said)))
    decideIn(world, change, o.id, { type: 'standIn', personId: person.id, channel: message.channel });
  return [reply(turn, 'reply.standIn')];
};

/** People by name who were told in this turn. */
const toldNow = ({ world, change }: Turn): readonly string[] => {
  const told = change.events.flatMap(({ event, data }) => (event === 'StepFired' ? (data['notified'] as readonly string[]) : []));
  return [...new Set(told)].map((to) => nameOf(world, to)).filter(Boolean);
};

/**
 * Not on post: contact is proven, and the post is known to be empty. The other officer is asked at once. `obligationId`:
 * a button, which speaks of one post; a word speaks of all.
 */
export const recordNotOnPost = async (turn: Turn, obligationId?: string): Promise<readonly Notice[]> => {
  const own = await readOwn(turn);
  proveContact(turn, 'contact');
  const about = own.find((o) => o.id === obligationId)?.subject;
  for (const subject of turn.ownNow) {
    if (about !== undefined && subject !== about) continue;
    const open = own.find((o) => o.subject === subject && !isEnded(o));
    if (watchIn(turn.change, subject) && (isPostId(subject) || open)) leavePost(turn, subject, open);
  }
  if (!isWatched(turn)) return [reply(turn, 'reply.nothingOpen')];
  return [reply(turn, 'reply.notOnPost', { lines: toldNow(turn) })];
};

const leavePost = (turn: Turn, subject: string, open: Obligation | undefined): void => {
  const { world, change, person, message } = turn;
  if (open?.kind === 'postEmpty') {
    // The one who was to stand in isn't there either: whoever stands above is told now.
    if (open.openedBy !== person.id) decideIn(world, change, open.id, { type: 'passOn', personId: person.id, channel: message.channel });
    return;
  }
  const successor = obligationIdOf('postEmpty', subject, change.now);
  if (open) decideIn(world, change, open.id, { type: 'withdraw', reason: 'notOnPost', personId: person.id, successor });
  openIn(world, change, {
    type: 'open',
    kind: 'postEmpty',
    subject,
    policy: 'check',
    cause: 'notOnPost',
    openedBy: person.id,
    startAfterMs: emptyStartsAfterMs(change.context.policyOf('check')),
  });
};

/** "I can't, ask the next": a button speaks of one obligation, a word or the button of a card about several of all that are one's own. */
export const passOn = async (turn: Turn, obligationId: string | undefined): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  const own = await readOwed(turn);
  const one = obligationId === undefined ? undefined : await readObligation(turn, obligationId);
  const meant = obligationId === undefined ? own : one ? [one] : [];
  if (meant.length === 0) return [reply(turn, obligationId === undefined ? 'reply.nothingOpen' : 'reply.expired')];
  proveContact(turn, 'contact');
  const refusals: Refusal[] = [];
  const passed: Obligation[] = [];
  for (const o of meant) {
    const refusal = decideIn(world, change, o.id, { type: 'passOn', personId: person.id, channel: message.channel });
    if (refusal === undefined) passed.push(o);
    else refusals.push(refusal);
  }
  if (passed.length > 0) return [reply(turn, 'reply.passedOn', { lines: passed.map((o) => labelOf(world, o, change.now)) })];
  if (refusals[0] === 'ended') return [reply(turn, 'reply.already')];
  return [reply(turn, 'reply.refused', { reason: refusals[0] ?? 'unknown' })];
};

/** What the office's call to a silent officer gave. */
export const recordCall = async (turn: Turn, obligationId: string, result: CallResult): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  const o = await readObligation(turn, obligationId);
  if (!o) return [reply(turn, 'reply.expired')];
  const refusal = decideIn(world, change, o.id, { type: 'recordCall', personId: person.id, result, channel: message.channel });
  if (refusal === 'ended') return [reply(turn, 'reply.already')];
  if (refusal !== undefined) return [reply(turn, 'reply.refused', { reason: refusal })];
  return [reply(turn, 'reply.callRecorded', { result, lines: [labelOf(world, o, change.now)] })];
};

/** Somebody above has those who owe the answer asked once more. */
export const remindAgain = async (turn: Turn, obligationId: string): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  const o = await readObligation(turn, obligationId);
  if (!o) return [reply(turn, 'reply.expired')];
  const refusal = decideIn(world, change, o.id, { type: 'remind', personId: person.id, channel: message.channel });
  if (refusal === 'ended')
    return [reply(turn, 'reply.already', { by: nameOf(world, o.endedBy ?? ''), lines: [labelOf(world, o, change.now)] })];
  if (refusal !== undefined) return [reply(turn, 'reply.refused', { reason: refusal })];
  const notified = change.events.findLast(({ event, obligationId: of }) => event === 'ReminderFired' && of === o.id)?.data['notified'];
  return [reply(turn, 'reply.reminded', { lines: ((notified ?? []) as readonly string[]).map((to) => nameOf(world, to)) })];
};

/** A mistaken tap: whoever acknowledged a moment ago is asked again. Answers which subjects; nobody takes back another's. */
export const withdrawPresence = async (turn: Turn): Promise<readonly string[]> => {
  const { world, change, person } = turn;
  await readOwn(turn);
  const undone: string[] = [];
  for (const subject of turn.ownNow) {
    const watch = watchIn(change, subject);
    if (
      !watch ||
      watch.lastPresenceBy !== person.id ||
      watch.openObligationId !== null ||
      watch.lastPresenceAt === null ||
      change.now - watch.lastPresenceAt > 600_000
    )
      continue;
    applyAll(world, change, [{ at: change.now, event: 'PresenceWithdrawn', actor: person.id, data: { subject, by: person.id } }]);
    openCheckIn(world, change, watchIn(change, subject) ?? watch, { cause: 'manual' });
    undone.push(subject);
  }
  return undone;
};
