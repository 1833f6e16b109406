import { describe, expect, it } from 'vitest';
import {
  afterQuiet,
  beforeQuiet,
  comingsOf,
  dueAhead,
  instantsOf,
  remindersOf,
  testAt,
  testDeadline,
  type AheadRules,
  type Coming,
} from '../../../src/domain/ahead/plan-ahead.ts';
import type { Shift } from '../../../src/domain/roster/roster.ts';
import { fc } from '../../support/property.ts';

const hour = 3_600_000;
const day = 24 * hour;
const fromAt = Temporal.ZonedDateTime.from('2021-08-26T00:00[Asia/Shanghai]').epochMilliseconds;

const rules = (timeZone = 'Asia/Shanghai'): AheadRules => ({
  timeZone,
  quietHours: { fromMinute: 22 * 60, toMinute: 7 * 60 },
  fromAt,
  toAt: fromAt + 60 * day,
  reminders: [24 * hour, hour],
  test: { aheadMs: 24 * hour, answerBeforeMs: 12 * hour, againMs: 14 * day },
});

const shiftArb = fc
  .record({
    post: fc.integer({ min: 1, max: 3 }),
    start: fc.integer({ min: -20, max: 24 * 58 }),
    length: fc.integer({ min: 1, max: 36 }),
    person: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ post, start, length, person }): Shift => ({
    postId: `p${post}`,
    from: fromAt + start * hour,
    to: fromAt + (start + length) * hour,
    holders: [{ role: 'onDuty', personId: `m${person}` }],
  }));
const shiftsArb = fc.array(shiftArb, { maxLength: 25 });
const zoneArb = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York');

const stands = (shifts: readonly Shift[], personId: string, moment: number): boolean =>
  shifts.some((shift) => shift.from <= moment && moment < shift.to && shift.holders.some((one) => one.personId === personId));

const isNight = (timeZone: string, moment: number): boolean => {
  const { hour: at } = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timeZone);
  return at >= 22 || at < 7;
};

describe('who comes on duty when', () => {
  it('is whoever stands there and did not a moment before, once', () => {
    fc.assert(
      fc.property(shiftsArb, (shifts) => {
        const comings = [...comingsOf(shifts, rules()).values()].flat();
        for (const { personId, from } of comings) {
          expect(stands(shifts, personId, from)).toBe(true);
          expect(from > fromAt && stands(shifts, personId, from - 1)).toBe(false);
        }
        expect(new Set(comings.map(({ personId, from }) => `${personId} ${from}`)).size).toBe(comings.length);
      }),
    );
  });

  it('is a first one where nobody saw them for the time that is said', () => {
    fc.assert(
      fc.property(shiftsArb, (shifts) => {
        for (const { personId, from, isFirst } of [...comingsOf(shifts, rules()).values()].flat()) {
          const lately = shifts.some(
            (one) => one.to > fromAt && one.to <= from && one.to > from - 14 * day && one.holders[0]!.personId === personId,
          );
          expect(isFirst).toBe(!lately);
        }
      }),
    );
  });
});

describe('when it is said', () => {
  it('is never at night and never later than asked for', () => {
    fc.assert(
      fc.property(shiftsArb, zoneArb, (shifts, zone) => {
        const own = rules(zone);
        for (const coming of [...comingsOf(shifts, own).values()].flat())
          for (const at of [...remindersOf(own, coming), testAt(own, coming) ?? fromAt]) {
            expect(at !== fromAt && isNight(zone, at)).toBe(false);
            expect(at).toBeLessThan(Math.max(coming.from, fromAt + 1));
          }
      }),
    );
  });

  it('keeps instants of the day, and the morning after a night is none of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 * 24 * 60 }), zoneArb, (minutes, zone) => {
        const own = rules(zone);
        const at = fromAt + minutes * 60_000;
        expect(beforeQuiet(own, at) === at).toBe(!isNight(zone, at));
        expect(isNight(zone, afterQuiet(own, at))).toBe(false);
      }),
    );
  });

  it('is once for each reminder and each first coming, however the looks fall, and several that were missed are one', () => {
    fc.assert(
      fc.property(shiftsArb, fc.array(fc.integer({ min: 1, max: 40 * 60 }), { minLength: 5, maxLength: 80 }), (shifts, steps) => {
        const own = rules();
        for (const comings of comingsOf(shifts, own).values()) {
          const said: { readonly from: number; readonly at: number }[] = [];
          const tested: Record<string, { from: number }> = {};
          const testedAt: Coming[] = [];
          const deadlines: number[] = [];
          let sinceAt = fromAt - day;
          for (const minutes of steps) {
            const now = sinceAt + minutes * 60_000;
            const due = dueAhead(own, comings, tested, { sinceAt, now, isWhole: false });
            for (const { from } of due?.reminds ?? []) said.push({ from, at: now });
            for (const { from } of due?.reminds ?? []) expect(from).toBeGreaterThan(now);
            if (due?.test) {
              testedAt.push(due.test);
              tested[due.test.personId] = { from: due.test.from };
              deadlines.push((testDeadline(own, due.test, now) ?? Number.NaN) - due.test.from);
            }
            sinceAt = now;
          }
          for (const coming of comings)
            expect(said.filter(({ from }) => from === coming.from).length).toBeLessThanOrEqual(remindersOf(own, coming).length);
          expect(deadlines.every((ms) => ms < 0)).toBe(true);
          expect(new Set(testedAt.map(({ from }) => from)).size).toBe(testedAt.length);
        }
      }),
    );
  });

  it('has an instant for each reminder and each first coming of everybody, and no other', () => {
    fc.assert(
      fc.property(shiftsArb, zoneArb, (shifts, timeZone) => {
        const own = { ...rules(timeZone), reminders: [hour] };
        // Many begin together, some of them for the first time.
        const together = shifts.map((shift) => ({ ...shift, from: shift.from - (shift.from % (48 * hour)) }));
        const all = [...comingsOf(together, own).values()];
        const said = all.flat().flatMap((coming) => [...remindersOf(own, coming), ...[testAt(own, coming) ?? []].flat()]);
        expect(instantsOf(own, all)).toEqual([...new Set(said)].toSorted((one, other) => one - other));
      }),
    );
  });
});
