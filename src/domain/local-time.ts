/** Wall-clock time of a zone, cached by day: a round asks for the same day a hundred thousand times. */

export type LocalDay = {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Epoch ms of its first instant, and of the next day's. */
  readonly startAt: number;
  readonly endAt: number;
};

/** A minute as it is written, before and after what says the second. */
type Minute = { readonly head: string; readonly tail: string };

type Cache = { days: LocalDay[]; instants: Map<string, number>; minutes: Map<number, Minute> };

// Caches of pure functions: they change how quickly an answer comes, never which.
const caches = new Map<string, Cache>();
const mostDays = 64;
const mostInstants = 4096;
const minuteMs = 60_000;
/** Of `+08:00`. */
const wholeOffset = 6;

const cacheOf = (timeZone: string): Cache => {
  const known = caches.get(timeZone);
  if (known) return known;
  const fresh: Cache = { days: [], instants: new Map(), minutes: new Map() };
  caches.set(timeZone, fresh);
  return fresh;
};

/** The local day that an instant belongs to. Throws a RangeError for an unknown zone. */
export const localDay = (timeZone: string, at: number): LocalDay => {
  const cache = cacheOf(timeZone);
  const known = cache.days.find((day) => day.startAt <= at && at < day.endAt);
  if (known) return known;
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const day: LocalDay = {
    date: zoned.toPlainDate().toString(),
    startAt: zoned.startOfDay().epochMilliseconds,
    endAt: zoned.add({ days: 1 }).startOfDay().epochMilliseconds,
  };
  cache.days.unshift(day);
  cache.days.length = Math.min(cache.days.length, mostDays);
  return day;
};

/** The instant of a minute of a local day (0 to 1440); where the clock jumps over it, the instant after the jump. */
export const instantOf = (timeZone: string, date: string, minute: number): number => {
  const cache = cacheOf(timeZone);
  const key = `${date} ${minute}`;
  const known = cache.instants.get(key);
  if (known !== undefined) return known;
  const plain = Temporal.PlainDate.from(date);
  const day = minute >= 1440 ? plain.add({ days: 1 }) : plain;
  const rest = minute % 1440;
  const plainTime = Temporal.PlainTime.from({ hour: Math.floor(rest / 60), minute: rest % 60 });
  const zoned = day.toZonedDateTime({ timeZone, plainTime });
  // Temporal moves a skipped minute on by the length of the gap; then 02:30 would come after 03:00.
  const isSkipped = !zoned.toPlainTime().equals(plainTime);
  const instant = (isSkipped ? (zoned.add({ nanoseconds: 1 }).getTimeZoneTransition('previous') ?? zoned) : zoned).epochMilliseconds;
  if (cache.instants.size >= mostInstants) cache.instants.clear();
  cache.instants.set(key, instant);
  return instant;
};

/** Minute of the local day on the wall clock, 0 to 1439. */
export const minuteOfDay = (timeZone: string, at: number): number => {
  const day = localDay(timeZone, at);
  // On a day without a change of the clock the distance from midnight is the wall clock.
  if (day.endAt - day.startAt === 86_400_000) return Math.floor((at - day.startAt) / 60_000);
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return zoned.hour * 60 + zoned.minute;
};

const added = new Map<string, string>();

/** The local date `days` after another. */
export const addDays = (date: string, days: number): string => {
  const key = `${date} ${days}`;
  const known = added.get(key);
  if (known !== undefined) return known;
  const later = Temporal.PlainDate.from(date).add({ days }).toString();
  if (added.size >= mostInstants) added.clear();
  added.set(key, later);
  return later;
};

const minuteOf = (timeZone: string, at: number): Minute => {
  const { minutes } = cacheOf(timeZone);
  const key = Math.floor(at / minuteMs);
  const known = minutes.get(key);
  if (known !== undefined) return known;
  const zoned = Temporal.Instant.fromEpochMilliseconds(key * minuteMs).toZonedDateTimeISO(timeZone);
  const head = zoned.toPlainDateTime().toString({ smallestUnit: 'minute' });
  const minute = { head, tail: zoned.offset };
  if (minutes.size >= mostInstants) minutes.clear();
  minutes.set(key, minute);
  return minute;
};

/** `2021-08-27T10:00+08:00`: an instant as people of that zone write it, to the minute, or to the second. */
export const toIso = (timeZone: string, at: number, smallestUnit: 'minute' | 'second' | 'millisecond' = 'second'): string => {
  const { head, tail } = minuteOf(timeZone, at);
  // Before zones were agreed on, local minutes did not begin with those of others.
  if (tail.length > wholeOffset)
    return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toString({ smallestUnit, timeZoneName: 'never' });
  if (smallestUnit === 'minute') return head + tail;
  const ms = at - Math.floor(at / minuteMs) * minuteMs;
  const second = `${head}:${String(Math.floor(ms / 1_000)).padStart(2, '0')}`;
  return smallestUnit === 'second' ? second + tail : `${second}.${String(ms % 1_000).padStart(3, '0')}${tail}`;
};
