import type { Notice } from '../../../domain/escalation/notice.ts';
import { isOfOffice } from '../../../domain/items/item-people.ts';
import { leadOf, type Item } from '../../../domain/items/item.ts';
import type { Turn } from '../../acts/speaker.ts';
import type { Board } from '../board.ts';
import { actOnSeveral } from '../chat/act-in-chat.ts';
import { keepList } from '../chat/page-list.ts';
import { sayItems, sayRefused } from '../chat/say-items.ts';
import { pressProposal, proposeReadiness } from './propose-readiness.ts';
import { owedForReadiness } from './say-readiness.ts';

/** Buttons about what must lie ready. */

/** 催办 of what a unit, or every unit, has not filed: each hears it once. */
const urge = async (turn: Turn, board: Board, unitId: unknown): Promise<readonly Notice[]> => {
  const { world, person, change } = turn;
  if (!isOfOffice(world.directory, person.id, change.now)) return [sayRefused(turn, 'notForYou')];
  const owed = owedForReadiness(world, await board.read(), typeof unitId === 'string' ? unitId : undefined);
  const byUnit = Map.groupBy(owed, (item) => leadOf(item).unitId);
  const ids = (items: readonly Item[]) => items.map(({ id }) => id);
  if (byUnit.size <= 1) return actOnSeveral(turn, ids(owed), 'urge');
  for (const items of byUnit.values()) await actOnSeveral(turn, ids(items), 'urge');
  return [sayItems(turn, 'urged', owed)];
};

/** Undefined for a button that is about something else. */
export const pressReadiness = async (turn: Turn, value: unknown, board: Board): Promise<readonly Notice[] | undefined> => {
  if (typeof value !== 'object' || value === null) return undefined;
  const { action, askedAt, unitId } = value as Record<string, unknown>;
  if (action === 'assignReadiness') return proposeReadiness(turn, { text: '', intent: 'assignReadiness' });
  if (action === 'urgeReadiness') return keepList(turn, await urge(turn, board, unitId));
  return pressProposal(turn, action, askedAt);
};
