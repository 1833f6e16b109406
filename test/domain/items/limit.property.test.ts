import { describe, expect, it } from 'vitest';
import { limitInDays } from '../../../src/domain/items/limit.ts';
import { readLimit } from '../../../src/domain/items/read-limit.ts';
import { localDay } from '../../../src/domain/local-time.ts';
import { dayKindOf } from '../../../src/domain/roster/shift-hours.ts';
import { officialDays } from '../../../src/domain/roster/official-days.ts';
import { limitVocabulary } from '../../../src/messages/vocabulary-limits.ts';
import { fc } from '../../support/property.ts';

const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC');
const instants = fc.integer({ min: Date.parse('2021-01-01T00:00:00Z'), max: Date.parse('2022-12-31T00:00:00Z') });
const counts = fc.integer({ min: 1, max: 40 });
const dayKinds = fc.constantFrom('natural' as const, 'working' as const);
const words = fc.oneof(
  counts.map((count) => `${count}日内`),
  counts.map((count) => `${count}个工作日内`),
  counts.map((count) => `${count}小时内`),
  fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }), fc.integer({ min: 0, max: 24 }))
    .map(([m, d, h]) => `${m}月${d}日${h}:00前`),
  fc.constantFrom('当日', '当日18:00前', '立即', '本周五前', '月底前', '下周一', '次日12:00前'),
  fc.string({ unit: fc.constantFrom(...'0123456789日月年时内前工作个小天:.-至起周三十'), maxLength: 12 }),
);

describe('a limit', () => {
  it('is never at or before handing over', () => {
    fc.assert(
      fc.property(words, instants, zones, fc.boolean(), (text, handedOverAt, timeZone, hasHour) => {
        const reading = readLimit(text, { handedOverAt, hasHour, timeZone, calendar: officialDays }, limitVocabulary);
        if ('fault' in reading) return;
        expect(reading.limit.at).toBeGreaterThan(hasHour ? handedOverAt : localDay(timeZone, handedOverAt).startAt);
        expect(Number.isFinite(reading.limit.at)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it('does not depend on the hour where it counts days', () => {
    fc.assert(
      fc.property(instants, zones, counts, dayKinds, (handedOverAt, timeZone, count, day) => {
        const settings = { timeZone, calendar: officialDays };
        const { startAt, endAt } = localDay(timeZone, handedOverAt);
        const at = limitInDays(handedOverAt, { type: 'days', count, day }, settings).at;
        expect(limitInDays(startAt, { type: 'days', count, day }, settings).at).toBe(at);
        expect(limitInDays(endAt - 1, { type: 'days', count, day }, settings).at).toBe(at);
        expect(localDay(timeZone, at).startAt).toBe(at);
      }),
    );
  });

  it('comes later for more days, and not earlier for a later handing over', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 40 * 86_400_000 }), zones, counts, dayKinds, (from, later, timeZone, count, day) => {
        const settings = { timeZone, calendar: officialDays };
        const at = (instant: number, days: number): number => limitInDays(instant, { type: 'days', count: days, day }, settings).at;
        expect(at(from, count + 1)).toBeGreaterThan(at(from, count));
        expect(at(from + later, count)).toBeGreaterThanOrEqual(at(from, count));
      }),
    );
  });

  it('in working days ends on a working day, with as many of them behind it as were given', () => {
    fc.assert(
      fc.property(instants, counts, (handedOverAt, count) => {
        const timeZone = 'Asia/Shanghai';
        const { at } = limitInDays(handedOverAt, { type: 'days', count, day: 'working' }, { timeZone, calendar: officialDays });
        const last = localDay(timeZone, at - 1).date;
        let date = Temporal.PlainDate.from(localDay(timeZone, handedOverAt).date);
        let worked = 0;
        while (date.toString() < last) {
          date = date.add({ days: 1 });
          if (dayKindOf(date.toString(), officialDays) === 'workday') worked += 1;
        }
        expect([worked, dayKindOf(last, officialDays)]).toEqual([count, 'workday']);
      }),
    );
  });
});
