import { fault, warning } from '../organisation/finding.ts';
import type { Finding } from '../organisation/finding.ts';
import type { Unit } from '../organisation/organisation.ts';
import { shortNameOf } from '../organisation/unit-names.ts';
import { headcountOf } from './find-gaps.ts';
import type { Post } from './roster.ts';
import type { ListedDay } from './roster-list.ts';
import { hoursOf } from './roster-rules.ts';
import type { PlannedShift, RosterRules } from './roster-rules.ts';
import { addDays } from '../local-time.ts';
import { shiftSpan } from './shift-hours.ts';

const hourMs = 3_600_000;

/** How long a post would stand empty if nobody came on a day. */
const hoursOn = (day: ListedDay, date: string, rules: RosterRules): number => {
  const hours = hoursOf({ ...day, date }, rules);
  if (hours.status !== 'one') return 24;
  const { from, to } = shiftSpan(date, hours.rule.hours, rules.zone);
  return Math.round((to - from) / hourMs);
};

/** A list with a hole of years in it is a wrong date somewhere: it is told once, not day by day. */
const mostMissingDays = 62;

/** Days between a unit's first and last that no row names. */
const missingDays = (days: readonly ListedDay[], unit: string, rules: RosterRules): readonly Finding[] =>
  days.flatMap((day, index) => {
    const before = days[index - 1];
    const found: Finding[] = [];
    if (!before) return found;
    for (let date = addDays(before.date, 1); date < day.date && found.length < mostMissingDays; date = addDays(date, 1)) {
      found.push(fault('ZG_DAY_MISSING', { place: day.datePlace, date, unit, params: { hours: hoursOn(before, date, rules) } }));
    }
    return found;
  });

const staffing = (post: Post, planned: readonly PlannedShift[], unit: string): readonly Finding[] => {
  const isLed = planned.some(({ day }) => day.holders.some(({ role }) => role === 'shiftLeader'));
  return planned.flatMap(({ day, shift, isClear }): Finding[] => {
    const details = { place: day.place, date: day.date, unit };
    if (day.holders.length === 0) {
      const params = { hours: Math.round((shift.to - shift.from) / hourMs) };
      return day.isUnclear ? [] : [fault('ZG_POST_EMPTY', { ...details, params })];
    }
    const count = headcountOf(shift);
    const isShort = isClear && count < post.minimumHeadcount;
    const isLeaderless = isLed && !day.holders.some(({ role }) => role === 'shiftLeader');
    return [
      ...(isShort ? [fault('ZG_HEADCOUNT', { ...details, params: { have: count, need: post.minimumHeadcount } })] : []),
      ...(isLeaderless ? [warning('ZG_LEADER_MISSING', details)] : []),
    ];
  });
};

/** Shifts that run into each other, and, once, hours between shifts that nobody covers. */
const joints = (planned: readonly PlannedShift[], unit: string): readonly Finding[] => {
  const sorted = planned.toSorted((a, b) => a.shift.from - b.shift.from);
  const found: Finding[] = [];
  let isOpenTold = false;
  for (const [index, next] of sorted.entries()) {
    const before = sorted[index - 1];
    if (!before) continue;
    const details = { place: next.day.place, date: next.day.date, unit };
    if (next.shift.from < before.shift.to) found.push(fault('ZG_SHIFTS_OVERLAP', { ...details, params: { other: before.day.date } }));
    const isNextDay = next.day.date <= addDays(before.day.date, 1);
    if (next.shift.from > before.shift.to && isNextDay && !isOpenTold) {
      isOpenTold = true;
      const hours = Math.round((next.shift.from - before.shift.to) / hourMs);
      found.push(warning('ZG_HOURS_OPEN', { ...details, params: { hours } }));
    }
  }
  return found;
};

const teamOf = ({ shift }: PlannedShift): string =>
  shift.holders
    .filter(({ role }) => role !== 'shiftLeader')
    .map(({ personId }) => personId)
    .toSorted()
    .join(' ');

/** Over holidays one team often stands for days on end: allowed, and worth a look. */
const stays = (planned: readonly PlannedShift[], unit: string): readonly Finding[] => {
  const found: Finding[] = [];
  let start = 0;
  for (let index = 1; index <= planned.length; index += 1) {
    const first = planned[start];
    const last = planned[index - 1];
    const next = planned[index];
    if (!first || !last) continue;
    if (next && teamOf(next) === teamOf(last) && next.shift.from <= last.shift.to) continue;
    const hours = Math.round((last.shift.to - first.shift.from) / hourMs);
    if (index - start > 1 && teamOf(first) !== '') {
      const params = { days: index - start, from: first.day.date, to: last.day.date, hours };
      found.push(warning('ZG_TEAM_STAYS', { place: first.day.place, date: first.day.date, unit, params }));
    }
    start = index;
  }
  return found;
};

/** Everything about one unit's days that only shows when they are seen together. */
export const checkDays = (
  unit: Unit,
  post: Post,
  days: readonly ListedDay[],
  planned: readonly PlannedShift[],
  rules: RosterRules,
): readonly Finding[] => {
  const name = shortNameOf(unit);
  return [...missingDays(days, name, rules), ...staffing(post, planned, name), ...joints(planned, name), ...stays(planned, name)];
};
