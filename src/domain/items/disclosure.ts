import { readItemNumber } from '../command/item-number.ts';
import { isItemEnded, leadOf, type Finding, type Item, type Version } from './item.ts';

/** The public table of the inspection (信息公开): one row for each case, in its ten columns. */
export type DisclosureRow = {
  readonly no: number;
  readonly number: string;
  readonly text: string;
  readonly district: string;
  readonly pollution: readonly string[];
  readonly investigation: string;
  readonly finding?: Finding;
  readonly handling: string;
  readonly completion: Completion;
  readonly accountability: string;
};

/** 已办结, 阶段性办结, 未办结. */
export type Completion = 'done' | 'interim' | 'open';

/** Only what the office has accepted is said in public. */
export const acceptedVersion = (item: Item): Version | undefined => item.versions.findLast(({ decision }) => decision === 'accepted');

/** A case that was opened again is not done, whatever was accepted before. */
export const completionOf = (item: Item): Completion => {
  if (item.status === 'accepted' || item.status === 'closed' || item.status === 'confirmed') return 'done';
  const hasInterimEnd = acceptedVersion(item)?.outcome === 'interim' && item.rechecks.every(({ passed }) => passed);
  return item.status === 'interim' || hasInterimEnd ? 'interim' : 'open';
};

const byNumber = (one: Item, other: Item): number => (one.number < other.number ? -1 : one.number > other.number ? 1 : 0);

/** What the office added of its own is no case of the inspection: those have a number of theirs, or came with a list. */
const isOfInspection = ({ kind, number, batch }: Item): boolean =>
  kind === 'petition' || batch !== undefined || readItemNumber(number.toLowerCase())?.item === number;

/** `batch` undefined: cumulative. Withdrawn ones are no cases any more. */
export const disclosureOf = (
  items: Iterable<Item>,
  kinds: readonly string[],
  nameUnit: (unitId: string) => string,
  batch?: string,
): readonly DisclosureRow[] =>
  [...items]
    .filter(
      (item) =>
        item.status !== 'withdrawn' && kinds.includes(item.kind) && isOfInspection(item) && (batch === undefined || item.batch === batch),
    )
    .toSorted((one, other) => one.handedOverAt - other.handedOverAt || byNumber(one, other))
    .map((item, index): DisclosureRow => {
      const version = acceptedVersion(item);
      return {
        no: index + 1,
        number: `${item.number}${item.isSpecial ? '*' : ''}`,
        text: item.text,
        district: item.district ?? nameUnit(leadOf(item).unitId),
        pollution: item.pollution,
        investigation: version?.text ?? '',
        ...(version?.finding === undefined ? {} : { finding: version.finding }),
        handling: version?.handling ?? '',
        completion: completionOf(item),
        accountability: version?.accountability ?? '',
      };
    });

/** Ages of open items, in whole days since they were handed over: at most 3, 7, 15, 30 days, and older. */
export const ageLimits = [3, 7, 15, 30] as const;

const dayMs = 86_400_000;

export const ageInDays = (item: Item, now: number): number =>
  Math.max(0, Math.floor(((isItemEnded(item) ? (item.closedAt ?? item.statusAt) : now) - item.handedOverAt) / dayMs));

/** How many open items are how old: one count for each of `ageLimits`, and the last for what is older. */
export const ageing = (items: Iterable<Item>, now: number): readonly number[] => {
  const counts = [...ageLimits.map(() => 0), 0];
  for (const item of items) {
    if (isItemEnded(item) || item.status === 'closed') continue;
    const age = ageInDays(item, now);
    const place = ageLimits.findIndex((limit) => age <= limit);
    const index = place === -1 ? ageLimits.length : place;
    counts[index] = counts[index]! + 1;
  }
  return counts;
};
