import { isUnreached } from '../../domain/contact/reach.ts';
import type { Understood } from '../../domain/command/intent.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { consentFor } from '../../domain/shift-change/consent.ts';
import { decideRequest } from '../../domain/shift-change/decide-request.ts';
import { isFromOutside } from '../../domain/shift-change/proposal-rules.ts';
import type { AskCommand, RequestOutcome } from '../../domain/shift-change/request-command.ts';
import { fill } from '../../messages/catalogue.ts';
import { shiftChangeTextsFor, type DutyRefusal, type ShiftChangeTexts } from '../../messages/shift-change-texts.ts';
import { guards } from '../../messages/vocabulary-rules.ts';
import type { DutyDraft } from '../../ports/store.ts';
import { readDialogue, writeDialogue } from '../acts/dialogue.ts';
import { nameOf, readOwed, reply, type Turn } from '../acts/speaker.ts';
import { dialogueIdOf } from '../world.ts';
import { actOnRequest, readOpenRequests, requestContextOf } from './change-request.ts';
import { chosen, draftFrom, settleDraft, type Drafting, type NextAsk } from './draft-duty.ts';
import { packPart, readPart } from './pack-part.ts';
import { refusalText, requestLines } from './say-duty.ts';

/** A sentence becomes a card with the exact shifts; nobody is asked before it is confirmed, once. */

/** A proposal is forgotten after this. */
const draftMs = 30 * 60_000;

export const textsOf = ({ message }: Turn): ShiftChangeTexts => shiftChangeTextsFor(message.locale);

export const refuseDuty = (turn: Turn, reason: DutyRefusal, values: { readonly [name: string]: string } = {}): readonly Notice[] => {
  const pattern = textsOf(turn).refusals[reason];
  return [reply(turn, 'reply.dutyRefused', { lines: [fill(pattern, values) ?? pattern] })];
};

/** What was refused by a rule or for a reason, with the request it is about where there is one. */
export const sayOutcome = (turn: Turn, outcome: RequestOutcome & { readonly id?: string }): readonly Notice[] => {
  const refused = reply(turn, 'reply.dutyRefused', { lines: [refusalText(turn.world, outcome, textsOf(turn))] });
  const isKnown = outcome.refusal === 'already' && outcome.id !== undefined;
  return [isKnown ? { ...reply(turn, 'reply.duty', { news: 'RequestAsked' }), itemId: outcome.id } : refused];
};

const draftingOf = ({ world, person, change, message }: Turn): Drafting => ({
  directory: world.directory,
  limits: world.settings.limits,
  isUnreached: (personId) => isUnreached(world.reach, personId),
  timeZone: world.settings.timeZone,
  now: change.now,
  speakerId: person.id,
  channel: message.channel,
});

const remember = async (turn: Turn, draft: DutyDraft | undefined): Promise<void> => {
  const { question: _, ...rest } = await readDialogue(turn);
  writeDialogue(turn, draft ? { ...rest, question: { kind: 'duty', askedAt: turn.change.now, draft } } : rest);
};

type Waiting = { readonly askedAt: number; readonly draft: DutyDraft };

/** What this speaker has begun to ask for. */
export const waitingDraft = async (turn: Turn): Promise<Waiting | undefined> => {
  const known = turn.change.entries.get(dialogueIdOf(turn.person.id));
  const { question } = known === undefined ? await readDialogue(turn) : known.aggregate?.type === 'dialogue' ? known.aggregate.state : {};
  return question?.kind === 'duty' && turn.change.now - question.askedAt < draftMs ? question : undefined;
};

const choicesOf = (next: NextAsk, kind: DutyDraft['kind']): readonly string[] => {
  switch (next.ask) {
    case 'person':
      return next.people;
    case 'substitute':
      return [...next.people, ...(kind === 'swap' ? [] : ['later'])];
    case 'shift':
      return next.parts.map(packPart);
    case 'return':
      return [...next.parts.map(packPart), 'oneSided'];
    default:
      return [];
  }
};

const questionOf = ({ world, person }: Turn, draft: DutyDraft, next: NextAsk, texts: ShiftChangeTexts): string => {
  const other = draft.otherId === undefined ? '' : nameOf(world, draft.otherId);
  const whose = draft.isOffer ? other : person.name;
  switch (next.ask) {
    case 'person':
      return fill(next.isUnknown ? texts.asks.unknownPerson : texts.asks.person, { name: draft.otherName ?? '' }) ?? texts.asks.substitute;
    case 'shift':
      return next.isMissing ? texts.asks.noShift.replace('{person}', () => whose) : texts.asks.shift;
    case 'return':
      return texts.asks.return.replace('{person}', () => other);
    default:
      return texts.asks.substitute;
  }
};

const askBack = async (turn: Turn, draft: DutyDraft, next: NextAsk): Promise<readonly Notice[]> => {
  const texts = textsOf(turn);
  if (next.ask === 'hours' || next.ask === 'apart') return refuseDuty(turn, next.ask);
  if (next.ask === 'nothingThere') {
    const holderId = draft.isOffer ? draft.otherId : turn.person.id;
    return refuseDuty(turn, draft.kind === 'leave' ? 'noDuty' : 'noShiftThere', { person: holderId ? nameOf(turn.world, holderId) : '' });
  }
  if (next.ask === 'substitute' && next.people.length === 0 && draft.kind === 'swap') return refuseDuty(turn, 'unit');
  await remember(turn, draft);
  const heading = next.ask === 'ready' ? '' : texts.headings[next.ask];
  return [
    reply(turn, 'reply.dutyAsked', {
      heading,
      lines: [questionOf(turn, draft, next, texts)],
      choices: choicesOf(next, draft.kind),
      askedAt: turn.change.now,
    }),
  ];
};

/** Where the one who was named can't stand in, those who can are offered with the reason. */
const offerOthers = async (
  turn: Turn,
  draft: DutyDraft,
  command: AskCommand,
  outcome: RequestOutcome,
): Promise<readonly Notice[] | undefined> => {
  const isTheirs = (outcome.broken ?? []).some(({ rule, personId }) => rule !== 'partGone' && personId === command.substituteId);
  if (!isTheirs || draft.isOffer || command.takes.length > 0) return undefined;
  const { otherId: _, ...rest } = draft;
  const open: DutyDraft = { ...rest, kind: command.kind };
  const { next } = settleDraft(open, draftingOf(turn));
  if (next.ask !== 'substitute' || next.people.length === 0) return undefined;
  const texts = textsOf(turn);
  await remember(turn, open);
  const lines = [refusalText(turn.world, outcome, texts), texts.asks.substitute];
  const { askedAt, choices } = { askedAt: turn.change.now, choices: choicesOf(next, open.kind) };
  return [reply(turn, 'reply.dutyAsked', { heading: texts.headings.substitute, lines, choices, askedAt })];
};

/** The whole request on a card, with whose consent it will take. */
const propose = async (turn: Turn, draft: DutyDraft, command: AskCommand): Promise<readonly Notice[]> => {
  const { world, change } = turn;
  const texts = textsOf(turn);
  const outcome = decideRequest(undefined, command, requestContextOf(world, await readOpenRequests(world, change)), change.now);
  if (outcome.refusal !== undefined) {
    const another = await offerOthers(turn, draft, command, outcome);
    if (another) return another;
    await remember(turn, undefined);
    return sayOutcome(turn, { ...outcome, ...(outcome.otherId === undefined ? {} : { id: outcome.otherId }) });
  }
  await remember(turn, draft);
  const { substituteId } = command;
  const isOutside = substituteId !== undefined && isFromOutside(world.directory, { ...command, substituteId }, change.now);
  const consent = consentFor(world.directory, command, isOutside, world.settings.consent, change.now);
  const described = { ...command, consent, ...(isOutside ? { isOutside } : {}) };
  const waits = texts.lines.waits.replace('{holder}', () => nameOf(world, command.holderId));
  return [
    reply(turn, 'reply.dutyProposed', {
      heading: texts.headings.propose.replace('{kind}', texts.kinds[command.kind]),
      lines: [...requestLines(world, described, change.now, texts), waits, texts.lines.confirm],
      askedAt: change.now,
    }),
  ];
};

const goOn = (turn: Turn, said: DutyDraft): Promise<readonly Notice[]> => {
  const { draft, next } = settleDraft(said, draftingOf(turn));
  return next.ask === 'ready' ? propose(turn, draft, next.command) : askBack(turn, draft, next);
};

/** The same from a shift that somebody has before them. */
export const proposeDraft = (turn: Turn, draft: DutyDraft): Promise<readonly Notice[]> => goOn(turn, draft);

/** A sentence that asks for leave, a swap or a cover. In a group people talk to each other. */
export const proposeDuty = async (turn: Turn, said: Understood): Promise<readonly Notice[]> => {
  if (turn.message.isGroup) return [];
  return said.isDateUnreadable ? refuseDuty(turn, 'dateUnreadable') : goOn(turn, draftFrom(said));
};

export const confirmDraft = async (turn: Turn, { draft }: Waiting): Promise<readonly Notice[]> => {
  const { world, change } = turn;
  const { next } = settleDraft(draft, draftingOf(turn));
  if (next.ask !== 'ready') return goOn(turn, draft);
  const outcome = await actOnRequest(world, change, undefined, next.command);
  const { question: _, ...rest } = await readDialogue(turn);
  const { id } = outcome;
  const isDone = outcome.refusal === undefined && id !== undefined;
  writeDialogue(turn, isDone ? { ...rest, lastAct: { kind: 'duty', obligationIds: [id], at: change.now } } : rest);
  if (!isDone) return sayOutcome(turn, outcome);
  return [{ ...reply(turn, 'reply.duty', { news: 'RequestAsked' }), itemId: id }];
};

export const dropDraft = async (turn: Turn): Promise<readonly Notice[]> => {
  await remember(turn, undefined);
  return [reply(turn, 'reply.undone', { lines: [] })];
};

/** A choice on a card; what was asked is settled anew, for the roster may have moved on. */
export const chooseInDraft = (turn: Turn, { draft }: Waiting, choice: string): Promise<readonly Notice[]> => {
  const { next } = settleDraft(draft, draftingOf(turn));
  const isPlain = choice === 'oneSided' || choice === 'later' || turn.world.directory.people.has(choice);
  const part = isPlain ? choice : readPart(choice);
  return part === undefined ? Promise.resolve(refuseDuty(turn, 'over')) : goOn(turn, chosen(draft, part, next.ask));
};

/** Plain yes or no, or the name that was asked for; undefined where nothing waits for it. */
export const answerDraft = async (turn: Turn, said: Understood): Promise<readonly Notice[] | undefined> => {
  const isName = said.intent === 'unclear' && said.fromAt === undefined && !said.isOfOthers && !guards.negation.test(said.text);
  const ids = isName ? (said.person?.ids ?? []) : [];
  if (turn.message.isGroup || (said.answer === undefined && ids.length === 0)) return undefined;
  const waiting = await waitingDraft(turn);
  if (!waiting) return undefined;
  if (ids.length > 0) {
    const { otherId: _, ...draft } = waiting.draft;
    return goOn(turn, ids.length === 1 ? chosen(draft, ids[0]!, 'substitute') : { ...draft, otherName: said.person!.name });
  }
  // A check that came after the question is what they answer.
  if ((await readOwed(turn)).some(({ openedAt }) => openedAt >= waiting.askedAt)) return undefined;
  return said.answer === 'yes' ? confirmDraft(turn, waiting) : dropDraft(turn);
};
