import { addDays, instantOf, localDay } from '../local-time.ts';
import type { ReportPeriod } from './report-draft.ts';

/** When reports are drafted by themselves: data of the campaign. Minutes are of the local day; `weekday` 1 is Monday. */
export type ReportTimes = {
  readonly dailyMinute?: number;
  readonly weekly?: { readonly weekday: number; readonly minute: number };
  readonly hasCampaign: boolean;
};

type Campaign = { readonly timeZone: string; readonly fromAt: number; readonly toAt: number };

const weekdayOf = (date: string): number => Temporal.PlainDate.from(date).dayOfWeek;

/** Every local day that has an instant after `afterAt` and up to `untilAt`. */
const datesBetween = (timeZone: string, afterAt: number, untilAt: number): readonly string[] => {
  const dates: string[] = [];
  for (let { date } = localDay(timeZone, afterAt); instantOf(timeZone, date, 0) <= untilAt; date = addDays(date, 1)) dates.push(date);
  return dates;
};

/**
 * The reports whose time has come after `afterAt` and by `untilAt`, the oldest first. Each begins where the one before it
 * ended, so that everything that happened stands in exactly one report of its kind; the first begins with the campaign.
 * What is left over at the campaign's end stands in the report of the whole.
 */
export const reportsDue = (
  { dailyMinute, weekly, hasCampaign }: ReportTimes,
  { timeZone, fromAt, toAt }: Campaign,
  afterAt: number,
  untilAt: number,
): readonly ReportPeriod[] => {
  const isPast = (at: number): boolean => at > afterAt && at <= untilAt;
  const ofDate = (kind: 'daily' | 'weekly', date: string, minute: number, days: number): readonly ReportPeriod[] => {
    const at = instantOf(timeZone, date, minute);
    if (!isPast(at) || at <= fromAt || at > toAt) return [];
    return [{ kind, fromAt: Math.max(fromAt, instantOf(timeZone, addDays(date, -days), minute)), toAt: at }];
  };
  const dates = datesBetween(timeZone, Math.max(afterAt, fromAt), Math.min(untilAt, toAt));
  const regular = dates.flatMap((date) => [
    ...(dailyMinute === undefined ? [] : ofDate('daily', date, dailyMinute, 1)),
    ...(weekly && weekdayOf(date) === weekly.weekday ? ofDate('weekly', date, weekly.minute, 7) : []),
  ]);
  return [
    ...regular.toSorted((one, other) => one.toAt - other.toAt),
    ...(hasCampaign && isPast(toAt) ? [{ kind: 'campaign', fromAt, toAt } as const] : []),
  ];
};
