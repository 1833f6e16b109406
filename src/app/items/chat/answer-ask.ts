import type { Notice } from '../../../domain/escalation/notice.ts';
import { readFault, readReason, type ItemAsk } from '../../../domain/items/item-words.ts';
import type { ItemActionType } from '../../../domain/items/next-actions.ts';
import { itemVocabulary } from '../../../messages/vocabulary-items.ts';
import { readOwed, type Turn } from '../../acts/speaker.ts';
import type { Board } from '../board.ts';
import { acceptAllOf } from './accept-all.ts';
import { act } from './act-as-heard.ts';
import { actOnSeveral } from './act-in-chat.ts';
import { addItem } from './add-item.ts';
import { candidatesFor, namedItems, openDesk, type Desk } from './find-items.ts';
import type { Hearing } from './hearing.ts';
import type { Inputs } from './item-dialogue.ts';
import { explainItem, listOfUnits, overdueList, overview, urgeUnits } from './overview.ts';
import { keepList, sayMore } from './page-list.ts';
import { namesSomebody } from './read-plan.ts';
import { sayItem, sayItems, sayRefused } from './say-items.ts';

/** What is asked about items, and answered. */

export const mine = async ({ turn, board }: Hearing): Promise<readonly Notice[]> => {
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

export const answerAsk = async (hearing: Hearing, asked: ItemAsk): Promise<readonly Notice[] | undefined> => {
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
    case 'acceptAll':
      return acceptAllOf(hearing, await desk());
    case 'more':
      return sayMore(turn);
  }
};

/** What stands after the word for splitting, where it names anybody. */
const planIn = ({ turn, words }: Hearing): Inputs => {
  const plan = words.rest.replace(itemVocabulary.splitting, '').replace(/^[\s,，:：]+/u, '');
  return namesSomebody(turn.world, plan) ? { plan } : {};
};

const inputsOfAct = (hearing: Hearing, action: ItemActionType): Inputs => {
  if (action === 'split') return planIn(hearing);
  const { words } = hearing;
  const reason = readReason(words.rest, itemVocabulary);
  const part = itemVocabulary.subtask.exec(words.rest)?.[1];
  // The word for it says how it ended: everything else that is handed in has an intent of its own.
  if (action === 'draft') return { outcome: 'interim' };
  if (action === 'finishSubtask') return part ? { no: part } : {};
  const fault = action === 'return' ? readFault(reason, itemVocabulary) : undefined;
  return { ...(reason ? { reason } : {}), ...(fault && { fault }) };
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
  return waiting.length === 0 ? [] : keepList(turn, [sayItems(turn, 'unreceived', waiting, { action: 'receiveItem' })]);
};
