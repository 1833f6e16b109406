import type { Notice } from '../escalation/notice.ts';
import { appointedAt, officePeople, type Directory } from '../organisation/directory.ts';
import type { LedgerEvent } from '../ledger/event.ts';
import type { ItemContext } from './item-outcome.ts';
import { principalOf } from './item-people.ts';
import { leadOf, openExtension, type Item } from './item.ts';

/** Who hears of what was done with an item. Never whoever did it; the unit's own steps stay within the unit. */

const handlersOf = (directory: Directory, body: string, at: number): readonly string[] => {
  const people = (['liaison', 'contact', 'groupLeader'] as const).flatMap((role) => appointedAt(directory, role, body, at));
  return people.length > 0 ? people : [principalOf(directory, body, at)].flatMap((one) => one ?? []);
};

const withPrincipal = (directory: Directory, body: string, at: number): readonly string[] => [
  ...handlersOf(directory, body, at),
  ...[principalOf(directory, body, at)].flatMap((one) => one ?? []),
];

/** `item` is the item after the event. Whoever now owes something hears it from the clock that opens with it. */
const hearers = (item: Item, event: LedgerEvent, { directory }: ItemContext, now: number): readonly string[] => {
  const lead = leadOf(item).unitId;
  const handlers = () => handlersOf(directory, lead, now);
  const version = item.versions.at(-1);
  switch (event.event) {
    case 'ItemCorrected':
      return item.parts.flatMap(({ unitId }) => handlersOf(directory, unitId, now));
    case 'HandInDrafted':
      return handlers();
    case 'DataChecked':
      return withPrincipal(directory, lead, now);
    case 'HandInSigned':
      return [...handlers(), ...(version ? [version.draftedBy] : [])];
    case 'ItemClosed':
      // whoever helps is still asked to receive it, and need not any more
      return [...item.parts.flatMap(({ unitId }) => handlersOf(directory, unitId, now)), ...(version ? [version.draftedBy] : [])];
    case 'ItemAccepted':
      return [...handlers(), ...(version ? [version.draftedBy] : [])];
    case 'ItemReturned':
    case 'ItemReopened':
    case 'ItemWithdrawn':
      return [...item.parts.flatMap(({ unitId }) => handlersOf(directory, unitId, now)), ...withPrincipal(directory, lead, now)];
    case 'ItemUrged':
      return [...handlers(), ...item.subtasks.filter(({ doneAt }) => doneAt === undefined).map(({ ownerId }) => ownerId)];
    case 'ExtensionApproved':
      return openExtension(item) ? [item.extensions.at(-1)!.askedBy] : [item.extensions.at(-1)!.askedBy, ...handlers()];
    case 'ExtensionRefused':
      return [item.extensions.at(-1)!.askedBy, ...handlers()];
    case 'OuterLimitMoved':
      return handlers();
    case 'LongTermSet':
      return officePeople(directory, now);
    default:
      return [];
  }
};

/** Those of units that are out of it since, but for whoever still has to do with it otherwise. */
const released = (item: Item, before: Item | undefined, { directory }: ItemContext, now: number): readonly string[] => {
  const gone = (before?.parts ?? []).filter(({ unitId }) => !item.parts.some((part) => part.unitId === unitId));
  return gone.flatMap(({ unitId }) => handlersOf(directory, unitId, now));
};

/**
 * `before`: the item as it was. Handing over itself is said once per unit and batch, by whoever hands over.
 */
export const announceItem = (item: Item, event: LedgerEvent, context: ItemContext, now: number, before?: Item): readonly Notice[] => {
  const heard = new Set(hearers(item, event, context, now));
  const newsTo = (to: string, said: string): Notice => ({
    to,
    via: 'card',
    template: 'item.news',
    itemId: item.id,
    params: { event: said },
  });
  const over = new Set(released(item, before, context, now).filter((to) => !heard.has(to)));
  return [...[...heard].map((to) => newsTo(to, event.event)), ...[...over].map((to) => newsTo(to, 'UnitReleased'))].filter(
    ({ to }) => to !== event.actor,
  );
};

/** One message to each unit for all that it was handed at once. */
export const announceHandOver = (items: readonly Item[], directory: Directory, now: number): readonly Notice[] => {
  const byUnit = new Map<string, Item[]>();
  for (const item of items) {
    for (const { unitId } of item.parts) {
      const list = byUnit.get(unitId);
      if (list) list.push(item);
      else byUnit.set(unitId, [item]);
    }
  }
  return [...byUnit].flatMap(([unitId, list]) =>
    handlersOf(directory, unitId, now).map((to): Notice => ({
      to,
      via: 'card',
      template: list.length === 1 ? 'item.handedOver' : 'item.batch',
      itemId: list[0]!.id,
      params: { unitId, count: list.length, itemIds: list.map(({ id }) => id).slice(0, 60) },
    })),
  );
};
