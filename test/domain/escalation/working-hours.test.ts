import { expect, it } from 'vitest';
import { addWorkingMs, nextWorkingAt, type WorkingHours } from '../../../src/domain/escalation/working-hours.ts';
import { minuteOfDay } from '../../../src/domain/local-time.ts';
import { at } from '../../support/invented.ts';
import { fc } from '../../support/property.ts';

const hour = 3_600_000;
const hours: WorkingHours = { timeZone: 'Asia/Shanghai', fromMinute: 8 * 60, toMinute: 20 * 60 };

it('leaves what lies within the hours, their last instant too, and moves the rest to their next beginning', () => {
  expect(nextWorkingAt(hours, at('2021-08-27T08:00'))).toBe(at('2021-08-27T08:00'));
  expect(nextWorkingAt(hours, at('2021-08-27T20:00'))).toBe(at('2021-08-27T20:00'));
  expect(nextWorkingAt(hours, at('2021-08-27T20:00') + 1)).toBe(at('2021-08-28T08:00'));
  expect(nextWorkingAt(hours, at('2021-08-28T00:00'))).toBe(at('2021-08-28T08:00'));
  expect(nextWorkingAt(hours, at('2021-08-28T07:59'))).toBe(at('2021-08-28T08:00'));
});

it('knows hours through midnight, and hours that never end', () => {
  const night = { ...hours, fromMinute: 20 * 60, toMinute: 2 * 60 };
  expect(nextWorkingAt(night, at('2021-08-28T01:30'))).toBe(at('2021-08-28T01:30'));
  expect(nextWorkingAt(night, at('2021-08-28T03:00'))).toBe(at('2021-08-28T20:00'));
  expect(addWorkingMs(night, at('2021-08-28T01:00'), 2 * hour)).toBe(at('2021-08-28T21:00'));
  const always = { ...hours, fromMinute: 0, toMinute: 0 };
  expect(addWorkingMs(always, at('2021-08-28T03:00'), 30 * hour)).toBe(at('2021-08-29T09:00'));
});

it('counts working time alone', () => {
  expect(addWorkingMs(hours, at('2021-08-27T15:00'), 4 * hour)).toBe(at('2021-08-27T19:00'));
  expect(addWorkingMs(hours, at('2021-08-27T19:30'), hour)).toBe(at('2021-08-28T08:30'));
  expect(addWorkingMs(hours, at('2021-08-28T00:00'), hour)).toBe(at('2021-08-28T09:00'));
  expect(addWorkingMs(hours, at('2021-08-27T19:00'), 30 * hour)).toBe(at('2021-08-30T13:00'));
});

it('never goes back, stays in order and within the hours, in every zone', () => {
  const instants = fc.integer({ min: at('2021-01-01T00:00'), max: at('2022-01-01T00:00') });
  const some = fc.record({
    timeZone: fc.constantFrom('Asia/Shanghai', 'Europe/Berlin'),
    fromMinute: fc.integer({ min: 4, max: 20 }).map((n) => n * 30),
    toMinute: fc.integer({ min: 24, max: 47 }).map((n) => n * 30),
  });
  fc.assert(
    fc.property(some, instants, fc.nat(40 * hour), fc.nat(40 * hour), (zone, from, ms, more) => {
      const then = addWorkingMs(zone, from, ms);
      expect(then).toBeGreaterThanOrEqual(from + ms);
      expect(addWorkingMs(zone, from, ms + more)).toBeGreaterThanOrEqual(then);
      expect(nextWorkingAt(zone, then)).toBe(then);
      const minute = minuteOfDay(zone.timeZone, then);
      expect(zone.fromMinute <= minute && minute <= zone.toMinute).toBe(true);
    }),
  );
});
