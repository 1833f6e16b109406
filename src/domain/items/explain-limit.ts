import { addDays, localDay, toIso } from '../local-time.ts';
import { dayKindOf } from '../roster/shift-hours.ts';
import type { DayTable } from '../roster/shift-hours.ts';
import { limitLevels, type Item, type Limit, type LimitLevel } from './item.ts';

/** One line of the answer to "why is it due then?"; the words stand in the catalogues. Instants are ISO with offset. */
export type LimitLine =
  | { readonly key: 'level'; readonly level: LimitLevel }
  | { readonly key: 'countedFrom'; readonly at: string }
  | { readonly key: 'naturalDays' | 'workingDays'; readonly count: number; readonly lastDay: string }
  /** Days off between the two that did not count, and days of rest that did, being worked. */
  | { readonly key: 'skipped' | 'madeUp'; readonly dates: readonly string[] }
  | { readonly key: 'hours'; readonly count: number }
  | { readonly key: 'instant' }
  /** What the list said before it was moved. */
  | { readonly key: 'listed'; readonly at: string }
  /** Moved since, by what happened at that instant. */
  | { readonly key: LimitMove; readonly at: string }
  /** Answered in time or not, before the item was opened again: it binds no longer. */
  | { readonly key: 'met'; readonly at: string }
  | { readonly key: 'daily'; readonly minute: number }
  | { readonly key: 'due'; readonly at: string };

/** What has moved a limit: an approved extension, its setter's consent, the rest of an interim end, a failed follow-up. */
type LimitMove = 'extended' | 'consented' | 'interim' | 'again';

/** Every move carries the instant of the act that made it. */
const moveOf = (item: Item, { level, rule, countedFromAt }: Limit): LimitMove | undefined => {
  if (rule.type !== 'instant') return undefined;
  if (item.outerMoves.some((move) => move.level === level && move.at === countedFromAt)) return 'consented';
  if (level !== 'unit') return undefined;
  if (item.rechecks.some(({ passed, at }) => !passed && at === countedFromAt)) return 'again';
  if (item.versions.some(({ nextReportAt, decidedAt }) => nextReportAt !== undefined && decidedAt === countedFromAt)) return 'interim';
  return item.extensions.some(({ officeAt, subtaskNo }) => officeAt === countedFromAt && subtaskNo === undefined) ? 'extended' : undefined;
};

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
export const explainLimit = (limit: Limit, timeZone: string, calendar: DayTable, moved?: LimitMove): readonly LimitLine[] => {
  const at = (instant: number): string => toIso(timeZone, instant, 'minute');
  const { level, listedAt, metAt, countedFromAt } = limit;
  const why: readonly LimitLine[] = moved
    ? [...(listedAt === undefined ? [] : [{ key: 'listed' as const, at: at(listedAt) }]), { key: moved, at: at(countedFromAt) }]
    : [{ key: 'countedFrom', at: at(countedFromAt) }, ...ruleLines(limit, timeZone, calendar)];
  return [
    { key: 'level', level },
    ...why,
    { key: 'due', at: at(limit.at) },
    ...(metAt === undefined ? [] : [{ key: 'met' as const, at: at(metAt) }]),
  ];
};

/** Each limit of an item, from the inside out, and whatever moved it since. */
export const explainItemLimits = (item: Item, timeZone: string, calendar: DayTable): readonly (readonly LimitLine[])[] =>
  item.limits
    .toSorted((one, other) => limitLevels.indexOf(one.level) - limitLevels.indexOf(other.level))
    .map((limit) => explainLimit(limit, timeZone, calendar, moveOf(item, limit)));
