import type { Intent, Understood } from '../../../domain/command/intent.ts';
import type { Notice } from '../../../domain/escalation/notice.ts';
import { readItemAsk, readReason, readReferences, readReport, type ItemAsk, type ItemWords } from '../../../domain/items/item-words.ts';
import type { Item } from '../../../domain/items/item.ts';
import type { ItemActionType } from '../../../domain/items/next-actions.ts';
import { localDay, toIso } from '../../../domain/local-time.ts';
import { itemTextsFor } from '../../../messages/item-texts.ts';
import { itemVocabulary } from '../../../messages/vocabulary-items.ts';
import { readDialogue } from '../../acts/dialogue.ts';
import { readOwed, type Turn } from '../../acts/speaker.ts';
import { actInChat, actOnSeveral } from './act-in-chat.ts';
import { addItem } from './add-item.ts';
import type { Board } from '../board.ts';
import { candidatesFor, namedItems, openDesk, type Desk } from './find-items.ts';
import { begunOf, type Inputs } from './item-dialogue.ts';
import { inputsOf, isForm, readFilledIn, soleTextOf } from './item-form.ts';
import { explainItem, listOfUnits, overdueList, overview, urgeUnits } from './overview.ts';
import { sayItem, sayItems, sayRefused } from './say-items.ts';
import { actionOfType } from './press-item.ts';
import { takeFiles } from './take-files.ts';
import { itemIn, readItem } from '../change-item.ts';

/** What somebody types about items: understood, resolved to one item, and done; or asked back with buttons, never guessed. */

type Hearing = {
  readonly turn: Turn;
  readonly said: Understood;
  readonly board: Board;
  readonly words: ItemWords;
};

const actOfIntent: { readonly [intent in Intent]?: ItemActionType } = {
  receiveItem: 'receive',
  reportProgress: 'report',
  closeItem: 'draft',
  requestExtension: 'extend',
  approve: 'approve',
  reject: 'reject',
};

/** Intents that may hide words about an item; everything else is what it is. */
const open: readonly Intent[] = ['unclear', 'undo', 'dashboard'];

export type Rehear = (text: string) => Understood;

/** Somebody's words about items; undefined where they are about something else. */
export const hearItem = async (spoken: Turn, said: Understood, board: Board, rehear: Rehear): Promise<readonly Notice[] | undefined> => {
  const { text = '', files = [] } = spoken.message;
  // The commonest word of all, and never one about an item.
  if (said.intent === 'acknowledge' && files.length === 0) return undefined;
  const words = readReferences(text, itemVocabulary);
  const turn = inTheirLanguage(spoken, words.rest);
  const hearing: Hearing = { turn, said, board, words };
  const report = readReport(text, itemVocabulary);
  if (report && !itemVocabulary.question.test(report.rest)) return act({ ...hearing, words: report }, 'report', { text: report.rest });
  const filled = said.intent === 'unclear' || /[:：]/u.test(text) ? await fillIn(hearing) : undefined;
  if (filled) return filled;
  const known = actOfIntent[said.intent];
  if (known) return actAsSaid(hearing, known);
  if (said.intent === 'myItems') return mine(hearing);
  if (files.length > 0 && (said.intent === 'unclear' || said.intent === 'acknowledge')) return hearWithFiles(hearing);
  if (!open.includes(said.intent)) return undefined;
  const ask = readItemAsk(words, said.unit !== undefined, itemVocabulary);
  if (ask && isMeant(hearing, ask)) return answerAsk(hearing, ask);
  if (said.intent !== 'unclear' || !namesItem(words)) return undefined;
  // Without the digits in it, it may be plain: `办结了 0012`.
  const again = rehear(words.rest);
  const meant = actOfIntent[again.intent];
  return meant && actAsSaid({ ...hearing, said: again }, meant);
};

const namesItem = ({ numbers, tails }: ItemWords): boolean => numbers.length + tails.length > 0;

/** A check that is open is answered with a picture too; otherwise files are about an item. */
const hearWithFiles = async ({ turn, said, board, words }: Hearing): Promise<readonly Notice[] | undefined> => {
  if (said.intent === 'acknowledge' && (await readOwed(turn)).length > 0) return undefined;
  return takeFiles(turn, board, said.intent === 'acknowledge' ? '' : words.rest);
};

/** Asking whether it was done does nothing; and in a group only what names its item is meant for us. */
const isMeant = ({ turn, said, words }: Hearing, { ask }: ItemAsk): boolean => {
  if (turn.message.isGroup && !(ask === 'act' && namesItem(words))) return false;
  return ask === 'act' ? !itemVocabulary.question.test(words.rest) : said.intent !== 'undo';
};

/** Whoever writes English about an item reads English; the letters of its number belong to no language. */
const inTheirLanguage = (turn: Turn, rest: string): Turn => {
  const isEnglish = /\p{Script=Latin}{4}/u.test(rest) && !/\p{Script=Han}/u.test(rest);
  return isEnglish && turn.message.locale === undefined ? { ...turn, message: { ...turn.message, locale: 'en' } } : turn;
};

const actAsSaid = (hearing: Hearing, action: ItemActionType): Promise<readonly Notice[] | undefined> => {
  const { said, words } = hearing;
  const until = said.toAt ?? said.fromAt;
  const reason = readReason(words.rest, itemVocabulary);
  switch (action) {
    case 'extend':
      return act(hearing, action, { ...(until === undefined ? {} : datePut(hearing, until)), ...(reason ? { reason } : {}) });
    case 'reject':
      return reject(hearing, reason);
    default:
      return act(hearing, action, {});
  }
};

/** As a chooser would have sent it: a day that a date ends with is that day. */
const datePut = ({ turn }: Hearing, at: number): Inputs => {
  const { timeZone } = turn.world.settings;
  const [date = '', time = ''] = toIso(timeZone, at, 'minute').slice(0, 16).split('T');
  return time === '00:00' ? { to: localDay(timeZone, at - 1).date } : { to: date, toTime: time };
};

/** What is refused is a date that was asked for, or a hand-in; where it could be neither, it is about something else. */
const reject = async (hearing: Hearing, reason: string): Promise<readonly Notice[] | undefined> => {
  const inputs: Inputs = reason ? { reason } : {};
  const isReturn = itemVocabulary.returning.test(hearing.words.rest.trim());
  return isReturn ? act(hearing, 'return', inputs) : act(hearing, 'reject', inputs);
};

/** Consent and refusal are words for other things too: without an item that waits for them they are left to those. */
const isSharedWord = (action: ItemActionType): boolean => action === 'approve' || action === 'reject';

const act = async ({ turn, board, words }: Hearing, action: ItemActionType, inputs: Inputs): Promise<readonly Notice[] | undefined> => {
  const desk = await openDesk(board, turn);
  const named = namedItems(desk, words);
  if (named.length > 1) return actOnAllNamed(turn, desk, named, action, inputs);
  if (named.length > 0) return actOnNamed(turn, desk, named[0]!, action, inputs);
  const candidates = candidatesFor(desk, turn, action);
  if (candidates.length === 1) return actInChat(turn, candidates[0]!.id, action, inputs);
  if (candidates.length > 1) return choose(turn, candidates, action, inputs);
  if (isSharedWord(action)) return undefined;
  // The one that there is says best why it can't be.
  if (desk.own.length === 1) return actInChat(turn, desk.own[0]!.id, action, inputs);
  return [sayRefused(turn, 'noCandidate'), ...(desk.own.length > 0 ? [sayItems(turn, 'mine', desk.own)] : [])];
};

const choose = (turn: Turn, items: readonly Item[], action: ItemActionType, inputs: Inputs): readonly Notice[] => [
  sayItems(turn, action === 'receive' ? 'unreceived' : 'choose', items, { action: actionOfType(action), inputs }),
];

/** Those of some that the act is possible for now; all of them where it is for none. */
const ableOf = (turn: Turn, desk: Desk, items: readonly Item[], action: ItemActionType): readonly Item[] => {
  const able = candidatesFor({ ...desk, own: items, visible: items }, turn, action);
  return able.length > 0 ? able : items;
};

/** Several that were named: done at once where an act wants nothing more and each is one; else it is asked which. */
const actOnAllNamed = (
  turn: Turn,
  desk: Desk,
  named: readonly (readonly Item[])[],
  action: ItemActionType,
  inputs: Inputs,
): Promise<readonly Notice[]> | readonly Notice[] => {
  const able = named.map((list) => ableOf(turn, desk, list, action));
  const ids = able.flat().map(({ id }) => id);
  if (ids.length === 0) return [sayRefused(turn, 'unknownItem')];
  const isPlain = action === 'receive' || action === 'urge';
  return isPlain && able.every((list) => list.length === 1) ? actOnSeveral(turn, ids, action) : choose(turn, able.flat(), action, inputs);
};

const actOnNamed = (
  turn: Turn,
  desk: Desk,
  named: readonly Item[],
  action: ItemActionType,
  inputs: Inputs,
): Promise<readonly Notice[]> | readonly Notice[] => {
  if (named.length === 0) return [sayRefused(turn, 'unknownItem')];
  const able = ableOf(turn, desk, named, action);
  return able.length === 1 ? actInChat(turn, able[0]!.id, action, inputs) : choose(turn, able, action, inputs);
};

const mine = async ({ turn, board }: Hearing): Promise<readonly Notice[]> => {
  const desk = await openDesk(board, turn);
  return [sayItems(turn, 'mine', desk.own)];
};

const isPlainCode = ({ words, said }: Hearing): boolean => words.numbers.length === 0 && words.rest === '' && said.digits !== undefined;

const show = async (hearing: Hearing): Promise<readonly Notice[] | undefined> => {
  const { turn, board, words } = hearing;
  // Four digits alone may be the code that a check asked to repeat.
  if (isPlainCode(hearing) && (await readOwed(turn)).some(({ code }) => code === hearing.said.digits)) return undefined;
  const desk = await openDesk(board, turn);
  const found = namedItems(desk, words).flat();
  if (found.length === 0) return isPlainCode(hearing) ? undefined : [sayRefused(turn, 'unknownItem')];
  if (found.length > 1) return [sayItems(turn, 'choose', found)];
  return [desk.visible.includes(found[0]!) ? sayItem(turn, found[0]!.id) : sayRefused(turn, 'wrongRole')];
};

const explain = async ({ turn, board, words }: Hearing): Promise<readonly Notice[]> => {
  const desk = await openDesk(board, turn);
  const named = namedItems(desk, words);
  const items = named.length > 0 ? named.flat() : desk.own;
  if (items.length === 1) return explainItem(turn, items[0]!.id);
  if (items.length === 0) return [sayRefused(turn, named.length > 0 ? 'unknownItem' : 'noCandidate')];
  return [sayItems(turn, 'choose', items, { action: 'explain' })];
};

/** What follows the word for adding, and the unit that it names, stand in the form already. */
const add = ({ turn, said, words }: Hearing): Promise<readonly Notice[]> => {
  const rest = words.rest.replace(itemVocabulary.adding, '').trim();
  const [number] = words.numbers;
  return addItem(turn, { text: rest, ...(said.unit ? { unit: said.unit.id } : {}), ...(number ? { number } : {}) }, true);
};

const answerAsk = async (hearing: Hearing, asked: ItemAsk): Promise<readonly Notice[] | undefined> => {
  const { turn, said, board, words } = hearing;
  const desk = () => openDesk(board, turn);
  const units = (said.units ?? []).map(({ id }) => id);
  switch (asked.ask) {
    case 'act':
      return asked.action === 'urge' && units.length > 0 && words.numbers.length + words.tails.length === 0
        ? urge(turn, await desk(), units)
        : act(hearing, asked.action, inputsOfAct(hearing, asked.action));
    case 'mine':
      return mine(hearing);
    case 'receiveAll':
      return receiveAll(turn, await desk());
    case 'unreceived':
      return [sayUnreceived(turn, await desk())];
    case 'overdue':
      return units.length > 0 ? listOfUnits(turn, await desk(), units) : overdueList(turn, await desk(), false);
    case 'allOverdue':
      return overdueList(turn, await desk(), true);
    case 'byUnit':
      return overview(turn, await desk(), 'unit');
    case 'byKind':
      return overview(turn, await desk(), 'kind');
    case 'ofUnit':
      return listOfUnits(turn, await desk(), units);
    case 'add':
      return add(hearing);
    case 'explain':
      return explain(hearing);
    case 'show':
      return show(hearing);
  }
};

const inputsOfAct = ({ words }: Hearing, action: ItemActionType): Inputs => {
  const reason = readReason(words.rest, itemVocabulary);
  const part = itemVocabulary.subtask.exec(words.rest)?.[1];
  // The word for it says how it ended: everything else that is handed in has an intent of its own.
  if (action === 'draft') return { outcome: 'interim' };
  if (action === 'finishSubtask') return part ? { no: part } : {};
  return reason ? { reason } : {};
};

const urge = (turn: Turn, desk: Desk, units: readonly string[]): Promise<readonly Notice[]> | readonly Notice[] =>
  desk.isOffice ? urgeUnits(turn, desk, units) : [sayRefused(turn, 'notForYou')];

const sayUnreceived = (turn: Turn, desk: Desk): Notice =>
  sayItems(turn, 'unreceived', candidatesFor(desk, turn, 'receive'), { action: 'receiveItem' });

const receiveAll = (turn: Turn, desk: Desk): Promise<readonly Notice[]> =>
  actOnSeveral(
    turn,
    candidatesFor(desk, turn, 'receive').map(({ id }) => id),
    'receive',
  );

/** A plain 收到 receives nothing: whoever has items to receive is shown them. */
export const remindOfUnreceived = async (turn: Turn, board: Board): Promise<readonly Notice[]> => {
  const desk = await openDesk(board, turn);
  const waiting = candidatesFor(desk, turn, 'receive');
  return waiting.length === 0 ? [] : [sayItems(turn, 'unreceived', waiting, { action: 'receiveItem' })];
};

const shortest = 2;
/** Any words that come soon after may be a report or a reason for more time; what undoes others' work must be said as that. */
const plainForms: readonly string[] = ['report', 'extend'];
const plainMs = 10 * 60_000;

/** A form that was begun, answered in words: a line for each field, or the one text that is still wanted. */
const fillIn = async ({ turn, said, words }: Hearing): Promise<readonly Notice[] | undefined> => {
  const { world, change, message } = turn;
  if (message.isGroup || (message.files ?? []).length > 0) return undefined;
  const begun = begunOf(await readDialogue(turn), change.now);
  if (!begun || begun.itemId === undefined || !isForm(begun.action)) return undefined;
  const item = begun.itemId === '' ? undefined : await readItem(world, change, begun.itemId);
  const form = inputsOf(world, item, begun.action, begun.inputs, itemTextsFor(message.locale), change.now);
  const lines = readFilledIn(message.text ?? '', form);
  const sole = soleTextOf(begun.action, begun.inputs);
  const plain = (message.text ?? '').trim();
  const isPlainText =
    said.intent === 'unclear' &&
    plainForms.includes(begun.action) &&
    change.now - begun.askedAt < plainMs &&
    plain.length >= shortest &&
    !itemVocabulary.unsure.test(plain) &&
    words.numbers.length + words.tails.length === 0 &&
    !readItemAsk(words, said.unit !== undefined, itemVocabulary);
  const given = Object.keys(lines).length > 0 ? lines : sole !== undefined && isPlainText ? { [sole]: plain } : undefined;
  if (!given) return undefined;
  if (begun.action === 'addItem') return addItem(turn, given);
  return item && itemIn(change, item.id) ? actInChat(turn, item.id, begun.action, given) : undefined;
};
