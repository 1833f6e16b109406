import { fault } from '../organisation/finding.ts';
import type { Finding } from '../organisation/finding.ts';
import type { DutyRole } from './roster.ts';
import type { ListedDay, ListedHolder } from './roster-list.ts';

const hoursKey = (day: ListedDay): string => JSON.stringify(day.hours ?? null);

const cellKey = ({ datePlace }: ListedDay): string => `${datePlace.sheet} ${datePlace.cell}`;

const rolesOf = (day: ListedDay): ReadonlySet<DutyRole> => new Set(day.holders.map(({ role }) => role));

/** The first officer of a shift is on duty, every other one stands beside. */
const settleRoles = (holders: readonly ListedHolder[]): readonly ListedHolder[] => {
  const first = holders.findIndex(({ role }) => role === 'onDuty');
  const promoted = first >= 0 ? first : holders.findIndex(({ role }) => role === 'coDuty');
  return holders.map((holder, index) => {
    if (holder.role === 'shiftLeader') return holder;
    return { ...holder, role: index === promoted ? 'onDuty' : 'coDuty' };
  });
};

const join = (first: ListedDay, next: ListedDay): ListedDay => ({
  ...first,
  holders: [...first.holders, ...next.holders],
  ...((first.isUnclear ?? next.isUnclear) ? { isUnclear: true } : {}),
  ...(first.landline === undefined && next.landline !== undefined ? { landline: next.landline } : {}),
});

/**
 * One entry for each shift of a unit, by date. Rows under one date cell belong together, and so do rows that name
 * different posts of the same day; the same day twice otherwise is a fault.
 */
export const mergeDays = (
  days: readonly ListedDay[],
  unit: string,
): { readonly days: readonly ListedDay[]; readonly findings: readonly Finding[] } => {
  const findings: Finding[] = [];
  const merged: ListedDay[] = [];
  const at = new Map<string, number>();
  for (const day of days) {
    const key = `${day.date} ${hoursKey(day)}`;
    const index = at.get(key);
    const before = index === undefined ? undefined : merged[index];
    if (index === undefined || !before) {
      at.set(key, merged.length);
      merged.push(day);
      continue;
    }
    const isSameCell = cellKey(before) === cellKey(day);
    const roles = rolesOf(before);
    const isOtherPost = day.holders.length > 0 && before.holders.length > 0 && ![...rolesOf(day)].some((role) => roles.has(role));
    if (isSameCell || isOtherPost) merged[index] = join(before, day);
    else findings.push(fault('ZG_DAY_TWICE', { place: day.datePlace, date: day.date, unit, params: { cell: before.datePlace.cell } }));
  }
  const settled = merged.map((day) => ({ ...day, holders: settleRoles(day.holders) }));
  return { days: settled.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)), findings };
};
