import type { Item, ItemId } from '../../../domain/items/item.ts';
import type { World } from '../../world.ts';
import { handOver } from './hand-over.ts';
import type { ItemImportDeps } from './import-batch.ts';

const loadAtOnce = 500;

const loadItems = async ({ store }: World, ids: readonly ItemId[]): Promise<ReadonlyMap<ItemId, Item>> => {
  const items = new Map<ItemId, Item>();
  for (let from = 0; from < ids.length; from += loadAtOnce) {
    for (const stored of await store.load(ids.slice(from, from + loadAtOnce)))
      if (stored?.aggregate.type === 'item') items.set(stored.id, stored.aggregate.state);
  }
  return items;
};

/** The items of a world as the import of lists asks for them: a list is handed over as everything else is. */
export const listDoor = (world: World): Pick<ItemImportDeps, 'loadItems' | 'handOver'> => ({
  loadItems: (ids) => loadItems(world, ids),
  handOver: (handed) => handOver(world, handed),
});
