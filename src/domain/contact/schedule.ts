import { addDays, instantOf, localDay } from '../local-time.ts';
import type { Band, ContactPolicy } from './contact-policy.ts';
import type { CheckCause } from './watch.ts';

/** One run of a band: from an instant (inclusive) to another (exclusive), named by the local date it begins on. */
export type Segment = { readonly band: Band; readonly date: string; readonly fromAt: number; readonly toAt: number };

/** Uniform in [0, 1) for a date and a label; undefined while that day's seed has not been sealed yet. */
export type Draw = (date: string, label: string) => number | undefined;

export type NextCheck = { readonly at: number; readonly cause: CheckCause };

/** A silence check is opened this much ahead of the limit, so that the limit itself is never passed unwatched. */
const silenceLeadMs = 60_000;

/** Never so much that an answer would be followed by the next question at once. */
const leadOf = (band: Band): number => Math.min(silenceLeadMs, band.silenceLimitMs / 10);

const segmentsOn = (policy: ContactPolicy, timeZone: string, date: string): Segment[] =>
  policy.bands.map((band) => {
    const throughMidnight = band.toMinute <= band.fromMinute;
    const toAt = throughMidnight ? instantOf(timeZone, addDays(date, 1), band.toMinute) : instantOf(timeZone, date, band.toMinute);
    return { band, date, fromAt: instantOf(timeZone, date, band.fromMinute), toAt };
  });

type Cached = { readonly date: string; readonly segments: readonly Segment[] };
const cache = new WeakMap<ContactPolicy, Map<string, Cached>>();

/** Runs of bands that touch an instant or come after it, in order, over some three days. */
export const segmentsFrom = (policy: ContactPolicy, timeZone: string, at: number): readonly Segment[] => {
  const { date } = localDay(timeZone, at);
  const known = cache.get(policy)?.get(timeZone);
  if (known?.date === date) return known.segments;
  const segments = [-1, 0, 1, 2]
    .flatMap((days) => segmentsOn(policy, timeZone, addDays(date, days)))
    .toSorted((one, other) => one.fromAt - other.fromAt);
  const zones = cache.get(policy) ?? new Map<string, Cached>();
  zones.set(timeZone, { date, segments });
  cache.set(policy, zones);
  return segments;
};

export const segmentAt = (policy: ContactPolicy, timeZone: string, at: number): Segment | undefined =>
  segmentsFrom(policy, timeZone, at).find((segment) => segment.fromAt <= at && at < segment.toAt);

const silenceEndsIn = (segments: readonly Segment[], lastAt: number, now: number): number | undefined => {
  for (const segment of segments) {
    if (segment.toAt <= now) continue;
    const at = Math.max(segment.fromAt, now, lastAt + segment.band.silenceLimitMs - leadOf(segment.band));
    if (at < segment.toAt) return at;
  }
  return undefined;
};

/** The first instant at or after `now` at which silence since `lastAt` reaches the limit of the band it falls in. */
export const silenceEndsAt = (policy: ContactPolicy, timeZone: string, lastAt: number, now: number): number | undefined => {
  const soon = silenceEndsIn(segmentsFrom(policy, timeZone, now), lastAt, now);
  if (soon !== undefined) return soon;
  // A limit of days ends beyond the days looked at: no watch may be left without a clock for that.
  for (const limitMs of policy.bands.map((band) => band.silenceLimitMs).toSorted((one, other) => one - other)) {
    const later = silenceEndsIn(segmentsFrom(policy, timeZone, Math.max(now, lastAt + limitMs)), lastAt, now);
    if (later !== undefined) return later;
  }
  return undefined;
};

/**
 * The subject's random times of one run of a band: one in each of `random` equal parts, so that they can't all fall
 * together. Empty while the seed of that date is not known.
 */
export const randomTimesIn = (segment: Segment, subject: string, draw: Draw): readonly number[] => {
  const { band, date, fromAt, toAt } = segment;
  const partMs = (toAt - fromAt) / Math.max(1, band.random);
  const times: number[] = [];
  for (let part = 0; part < band.random; part++) {
    const share = draw(date, `${band.name} ${part} ${subject}`);
    if (share === undefined) return [];
    times.push(Math.floor(fromAt + (part + share) * partMs));
  }
  return times;
};

const nextRandom = (policy: ContactPolicy, timeZone: string, subject: string, now: number, draw: Draw): number | undefined => {
  for (const segment of segmentsFrom(policy, timeZone, now)) {
    if (segment.toAt <= now) continue;
    const at = randomTimesIn(segment, subject, draw).find((time) => time > now);
    if (at !== undefined) return at;
  }
  return undefined;
};

/** When a subject must be asked next for a reason of its own; the fixed times belong to the rounds. */
export const nextCheck = (
  policy: ContactPolicy,
  timeZone: string,
  watched: { readonly subject: string; readonly lastAt: number; readonly presenceAt: number | null },
  now: number,
  draw: Draw,
): NextCheck | undefined => {
  const calmUntil = watched.presenceAt === null ? now : Math.max(now, watched.presenceAt + policy.quietAfterPresenceMs);
  const random = nextRandom(policy, timeZone, watched.subject, calmUntil, draw);
  const silence = silenceEndsAt(policy, timeZone, watched.lastAt, now);
  if (random === undefined && silence === undefined) return undefined;
  if (silence === undefined || (random !== undefined && random < silence)) return { at: random!, cause: 'random' };
  return { at: silence, cause: 'silence' };
};

/** The fixed times of a policy that lie after one instant and up to another, in order. */
export const fixedTimesBetween = (policy: ContactPolicy, timeZone: string, afterAt: number, throughAt: number): readonly number[] => {
  const times: number[] = [];
  for (let { date } = localDay(timeZone, afterAt); instantOf(timeZone, date, 0) <= throughAt; date = addDays(date, 1)) {
    for (const band of policy.bands) for (const minute of band.fixedMinutes) times.push(instantOf(timeZone, date, minute));
  }
  return [...new Set(times)].filter((at) => at > afterAt && at <= throughAt).toSorted((one, other) => one - other);
};
