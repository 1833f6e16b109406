import type { Item, ItemStatus } from './item.ts';

export const standing = (item: Item, status: ItemStatus, at: number): Item =>
  item.status === status ? item : { ...item, status, statusAt: at };

/** Work moves a fresh item on; one that was returned, or is done for now, stays what it is until it is handed in. */
export const working = (item: Item, status: 'planned' | 'inProgress', at: number): Item =>
  item.status === 'received' || item.status === 'planned' ? standing(item, status, at) : item;
