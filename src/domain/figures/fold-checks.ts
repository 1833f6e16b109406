import type { LedgerEvent } from '../ledger/event.ts';
import { localDay, minuteOfDay } from '../local-time.ts';
import { categoryOf, checkCategories, isCounted, isUnanswered, tookMs, type CheckCategory, type SeenCheck } from './check-category.ts';
import { addTime, emptyHistogram, type GrowingHistogram, type Histogram } from './histogram.ts';
import { isMiss, keepMisses, mostMisses, type Miss } from './keep-misses.ts';
import type { FiguresContext, Period } from './period.ts';
import { seeCheck, tell } from './see-check.ts';

export type CategoryCounts = { readonly [category in CheckCategory]: number };

/** Of one body: a unit, a working group. */
export type CheckTotals = { readonly counts: CategoryCounts; readonly times: Histogram };
type Growing = { readonly counts: { [category in CheckCategory]: number }; readonly times: GrowingHistogram };

/** One hour of the week: `weekday` 1 is Monday, `hour` 0 to 23 on the campaign's clock. */
export type HeatCell = { readonly weekday: number; readonly hour: number; readonly counted: number; readonly unanswered: number };
type HeatCounts = { readonly counted: Int32Array; readonly unanswered: Int32Array };

const weekHours = 7 * 24;

const noCounts = (): Growing['counts'] => Object.fromEntries(checkCategories.map((one) => [one, 0])) as Growing['counts'];

/** Who answers for a subject at an instant; undefined where nobody does. */
export type BodyOf = (subject: string, at: number) => string | undefined;

/** What has ended and is kept a while yet: an appeal may take it out of the figures. */
type Settled = { readonly check: SeenCheck; readonly bodyId: string; readonly endedAt: number };

/** A check that counts against a unit, and what has become of an appeal against it. */
export type Appealable = {
  readonly obligationId: string;
  readonly bodyId: string;
  readonly openedAt: number;
  readonly category: CheckCategory;
  readonly appeal?: 'asked' | 'rejected';
};

export type ChecksFold = {
  /** Of the last two weeks, the newest first. */
  readonly appealable: (asOf: number) => readonly Appealable[];
  /** What counts against one body, the newest first and no more than `mostMisses`. */
  readonly misses: (bodyId: string, asOf: number) => readonly Miss[];
  readonly take: (event: LedgerEvent) => void;
  /** By body. Changes nothing: more may be taken in after it. */
  readonly totals: (asOf: number) => ReadonlyMap<string, CheckTotals>;
  readonly heat: (asOf: number) => readonly HeatCell[];
};

/** Longer than any obligation stays open after its verdict without somebody looking after it, and than an appeal may take. */
export const settledKeptMs = 14 * 86_400_000;

/**
 * Checks that were opened in a period, whatever became of them later. Remembered are the sums of each body, the checks
 * that are open, for two weeks those that somebody may still appeal against, and of each body the newest that count against it:
 * never every check.
 */
export const foldChecks = (context: FiguresContext, { fromAt, toAt }: Period, bodyOf: BodyOf): ChecksFold => {
  const { timeZone, isWanted } = context;
  const bodies = new Map<string, Growing>();
  const heat: HeatCounts = { counted: new Int32Array(weekHours), unanswered: new Int32Array(weekHours) };
  const open = new Map<string, { readonly check: SeenCheck; readonly bodyId: string }>();
  const settled = new Map<string, Settled>();
  const missed = keepMisses();
  const appeals = new Map<string, 'asked' | 'rejected'>();

  const put = (to: Growing, on: HeatCounts, check: SeenCheck, category: CheckCategory, by: 1 | -1): void => {
    to.counts[category] += by;
    if (!isCounted(category)) return;
    const slot = slotOf(timeZone, check.openedAt);
    on.counted[slot]! += by;
    if (isUnanswered(category)) on.unanswered[slot]! += by;
    if (by === 1) addTime(to.times, tookMs(check));
    else takeTime(to.times, tookMs(check));
  };
  const bodyTotals = (bodyId: string): Growing => {
    const known = bodies.get(bodyId);
    if (known) return known;
    const fresh = { counts: noCounts(), times: emptyHistogram() };
    bodies.set(bodyId, fresh);
    return fresh;
  };

  const begin = (event: LedgerEvent): void => {
    const { obligationId, at, data } = event;
    if (obligationId === undefined || at < fromAt || at >= toAt || open.has(obligationId)) return;
    const bodyId = bodyOf(data['subject'] as string, at);
    if (bodyId === undefined || !isWanted(bodyId)) return;
    open.set(obligationId, { check: seeCheck(event), bodyId });
  };

  const settle = (id: string, at: number): void => {
    const one = open.get(id);
    if (!one) return;
    open.delete(id);
    const category = categoryOf(one.check, at);
    put(bodyTotals(one.bodyId), heat, one.check, category, 1);
    if (isMiss(category)) missed.add(missOf(id, one, category));
    for (const [old, { endedAt }] of settled) {
      if (at - endedAt <= settledKeptMs) break;
      // what the office has not said a word about may still be upheld
      if (appeals.get(old) === 'asked') continue;
      settled.delete(old);
      appeals.delete(old);
    }
    if (category !== 'onPost' && category !== 'withdrawn') settled.set(id, { ...one, endedAt: at });
  };

  /** An appeal was upheld: what has been counted is taken back. */
  const leaveOut = (id: string): void => {
    appeals.delete(id);
    const running = open.get(id);
    if (running) running.check.isLeftOut = true;
    const done = settled.get(id);
    if (!done) return;
    const totals = bodyTotals(done.bodyId);
    put(totals, heat, done.check, categoryOf(done.check, Number.POSITIVE_INFINITY), -1);
    totals.counts.leftOut += 1;
    missed.drop(done.bodyId, id);
    settled.delete(id);
  };

  const foundMassFailure = (roundId: unknown): void => {
    for (const { check } of open.values()) if (check.roundId === roundId) check.isMassFailure = true;
  };

  const take = (event: LedgerEvent): void => {
    const { obligationId: id, data } = event;
    switch (event.event) {
      case 'CheckOpened':
        begin(event);
        return;
      case 'MassFailureFound':
        foundMassFailure(data['roundId']);
        return;
      case 'AppealAsked':
      case 'AppealRejected':
        if (id !== undefined && (open.has(id) || settled.has(id))) appeals.set(id, event.event === 'AppealAsked' ? 'asked' : 'rejected');
        return;
      case 'AppealWithdrawn':
        // it counts as before, and may be appealed against anew
        if (id !== undefined) appeals.delete(id);
        return;
      case 'AppealUpheld':
        if (id !== undefined) leaveOut(id);
        return;
      default:
    }
    const check = id === undefined ? undefined : open.get(id)?.check;
    if (check && tell(check, event)) settle(id!, event.at);
  };

  const withOpen = (asOf: number): { readonly bodies: ReadonlyMap<string, Growing>; readonly heat: HeatCounts } => {
    const copy = new Map([...bodies].map(([id, { counts, times }]) => [id, { counts: { ...counts }, times: copyOf(times) }]));
    const on: HeatCounts = { counted: heat.counted.slice(), unanswered: heat.unanswered.slice() };
    for (const { check, bodyId } of open.values()) {
      let to = copy.get(bodyId);
      if (!to) copy.set(bodyId, (to = { counts: noCounts(), times: emptyHistogram() }));
      put(to, on, check, categoryOf(check, asOf), 1);
    }
    return { bodies: copy, heat: on };
  };

  const appealable = (asOf: number): readonly Appealable[] =>
    [...settled, ...[...open].filter(([, { check }]) => check.hasVerdict)]
      .map(([obligationId, { check, bodyId }]): Appealable => {
        const appeal = appeals.get(obligationId);
        const category = categoryOf(check, asOf);
        return { obligationId, bodyId, openedAt: check.openedAt, category, ...(appeal === undefined ? {} : { appeal }) };
      })
      .filter(({ category, openedAt }) => isMiss(category) && asOf - openedAt <= settledKeptMs)
      .toSorted((one, other) => other.openedAt - one.openedAt);

  const misses = (bodyId: string, asOf: number): readonly Miss[] => {
    const running = [...open]
      .filter(([, one]) => one.bodyId === bodyId)
      .map(([id, one]) => missOf(id, one, categoryOf(one.check, asOf)))
      .filter(({ category }) => isMiss(category));
    return [...missed.of(bodyId), ...running].toSorted((one, other) => other.openedAt - one.openedAt).slice(0, mostMisses);
  };

  return { take, appealable, misses, totals: (asOf) => withOpen(asOf).bodies, heat: (asOf) => cellsOf(withOpen(asOf).heat) };
};

const missOf = (obligationId: string, { check, bodyId }: Pick<Settled, 'check' | 'bodyId'>, category: CheckCategory): Miss => ({
  obligationId,
  bodyId,
  subject: check.subject,
  openedAt: check.openedAt,
  category,
  isDelivered: check.isDelivered,
});

const slotOf = (timeZone: string, at: number): number => {
  // 1970-01-01 was a Thursday
  const weekday = (Date.parse(localDay(timeZone, at).date) / 86_400_000 + 3) % 7;
  return weekday * 24 + Math.floor(minuteOfDay(timeZone, at) / 60);
};

const takeTime = (times: GrowingHistogram, ms: number): void => {
  const inverse = emptyHistogram();
  addTime(inverse, ms);
  for (const bin of inverse.bins.keys()) {
    const left = (times.bins.get(bin) ?? 0) - 1;
    if (left > 0) times.bins.set(bin, left);
    else times.bins.delete(bin);
  }
  times.count -= 1;
};

const copyOf = ({ bins, count }: Histogram): GrowingHistogram => ({ bins: new Map(bins), count });

const cellsOf = ({ counted, unanswered }: HeatCounts): readonly HeatCell[] =>
  Array.from({ length: weekHours }, (_, slot) => ({
    weekday: Math.floor(slot / 24) + 1,
    hour: slot % 24,
    counted: counted[slot]!,
    unanswered: unanswered[slot]!,
  }));
