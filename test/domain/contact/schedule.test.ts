import { describe, expect, it } from 'vitest';
import { isInBand, type Band, type ContactPolicy } from '../../../src/domain/contact/contact-policy.ts';
import { fixedTimesBetween, nextCheck, segmentAt, silenceEndsAt, type Draw } from '../../../src/domain/contact/schedule.ts';
import { at, calm, calmBand } from '../../support/invented.ts';

const minute = 60_000;
const hour = 60 * minute;
const zone = 'Asia/Shanghai';

const policyOf = (...bands: readonly Partial<Band>[]): ContactPolicy => ({
  ...calm,
  bands: bands.map((band, index) => ({ ...calmBand, name: `b${index}`, ...band })),
});

/** Said later in the day first: what is asked for must not depend on how the file is ordered. */
const dayAndNight = policyOf(
  { fromMinute: 22 * 60, toMinute: 7 * 60, silenceLimitMs: 10 * hour },
  { fromMinute: 7 * 60, toMinute: 22 * 60, silenceLimitMs: 4 * hour },
);

const half: Draw = () => 0.5;
const unknown: Draw = () => undefined;

describe('a band of the day', () => {
  it.each([
    [
      8,
      17,
      [
        [7.99, false],
        [8, true],
        [16.99, true],
        [17, false],
        [23, false],
      ],
    ],
    [
      22,
      7,
      [
        [21.99, false],
        [22, true],
        [23.99, true],
        [0, true],
        [6.99, true],
        [7, false],
        [12, false],
      ],
    ],
    [
      9,
      9,
      [
        [8.99, true],
        [9, true],
        [0, true],
      ],
    ],
  ] as const)('from %i to %i holds its first minute and not its last', (from, to, hours) => {
    const band = { fromMinute: from * 60, toMinute: to * 60 };
    expect(hours.map(([hours]) => isInBand(band, hours * 60))).toEqual(hours.map(([, is]) => is));
  });
});

describe('the runs of bands', () => {
  it('follow each other without a gap, by the day on which each begins', () => {
    const named = (text: string) => {
      const { band, date } = segmentAt(dayAndNight, zone, at(text))!;
      return [band.name, date];
    };
    expect(named('2021-08-27T06:59')).toEqual(['b0', '2021-08-26']);
    expect(named('2021-08-27T07:00')).toEqual(['b1', '2021-08-27']);
    expect(named('2021-08-27T21:59')).toEqual(['b1', '2021-08-27']);
    expect(named('2021-08-27T22:00')).toEqual(['b0', '2021-08-27']);
  });

  it('of one policy are told apart by zone', () => {
    const noon = at('2021-08-27T12:00');
    expect(segmentAt(dayAndNight, zone, noon)?.band.name).toBe('b1');
    expect(segmentAt(dayAndNight, 'America/New_York', noon)?.band.name).toBe('b0');
    expect(segmentAt(dayAndNight, zone, noon)?.band.name).toBe('b1');
  });
});

describe('the end of silence', () => {
  it('is asked about a minute before the limit, of a short limit a tenth before', () => {
    const from = at('2021-08-27T08:00');
    expect(silenceEndsAt(dayAndNight, zone, from, from)).toBe(from + 4 * hour - minute);
    expect(silenceEndsAt(policyOf({ silenceLimitMs: 5 * minute }), zone, from, from)).toBe(from + 4.5 * minute);
  });

  it('goes by the limit of the band in which it falls', () => {
    const evening = at('2021-08-27T20:00');
    // four hours would end at midnight, when ten are allowed
    expect(silenceEndsAt(dayAndNight, zone, evening, evening)).toBe(evening + 10 * hour - minute);
    const late = at('2021-08-27T23:30');
    // ten hours would end at half past nine, when four have long been too many
    expect(silenceEndsAt(dayAndNight, zone, late, late)).toBe(at('2021-08-28T07:00'));
  });

  it('that comes at the last instant of a band belongs to the next', () => {
    const twoBands = policyOf(
      { fromMinute: 8 * 60, toMinute: 12 * 60, silenceLimitMs: 4 * hour },
      { fromMinute: 14 * 60, toMinute: 18 * 60, silenceLimitMs: hour },
    );
    expect(silenceEndsAt(twoBands, zone, at('2021-08-27T08:01'), at('2021-08-27T11:00'))).toBe(at('2021-08-27T14:00'));
    expect(silenceEndsAt(twoBands, zone, at('2021-08-27T08:00'), at('2021-08-27T12:00'))).toBe(at('2021-08-27T14:00'));
  });

  it('comes at no time where nobody is ever asked', () => {
    expect(silenceEndsAt(policyOf(), zone, at('2021-08-27T08:00'), at('2021-08-27T08:00'))).toBeUndefined();
  });
});

describe('the next check of a subject', () => {
  const now = at('2021-08-27T08:00');
  const drawn = policyOf({ random: 1, silenceLimitMs: 20 * hour });
  const next = (
    policy: ContactPolicy,
    draw: Draw,
    more: { readonly lastAt?: number; readonly presenceAt?: number | null } = {},
    when = now,
  ) => nextCheck(policy, zone, { subject: 'p1', lastAt: now, presenceAt: null, ...more }, when, draw);

  it('comes at the time that was drawn, where silence ends later', () => {
    expect(next(drawn, half)).toEqual({ at: at('2021-08-27T12:00'), cause: 'random' });
  });

  it('comes when silence ends, where that is earlier, at the same instant, or nothing is drawn', () => {
    expect(next(drawn, half, { lastAt: now - 17 * hour })).toEqual({ at: now + 3 * hour - minute, cause: 'silence' });
    expect(next(drawn, half, { lastAt: at('2021-08-26T16:01') })).toEqual({ at: at('2021-08-27T12:00'), cause: 'silence' });
    expect(next(drawn, unknown)).toEqual({ at: now + 20 * hour - minute, cause: 'silence' });
    expect(next(policyOf({ random: 0 }), half)).toEqual({ at: now + 20 * hour - minute, cause: 'silence' });
  });

  it('is the next that was drawn, never the one that is now or was before', () => {
    expect(next(drawn, half, {}, at('2021-08-27T12:00') - 1)).toEqual({ at: at('2021-08-27T12:00'), cause: 'random' });
    const later = at('2021-08-27T12:00');
    expect(next(drawn, half, { lastAt: later }, later)).toEqual({ at: later + 20 * hour - minute, cause: 'silence' });
  });

  it('leaves whoever has just shown that they are there alone, and no longer than that', () => {
    const close = at('2021-08-27T11:50');
    const still = policyOf({ random: 1, silenceLimitMs: 40 * hour });
    expect(next(still, half, { lastAt: close, presenceAt: close }, close)).toEqual({ at: at('2021-08-28T12:00'), cause: 'random' });
    const before = at('2021-08-27T11:30');
    expect(next(still, half, { lastAt: before, presenceAt: before }, close)).toEqual({ at: at('2021-08-27T12:00'), cause: 'random' });
  });

  it('does not draw from a run of a band that is over', () => {
    const morning = policyOf({ fromMinute: 8 * 60, toMinute: 12 * 60, random: 1, silenceLimitMs: 100 * hour });
    expect(next(morning, half, {}, at('2021-08-27T12:00'))).toEqual({ at: at('2021-08-28T10:00'), cause: 'random' });
    expect(next(morning, half, {}, at('2021-08-27T09:00'))).toEqual({ at: at('2021-08-27T10:00'), cause: 'random' });
  });

  it('is none where nobody is ever asked', () => {
    expect(next(policyOf(), half)).toBeUndefined();
  });
});

describe('fixed times', () => {
  const policy = policyOf({ fixedMinutes: [16 * 60, 10 * 60] }, { fixedMinutes: [10 * 60, 0] });
  const between = (from: string, to: string) => fixedTimesBetween(policy, zone, at(from), at(to));

  it('come in order, each once, after the one instant and up to the other', () => {
    expect(between('2021-08-27T00:00', '2021-08-28T00:00')).toEqual(
      ['2021-08-27T10:00', '2021-08-27T16:00', '2021-08-28T00:00'].map((text) => at(text)),
    );
    expect(between('2021-08-27T10:00', '2021-08-27T16:00')).toEqual([at('2021-08-27T16:00')]);
    expect(between('2021-08-27T10:00', '2021-08-27T15:59')).toEqual([]);
  });
});
