import { addDays, localDay, toIso } from '../local-time.ts';
import { dayKindOf } from '../roster/shift-hours.ts';
import type { DayTable } from '../roster/shift-hours.ts';
import type { Limit, LimitLevel } from './item.ts';

/** One line of the answer to "why is it due then?"; the words stand in the catalogues. Instants are ISO with offset. */
export type LimitLine =
  | { readonly key: 'level'; readonly level: LimitLevel }
  | { readonly key: 'countedFrom'; readonly at: string }
  | { readonly key: 'naturalDays' | 'workingDays'; readonly count: number; readonly lastDay: string }
  /** Days off between the two that did not count, and days of rest that did, being worked. */
  | { readonly key: 'skipped' | 'madeUp'; readonly dates: readonly string[] }
  | { readonly key: 'hours'; readonly count: number }
  | { readonly key: 'instant' }
  | { readonly key: 'daily'; readonly minute: number }
  | { readonly key: 'due'; readonly at: string };

const ruleLines = ({ rule, at, countedFromAt }: Limit, timeZone: string, calendar: DayTable): readonly LimitLine[] => {
  if (rule.type === 'hours') return [{ key: 'hours', count: rule.count }];
  if (rule.type === 'daily') return [{ key: 'daily', minute: rule.minute }];
  if (rule.type === 'instant') return [{ key: 'instant' }];
  const lastDay = localDay(timeZone, at - 1).date;
  if (rule.day === 'natural') return [{ key: 'naturalDays', count: rule.count, lastDay }];
  const skipped: string[] = [];
  const madeUp: string[] = [];
  for (let date = addDays(localDay(timeZone, countedFromAt).date, 1); date <= lastDay; date = addDays(date, 1)) {
    if (dayKindOf(date, calendar) !== 'workday') skipped.push(date);
    else if (Temporal.PlainDate.from(date).dayOfWeek >= 6) madeUp.push(date);
  }
  return [
    { key: 'workingDays', count: rule.count, lastDay },
    ...(skipped.length > 0 ? [{ key: 'skipped' as const, dates: skipped }] : []),
    ...(madeUp.length > 0 ? [{ key: 'madeUp' as const, dates: madeUp }] : []),
  ];
};

/** Whose limit it is, what it counts from, how, and when it is therefore due. */
export const explainLimit = (limit: Limit, timeZone: string, calendar: DayTable): readonly LimitLine[] => [
  { key: 'level', level: limit.level },
  { key: 'countedFrom', at: toIso(timeZone, limit.countedFromAt, 'minute') },
  ...ruleLines(limit, timeZone, calendar),
  { key: 'due', at: toIso(timeZone, limit.at, 'minute') },
];
