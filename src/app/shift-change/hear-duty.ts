import type { Understood } from '../../domain/command/intent.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { isOffice } from '../../domain/organisation/directory.ts';
import { firstStartOf, isOpen, lastEndOf, type DutyRequest } from '../../domain/shift-change/duty-request.ts';
import { mayUndo } from '../../domain/shift-change/decide-request.ts';
import { approversOf } from '../../domain/shift-change/consent.ts';
import type { RequestCommand } from '../../domain/shift-change/request-command.ts';
import { readReason, readReferences } from '../../domain/items/item-words.ts';
import { itemVocabulary } from '../../messages/vocabulary-items.ts';
import { answersToRequest } from '../../messages/vocabulary-shift-changes.ts';
import { readDialogue, writeDialogue } from '../acts/dialogue.ts';
import { reply, type Turn } from '../acts/speaker.ts';
import { actOnRequest, readOpenRequests, readRegister, readRequests } from './change-request.ts';
import { isWaitingFor } from './duty-buttons.ts';
import { answerDraft, proposeDuty, refuseDuty, sayOutcome, textsOf } from './propose-duty.ts';
import { rowText } from './say-duty.ts';

/** What somebody types about leave, swaps and covers. */

/** Whether the same word would answer what waits for the speaker about an item. */
export type IsMeantForItem = (turn: Turn, isYes: boolean) => Promise<boolean>;

const mostRows = 12;
const undoMs = 30 * 60_000;
/** For so long what is typed may be the reason that was asked for. */
const reasonMs = 30 * 60_000;

/** Does something to a request, and shows it as it is then. */
export const actInDuty = async (turn: Turn, requestId: string, command: RequestCommand): Promise<readonly Notice[]> => {
  const outcome = await actOnRequest(turn.world, turn.change, requestId, command);
  // Said twice: it is shown as it stands by now.
  if (outcome.refusal === 'already') return [{ ...reply(turn, 'reply.duty', { news: 'already' }), itemId: requestId }];
  if (outcome.refusal !== undefined) return sayOutcome(turn, { ...outcome, id: requestId });
  const last = outcome.events.at(-1);
  return last ? [{ ...reply(turn, 'reply.duty', { news: last.event }), itemId: requestId }] : [];
};

export const byOf = ({ person, message }: Turn): { readonly by: string; readonly channel: string } => ({
  by: person.id,
  channel: message.channel,
});

const list = (turn: Turn, heading: string, requests: readonly DutyRequest[], lines: readonly string[] = []): Notice => {
  const texts = textsOf(turn);
  const shown = requests.slice(0, mostRows);
  const more = requests.length - shown.length;
  return reply(turn, 'reply.dutyList', {
    heading,
    lines: [
      ...shown.map((one) => rowText(turn.world, one, texts)),
      ...(more > 0 ? [texts.lines.more.replace('{count}', String(more))] : []),
      ...lines,
    ],
    requestIds: shown.map(({ id }) => id),
  });
};

const chooseOne = (turn: Turn, requests: readonly DutyRequest[]): readonly Notice[] => {
  const texts = textsOf(turn);
  return [list(turn, texts.headings.choose, requests, [texts.asks.choose])];
};

const isPartyTo = ({ askedBy, holderId, substituteId }: DutyRequest, ids: readonly string[]): boolean =>
  [askedBy, holderId, substituteId].some((id) => id !== undefined && ids.includes(id));

/** A word of consent or refusal that names no item answers the only request that waits for it; of several it is asked which. */
const answerWaiting = async (
  turn: Turn,
  said: Understood,
  isYes: boolean,
  isMeantForItem: IsMeantForItem,
): Promise<readonly Notice[] | undefined> => {
  const { world, change, person, message } = turn;
  const { numbers, tails, rest } = readReferences(message.text ?? '', itemVocabulary);
  if (message.isGroup || numbers.length + tails.length > 0) return undefined;
  const all = (await readOpenRequests(world, change)).filter((one) => isWaitingFor(world, one, person.id, change.now));
  if (all.length === 0) return undefined;
  // Whose it is was said: another's is not answered with it.
  const waiting = said.person ? all.filter((one) => isPartyTo(one, said.person!.ids)) : all;
  const [only] = waiting;
  if (!only) return refuseDuty(turn, 'noneOfThem', { person: said.person?.name ?? '' });
  if (waiting.length > 1 || (await isMeantForItem(turn, isYes))) return chooseOne(turn, waiting);
  if (only.acceptedAt === undefined) return actInDuty(turn, only.id, { type: isYes ? 'accept' : 'decline', ...byOf(turn) });
  if (isYes) return actInDuty(turn, only.id, { type: 'approve', ...byOf(turn) });
  return rejectOrAsk(turn, only.id, readReason(rest, itemVocabulary));
};

/** Without its reason a refusal is asked for it. */
export const rejectOrAsk = async (turn: Turn, requestId: string, reason: string): Promise<readonly Notice[]> => {
  if (reason.trim() !== '') return actInDuty(turn, requestId, { type: 'reject', reason, ...byOf(turn) });
  writeDialogue(turn, { ...(await readDialogue(turn)), question: { kind: 'refusal', askedAt: turn.change.now, requestId } });
  const texts = textsOf(turn);
  return [reply(turn, 'reply.dutyAsked', { heading: texts.headings.reason, lines: [texts.asks.reason], requestId })];
};

/** What is typed next, where it is nothing else, is the reason that was asked for. */
const giveReason = async (turn: Turn, said: Understood): Promise<readonly Notice[] | undefined> => {
  const { world, change, person, message } = turn;
  const reason = (message.text ?? '').trim();
  if (said.intent !== 'unclear' || reason === '' || itemVocabulary.question.test(reason)) return undefined;
  const { question, ...rest } = await readDialogue(turn);
  if (question?.kind !== 'refusal' || change.now - question.askedAt >= reasonMs) return undefined;
  const [request] = await readRequests(world, change, [question.requestId]);
  if (!request || !isWaitingFor(world, request, person.id, change.now)) return undefined;
  writeDialogue(turn, rest);
  return actInDuty(turn, request.id, { type: 'reject', reason, ...byOf(turn) });
};

/** One's own, those one is asked about, and all that are open for the office. */
const sayRequests = async (turn: Turn): Promise<readonly Notice[]> => {
  const { world, change, person } = turn;
  const { open, ended } = await readRegister(world, change);
  const requests = await readRequests(world, change, [...open, ...ended.slice(-mostRows).toReversed()]);
  const isMine = ({ askedBy, holderId, substituteId, approvedBy, consent }: DutyRequest) =>
    [askedBy, holderId, substituteId, approvedBy].includes(person.id) ||
    approversOf(world.directory, consent, change.now).includes(person.id);
  const isAll = isOffice(world.directory, person.id, change.now);
  const texts = textsOf(turn);
  return [list(turn, isAll ? texts.headings.all : texts.headings.mine, isAll ? requests : requests.filter(isMine))];
};

const isUndoable = (turn: Turn, request: DutyRequest): boolean =>
  request.status === 'effective' &&
  turn.change.now < firstStartOf(request) &&
  request.holderId === turn.person.id &&
  mayUndo(request, turn.person.id, turn.world, turn.change.now);

/** Agreed on, and begun: too late to take it back. */
const isUnderWay = ({ person, change }: Turn, request: DutyRequest): boolean =>
  request.status === 'effective' &&
  request.holderId === person.id &&
  firstStartOf(request) <= change.now &&
  change.now < lastEndOf(request);

/** A swap that has taken effect and lies ahead. */
const isBoundBy = ({ person, change }: Turn, { status, takes, holderId, substituteId, ...times }: DutyRequest): boolean =>
  status === 'effective' &&
  takes.length > 0 &&
  [holderId, substituteId].includes(person.id) &&
  change.now < firstStartOf({ ...times, takes });

/** Why nothing is the speaker's to take back. */
const whyNone = (turn: Turn, requests: readonly DutyRequest[]) => {
  if (requests.some((one) => isUnderWay(turn, one))) return 'begun';
  return requests.some((one) => isBoundBy(turn, one)) ? 'bothStand' : 'noneOpen';
};

const isWithdrawable = ({ person }: Turn, request: DutyRequest): boolean =>
  isOpen(request) && (request.askedBy === person.id || request.holderId === person.id);

/** Takes back what is open; what is agreed already, until its shift starts. */
const takeBack = async (turn: Turn): Promise<readonly Notice[]> => {
  const { world, change } = turn;
  const { open, ended } = await readRegister(world, change);
  const requests = await readRequests(world, change, [...open, ...ended]);
  const mine = requests.filter((one) => isWithdrawable(turn, one));
  const candidates = mine.length > 0 ? mine : requests.filter((one) => isUndoable(turn, one));
  const [only] = candidates;
  if (!only) return refuseDuty(turn, whyNone(turn, requests));
  if (candidates.length > 1) return chooseOne(turn, candidates);
  return actInDuty(turn, only.id, { type: isOpen(only) ? 'withdraw' : 'undo', ...byOf(turn) });
};

/** A plain 撤销 soon after asking takes the request back. */
const undoLast = async (turn: Turn): Promise<readonly Notice[] | undefined> => {
  const dialogue = await readDialogue(turn);
  const { lastAct, ...rest } = dialogue;
  const [requestId] = lastAct?.kind === 'duty' && turn.change.now - lastAct.at < undoMs ? lastAct.obligationIds : [];
  if (requestId === undefined) return undefined;
  const [request] = await readRequests(turn.world, turn.change, [requestId]);
  if (!request || !isWithdrawable(turn, request)) return undefined;
  writeDialogue(turn, rest);
  return actInDuty(turn, requestId, { type: 'withdraw', ...byOf(turn) });
};

/** Words about leave, swaps and covers; undefined where they are about something else. */
export const hearDuty = async (turn: Turn, said: Understood, isMeantForItem: IsMeantForItem): Promise<readonly Notice[] | undefined> => {
  const { message } = turn;
  const text = (message.text ?? '').normalize('NFKC').trim().toLowerCase();
  if (message.isGroup) return said.intent === 'leave' || said.intent === 'swap' ? [] : undefined;
  const answered = await answerDraft(turn, said);
  if (answered) return answered;
  const refused = await giveReason(turn, said);
  if (refused) return refused;
  const isPlain = said.intent === 'unclear' || said.intent === 'swap';
  const isYes = said.intent === 'approve' || (isPlain && answersToRequest.yes.test(text));
  const isNo = said.intent === 'reject' || (isPlain && answersToRequest.no.test(text));
  if (isYes || isNo) {
    const waiting = await answerWaiting(turn, said, isYes, isMeantForItem);
    if (waiting) return waiting;
    if (said.intent === 'swap') return refuseDuty(turn, 'noneOpen');
  }
  if (said.isOfOthers) return refuseDuty(turn, 'ofOthers');
  switch (said.intent) {
    case 'leave':
    case 'swap':
      return proposeDuty(turn, said);
    case 'requests':
      return sayRequests(turn);
    case 'withdrawRequest':
      return takeBack(turn);
    case 'undo':
      return undoLast(turn);
    default:
      return undefined;
  }
};
