import { ageing, ageLimits } from '../items/disclosure.ts';
import { evolveItem } from '../items/evolve-item.ts';
import { deadlineOf, isItemEnded, leadOf, type Item, type ItemStatus } from '../items/item.ts';
import type { LedgerEvent } from '../ledger/event.ts';
import type { FiguresContext, Period } from './period.ts';

/** Of one kind of items, or of one unit as the lead. */
export type ItemCounts = {
  /** Handed over, handed in in time, handed in late, closed: in the period. */
  readonly handedOver: number;
  readonly inTime: number;
  readonly late: number;
  readonly closed: number;
  /** As they stood at its end. */
  readonly open: number;
  readonly overdue: number;
};

/** `ages`: how many of the open ones are at most 3, 7, 15, 30 days old, and older. */
export type ItemFigures = {
  readonly byKind: ReadonlyMap<string, ItemCounts>;
  readonly byUnit: ReadonlyMap<string, ItemCounts>;
  readonly ages: readonly number[];
  readonly ageLimits: readonly number[];
};

type Growing = { -readonly [key in keyof ItemCounts]: number };

export type ItemsFold = { readonly take: (event: LedgerEvent) => void; readonly items: (asOf: number) => ItemFigures };

const noCounts = (): Growing => ({ handedOver: 0, inTime: 0, late: 0, closed: 0, open: 0, overdue: 0 });

const handedIn: ReadonlySet<ItemStatus> = new Set(['submitted', 'accepted', 'closed', 'confirmed', 'withdrawn']);

/** Items as they stood at the end of a period, and what was done about them in it. Their texts are not remembered. */
export const foldItems = (context: FiguresContext, { fromAt, toAt }: Period): ItemsFold => {
  const items = new Map<string, Item>();
  const byKind = new Map<string, Growing>();
  const byUnit = new Map<string, Growing>();

  const count = (item: Item, key: keyof ItemCounts, kinds = byKind, units = byUnit): void => {
    const { unitId } = leadOf(item);
    if (!context.isWanted(unitId)) return;
    for (const [map, id] of [
      [kinds, item.kind],
      [units, unitId],
    ] as const) {
      const counts = map.get(id) ?? noCounts();
      counts[key] += 1;
      map.set(id, counts);
    }
  };

  const take = (row: LedgerEvent): void => {
    const { itemId, at, event, personal: _, ...rest } = row;
    if (itemId === undefined || !itemId.startsWith('i') || at >= toAt) return;
    const before = items.get(itemId);
    const item = evolveItem(before, { ...rest, itemId, at, event });
    if (!item) return;
    if (item !== before) items.set(itemId, item);
    if (at < fromAt) return;
    if (event === 'ItemHandedOver' && !before) count(item, 'handedOver');
    else if (event === 'ItemClosed') count(item, 'closed');
    else if (event === 'ItemSubmitted') count(item, at < deadlineOf(before ?? item) ? 'inTime' : 'late');
  };

  const standing = (asOf: number): ItemFigures => {
    const [kinds, units] = [copyOf(byKind), copyOf(byUnit)];
    const until = Math.min(asOf, toAt);
    const wanted = [...items.values()].filter((item) => context.isWanted(leadOf(item).unitId));
    for (const item of wanted) {
      if (isItemEnded(item) || item.status === 'closed') continue;
      count(item, 'open', kinds, units);
      if (!handedIn.has(item.status) && deadlineOf(item) <= until) count(item, 'overdue', kinds, units);
    }
    return { byKind: kinds, byUnit: units, ages: ageing(wanted, until), ageLimits };
  };
  return { take, items: standing };
};

const copyOf = (map: ReadonlyMap<string, Growing>): Map<string, Growing> => new Map([...map].map(([id, counts]) => [id, { ...counts }]));
