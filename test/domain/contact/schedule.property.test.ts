import { describe, expect, it } from 'vitest';
import { nodeSecrets } from '../../../adapters/secrets/node-secrets.ts';
import type { Band, ContactPolicy } from '../../../src/domain/contact/contact-policy.ts';
import {
  fixedTimesBetween,
  nextCheck,
  randomTimesIn,
  segmentAt,
  segmentsFrom,
  silenceEndsAt,
  type Draw,
} from '../../../src/domain/contact/schedule.ts';
import { instantOf, localDay, minuteOfDay } from '../../../src/domain/local-time.ts';
import { fc } from '../../support/property.ts';

const minute = 60_000;
const hour = 60 * minute;

const band = (fromMinute: number, toMinute: number, silenceHours: number, random: number): Band => ({
  name: `${fromMinute}-${toMinute}`,
  fromMinute,
  toMinute,
  fixedMinutes: [],
  random,
  answerWindowMs: 10 * minute,
  silenceLimitMs: silenceHours * hour,
});

/** One to three bands beside each other, with or without rest between them, some of them through midnight. */
const policies: fc.Arbitrary<ContactPolicy> = fc
  .tuple(
    fc.uniqueArray(
      fc.integer({ min: 0, max: 47 }).map((half) => half * 30),
      { minLength: 2, maxLength: 4 },
    ),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 0, max: 4 }),
    fc.boolean(),
  )
  .map(([cuts, hours, random, isWhole]) => {
    const sorted = cuts.toSorted((one, other) => one - other);
    const bands = sorted.map((from, index) => band(from, sorted[index + 1] ?? sorted[0]!, hours + index, random));
    return { bands: isWhole ? bands : bands.slice(0, -1), quietAfterPresenceMs: 20 * minute, proof: 'acknowledge' };
  });

const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York');
/** Around the days on which clocks change. */
const instants = fc
  .tuple(
    fc.constantFrom(Date.UTC(2021, 7, 27), Date.UTC(2021, 2, 28), Date.UTC(2021, 9, 31), Date.UTC(2021, 2, 14), Date.UTC(2021, 10, 7)),
    fc.integer({ min: -30 * 60, max: 30 * 60 }),
  )
  .map(([day, minutes]) => day + minutes * minute);

const drawWith =
  (seed: string): Draw =>
  (date, label) =>
    nodeSecrets.draw(`${seed} ${date}`, label);

describe('the parts of a day', () => {
  it('cover what the bands say, in order and without overlap, also when the clock changes', () => {
    fc.assert(
      fc.property(policies, zones, instants, (policy, zone, at) => {
        const segments = segmentsFrom(policy, zone, at);
        for (const [index, { fromAt, toAt, band: own }] of segments.entries()) {
          expect(toAt).toBeGreaterThanOrEqual(fromAt);
          expect(segments[index + 1]?.fromAt ?? toAt).toBeGreaterThanOrEqual(toAt);
          expect(toAt === fromAt || minuteOfDay(zone, fromAt) >= own.fromMinute).toBe(true);
        }
        expect(segments.some((one) => one.toAt > at + 24 * hour)).toBe(true);
      }),
    );
  });

  it('keep their wall-clock time when daylight saving starts or ends', () => {
    const policy: ContactPolicy = { bands: [band(420, 1320, 4, 1), band(1320, 420, 10, 1)], quietAfterPresenceMs: 0, proof: 'acknowledge' };
    for (const [zone, date] of [
      ['Europe/Berlin', '2021-03-28'],
      ['Europe/Berlin', '2021-10-31'],
      ['America/New_York', '2021-03-14'],
      ['America/New_York', '2021-11-07'],
    ] as const) {
      const atSeven = segmentAt(policy, zone, instantOf(zone, date, 420))!;
      expect(atSeven.band.name).toBe('420-1320');
      expect(minuteOfDay(zone, atSeven.toAt)).toBe(1320);
      expect(segmentAt(policy, zone, atSeven.fromAt - 1)!.band.name).toBe('1320-420');
    }
  });
});

describe('the limit of silence', () => {
  it('asks as soon as silence reaches it inside a band, and never lets it pass', () => {
    fc.assert(
      fc.property(policies, zones, instants, fc.integer({ min: 0, max: 20 * 60 }), (policy, zone, now, agoMinutes) => {
        const lastAt = now - agoMinutes * minute;
        const asked = silenceEndsAt(policy, zone, lastAt, now);
        expect(asked).toBeDefined();
        expect(asked!).toBeGreaterThanOrEqual(now);
        expect(segmentAt(policy, zone, asked!)).toBeDefined();
        // At every instant before it, either nobody is to be asked, or the silence is shorter than the limit.
        for (let at = now; at < asked!; at += 7 * minute) {
          const segment = segmentAt(policy, zone, at);
          expect(at - lastAt).toBeLessThan(segment?.band.silenceLimitMs ?? Number.POSITIVE_INFINITY);
        }
      }),
    );
  });

  it('does not ask again the moment it has been answered, however short it is', () => {
    const short: ContactPolicy = {
      bands: [{ ...band(0, 1440, 1, 0), silenceLimitMs: 50_000 }],
      quietAfterPresenceMs: 0,
      proof: 'acknowledge',
    };
    const now = Date.UTC(2021, 7, 27);
    expect(silenceEndsAt(short, 'Asia/Shanghai', now, now)).toBe(now + 45_000);
  });
});

describe('random times', () => {
  it('lie one in each equal part of the band, the same for the same seed', () => {
    fc.assert(
      fc.property(policies, zones, instants, fc.string(), (policy, zone, at, seed) => {
        for (const segment of segmentsFrom(policy, zone, at)) {
          const times = randomTimesIn(segment, 'p1', drawWith(seed));
          expect(times).toHaveLength(segment.band.random);
          expect(randomTimesIn(segment, 'p1', drawWith(seed))).toEqual(times);
          const partMs = (segment.toAt - segment.fromAt) / Math.max(1, segment.band.random);
          for (const [part, time] of times.entries()) {
            expect(time).toBeGreaterThanOrEqual(Math.floor(segment.fromAt + part * partMs));
            expect(time).toBeLessThan(segment.fromAt + (part + 1) * partMs + 1);
          }
        }
      }),
    );
  });

  it('differ by seed, by day and by post, and fall on every hour alike', () => {
    const policy: ContactPolicy = { bands: [band(0, 1440, 12, 1)], quietAfterPresenceMs: 0, proof: 'acknowledge' };
    const [first, second] = segmentsFrom(policy, 'Asia/Shanghai', Date.UTC(2021, 7, 27));
    const one = (segment: typeof first, subject: string, seed: string) =>
      randomTimesIn(segment!, subject, drawWith(seed))[0]! - segment!.fromAt;
    expect(one(first, 'p1', 'a')).not.toBe(one(first, 'p1', 'b'));
    expect(one(first, 'p1', 'a')).not.toBe(one(first, 'p2', 'a'));
    expect(one(first, 'p1', 'a')).not.toBe(one(second, 'p1', 'a'));
    const byHour = Array.from({ length: 24 }, () => 0);
    for (let post = 0; post < 4_800; post++) byHour[Math.floor(one(first, `p${post}`, 'a') / hour)]! += 1;
    expect(Math.min(...byHour)).toBeGreaterThan(140);
    expect(Math.max(...byHour)).toBeLessThan(260);
  });

  it('are not known before the seed of the day is sealed', () => {
    const policy: ContactPolicy = { bands: [band(0, 1440, 12, 2)], quietAfterPresenceMs: 0, proof: 'acknowledge' };
    const now = Date.UTC(2021, 7, 27, 2);
    const today = localDay('Asia/Shanghai', now).date;
    const draw: Draw = (date, label) => (date === today ? undefined : drawWith('a')(date, label));
    const watched = { subject: 'p1', lastAt: now, presenceAt: null };
    expect(nextCheck(policy, 'Asia/Shanghai', watched, now, () => undefined)).toEqual({ at: now + 12 * hour - minute, cause: 'silence' });
    expect(nextCheck(policy, 'Asia/Shanghai', watched, now, draw)?.cause).toBe('silence');
  });

  it('leave in peace whoever proved presence a moment ago, and never come after the limit of silence', () => {
    fc.assert(
      fc.property(policies, zones, instants, fc.string(), (policy, zone, now, seed) => {
        const next = nextCheck(policy, zone, { subject: 'p1', lastAt: now, presenceAt: now }, now, drawWith(seed))!;
        expect(next.at).toBeLessThanOrEqual(silenceEndsAt(policy, zone, now, now)!);
        expect(next.cause === 'silence' || next.at - now >= policy.quietAfterPresenceMs).toBe(true);
      }),
    );
  });
});

describe('fixed times', () => {
  it('are the same however often one looks, and none twice', () => {
    fc.assert(
      fc.property(policies, zones, instants, fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 8 }), (plain, zone, start, waits) => {
        const policy = {
          ...plain,
          bands: plain.bands.map((own) => ({ ...own, fixedMinutes: [own.fromMinute, (own.fromMinute + 45) % 1440] })),
        };
        let from = start;
        const inSteps = waits.flatMap((wait) => {
          const to = from + wait * minute;
          const times = fixedTimesBetween(policy, zone, from, to);
          from = to;
          return times;
        });
        expect(inSteps).toEqual(fixedTimesBetween(policy, zone, start, from));
        expect(new Set(inSteps).size).toBe(inSteps.length);
      }),
    );
  });
});
