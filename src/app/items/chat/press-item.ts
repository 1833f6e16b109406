import type { Notice } from '../../../domain/escalation/notice.ts';
import { maySee } from '../../../domain/items/next-actions.ts';
import { itemTextsFor } from '../../../messages/item-texts.ts';
import type { Turn } from '../../acts/speaker.ts';
import { acceptAll, acceptAllListed } from './accept-all.ts';
import { actInChat, actOnSeveral, growForm } from './act-in-chat.ts';
import { addItem } from './add-item.ts';
import type { Board } from '../board.ts';
import { itemContextOf, readItem } from '../change-item.ts';
import { explainItem, urgeUnit } from './overview.ts';
import { attachFiles } from './take-files.ts';
import { typeOfAction } from './item-actions.ts';
import { openDesk } from './find-items.ts';
import { rememberBegun, type Inputs } from './item-dialogue.ts';
import { keepList, sayMore } from './page-list.ts';
import { sayItem, sayItems, sayRefused } from './say-items.ts';

/** What a press brings beside what it is for: what forms ask for, and which hand-in the card was about. */
const inputsIn = (value: object): Inputs => {
  const given: { [id: string]: string } = {};
  const known = itemTextsFor(undefined).inputs;
  for (const [key, text] of Object.entries(value))
    if (typeof text === 'string' && (key === 'no' || key === 'rows' || Object.hasOwn(known, key))) given[key] = text;
  return given;
};

const show = async (turn: Turn, itemId: string): Promise<readonly Notice[]> => {
  const item = await readItem(turn.world, turn.change, itemId);
  if (!item) return [sayRefused(turn, 'unknownItem')];
  const isSeen = maySee(item, turn.person.id, itemContextOf(turn.world), turn.change.now);
  return [isSeen ? sayItem(turn, itemId) : sayRefused(turn, 'wrongRole')];
};

/** Each button by its name. */
const press = async (turn: Turn, value: unknown, board: Board): Promise<readonly Notice[] | undefined> => {
  if (typeof value !== 'object' || value === null) return undefined;
  const { action, itemId, unitId, itemIds, marks, from, listedAt } = value as Record<string, unknown>;
  const id = typeof itemId === 'string' && itemId.startsWith('i') && itemId.length <= 200 ? itemId : undefined;
  if (action === 'addItem') return addItem(turn, inputsIn(value));
  if (action === 'moreItems') return sayMore(turn, { from: Number(from), listedAt: Number(listedAt) });
  if (action === 'acceptAll' && typeof itemIds === 'string') return acceptAllListed(turn, await openDesk(board, turn), itemIds.split(','));
  if (action === 'confirmAcceptAll' && typeof marks === 'string') return acceptAll(turn, marks);
  if (action === 'myItems') return [sayItems(turn, 'mine', (await openDesk(board, turn)).own)];
  if (action === 'cancelForm') {
    await rememberBegun(turn, undefined);
    return id === undefined ? [] : show(turn, id);
  }
  if (action === 'urgeUnit') return typeof unitId === 'string' ? urgeUnit(turn, board, unitId) : undefined;
  if (action === 'receiveAll' && typeof itemIds === 'string')
    return actOnSeveral(
      turn,
      itemIds.split(',').filter((one) => one.startsWith('i')),
      'receive',
    );
  if (id === undefined || typeof action !== 'string') return undefined;
  if (action === 'showItem') return show(turn, id);
  if (action === 'explain') return explainItem(turn, id);
  if (action === 'moreRows') return growForm(turn, id, inputsIn(value));
  if (action === 'attach') return attachFiles(turn, id);
  const type = Object.hasOwn(typeOfAction, action) ? typeOfAction[action] : undefined;
  return type && actInChat(turn, id, type, inputsIn(value));
};

/** A button about an item; undefined for one that is about something else. */
export const pressItem = async (turn: Turn, value: unknown, board: Board): Promise<readonly Notice[] | undefined> => {
  const replies = await press(turn, value, board);
  return replies && keepList(turn, replies);
};
