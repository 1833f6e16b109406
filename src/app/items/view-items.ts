import { clocksOf } from '../../domain/items/clocks-of.ts';
import type { ItemKind } from '../../domain/items/item-kind.ts';
import { deadlineOf, isItemEnded, leadOf, type Item, type ItemStatus } from '../../domain/items/item.ts';
import type { Directory } from '../../domain/organisation/directory.ts';
import { type Iso, type Page, type PageQuery, toPage } from '../views/view-page.ts';
import { type PapersView, viewPapers } from './view-papers.ts';

/** How near its deadline: green, amber, red (the day it is due is nearly over), overdue; none once it is with others. */
export type Heat = 'green' | 'amber' | 'red' | 'overdue' | 'none';

const withOthers: readonly ItemStatus[] = ['submitted', 'accepted', 'closed', 'confirmed', 'withdrawn'];

/** Red begins with the last sixth of amber: with a day of amber, the last four hours. */
const redShare = 6;

export const heatOf = (item: Item, kind: ItemKind, now: number): Heat => {
  if (withOthers.includes(item.status)) return 'none';
  const leftMs = deadlineOf(item) - now;
  if (leftMs <= 0) return 'overdue';
  if (leftMs <= kind.amberMs / redShare) return 'red';
  return leftMs <= kind.amberMs ? 'amber' : 'green';
};

export type ItemFilter = {
  readonly unit?: string | undefined;
  readonly kind?: string | undefined;
  readonly status?: string | undefined;
  readonly heat?: string | undefined;
  readonly batch?: string | undefined;
  /** Only those that have not ended. */
  readonly isOpen?: boolean;
};

export type ItemView = {
  readonly id: string;
  readonly number: string;
  readonly kind: string;
  readonly status: ItemStatus;
  readonly heat: Heat;
  readonly text: string;
  readonly batch?: string;
  readonly district?: string;
  readonly pollution: readonly string[];
  readonly isSpecial: boolean;
  readonly isUrgent: boolean;
  readonly units: readonly { readonly id: string; readonly name: string; readonly isLead: boolean; readonly receivedAt?: string }[];
  readonly handedOverAt: string;
  readonly dueAt: string | null;
  readonly versions: number;
  readonly closedAt?: string;
  readonly followUpDueAt?: string;
};

export type WholeItemView = ItemView & {
  readonly item: Item;
  readonly clocks: readonly { readonly kind: string; readonly subject: string; readonly dueAt: string }[];
  readonly papers: PapersView;
};

export type ItemViewContext = {
  readonly directory: Directory;
  readonly kindOf: (name: string) => ItemKind;
  readonly now: number;
  readonly iso: Iso;
};

export const nameUnit = (directory: Directory, unitId: string): string => {
  const unit = directory.units.get(unitId);
  return unit?.aliases[0] ?? unit?.name ?? directory.organisation.groups.find(({ id }) => id === unitId)?.name ?? unitId;
};

export const viewItem = (item: Item, { directory, kindOf, now, iso }: ItemViewContext): ItemView => {
  const dueAt = deadlineOf(item);
  return {
    id: item.id,
    number: item.number,
    kind: item.kind,
    status: item.status,
    heat: heatOf(item, kindOf(item.kind), now),
    text: item.text,
    ...(item.batch === undefined ? {} : { batch: item.batch }),
    ...(item.district === undefined ? {} : { district: item.district }),
    pollution: item.pollution,
    isSpecial: item.isSpecial,
    isUrgent: item.isUrgent,
    units: item.parts.map(({ unitId, isLead, receivedAt }) => ({
      id: unitId,
      name: nameUnit(directory, unitId),
      isLead,
      ...(receivedAt === undefined ? {} : { receivedAt: iso(receivedAt) }),
    })),
    handedOverAt: iso(item.handedOverAt),
    dueAt: Number.isFinite(dueAt) ? iso(dueAt) : null,
    versions: item.versions.length,
    ...(item.closedAt === undefined ? {} : { closedAt: iso(item.closedAt) }),
    ...(item.followUpDueAt === undefined ? {} : { followUpDueAt: iso(item.followUpDueAt) }),
  };
};

export const viewWholeItem = (item: Item, context: ItemViewContext): WholeItemView => ({
  ...viewItem(item, context),
  item,
  clocks: clocksOf(item, context.kindOf(item.kind)).map(({ kind, subject, deadlineAt }) => ({
    kind,
    subject,
    dueAt: context.iso(deadlineAt),
  })),
  papers: viewPapers(item, context),
});

const matches = (
  item: Item,
  { unit, kind, status, heat, batch, isOpen }: ItemFilter,
  { directory, kindOf, now }: ItemViewContext,
): boolean =>
  (isOpen !== true || !isItemEnded(item)) &&
  (kind === undefined || item.kind === kind) &&
  (status === undefined || item.status === status) &&
  (batch === undefined || item.batch === batch) &&
  (heat === undefined || heatOf(item, kindOf(item.kind), now) === heat) &&
  (unit === undefined || item.parts.some(({ unitId }) => unitId === unit || nameUnit(directory, unitId) === unit));

/** What is due first comes first. */
const keyOf = (item: Item): string => `${String(Math.min(deadlineOf(item), Number.MAX_SAFE_INTEGER)).padStart(16, '0')}.${item.id}`;

export const viewItems = (items: Iterable<Item>, filter: ItemFilter, context: ItemViewContext, query: PageQuery): Page<ItemView> => {
  const page = toPage(
    [...items].filter((item) => matches(item, filter, context)),
    keyOf,
    query,
  );
  return { items: page.items.map((item) => viewItem(item, context)), next: page.next };
};

/** Counts for each unit or kind: open, and how near the deadline. */
export type ItemCounts = { readonly [heat in Heat]: number } & { readonly open: number; readonly unreceived: number };

export const countItems = (
  items: Iterable<Item>,
  keyOfItem: (item: Item) => string,
  context: Pick<ItemViewContext, 'kindOf' | 'now'>,
): ReadonlyMap<string, ItemCounts> => {
  const counts = new Map<string, { -readonly [key in keyof ItemCounts]: number }>();
  for (const item of items) {
    if (isItemEnded(item)) continue;
    const key = keyOfItem(item);
    const count = counts.get(key) ?? { green: 0, amber: 0, red: 0, overdue: 0, none: 0, open: 0, unreceived: 0 };
    count.open += 1;
    count[heatOf(item, context.kindOf(item.kind), context.now)] += 1;
    if (leadOf(item).receivedAt === undefined) count.unreceived += 1;
    counts.set(key, count);
  }
  return counts;
};
