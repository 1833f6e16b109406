import { addDays, instantOf } from '../local-time.ts';

/** Kinds of day and the hours of a shift: wall-clock time in the campaign's zone. */

/** 工作日 (make-up workdays too), 休息日, 法定节假日. */
export type DayKind = 'workday' | 'restDay' | 'holiday';

export const dayKinds: readonly DayKind[] = ['workday', 'restDay', 'holiday'];

/** `HH:MM`; `toDay` is 1 where the shift ends on the next day. */
export type DutyHours = { readonly from: string; readonly to: string; readonly toDay: 0 | 1 };

/** Hours for some kinds of day; `shift` tells several shifts of one day apart. */
export type HoursRule = { readonly kinds: readonly DayKind[]; readonly hours: DutyHours; readonly shift?: 'day' | 'night' };

/** A year's official table: ISO dates. What it does not name is a workday from Monday to Friday. */
export type DayTable = { readonly holidays: readonly string[]; readonly makeUpWorkdays: readonly string[] };

export const dayKindOf = (date: string, table: DayTable): DayKind => {
  if (table.holidays.includes(date)) return 'holiday';
  if (table.makeUpWorkdays.includes(date)) return 'workday';
  return Temporal.PlainDate.from(date).dayOfWeek >= 6 ? 'restDay' : 'workday';
};

const minuteOf = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
};

/** The shift that begins on a day. */
export const shiftSpan = (date: string, hours: DutyHours, zone: string): { readonly from: number; readonly to: number } => ({
  from: instantOf(zone, date, minuteOf(hours.from)),
  to: instantOf(zone, hours.toDay === 1 ? addDays(date, 1) : date, minuteOf(hours.to)),
});

const minuteText = (minute: number): string =>
  `${String(Math.floor((minute % 1_440) / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** One rule for every kind of day, from minutes of the local day; an end at or before the start is on the next day. */
export const everyDay = (fromMinute: number, toMinute: number): HoursRule => ({
  kinds: dayKinds,
  hours: { from: minuteText(fromMinute), to: minuteText(toMinute), toDay: toMinute <= fromMinute || toMinute >= 1_440 ? 1 : 0 },
});
