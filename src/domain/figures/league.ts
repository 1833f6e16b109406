import { isUnitId } from '../roster/subject.ts';
import { checkCategories, countedCategories, type CheckCategory } from './check-category.ts';
import type { CategoryCounts, CheckTotals } from './fold-checks.ts';
import { emptyHistogram, quantileOf, type Histogram } from './histogram.ts';

export type LeagueRow = {
  /** A unit, or a working group, which is never ranked. */
  readonly bodyId: string;
  /** 1 is best; the same share is the same rank. Null without anything to count. */
  readonly rank: number | null;
  readonly counts: CategoryCounts;
  /** All checks, and those of them that count: the denominator. */
  readonly asked: number;
  readonly counted: number;
  /** `onPost` of `counted`, 0 to 1; null without anything to count. */
  readonly share: number | null;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
};

export type League = { readonly rows: readonly LeagueRow[]; readonly all: Omit<LeagueRow, 'bodyId' | 'rank'> };

const sum = (counts: CategoryCounts, categories: readonly CheckCategory[]): number =>
  categories.reduce((total, category) => total + counts[category], 0);

const measure = ({ counts, times }: CheckTotals): League['all'] => {
  const counted = sum(counts, countedCategories);
  return {
    counts,
    asked: sum(counts, checkCategories),
    counted,
    share: counted === 0 ? null : counts.onPost / counted,
    p50Ms: quantileOf(times, 0.5) ?? null,
    p95Ms: quantileOf(times, 0.95) ?? null,
  };
};

const numberOf = (bodyId: string): number => Number(bodyId.slice(1));

const order = (one: Omit<LeagueRow, 'rank'>, other: Omit<LeagueRow, 'rank'>): number =>
  (other.share ?? -1) - (one.share ?? -1) || other.counted - one.counted || numberOf(one.bodyId) - numberOf(other.bodyId);

const addAll = (totals: Iterable<CheckTotals>): CheckTotals => {
  const counts = Object.fromEntries(checkCategories.map((category) => [category, 0])) as { [category in CheckCategory]: number };
  const times = emptyHistogram();
  for (const one of totals) {
    for (const category of checkCategories) counts[category] += one.counts[category];
    for (const [bin, count] of (one.times satisfies Histogram).bins) times.bins.set(bin, (times.bins.get(bin) ?? 0) + count);
    times.count += one.times.count;
  }
  return { counts, times };
};

/** Units by the share that they answered in time; working groups below them, without a rank. */
export const leagueOf = (totals: ReadonlyMap<string, CheckTotals>): League => {
  const rows = [...totals].map(([bodyId, one]) => ({ bodyId, ...measure(one) })).toSorted(order);
  const units = rows.filter(({ bodyId }) => isUnitId(bodyId));
  const ranked = units.map((row): LeagueRow => ({
    ...row,
    rank: row.share === null ? null : 1 + units.filter(({ share }) => share !== null && share > row.share!).length,
  }));
  const groups = rows.filter(({ bodyId }) => !isUnitId(bodyId)).map((row): LeagueRow => ({ ...row, rank: null }));
  return { rows: [...ranked, ...groups], all: measure(addAll(totals.values())) };
};
