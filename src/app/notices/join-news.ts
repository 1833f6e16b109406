import type { Notice } from '../../domain/escalation/notice.ts';
import { isItemEnded } from '../../domain/items/item.ts';
import type { ItemOf } from './render-items.ts';

/** What one person is told of several items in one breath: each said with its own item, and joined when it goes out. */

/** Notices that are one message, and the words for all of them. */
export type JoinedNews = { readonly notices: readonly Notice[]; readonly said: Notice };

/** More than these are said in a figure; the list of what one has names them all. */
const mostNamed = 60;

/** Held for others of its sort, and about an item itself rather than one of its clocks. */
export const isHeldNews = ({ isBundled, obligationId, itemId, reply }: Notice): boolean =>
  isBundled === true && obligationId === undefined && itemId !== undefined && reply === undefined;

/** Nobody is asked to receive what they have received meanwhile, or what was taken back before it was said. */
const isStillNew = ({ template, itemId, params }: Notice, itemOf: ItemOf): boolean => {
  if (template !== 'item.handedOver') return true;
  const item = itemOf(itemId!);
  if (!item || isItemEnded(item)) return false;
  const part = item.parts.find(({ unitId }) => unitId === params?.['unitId']);
  // what opens by itself is received from the beginning, and told all the same
  return part !== undefined && part.receivedBy === undefined;
};

const joinedOf = (notices: readonly Notice[]): Notice => {
  const [first] = notices;
  if (notices.length === 1) return first!;
  const itemIds = notices.flatMap(({ itemId }) => itemId ?? []);
  return { ...first!, template: 'item.batch', params: { ...first!.params, count: itemIds.length, itemIds: itemIds.slice(0, mostNamed) } };
};

/** One message for each recipient, unit and sort of news, in the order in which they were first said. */
export const joinNews = (notices: readonly Notice[], itemOf: ItemOf): readonly JoinedNews[] => {
  const keyOf = ({ to, via, template, params }: Notice) => [to, via, template, params?.['unitId'], params?.['event']].join(' ');
  const wanted = notices.filter((notice) => isStillNew(notice, itemOf));
  return [...Map.groupBy(wanted, keyOf).values()].map((list) => {
    // said twice of one item it is one item
    const each = new Map(list.map((notice) => [notice.itemId, notice]));
    return { notices: list, said: joinedOf([...each.values()]) };
  });
};
