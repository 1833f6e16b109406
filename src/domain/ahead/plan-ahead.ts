import type { AheadSettings } from '../campaign.ts';
import { addDays, instantOf, localDay, minuteOfDay } from '../local-time.ts';
import type { PersonId } from '../organisation/organisation.ts';
import { answeredIn, type ReachTest } from './ahead-state.ts';
import type { DutyRole, PostId, Shift } from '../roster/roster.ts';

/** What is due to be said to whom before they stand a shift, and when: from the roster alone. Pure. */

/** One coming on duty: whoever stands on without a break has come already. Epoch ms. */
export type Coming = {
  readonly personId: PersonId;
  readonly from: number;
  /** Their first of the campaign, or after a long time without. */
  readonly isFirst: boolean;
  /** What begins then. */
  readonly duties: readonly { readonly postId: PostId; readonly role: DutyRole; readonly to: number }[];
};

export type AheadRules = AheadSettings & {
  readonly timeZone: string;
  readonly quietHours: { readonly fromMinute: number; readonly toMinute: number };
  /** The campaign, epoch ms. */
  readonly fromAt: number;
  readonly toAt: number;
};

type Stint = { readonly postId: PostId; readonly role: DutyRole; readonly from: number; readonly to: number };

const stintsOf = (shifts: readonly Shift[], { fromAt, toAt }: AheadRules): ReadonlyMap<PersonId, Stint[]> => {
  const stints = new Map<PersonId, Stint[]>();
  for (const { postId, from, to, holders } of shifts) {
    const [start, end] = [Math.max(from, fromAt), Math.min(to, toAt)];
    if (start >= end) continue;
    for (const { personId, role } of holders) {
      const own = stints.get(personId);
      if (own) own.push({ postId, role, from: start, to: end });
      else stints.set(personId, [{ postId, role, from: start, to: end }]);
    }
  }
  return stints;
};

/** Everybody's comings on duty, each person's in their order. */
export const comingsOf = (shifts: readonly Shift[], rules: AheadRules): ReadonlyMap<PersonId, readonly Coming[]> => {
  const againMs = rules.test?.againMs ?? Number.POSITIVE_INFINITY;
  return new Map(
    [...stintsOf(shifts, rules)].map(([personId, stints]) => {
      const comings: Coming[] = [];
      let until = Number.NEGATIVE_INFINITY;
      for (const { from, to, postId, role } of stints.toSorted((one, other) => one.from - other.from)) {
        const last = comings.at(-1);
        const duty = { postId, role, to };
        if (last?.from === from) comings[comings.length - 1] = { ...last, duties: [...last.duties, duty] };
        else if (from > until) comings.push({ personId, from, isFirst: from - until >= againMs || last === undefined, duties: [duty] });
        until = Math.max(until, to);
      }
      return [personId, comings];
    }),
  );
};

/** So long before the quiet hours what would fall into them is said. */
const beforeQuietMs = 30 * 60_000;

const isQuiet = ({ timeZone, quietHours: { fromMinute, toMinute } }: AheadRules, at: number): boolean => {
  const minute = minuteOfDay(timeZone, at);
  return fromMinute <= toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute;
};

/** An instant, or where it lies in the quiet hours one before they began. */
export const beforeQuiet = (rules: AheadRules, at: number): number => {
  if (!isQuiet(rules, at)) return at;
  const { date } = localDay(rules.timeZone, at);
  const { fromMinute } = rules.quietHours;
  const today = instantOf(rules.timeZone, date, fromMinute);
  return (today <= at ? today : instantOf(rules.timeZone, addDays(date, -1), fromMinute)) - beforeQuietMs;
};

/** When the quiet hours that an instant lies in are over; the instant itself where it lies in none. */
export const afterQuiet = (rules: AheadRules, at: number): number => {
  if (!isQuiet(rules, at)) return at;
  const { date } = localDay(rules.timeZone, at);
  const { toMinute } = rules.quietHours;
  const today = instantOf(rules.timeZone, date, toMinute);
  return today > at ? today : instantOf(rules.timeZone, addDays(date, 1), toMinute);
};

/** When reminders of a coming are due, the earliest first; two that fall together are one. */
export const remindersOf = (rules: AheadRules, { from }: Pick<Coming, 'from'>): readonly number[] =>
  [...new Set(rules.reminders.map((ms) => beforeQuiet(rules, from - ms)))].toSorted((one, other) => one - other);

/** Later than so long before a shift nobody is tested: the first check comes soon enough. */
const leastAheadMs = 3_600_000;
/** Whoever is asked late is given so long, where the shift leaves it. */
const leastWindowMs = 2 * 3_600_000;

/** From when a first coming is tested; undefined for any other. */
export const testAt = (rules: AheadRules, { from, isFirst }: Pick<Coming, 'from' | 'isFirst'>): number | undefined =>
  rules.test && isFirst ? beforeQuiet(rules, from - rules.test.aheadMs) : undefined;

/** Until when a test that is opened now is to be answered; undefined where it is too late for one. */
export const testDeadline = (rules: AheadRules, { from }: Pick<Coming, 'from'>, now: number): number | undefined => {
  if (!rules.test || from - now < leastAheadMs) return undefined;
  const usual = beforeQuiet(rules, from - rules.test.answerBeforeMs);
  return Math.max(usual, Math.min(now + leastWindowMs, from - leastAheadMs / 2));
};

/** Something to be said to one person. */
export type DueAhead = {
  readonly personId: PersonId;
  /** A first coming that is tested now. */
  readonly test?: Coming;
  /** Comings that somebody is reminded of, in one message; a test says when it is too. */
  readonly reminds: readonly Coming[];
};

/** Which comings were tested, by person: when they begin. */
export type Tested = { readonly [personId: PersonId]: Pick<ReachTest, 'from' | 'isAnswered' | 'answeredFor'> };

const isTested = (test: Tested[PersonId] | undefined, from: number): boolean => test?.from === from || answeredIn(test).includes(from);

/**
 * What is to be said to one person for everything that fell due after `sinceAt` and up to `now`: what was missed
 * meanwhile is said once, and nothing of what has begun. `isWhole`: the roster is new, so tests that should have come
 * already are made up for.
 */
export const dueAhead = (
  rules: AheadRules,
  comings: readonly Coming[],
  tested: Tested,
  { sinceAt, now, isWhole }: { readonly sinceAt: number; readonly now: number; readonly isWhole: boolean },
): DueAhead | undefined => {
  const ahead = comings.filter(({ from }) => from > now);
  const test = ahead.find((coming) => {
    const at = testAt(rules, coming);
    if (at === undefined || at > now || (!isWhole && at <= sinceAt)) return false;
    return !isTested(tested[coming.personId], coming.from) && testDeadline(rules, coming, now) !== undefined;
  });
  const reminds = ahead.filter((coming) => coming !== test && remindersOf(rules, coming).some((at) => sinceAt < at && at <= now));
  const [personId] = ahead.map((coming) => coming.personId);
  return personId === undefined || (test === undefined && reminds.length === 0)
    ? undefined
    : { personId, ...(test ? { test } : {}), reminds };
};

/** Every instant at which something falls due, in order. Most begin together with many others: each beginning is looked at once. */
export const instantsOf = (rules: AheadRules, comings: Iterable<readonly Coming[]>): readonly number[] => {
  const beginnings = new Map<number, boolean>();
  for (const list of comings) for (const { from, isFirst } of list) beginnings.set(from, isFirst || beginnings.get(from) === true);
  const instants = new Set<number>();
  for (const [from, isFirst] of beginnings) {
    for (const at of remindersOf(rules, { from })) instants.add(at);
    const at = testAt(rules, { from, isFirst });
    if (at !== undefined) instants.add(at);
  }
  return [...instants].toSorted((one, other) => one - other);
};
