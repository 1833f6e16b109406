import type { DatePart, ReadDates } from './dates.ts';
import type { DateResolver } from './years.ts';

export type ExpandedDates = { readonly days: readonly string[] } | { readonly problem: 'year' | 'month' | 'impossible' };

/** A row for more days than this is a wrong date. */
const mostDays = 62;

/** Of two readings of a number the one that its weekday or the day before it speaks for. */
const choosePart = (read: ReadDates, dates: DateResolver, weekday: number | undefined): DatePart | undefined => {
  const [part] = read.days;
  if (!part || !read.alternative) return part;
  const before = dates.last;
  if (before === undefined) return part;
  const next = Temporal.PlainDate.from(before).add({ days: 1 });
  const isNext = ({ day, month }: DatePart): boolean => day === next.day && month === next.month;
  const fits = ({ day, month = next.month }: DatePart): boolean =>
    month === next.month && day <= next.daysInMonth && next.with({ day }).dayOfWeek === weekday;
  if (weekday !== undefined && fits(read.alternative) !== fits(part)) return fits(part) ? part : read.alternative;
  return isNext(read.alternative) && !isNext(part) ? read.alternative : part;
};

/** Every day that a date cell names, a range with both its ends. */
export const expandDates = (
  read: ReadDates,
  endCell: ReadDates | null | undefined,
  dates: DateResolver,
  weekday: number | undefined,
): ExpandedDates => {
  const days: string[] = [];
  const first = choosePart(read, dates, weekday);
  for (const part of first ? [first, ...read.days.slice(1)] : []) {
    const resolved = dates.resolve(part);
    if ('problem' in resolved) return resolved;
    days.push(resolved.date);
  }
  const end = read.through ?? endCell?.days[0];
  const from = days[0];
  if (!end || from === undefined) return { days };
  const resolved = dates.resolve(end);
  if ('problem' in resolved) return resolved;
  const last = Temporal.PlainDate.from(resolved.date);
  let day = Temporal.PlainDate.from(from);
  if (Temporal.PlainDate.compare(last, day) < 0 || day.until(last).days > mostDays) return { problem: 'impossible' };
  const range: string[] = [];
  for (; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) range.push(day.toString());
  return { days: range };
};
