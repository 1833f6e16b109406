import { isGroupMember, isOfBody, isOfOffice } from '../../../domain/items/item-people.ts';
import type { ItemWords } from '../../../domain/items/item-words.ts';
import { deadlineOf, isItemEnded, openExtension, type Item } from '../../../domain/items/item.ts';
import { mayAct, type ItemActionType } from '../../../domain/items/next-actions.ts';
import type { Turn } from '../../acts/speaker.ts';
import type { Board } from '../board.ts';
import { itemContextOf } from '../change-item.ts';

/** The items that a message may be about: those of the speaker's units, for the office all. */
export type Desk = {
  readonly items: ReadonlyMap<string, Item>;
  readonly isOffice: boolean;
  /** Open, and waiting for the speaker or their units; the most urgent first. */
  readonly own: readonly Item[];
  /** Every one that the speaker may see. */
  readonly visible: readonly Item[];
};

const byDeadline = (one: Item, other: Item): number => deadlineOf(one) - deadlineOf(other) || (one.id < other.id ? -1 : 1);

const waitsForOffice = (item: Item): boolean =>
  item.status === 'submitted' || item.status === 'accepted' || openExtension(item)?.principalAt !== undefined;

export const openDesk = async (board: Board, turn: Turn): Promise<Desk> => {
  const items = await board.read();
  const { world, person, change } = turn;
  const { directory } = world;
  const { units, groups } = directory.organisation;
  const bodies = new Set([...units, ...groups].map(({ id }) => id).filter((id) => isOfBody(directory, person.id, id, change.now)));
  const isOffice = isOfOffice(directory, person.id, change.now);
  const isMine = (item: Item) =>
    item.parts.some(({ unitId }) => bodies.has(unitId)) || item.subtasks.some(({ ownerId }) => ownerId === person.id);
  const everything = isOffice || isGroupMember(directory, person.id, change.now);
  const visible = everything ? [...items.values()] : [...items.values()].filter(isMine);
  const own = visible.filter((item) => !isItemEnded(item) && (isMine(item) || (isOffice && waitsForOffice(item)))).sort(byDeadline);
  return { items, isOffice, own, visible };
};

/** The rules are asked about no more than this many at once. */
const mostAsked = 500;

/** Those that the speaker could do this with now, the most urgent first. */
export const candidatesFor = (desk: Desk, turn: Turn, action: ItemActionType): readonly Item[] => {
  const context = itemContextOf(turn.world);
  const may = (item: Item) => mayAct(item, action, turn.person.id, context, turn.change.now);
  // What only the office does is done with any item; everything else with one's own, and with what waits for one.
  const isOfficeAct = action === 'urge' || action === 'withdrawItem' || action === 'moveOuter' || action === 'followUp';
  const some = isOfficeAct ? desk.visible.filter((item) => !isItemEnded(item)).toSorted(byDeadline) : desk.own;
  return some.slice(0, mostAsked).filter(may);
};

const endsWith = ({ number }: Item, tail: string): boolean => number.replaceAll(/\D/gu, '').endsWith(tail);

/** Longer numbers first: `调阅3-12` is not `调阅3-1`. */
const namedIn = (items: readonly Item[], rest: string): readonly Item[] => {
  const said = rest.normalize('NFKC').toUpperCase().replaceAll(/\s/gu, '');
  const named = items.filter(
    ({ number }) => number.length > 2 && said.includes(number.normalize('NFKC').toUpperCase().replaceAll(/\s/gu, '')),
  );
  return named.filter((item) => !named.some((other) => other !== item && other.number.includes(item.number)));
};

/** One list for each item that was named: several where the digits fit several. Nothing where none was named. */
export const namedItems = (desk: Desk, words: ItemWords): readonly (readonly Item[])[] => {
  const byNumber = words.numbers.map((number): readonly Item[] => {
    const known = desk.items.get(`i${number}`);
    return known ? [known] : desk.visible.filter((item) => item.number.toUpperCase() === number);
  });
  const byTail = words.tails.map((tail): readonly Item[] => {
    const fitting = desk.visible.filter((item) => endsWith(item, tail));
    const open = fitting.filter((item) => !isItemEnded(item));
    return open.length > 0 ? open : fitting;
  });
  if (byNumber.length + byTail.length > 0) return [...byNumber, ...byTail];
  return namedIn(desk.own, words.rest).map((item) => [item]);
};
