import { describe, expect, it } from 'vitest';
import { addDays, instantOf, localDay, minuteOfDay, toIso } from '../../src/domain/local-time.ts';
import { fc } from '../support/property.ts';

const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'UTC', 'Australia/Lord_Howe'] as const;
const hour = 3_600_000;
const instants = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) });

const wall = (zone: string, at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

describe.each(zones)('the wall clock of %s', (zone) => {
  it('puts every instant into the day that its calendar shows', () => {
    fc.assert(
      fc.property(instants, (at) => {
        const day = localDay(zone, at);
        expect(day.date).toBe(wall(zone, at).toPlainDate().toString());
        expect(day.startAt).toBeLessThanOrEqual(at);
        expect(at).toBeLessThan(day.endAt);
        expect(localDay(zone, day.endAt).date).toBe(addDays(day.date, 1));
      }),
    );
  });

  it('reads the minute that its clock shows', () => {
    fc.assert(
      fc.property(instants, (at) => {
        const { hour: hours, minute } = wall(zone, at);
        expect(minuteOfDay(zone, at)).toBe(hours * 60 + minute);
      }),
    );
  });

  it('finds the instant of a minute again, or what comes after a gap in the clock', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 1439 }), (at, minute) => {
        const { date } = localDay(zone, at);
        const instant = instantOf(zone, date, minute);
        const shown = minuteOfDay(zone, instant);
        expect(localDay(zone, instant).date).toBe(date);
        expect(shown).toBeGreaterThanOrEqual(minute);
        expect(shown - minute).toBeLessThanOrEqual(60);
        expect(instantOf(zone, date, 1440)).toBe(localDay(zone, at).endAt);
      }),
    );
  });
});

it.each([
  ['Europe/Berlin', '2021-03-28', 23],
  ['Europe/Berlin', '2021-10-31', 25],
  ['America/New_York', '2021-03-14', 23],
  ['America/New_York', '2021-11-07', 25],
  ['Asia/Shanghai', '2021-10-31', 24],
] as const)('gives %s on %s a day of %i hours', (zone, date, hours) => {
  const day = localDay(zone, instantOf(zone, date, 600));
  expect(day.endAt - day.startAt).toBe(hours * hour);
  expect(minuteOfDay(zone, instantOf(zone, date, 510))).toBe(510);
});

it('goes on after the jump where the clock skips a minute, and takes the first of two', () => {
  expect(toIso('Europe/Berlin', instantOf('Europe/Berlin', '2021-03-28', 150), 'minute')).toBe('2021-03-28T03:00+02:00');
  expect(toIso('Europe/Berlin', instantOf('Europe/Berlin', '2021-10-31', 150), 'minute')).toBe('2021-10-31T02:30+02:00');
});

it('never lets a later minute come before an earlier one, whatever the clock does', () => {
  const days = [
    ['Europe/Berlin', '2021-03-28'],
    ['America/New_York', '2021-03-14'],
    ['America/New_York', '2021-11-07'],
    ['Australia/Lord_Howe', '2021-10-03'],
  ] as const;
  for (const [zone, date] of days) {
    const instants = Array.from({ length: 1441 }, (_, minute) => instantOf(zone, date, minute));
    expect(instants).toEqual(instants.toSorted((one, other) => one - other));
  }
});

it('refuses a zone that nobody knows', () => {
  expect(() => localDay('Mars/Olympus', 0)).toThrow(RangeError);
});

it('writes every instant as Temporal does, again and again, to every unit, also where minutes do not begin together', () => {
  const zones = ['Asia/Shanghai', 'Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns', 'UTC'];
  const instants = fc.oneof(
    fc.integer({ min: Date.parse('1890-01-01'), max: Date.parse('2100-01-01') }),
    fc.integer({ min: Date.parse('2021-10-31T00:00Z'), max: Date.parse('2021-10-31T03:00Z') }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...zones), instants, fc.constantFrom('minute', 'second', 'millisecond'), (zone, at, smallestUnit) => {
      const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
      const expected = zoned.toString({ smallestUnit, timeZoneName: 'never' });
      expect([toIso(zone, at, smallestUnit), toIso(zone, at, smallestUnit)]).toEqual([expected, expected]);
    }),
    { numRuns: 500 },
  );
});
