import type { Notice } from '../../../domain/escalation/notice.ts';
import type { ItemWords } from '../../../domain/items/item-words.ts';
import { mayAct, maySee, type ItemActionType } from '../../../domain/items/next-actions.ts';
import { readDialogue } from '../../acts/dialogue.ts';
import type { Turn } from '../../acts/speaker.ts';
import { actInChat } from './act-in-chat.ts';
import type { Board } from '../board.ts';
import { itemContextOf, readItem } from '../change-item.ts';
import { namedItems, openDesk } from './find-items.ts';
import { namesItem } from './hearing.ts';
import { begunOf, joinFiles, rememberBegun, type Inputs } from './item-dialogue.ts';
import { sayItem, sayItems, sayRefused } from './say-items.ts';

/** Files that come with a message: for the act that was begun, or for the item that their sender then names. */

const filed: readonly ItemActionType[] = ['report', 'draft', 'sign'];
/** Whether an act takes files. */
export const isFiled = (action: string): action is ItemActionType => filed.some((one) => one === action);

/** An act that waits for files takes them; otherwise it is asked which item they belong to. */
export const takeFiles = async (turn: Turn, board: Board, text: string, words?: ItemWords): Promise<readonly Notice[]> => {
  const { change, message } = turn;
  const begun = begunOf(await readDialogue(turn), change.now);
  const desk = await openDesk(board, turn);
  const named = words && namesItem(words) ? namedItems(desk, words).flat() : [];
  const isOther = begun?.itemId !== undefined && named.length > 0 && !named.some(({ id }) => id === begun.itemId);
  if (begun?.itemId !== undefined && isFiled(begun.action) && !isOther) {
    // What is said beside them are the words of a report; a hand-in is put into words of its own.
    const said: Inputs = text !== '' && begun.action === 'report' && !begun.inputs['text'] ? { text } : {};
    return actInChat(turn, begun.itemId, begun.action, said);
  }
  const context = itemContextOf(turn.world);
  const fitting = (named.length > 0 ? named : desk.own).filter((item) =>
    filed.some((action) => mayAct(item, action, turn.person.id, context, change.now)),
  );
  if (fitting.length === 0) return [sayRefused(turn, 'noCandidate')];
  const files = joinFiles(isOther ? [] : (begun?.files ?? []), message.files ?? []);
  const only = fitting.length === 1 ? fitting[0] : undefined;
  await rememberBegun(turn, { ...(only ? { itemId: only.id } : {}), action: 'attach', inputs: text === '' ? {} : { text }, files });
  return only ? [sayItem(turn, only.id)] : [sayItems(turn, 'chooseForFiles', fitting, { action: 'attach', files: files.length })];
};

/** The item that the files which were sent belong to; what they are for says the next button. */
export const attachFiles = async (turn: Turn, itemId: string): Promise<readonly Notice[]> => {
  const { world, change, person } = turn;
  const item = await readItem(world, change, itemId);
  if (!item) return [sayRefused(turn, 'unknownItem')];
  if (!maySee(item, person.id, itemContextOf(world), change.now)) return [sayRefused(turn, 'wrongRole')];
  const begun = begunOf(await readDialogue(turn), change.now);
  if (begun) await rememberBegun(turn, { itemId, action: 'attach', inputs: begun.inputs, files: begun.files });
  return [sayItem(turn, itemId)];
};
