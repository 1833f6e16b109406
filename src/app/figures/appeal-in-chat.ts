import type { Understood } from '../../domain/command/intent.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { appealIdOf, isStanding, mayWithdraw, type Appeal } from '../../domain/figures/appeal.ts';
import { isOfOffice } from '../../domain/items/item-people.ts';
import { appealTextsFor, appealWords, reasonLabel, rejectionWords, withdrawalWords } from '../../messages/appeal-texts.ts';
import type { Button } from '../../ports/channel.ts';
import type { Dialogue } from '../../ports/store.ts';
import { readDialogue, writeDialogue } from '../acts/dialogue.ts';
import { reply, type Turn } from '../acts/speaker.ts';
import { scanAll } from '../ledger/scan-all.ts';
import { put } from '../roster-change/change-card.ts';
import {
  askAppeal,
  bodiesOfPerson,
  mostReasonLetters,
  readAppeal,
  readAppealable,
  settleAppeal,
  takeBackAppeal,
  type Verdict,
} from './keep-appeal.ts';
import type { ReadFigures } from './read-figures.ts';
import { appealButton, appealLines, momentText, officeButtons, withdrawButton, wordsOfCheck } from './render-appeal.ts';

/** A unit appeals against a check that counts against it; the office upholds or rejects, in the chat. */

const mostRows = 8;
/** For so long what is typed may be the reason that was asked for. */
const reasonMs = 30 * 60_000;

type Card = {
  readonly heading: string;
  readonly lines?: readonly string[];
  readonly buttons?: readonly Button[];
  readonly isForm?: boolean;
  /** Why nothing came of what was asked for. */
  readonly refused?: string;
};

const say = (turn: Turn, { heading, lines = [], buttons = [], isForm = false, refused }: Card): readonly Notice[] => [
  reply(turn, 'reply.appeal', {
    heading,
    lines,
    buttons: buttons.map((one) => JSON.stringify(one)),
    isForm: isForm ? 1 : 0,
    ...(refused === undefined ? {} : { refused }),
  }),
];

const textsOf = ({ message }: Turn) => appealTextsFor(message.locale);
const speakerOf = ({ person, message }: Turn) => ({ personId: person.id, channel: message.channel });
const bodiesOf = ({ world, person, change }: Turn): ReadonlySet<string> => bodiesOfPerson(world.directory, person.id, change.now);
/** Forms that are answered in words name their field. */
const reasonIn = (value: unknown): string =>
  typeof value === 'string' ? value.trim().replace(reasonLabel, '').trim().slice(0, mostReasonLetters) : '';

type Question = NonNullable<Dialogue['question']>;
type AppealQuestion = Extract<Question, { readonly checkId: string }>;

const waitingQuestion = ({ question }: Dialogue, now: number): AppealQuestion | undefined =>
  (question?.kind === 'appeal' || question?.kind === 'appealRejected') && now - question.askedAt < reasonMs ? question : undefined;

const remember = async (turn: Turn, kind: AppealQuestion['kind'], checkId: string): Promise<void> => {
  const { question: _, ...rest } = await readDialogue(turn);
  writeDialogue(turn, { ...rest, question: { kind, askedAt: turn.change.now, checkId } });
};

const forget = async (turn: Turn): Promise<void> => {
  const { question, ...rest } = await readDialogue(turn);
  if (question?.kind === 'appeal' || question?.kind === 'appealRejected') writeDialogue(turn, rest);
};

const showAppeal = (turn: Turn, appeal: Appeal, heading: string, refused?: string): readonly Notice[] => {
  const texts = textsOf(turn);
  const { world, person, change, message } = turn;
  const mayDecide = appeal.status === 'asked' && isOfOffice(world.directory, person.id, change.now);
  const lines = appealLines(world, appeal, texts, message.locale);
  const isOwn = appeal.status === 'asked' && mayWithdraw(appeal, person.id, bodiesOf(turn));
  const buttons = [...(mayDecide ? officeButtons(appeal.id, texts) : []), ...(isOwn ? [withdrawButton(texts.withdraw, appeal.id)] : [])];
  return say(turn, { heading, lines, buttons, ...(refused === undefined ? {} : { refused }) });
};

const ask = async (turn: Turn, read: ReadFigures, checkId: string, reason: string): Promise<readonly Notice[]> => {
  const texts = textsOf(turn);
  const asked = await askAppeal(turn.world, turn.change, read, { checkId, reason, bodies: bodiesOf(turn) }, speakerOf(turn));
  if (!asked) return say(turn, { heading: texts.notYours, refused: 'notYours' });
  await forget(turn);
  const { appeal, isNew } = asked;
  if (!isNew) return showAppeal(turn, appeal, put(texts.already, { state: texts.states[appeal.status] }), 'already');
  const lines = [put(texts.sentDetail, wordsOfCheck(turn.world, appeal, turn.message.locale))];
  return say(turn, { heading: texts.sent, lines, buttons: [withdrawButton(texts.withdraw, appeal.id)] });
};

/** The form for the reason; one that was appealed against already is shown as it stands. */
const askWhy = async (turn: Turn, read: ReadFigures, checkId: string): Promise<readonly Notice[]> => {
  const texts = textsOf(turn);
  const { world, change, message } = turn;
  const bodies = bodiesOf(turn);
  const known = await readAppeal(world, change, appealIdOf(checkId));
  if (isStanding(known) && bodies.has(known.bodyId))
    return showAppeal(turn, known, put(texts.already, { state: texts.states[known.status] }));
  const one = (await readAppealable(world, change.now, read, bodies)).find(({ obligationId }) => obligationId === checkId);
  if (!one) return say(turn, { heading: texts.notYours });
  await remember(turn, 'appeal', checkId);
  const lines = [put(texts.why, wordsOfCheck(world, one, message.locale))];
  const send: Button = { ...appealButton(texts.button, checkId), style: 'positive' };
  return say(turn, { heading: texts.whyTitle, lines, buttons: [send], isForm: true });
};

/** Every check that the speaker's units may appeal against, each with its button; what waits has one to take it back. */
const listOwn = async (turn: Turn, read: ReadFigures): Promise<readonly Notice[] | undefined> => {
  const texts = textsOf(turn);
  const { world, change, message } = turn;
  const found = await readAppealable(world, change.now, read, bodiesOf(turn));
  if (found.length === 0) return undefined;
  const shown = found.slice(0, mostRows);
  const row = (one: (typeof shown)[number]): string => {
    const words = put(texts.row, wordsOfCheck(world, one, message.locale));
    return one.appeal === undefined ? words : `${words} · ${texts.states[one.appeal]}`;
  };
  const open = shown.filter(({ appeal }) => appeal === undefined);
  const ofMoment = (title: string, { openedAt }: (typeof shown)[number]): string => put(title, { at: momentText(world, openedAt) });
  const buttons = [
    ...open.map((one) => appealButton(ofMoment(texts.buttonOf, one), one.obligationId)),
    ...shown
      .filter(({ appeal }) => appeal === 'asked')
      .map((one) => withdrawButton(ofMoment(texts.withdrawOf, one), appealIdOf(one.obligationId))),
  ];
  return say(turn, { heading: texts.mayTitle, lines: [...shown.map(row), ...(open.length === 0 ? [] : [texts.may])], buttons });
};

/** The office sees what waits for it. */
const listWaiting = async (turn: Turn): Promise<readonly Notice[]> => {
  const texts = textsOf(turn);
  const { world, message } = turn;
  const all = await scanAll(world.store, 'appeal');
  const waiting = all
    .filter(({ status }) => status === 'asked')
    .toSorted((one, other) => one.at - other.at)
    .slice(0, mostRows);
  const row = (appeal: Appeal): string => put(texts.row, wordsOfCheck(world, appeal, message.locale));
  const buttons = waiting.map((one): Button => ({ title: `${texts.show} ${row(one)}`, value: { action: 'showAppeal', appealId: one.id } }));
  return say(turn, { heading: texts.waitingTitle, lines: waiting.length === 0 ? [texts.waitingNone] : waiting.map(row), buttons });
};

const settle = async (turn: Turn, appealId: string, said: Verdict): Promise<readonly Notice[]> => {
  const texts = textsOf(turn);
  const { world, change, person } = turn;
  if (!isOfOffice(world.directory, person.id, change.now)) return say(turn, { heading: texts.office, refused: 'office' });
  const settled = await settleAppeal(world, change, appealId, said, speakerOf(turn));
  if (!settled) return say(turn, { heading: texts.gone, refused: 'gone' });
  const { appeal, refusal } = settled;
  if (refusal === 'own') return say(turn, { heading: texts.own, refused: refusal });
  if (refusal === 'decided') return showAppeal(turn, appeal, put(texts.already, { state: texts.states[appeal.status] }), refusal);
  if (refusal === 'reason') {
    await remember(turn, 'appealRejected', appeal.checkId);
    const lines = [...appealLines(world, appeal, texts, turn.message.locale), texts.whyRejected];
    const send: Button = { title: texts.reject, value: { action: 'rejectAppeal', appealId }, style: 'destructive' };
    return say(turn, { heading: texts.whyRejectedTitle, lines, buttons: [send], isForm: true });
  }
  await forget(turn);
  return showAppeal(turn, appeal, appeal.status === 'upheld' ? texts.upheld : texts.rejected);
};

const takeBack = async (turn: Turn, appealId: string): Promise<readonly Notice[]> => {
  const texts = textsOf(turn);
  const taken = await takeBackAppeal(turn.world, turn.change, { id: appealId, bodies: bodiesOf(turn) }, speakerOf(turn));
  if (!taken) return say(turn, { heading: texts.gone });
  const { appeal, refusal } = taken;
  return showAppeal(turn, appeal, refusal ? put(texts.withdrawLate, { state: texts.states[appeal.status] }) : texts.withdrawn);
};

/** `撤回申诉` is about the one that waits; of several it asks which, unless it says so. */
const hearWithdrawal = async (turn: Turn, which: string): Promise<readonly Notice[]> => {
  const texts = textsOf(turn);
  const { world, person, message } = turn;
  const bodies = bodiesOf(turn);
  const row = (appeal: Appeal): string => put(texts.row, wordsOfCheck(world, appeal, message.locale));
  const own = (await scanAll(world.store, 'appeal'))
    .filter((one) => one.status === 'asked' && mayWithdraw(one, person.id, bodies))
    .toSorted((one, other) => other.openedAt - one.openedAt);
  const meant = own.filter((one) => row(one).includes(which));
  const [only] = meant;
  if (only && meant.length === 1) return takeBack(turn, only.id);
  if (own.length === 0) return say(turn, { heading: texts.withdrawNone });
  const shown = (meant.length === 0 ? own : meant).slice(0, mostRows);
  const buttons = shown.map((one) => withdrawButton(put(texts.withdrawOf, { at: momentText(world, one.openedAt) }), one.id));
  return say(turn, { heading: texts.withdrawTitle, lines: shown.map(row), buttons });
};

/** What is typed next, where it is nothing else, is the reason that was asked for. */
const giveReason = async (turn: Turn, said: Understood, read: ReadFigures): Promise<readonly Notice[] | undefined> => {
  const text = (turn.message.text ?? '').trim();
  const rejected = rejectionWords.exec(text);
  const reason = reasonIn(rejected?.[1] ?? text);
  if ((said.intent !== 'unclear' && !rejected) || reason === '') return undefined;
  const question = waitingQuestion(await readDialogue(turn), turn.change.now);
  if (!question || (rejected && question.kind !== 'appealRejected')) return undefined;
  return question.kind === 'appeal'
    ? ask(turn, read, question.checkId, reason)
    : settle(turn, appealIdOf(question.checkId), { verdict: 'rejected', reason });
};

/** `申诉 理由` is about the newest check that counts against the speaker's unit and has not been appealed against. */
export const hearAppeal = async (turn: Turn, said: Understood, read: ReadFigures | undefined): Promise<readonly Notice[] | undefined> => {
  const { world, person, change, message } = turn;
  if (!read || message.isGroup) return undefined;
  const text = (message.text ?? '').trim();
  const taken = withdrawalWords.exec(text);
  if (taken) return hearWithdrawal(turn, (taken[1] ?? '').trim());
  const found = appealWords.exec(text);
  if (!found) return giveReason(turn, said, read);
  const texts = textsOf(turn);
  const reason = reasonIn(found[1]);
  if (reason === '')
    return isOfOffice(world.directory, person.id, change.now)
      ? listWaiting(turn)
      : ((await listOwn(turn, read)) ?? say(turn, { heading: texts.none }));
  // the form that was shown last says which is meant
  const question = waitingQuestion(await readDialogue(turn), change.now);
  if (question?.kind === 'appeal') return ask(turn, read, question.checkId, reason);
  const appealable = await readAppealable(world, change.now, read, bodiesOf(turn));
  const one = appealable.find(({ appeal }) => appeal === undefined);
  if (one) return ask(turn, read, one.obligationId, reason);
  const [asked] = appealable;
  const heading = asked?.appeal === undefined ? texts.none : put(texts.already, { state: texts.states[asked.appeal] });
  return say(turn, { heading });
};

/** Undefined for a press of something else. */
export const pressAppeal = async (turn: Turn, value: unknown, read: ReadFigures | undefined): Promise<readonly Notice[] | undefined> => {
  if (typeof value !== 'object' || value === null || !read) return undefined;
  const { action, obligationId, appealId, reason: given } = value as { readonly [key: string]: unknown };
  const reason = reasonIn(given);
  if (action === 'appeal' && typeof obligationId === 'string')
    return reason === '' ? askWhy(turn, read, obligationId) : ask(turn, read, obligationId, reason);
  if (typeof appealId !== 'string') return undefined;
  switch (action) {
    case 'upholdAppeal':
      return settle(turn, appealId, { verdict: 'upheld', reason: '' });
    case 'rejectAppeal':
      return settle(turn, appealId, { verdict: 'rejected', reason });
    case 'withdrawAppeal':
      return takeBack(turn, appealId);
    case 'showAppeal': {
      const { world, change, person } = turn;
      const appeal = await readAppeal(world, change, appealId);
      const mayLook = appeal && (bodiesOf(turn).has(appeal.bodyId) || isOfOffice(world.directory, person.id, change.now));
      const texts = textsOf(turn);
      return mayLook ? showAppeal(turn, appeal, texts.states[appeal.status]) : say(turn, { heading: texts.gone });
    }
    default:
      return undefined;
  }
};
