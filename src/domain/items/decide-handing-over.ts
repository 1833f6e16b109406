import type { Json, LedgerEvent } from '../ledger/event.ts';
import type { UnitId } from '../organisation/organisation.ts';
import type { ItemCorrection, ItemDraft } from './item-command.ts';
import { present, refuseItem, type ItemContext, type ItemOutcome } from './item-outcome.ts';
import { isItemEnded, limitAt, type Item, type Limit, type LimitLevel } from './item.ts';

type HandedBy = { readonly personId: string; readonly channel: string };

const actorOf = (by: HandedBy | undefined) => (by === undefined ? {} : { actor: by.personId, channel: by.channel });

/** The first one leads; a unit that is named twice is one. */
const partsOf = (unitIds: readonly UnitId[], more: (unitId: UnitId) => { readonly [key: string]: Json }): Json =>
  [...new Set(unitIds)].map((unitId, index) => ({ unitId, isLead: index === 0, ...more(unitId) }));

/** Handing over begins every clock. `by`: who added it, where a person did. The draft must have nothing missing (`validateDraft`). */
export const handOver = (draft: ItemDraft, context: ItemContext, now: number, by?: HandedBy): LedgerEvent => {
  const kind = context.kindOf(draft.kind);
  // What comes by itself, each day or at the end of a phase, nobody has to receive.
  const received = kind.opens === undefined ? {} : { receivedAt: now };
  return {
    at: now,
    event: 'ItemHandedOver',
    itemId: draft.id,
    ...actorOf(by),
    data: present({
      kind: draft.kind,
      number: draft.number,
      batch: draft.batch,
      district: draft.district,
      pollution: draft.pollution,
      isSpecial: draft.isSpecial,
      isUrgent: draft.isUrgent ?? false,
      handedOverAt: draft.handedOverAt,
      parts: partsOf(draft.unitIds, () => received),
      limits: draft.limits,
      // Receipt counts from when the unit can know of it: a list that is days old when it comes starts no clock in the past.
      receiptDueAt: Math.max(now, draft.handedOverAt) + kind.receiptWithinMs,
    }),
    personal: present({ text: draft.text, source: draft.source, remark: draft.remark }),
  };
};

/** What a list says was done about it, where it said nothing or otherwise before: kept beside the item, it closes nothing. */
export const noteAnswers = (
  item: Item | undefined,
  draft: Pick<ItemDraft, 'id' | 'answers'>,
  now: number,
  by?: HandedBy,
): readonly LedgerEvent[] => {
  const { id, answers = [] } = draft;
  const known = item?.listed?.at(-1)?.answers.map(({ heading, text }) => ({ heading, text }));
  if (
    answers.length === 0 ||
    isSame(
      known,
      answers.map(({ heading, text }) => ({ heading, text })),
    )
  )
    return [];
  const [data, personal] = [{ headings: answers.map(({ heading }) => heading) }, { texts: answers.map(({ text }) => text) }];
  return [{ at: now, event: 'AnswersListed', itemId: id, ...actorOf(by), data, personal }];
};

/** What a list no longer names, or what is there by itself now, is owed no longer; nothing that is over. */
export const takeBack = (item: Item, reason: string, now: number, by?: HandedBy): ItemOutcome =>
  isItemEnded(item)
    ? refuseItem('ended')
    : { events: [{ at: now, event: 'ItemWithdrawn', itemId: item.id, ...actorOf(by), data: {}, personal: { reason } }] };

const isSame = (one: Json | undefined, other: Json | undefined): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What the list said of a level before, whatever has moved it since with everybody's consent. */
const isNewLimit =
  (item: Item) =>
  ({ level, at }: Limit): boolean => {
    const known = limitAt(item, level);
    return known === undefined || (known.listedAt ?? known.at) !== at;
  };

/**
 * Levels that were counted from handing over like the rest of the chain and end before what a list now gives the unit:
 * whoever gives a unit more time stands further out than they do. What was moved since with consent stays.
 */
const overtaken = (item: Item, limits: readonly Limit[]): readonly LimitLevel[] => {
  const own = limits.filter(isNewLimit(item)).find(({ level }) => level === 'unit');
  if (!own) return [];
  return item.limits
    .filter(({ level, at, listedAt }) => level !== 'unit' && at < own.at && listedAt === undefined)
    .map(({ level }) => level)
    .filter((level) => !limits.some((one) => one.level === level));
};

const isSaid = (text: string | undefined, known: string | undefined): string | undefined =>
  text === undefined || text.trim() === '' || text === known ? undefined : text;

const unitsChanged = (item: Item, unitIds: readonly UnitId[] | undefined): boolean => {
  if (unitIds === undefined) return false;
  const known = item.parts.toSorted((one, other) => Number(other.isLead) - Number(one.isLead)).map(({ unitId }) => unitId);
  const [lead, ...others] = [...new Set(unitIds)];
  return lead !== known[0] || !isSame(others.toSorted(), known.slice(1).toSorted());
};

/**
 * A later batch says otherwise: the item is brought up to it, and what stood before stands in the ledger. Only what
 * differs counts: the same batch read again changes nothing, and moves no date back that was granted since.
 */
export const correct = (item: Item, correction: ItemCorrection, context: ItemContext, now: number, by?: HandedBy): ItemOutcome => {
  if (isItemEnded(item)) return refuseItem('ended');
  const { unitIds, limits = [], district, pollution, isSpecial } = correction;
  if (unitIds?.length === 0 || limits.some(({ at }) => !Number.isFinite(at))) return refuseItem('missingFields');
  const newLimits = limits.filter(isNewLimit(item));
  const over = overtaken(item, limits);
  const receiptDueAt = now + context.kindOf(item.kind).receiptWithinMs;
  const fresh = (unitId: UnitId) => (item.parts.some((part) => part.unitId === unitId) ? {} : { receiptDueAt });
  const data = present({
    district: isSaid(district, item.district),
    pollution: isSame(pollution, item.pollution) ? undefined : pollution,
    isSpecial: isSpecial === item.isSpecial ? undefined : isSpecial,
    limits: newLimits.length === 0 ? undefined : newLimits,
    overtaken: over.length === 0 ? undefined : over,
    parts: unitsChanged(item, unitIds) ? partsOf(unitIds!, fresh) : undefined,
  });
  const personal = present({
    text: isSaid(correction.text, item.text),
    source: isSaid(correction.source, item.source),
    remark: isSaid(correction.remark, item.remark),
  });
  const answers = noteAnswers(item, { id: item.id, answers: correction.answers ?? [] }, now, by);
  if (Object.keys(data).length === 0 && Object.keys(personal).length === 0) return { events: answers };
  return { events: [{ at: now, event: 'ItemCorrected', itemId: item.id, ...actorOf(by), data, personal }, ...answers] };
};
