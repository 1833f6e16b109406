import { instantOf, localDay, minuteOfDay, type LocalDay } from '../local-time.ts';

/** When people may be written to about paper: the same hours every day, for an inspection knows no weekend. */
export type WorkingHours = {
  /** IANA name. */
  readonly timeZone: string;
  /** Minutes of the local day; `toMinute` at or below `fromMinute` ends on the next day, equal to it never. */
  readonly fromMinute: number;
  readonly toMinute: number;
};

type Span = { readonly fromAt: number; readonly toAt: number };

const spanOn = ({ timeZone, fromMinute, toMinute }: WorkingHours, day: LocalDay): Span => ({
  fromAt: instantOf(timeZone, day.date, fromMinute),
  toAt: instantOf(timeZone, toMinute > fromMinute ? day.date : localDay(timeZone, day.endAt).date, toMinute),
});

/** The hours that an instant lies in, or those that begin next after it. Their last instant belongs to them. */
const spanAt = (hours: WorkingHours, at: number): Span => {
  const day = localDay(hours.timeZone, at);
  const before = spanOn(hours, localDay(hours.timeZone, day.startAt - 1));
  if (at <= before.toAt) return before;
  const today = spanOn(hours, day);
  return at <= today.toAt ? today : spanOn(hours, localDay(hours.timeZone, day.endAt));
};

const isPlainlyWithin = ({ timeZone, fromMinute, toMinute }: WorkingHours, at: number): boolean => {
  const minute = minuteOfDay(timeZone, at);
  return fromMinute <= minute && minute < toMinute;
};

/** The instant itself within working hours, else when they begin next. */
export const nextWorkingAt = (hours: WorkingHours, at: number): number =>
  hours.fromMinute === hours.toMinute || isPlainlyWithin(hours, at) ? at : Math.max(at, spanAt(hours, at).fromAt);

/** The instant by which so much working time has passed since another. `ms` is at least 0. */
export const addWorkingMs = (hours: WorkingHours, at: number, ms: number): number => {
  if (hours.fromMinute === hours.toMinute) return at + ms;
  let from = nextWorkingAt(hours, at);
  let restMs = ms;
  for (;;) {
    const { toAt } = spanAt(hours, from);
    if (from + restMs <= toAt) return from + restMs;
    restMs -= toAt - from;
    from = nextWorkingAt(hours, toAt + 1);
  }
};
