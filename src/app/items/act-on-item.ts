import { decideItem } from '../../domain/items/decide-item.ts';
import type { ItemCommand } from '../../domain/items/item-command.ts';
import type { ItemRefusal } from '../../domain/items/item-refusal.ts';
import type { Item } from '../../domain/items/item.ts';
import { showItem } from '../../domain/items/show-item.ts';
import type { Change } from '../change.ts';
import type { World } from '../world.ts';
import { applyToItem, itemContextOf, itemIn, readItem } from './change-item.ts';

export type Acted = { readonly item: Item | undefined; readonly refusal?: ItemRefusal };

/** A person's act on an item, inside the change that their message is making. */
export const actOnItem = async (world: World, change: Change, itemId: string, command: ItemCommand): Promise<Acted> => {
  const item = await readItem(world, change, itemId);
  const { events, refusal } = decideItem(item, command, itemContextOf(world), change.now);
  if (refusal !== undefined) return { item, refusal };
  if (item) change.notices.push(...showItem(item, world.directory, change.now));
  await applyToItem(world, change, itemId, events);
  return { item: itemIn(change, itemId) };
};
