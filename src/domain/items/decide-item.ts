import type { Json, LedgerEvent } from '../ledger/event.ts';
import { approve, extend, moveOuter, reject, setLongTerm } from './decide-dates.ts';
import { accept, check, draft, returnItem, sign, submit } from './decide-hand-in.ts';
import { close, finishSubtask, followUp, receive, report, split, urge, withdrawItem } from './decide-life.ts';
import type { ItemCommand, ItemCorrection, ItemDraft } from './item-command.ts';
import { refuseItem, type ItemContext, type ItemOutcome } from './item-outcome.ts';
import { isItemEnded, type Item } from './item.ts';

/** What an act on an item comes to: what happened, or why nothing did. */
export const decideItem = (item: Item | undefined, command: ItemCommand, context: ItemContext, now: number): ItemOutcome => {
  if (!item) return refuseItem('unknownItem');
  if (isItemEnded(item)) return refuseItem('ended');
  switch (command.type) {
    case 'receive':
      return receive(item, command, context, now);
    case 'split':
      return split(item, command, context, now);
    case 'finishSubtask':
      return finishSubtask(item, command, context, now);
    case 'report':
      return report(item, command, context, now);
    case 'draft':
      return draft(item, command, context, now);
    case 'check':
      return check(item, command, context, now);
    case 'sign':
      return sign(item, command, context, now);
    case 'submit':
      return submit(item, command, context, now);
    case 'accept':
      return accept(item, command, context, now);
    case 'return':
      return returnItem(item, command, context, now);
    case 'close':
      return close(item, command, context, now);
    case 'followUp':
      return followUp(item, command, context, now);
    case 'extend':
      return extend(item, command, context, now);
    case 'approve':
      return approve(item, command, context, now);
    case 'reject':
      return reject(item, command, context, now);
    case 'moveOuter':
      return moveOuter(item, command, context, now);
    case 'longTerm':
      return setLongTerm(item, command, context, now);
    case 'urge':
      return urge(item, command, context, now);
    case 'withdrawItem':
      return withdrawItem(item, command, context, now);
  }
};

type Fields = { readonly [key: string]: Json | undefined };

const present = (fields: Fields): { readonly [key: string]: Json } =>
  Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined));

const partsOf = (unitIds: readonly string[]): Json => unitIds.map((unitId, index) => ({ unitId, isLead: index === 0 }));

/** Handing over begins every clock. `by`: who added it, where a person did. */
export const handOver = (
  draft: ItemDraft,
  context: ItemContext,
  now: number,
  by?: { readonly personId: string; readonly channel: string },
): LedgerEvent => ({
  at: now,
  event: 'ItemHandedOver',
  itemId: draft.id,
  ...(by === undefined ? {} : { actor: by.personId, channel: by.channel }),
  data: present({
    kind: draft.kind,
    number: draft.number,
    batch: draft.batch,
    district: draft.district,
    pollution: draft.pollution,
    isSpecial: draft.isSpecial,
    isUrgent: draft.isUrgent ?? false,
    handedOverAt: draft.handedOverAt,
    parts: partsOf(draft.unitIds),
    limits: draft.limits,
    // Receipt counts from when the unit can know of it: a list that is days old when it comes starts no clock in the past.
    receiptDueAt: Math.max(now, draft.handedOverAt) + context.kindOf(draft.kind).receiptWithinMs,
  }),
  personal: present({ text: draft.text, source: draft.source, remark: draft.remark }),
});

/** A later batch says otherwise: the item is brought up to it, and what stood before stands in the ledger. */
export const correct = (
  item: Item,
  correction: ItemCorrection,
  now: number,
  by?: { readonly personId: string; readonly channel: string },
): ItemOutcome => {
  if (isItemEnded(item)) return refuseItem('ended');
  const { text, source, remark, unitIds, ...rest } = correction;
  const data = present({ ...rest, parts: unitIds === undefined ? undefined : partsOf(unitIds) });
  const personal = present({ text, source, remark });
  if (Object.keys(data).length === 0 && Object.keys(personal).length === 0) return { events: [] };
  const actor = by === undefined ? {} : { actor: by.personId, channel: by.channel };
  return { events: [{ at: now, event: 'ItemCorrected', itemId: item.id, ...actor, data, personal }] };
};
