import type { Notice } from '../../../domain/escalation/notice.ts';
import type { Item } from '../../../domain/items/item.ts';
import type { ItemActionType } from '../../../domain/items/next-actions.ts';
import type { Turn } from '../../acts/speaker.ts';
import { actInChat, actOnSeveral } from './act-in-chat.ts';
import { candidatesFor, namedItems, openDesk, type Desk } from './find-items.ts';
import type { Hearing } from './hearing.ts';
import { actionOfType } from './item-actions.ts';
import type { Inputs } from './item-dialogue.ts';
import { sayItems, sayRefused } from './say-items.ts';

/** Which item an act that was said is meant for: the one named, the one that it is possible for, or asked back with buttons. */

/** Consent and refusal are words for other things too: without an item that waits for them they are left to those. */
const isSharedWord = (action: ItemActionType): boolean => action === 'approve' || action === 'reject';

export const act = async (
  { turn, board, words }: Hearing,
  action: ItemActionType,
  inputs: Inputs,
): Promise<readonly Notice[] | undefined> => {
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
