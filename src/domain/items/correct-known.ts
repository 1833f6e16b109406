import { warning } from '../organisation/finding.ts';
import type { Finding } from '../organisation/finding.ts';
import type { CorrectedField, DraftPart, ItemDraft } from './item-draft.ts';
import { isItemEnded } from './item.ts';
import type { Item, ItemId, Limit } from './item.ts';

/** A list that names items which are known already: they are put right, never doubled. */

export type Corrected = {
  /** New ones, and known ones that change. */
  readonly drafts: readonly ItemDraft[];
  readonly updated: number;
  readonly unchanged: number;
  readonly findings: readonly Finding[];
};

const partsText = (parts: readonly DraftPart[]): string =>
  [...parts.filter(({ isLead }) => isLead), ...parts.filter(({ isLead }) => !isLead).toSorted((a, b) => a.unitId.localeCompare(b.unitId))]
    .map(({ unitId }) => unitId)
    .join(' ');

const limitOfUnit = (limits: readonly Limit[]): number | undefined => limits.find(({ level }) => level === 'unit')?.at;

/** What a list leaves out stays as it is: a column that is missing takes nothing back. */
const changesOf = (draft: ItemDraft, item: Item): readonly CorrectedField[] => {
  const isOther: { readonly [field in CorrectedField]: boolean } = {
    text: draft.text !== item.text,
    district: draft.district !== undefined && draft.district !== item.district,
    pollution: draft.pollution.length > 0 && draft.pollution.join(' ') !== item.pollution.join(' '),
    isSpecial: draft.isSpecial && !item.isSpecial,
    remark: draft.remark !== undefined && draft.remark !== item.remark,
    source: draft.source !== undefined && draft.source !== item.source,
    parts: partsText(draft.parts) !== partsText(item.parts),
    limits: draft.isLimitStated && limitOfUnit(draft.limits) !== limitOfUnit(item.limits),
  };
  return (Object.keys(isOther) as CorrectedField[]).filter((field) => isOther[field]);
};

const leadUnitOf = (parts: readonly DraftPart[]): string | undefined => (parts.find(({ isLead }) => isLead) ?? parts[0])?.unitId;

/** The same unit's, under any of its ids; else its own id has moved to another unit. */
const itemOf = (draft: ItemDraft, known: ReadonlyMap<ItemId, Item>): Item | undefined => {
  const items = [draft.id, ...(draft.otherIds ?? [])].flatMap((id) => known.get(id) ?? []);
  return items.find((item) => leadUnitOf(item.parts) === leadUnitOf(draft.parts)) ?? known.get(draft.id);
};

/** Every id under which the drafts may be known. */
export const idsOf = (drafts: readonly ItemDraft[]): readonly ItemId[] => drafts.flatMap(({ id, otherIds = [] }) => [id, ...otherIds]);

/** Marks each draft of a known item as a correction with what differs; drafts that change nothing are left out. */
export const correctKnown = (drafts: readonly ItemDraft[], known: ReadonlyMap<ItemId, Item>): Corrected => {
  const findings: Finding[] = [];
  const kept: ItemDraft[] = [];
  let updated = 0;
  for (const draft of drafts) {
    const item = itemOf(draft, known);
    if (!item) {
      kept.push(draft);
      continue;
    }
    const changed = changesOf(draft, item);
    if (changed.length === 0) continue;
    if (isItemEnded(item)) findings.push(warning('ZG_ITEM_ENDED', { place: draft.place, params: { number: draft.number } }));
    updated += 1;
    kept.push({ ...draft, id: item.id, correction: { changed } });
  }
  return { drafts: kept, updated, unchanged: drafts.length - kept.length, findings };
};
