import type { Shift } from './roster.ts';
import type { ListedDay } from './roster-list.ts';
import { dayKindOf } from './shift-hours.ts';
import type { DayTable, HoursRule } from './shift-hours.ts';

export type RosterRules = {
  /** IANA name; a workbook's times are wall-clock times there. */
  readonly zone: string;
  /** The campaign's hours, where the workbook says none. */
  readonly defaultHours: readonly HoursRule[];
  /** For posts that the roster introduces. */
  readonly minimumHeadcount: number;
  readonly table: DayTable;
  /** From its beginning up to its end, epoch ms: what lies outside of it is told to whoever hands the list in. */
  readonly campaign?: { readonly fromAt: number; readonly toAt: number };
};

/** A shift and the row that it came from. */
export type PlannedShift = { readonly day: ListedDay; readonly shift: Shift; readonly isClear: boolean };

/** The rule of hours that a day falls under. */
export const hoursOf = (
  day: ListedDay,
  rules: RosterRules,
): { readonly status: 'one'; readonly rule: HoursRule } | { readonly status: 'none' | 'several' } => {
  const kind = day.kind ?? dayKindOf(day.date, rules.table);
  const matching = (day.hours ?? rules.defaultHours).filter(({ kinds }) => kinds.includes(kind));
  const [rule] = matching;
  if (!rule) return { status: 'none' };
  return matching.length === 1 ? { status: 'one', rule } : { status: 'several' };
};
