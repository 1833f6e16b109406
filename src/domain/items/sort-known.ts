import { warning } from '../organisation/finding.ts';
import type { Finding } from '../organisation/finding.ts';
import type { UnitId } from '../organisation/organisation.ts';
import type { ListedAnswer } from './batch-list.ts';
import type { ItemCorrection } from './item-command.ts';
import { isItemEnded, leadOf, limitAt } from './item.ts';
import type { Item, ItemId } from './item.ts';
import { foldLine } from './plan-line.ts';
import type { PlannedItem } from './planned-item.ts';

/** A list that names items which are known already: they are put right, never doubled. */
export type Sorted = {
  readonly drafts: readonly PlannedItem[];
  /** Only what differs; the item's own rules look at it once more. */
  readonly corrections: readonly { readonly itemId: ItemId; readonly correction: ItemCorrection }[];
  /** Asked of a unit that the line names no longer, and not handed in yet. */
  readonly withdrawals: readonly ItemId[];
  readonly unchanged: number;
  readonly findings: readonly Finding[];
};

const unitsText = ([lead = '', ...others]: readonly UnitId[]): string => [lead, ...others.toSorted()].join(' ');

const unitIdsOf = (item: Item): readonly UnitId[] => {
  const lead = leadOf(item).unitId;
  return [lead, ...item.parts.map(({ unitId }) => unitId).filter((unitId) => unitId !== lead)];
};

/** What a list said before, whatever has moved it since. */
const listedLimitOf = (item: Item): number | undefined => {
  const limit = limitAt(item, 'unit');
  return limit?.listedAt ?? limit?.at;
};

const saidOf = (answers: readonly ListedAnswer[]): string => JSON.stringify(answers.map(({ heading, text }) => [heading, text]));

/** What a list leaves out stays as it is: a column that is missing takes nothing back. */
const correctionOf = (planned: PlannedItem, item: Item): ItemCorrection => {
  const { text, district, pollution, isSpecial, remark, source, unitIds, limits, answers } = planned;
  return {
    ...(text !== item.text && { text }),
    ...(district !== undefined && district !== item.district && { district }),
    ...(pollution.length > 0 && pollution.join(' ') !== item.pollution.join(' ') && { pollution }),
    ...(isSpecial && !item.isSpecial && { isSpecial }),
    ...(remark !== undefined && remark !== item.remark && { remark }),
    ...(source !== undefined && source !== item.source && { source }),
    ...(answers !== undefined && saidOf(answers) !== saidOf(item.listed?.at(-1)?.answers ?? []) && { answers }),
    ...(planned.areUnitsStated && unitsText(unitIds) !== unitsText(unitIdsOf(item)) && { unitIds }),
    ...(planned.isLimitStated && limits.find(({ level }) => level === 'unit')?.at !== listedLimitOf(item) && { limits }),
  };
};

/** The same unit's, under any of its ids; else its own id has moved to another unit. */
const itemOf = (planned: PlannedItem, known: ReadonlyMap<ItemId, Item>): Item | undefined => {
  const items = [planned.id, ...(planned.otherIds ?? [])].flatMap((id) => known.get(id) ?? []);
  return items.find((item) => leadOf(item).unitId === planned.unitIds[0]) ?? known.get(planned.id);
};

/** Every id under which they may be known, and what the same lines may have asked of other units. */
export const idsOf = (planned: readonly PlannedItem[], unitIds: readonly UnitId[]): readonly ItemId[] => [
  ...new Set(
    planned.flatMap(({ id, otherIds = [], family }) => [
      id,
      ...otherIds,
      ...(family === undefined ? [] : [family, ...unitIds.map((unitId) => `${family}.${unitId}`)]),
    ]),
  ),
];

const isHandedIn = ({ status }: Item): boolean => status === 'submitted' || status === 'accepted' || status === 'closed';

/**
 * What a line asked of units that it names no longer, where it is the same request still: a list whose lines are numbered
 * anew takes nothing back. What was handed in stays with the office.
 */
const leftOut = (planned: readonly PlannedItem[], known: ReadonlyMap<ItemId, Item>): Pick<Sorted, 'withdrawals' | 'findings'> => {
  const kept = new Set(planned.flatMap((one) => itemOf(one, known)?.id ?? []));
  const withdrawals: ItemId[] = [];
  const findings: Finding[] = [];
  for (const [family, lines] of Map.groupBy(planned, (one) => one.family)) {
    if (family === undefined) continue;
    const texts = new Set(lines.flatMap((one) => [one.text, itemOf(one, known)?.text ?? one.text]).map(foldLine));
    for (const [id, item] of known) {
      const isOfLine = id === family || id.startsWith(`${family}.`);
      if (!isOfLine || kept.has(id) || isItemEnded(item)) continue;
      if (texts.has(foldLine(item.text)) && !isHandedIn(item)) withdrawals.push(id);
      else findings.push(warning('ZG_REQUEST_LEFT', { place: lines[0]!.place, params: { number: item.number } }));
    }
  }
  return { withdrawals, findings };
};

/** New ones, corrections of known ones, and those that say nothing new. What is closed for good is not put right any more. */
export const sortKnown = (planned: readonly PlannedItem[], known: ReadonlyMap<ItemId, Item>): Sorted => {
  const drafts: PlannedItem[] = [];
  const corrections: { itemId: ItemId; correction: ItemCorrection }[] = [];
  const findings: Finding[] = [];
  for (const one of planned) {
    const item = itemOf(one, known);
    const correction = item && correctionOf(one, item);
    if (!item) drafts.push(one);
    else if (item.status === 'withdrawn' && one.family !== undefined)
      findings.push(warning('ZG_REQUEST_WITHDRAWN', { place: one.place, params: { number: one.number } }));
    else if (correction && Object.keys(correction).length > 0) {
      if (isItemEnded(item)) findings.push(warning('ZG_ITEM_ENDED', { place: one.place, params: { number: one.number } }));
      else corrections.push({ itemId: item.id, correction });
    }
  }
  const left = leftOut(planned, known);
  const unchanged = planned.length - drafts.length - corrections.length;
  return { drafts, corrections, withdrawals: left.withdrawals, unchanged, findings: [...findings, ...left.findings] };
};
