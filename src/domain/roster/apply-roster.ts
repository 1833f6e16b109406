import { fault, warning } from '../organisation/finding.ts';
import type { Finding } from '../organisation/finding.ts';
import type { Organisation, PersonId, Unit, UnitId } from '../organisation/organisation.ts';
import { shortNameOf } from '../organisation/unit-names.ts';
import { nextNumber } from '../organisation/match-people.ts';
import { checkDays } from './check-days.ts';
import { buildHolderFinder } from './find-holder.ts';
import type { HolderFinder } from './find-holder.ts';
import { headcountOf } from './find-gaps.ts';
import { mergeDays } from './merge-days.ts';
import { mergeShifts } from './merge-shifts.ts';
import { outsideCampaign } from './outside-campaign.ts';
import type { Holder, Post, Roster, Shift } from './roster.ts';
import type { ListedDay, RosterList } from './roster-list.ts';
import { hoursOf } from './roster-rules.ts';
import type { PlannedShift, RosterRules } from './roster-rules.ts';
import { shiftSpan } from './shift-hours.ts';

export type RosterCounts = {
  readonly from: number | null;
  readonly to: number | null;
  readonly bureauShifts: number;
  readonly unitShifts: number;
  readonly posts: number;
  readonly gaps: number;
};

export type RosterChanges = {
  readonly posts: readonly Post[];
  readonly shifts: readonly Shift[];
  /** Shifts that were there before and are gone or cut. */
  readonly replaced: readonly Shift[];
};

export type AppliedRoster = {
  readonly roster: Roster;
  readonly changes: RosterChanges;
  readonly counts: RosterCounts;
  readonly findings: readonly Finding[];
};

/**
 * Puts the shifts of a list into the roster: those of the posts it names, inside the span that it covers for each;
 * others stay as they are. Pure; with a fault in `findings` the result must not be used.
 */
export const applyRoster = (organisation: Organisation, roster: Roster, list: RosterList, rules: RosterRules): AppliedRoster => {
  if (organisation.people.length === 0) return refusedWith(roster, [fault('ZG_CONTACTS_FIRST')]);
  const units = new Map(organisation.units.map((unit) => [unit.id, unit]));
  const find = buildHolderFinder(organisation);
  const posts = new Map<UnitId, Post>();
  const findings: Finding[] = [];
  const planned: PlannedShift[] = [];
  for (const [unitId, days] of groupByUnit(list.days)) {
    const unit = units.get(unitId);
    if (!unit) continue;
    const merged = mergeDays(days, shortNameOf(unit));
    findings.push(...merged.findings);
    const post = postOf(unit, merged.days, roster, [...posts.values()], rules);
    posts.set(unitId, post);
    const own = planUnit(unit, post, merged.days, find, rules, findings);
    findings.push(...checkDays(unit, post, merged.days, own, rules));
    planned.push(...own);
  }
  findings.push(...findDoubles(planned, units), ...outsideCampaign(planned, rules));
  const shifts = planned.map(({ shift }) => shift);
  const { roster: next, replaced } = mergeShifts(roster, [...posts.values()], shifts);
  const changedPosts = [...posts.values()].filter((post) => !roster.posts.includes(post));
  return { roster: next, changes: { posts: changedPosts, shifts, replaced }, counts: countsOf(planned, posts, units, findings), findings };
};

const refusedWith = (roster: Roster, findings: readonly Finding[]): AppliedRoster => ({
  roster,
  changes: { posts: [], shifts: [], replaced: [] },
  counts: { from: null, to: null, bureauShifts: 0, unitShifts: 0, posts: 0, gaps: 0 },
  findings,
});

const groupByUnit = (days: readonly ListedDay[]): ReadonlyMap<UnitId, readonly ListedDay[]> => Map.groupBy(days, ({ unitId }) => unitId);

/** A unit that has one post keeps it, whatever it is called; else the post of the unit's name, which may be new. */
const postOf = (unit: Unit, days: readonly ListedDay[], roster: Roster, fresh: readonly Post[], rules: RosterRules): Post => {
  const name = shortNameOf(unit);
  const own = roster.posts.filter(({ unitId }) => unitId === unit.id);
  const before = own.length === 1 ? own[0] : own.find((post) => post.name === name);
  const landline = days.findLast((day) => day.landline !== undefined)?.landline ?? before?.landline;
  if (before && landline === before.landline) return before;
  const id = before?.id ?? `p${nextNumber([...roster.posts, ...fresh].map((post) => post.id))}`;
  const base = before ?? { id, unitId: unit.id, name, minimumHeadcount: rules.minimumHeadcount };
  return landline === undefined ? base : { ...base, landline };
};

const planUnit = (
  unit: Unit,
  post: Post,
  days: readonly ListedDay[],
  find: HolderFinder,
  rules: RosterRules,
  findings: Finding[],
): readonly PlannedShift[] => {
  const name = shortNameOf(unit);
  const reported = new Set<string>();
  return days.flatMap((day) => {
    const hours = hoursOf(day, rules);
    if (hours.status !== 'one') {
      const code = hours.status === 'none' ? 'ZG_HOURS_MISSING' : 'ZG_HOURS_UNCLEAR';
      if (!reported.has(code)) findings.push(fault(code, { place: day.place, date: day.date, unit: name }));
      reported.add(code);
      return [];
    }
    const span = shiftSpan(day.date, hours.rule.hours, rules.zone);
    const found = day.holders.map((holder) => ({ holder, ...find(holder, day, name) }));
    findings.push(...found.flatMap((one) => one.findings));
    const holders = found.flatMap(({ holder, personId }): Holder[] => (personId === undefined ? [] : [{ role: holder.role, personId }]));
    const twice = found.find(
      ({ personId }, index) => personId !== undefined && found.findIndex((one) => one.personId === personId) < index,
    );
    if (twice) {
      findings.push(fault('ZG_PERSON_TWICE', { place: twice.holder.place, date: day.date, unit: name, person: twice.holder.name }));
    }
    const isClear = !twice && day.isUnclear !== true && holders.length === day.holders.length;
    return [{ day, isClear, shift: { postId: post.id, ...span, holders } }];
  });
};

/** One officer on two posts at once: possible on paper only, so the office ought to look at it. */
const findDoubles = (planned: readonly PlannedShift[], units: ReadonlyMap<UnitId, Unit>): readonly Finding[] => {
  const standing = new Map<PersonId, PlannedShift[]>();
  for (const one of planned) {
    for (const { role, personId } of one.shift.holders) {
      if (role === 'shiftLeader') continue;
      const list = standing.get(personId);
      if (list) list.push(one);
      else standing.set(personId, [one]);
    }
  }
  return [...standing.values()].flatMap((list) => {
    const sorted = list.toSorted((a, b) => a.shift.from - b.shift.from);
    return sorted.flatMap((one, index) => {
      const before = sorted[index - 1];
      if (!before || before.shift.to <= one.shift.from || before.shift.postId === one.shift.postId) return [];
      const unit = units.get(one.day.unitId);
      const other = units.get(before.day.unitId);
      const params = { other: other ? shortNameOf(other) : '' };
      return [warning('ZG_PERSON_ELSEWHERE', { place: one.day.place, date: one.day.date, unit: unit ? shortNameOf(unit) : '', params })];
    });
  });
};

const countsOf = (
  planned: readonly PlannedShift[],
  posts: ReadonlyMap<UnitId, Post>,
  units: ReadonlyMap<UnitId, Unit>,
  findings: readonly Finding[],
): RosterCounts => {
  const manned = planned.filter(({ shift }) => headcountOf(shift) > 0);
  const bureau = manned.filter(({ day }) => units.get(day.unitId)?.kind === 'bureau').length;
  return {
    from: planned.length === 0 ? null : planned.reduce((least, { shift }) => Math.min(least, shift.from), Infinity),
    to: planned.length === 0 ? null : planned.reduce((most, { shift }) => Math.max(most, shift.to), -Infinity),
    bureauShifts: bureau,
    unitShifts: manned.length - bureau,
    posts: posts.size,
    gaps: findings.filter(({ code }) => code === 'ZG_DAY_MISSING' || code === 'ZG_POST_EMPTY').length,
  };
};
