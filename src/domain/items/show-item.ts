import type { Notice } from '../escalation/notice.ts';
import { appointedAt, officePeople, type Directory } from '../organisation/directory.ts';
import type { Item } from './item.ts';

/** Everybody who may have a card of an item sees on it how it stands now. Whoever has none gets nothing. */
export const showItem = (item: Item, directory: Directory, now: number): readonly Notice[] => {
  const people = new Set<string>(officePeople(directory, now));
  for (const { unitId } of item.parts)
    for (const role of ['liaison', 'contact', 'principal'] as const)
      for (const personId of appointedAt(directory, role, unitId, now)) people.add(personId);
  for (const { ownerId } of item.subtasks) people.add(ownerId);
  for (const { draftedBy } of item.versions) people.add(draftedBy);
  for (const { receivedBy } of item.parts) if (receivedBy !== undefined) people.add(receivedBy);
  return [...people].map((to): Notice => ({ to, via: 'card', template: 'item.card', itemId: item.id, isUpdate: true }));
};
