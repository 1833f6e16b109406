import { expect, it } from 'vitest';
import { reportsDue, type ReportTimes } from '../../../src/domain/figures/report-times.ts';
import { at } from '../../support/invented.ts';
import { fc } from '../../support/property.ts';

const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York'] as const;
const dayMs = 86_400_000;

const minute = fc.integer({ min: 0, max: 1439 });
const times: fc.Arbitrary<ReportTimes> = fc.record(
  { dailyMinute: minute, weekly: fc.record({ weekday: fc.integer({ min: 1, max: 7 }), minute }), hasCampaign: fc.boolean() },
  { requiredKeys: ['hasCampaign'] },
);
// over both changes of the clock
const campaign = fc
  .record({
    timeZone: fc.constantFrom(...zones),
    fromAt: fc.integer({ min: at('2021-03-01T00:00'), max: at('2021-11-10T00:00') }),
    days: fc.integer({ min: 1, max: 20 }),
  })
  .map(({ timeZone, fromAt, days }) => ({ timeZone, fromAt, toAt: fromAt + days * dayMs }));

it('each report of a kind begins where the one before it ended, within the campaign', () => {
  fc.assert(
    fc.property(times, campaign, (when, of) => {
      const due = reportsDue(when, of, of.fromAt - dayMs, of.toAt + dayMs);
      for (const kind of ['daily', 'weekly'] as const) {
        const own = due.filter((one) => one.kind === kind);
        expect(own.map(({ fromAt }) => fromAt)).toEqual(own.map((_, index) => own[index - 1]?.toAt ?? of.fromAt));
        expect(own.filter(({ fromAt, toAt }) => fromAt >= toAt || toAt > of.toAt)).toEqual([]);
      }
      expect(due.filter(({ kind }) => kind === 'campaign')).toEqual(
        when.hasCampaign ? [{ kind: 'campaign', fromAt: of.fromAt, toAt: of.toAt }] : [],
      );
    }),
    { numRuns: 60 },
  );
});

it('however often and late it is looked, each is due in exactly one look, and the same', () => {
  fc.assert(
    fc.property(times, campaign, fc.array(fc.integer({ min: 1, max: 60 * 60 }), { minLength: 1, maxLength: 30 }), (when, of, gaps) => {
      const startAt = of.fromAt - dayMs;
      const found: object[] = [];
      let throughAt = startAt;
      for (const gap of gaps) {
        const now = throughAt + gap * 60_000;
        found.push(...reportsDue(when, of, throughAt, now));
        throughAt = now;
      }
      const key = (one: object): string => JSON.stringify(one);
      expect(found.map(key).toSorted()).toEqual(reportsDue(when, of, startAt, throughAt).map(key).toSorted());
    }),
    { numRuns: 60 },
  );
});

it('is due at its own minute, and not before', () => {
  const of = { timeZone: 'Asia/Shanghai', fromAt: at('2021-08-26T08:30'), toAt: at('2021-09-26T08:30') };
  const when = { dailyMinute: 17 * 60, weekly: { weekday: 5, minute: 16 * 60 + 30 }, hasCampaign: true };
  const kinds = (from: string, to: string) => reportsDue(when, of, at(from), at(to)).map(({ kind }) => kind);
  expect(kinds('2021-08-27T16:29', '2021-08-27T16:29')).toEqual([]);
  expect(kinds('2021-08-27T16:29', '2021-08-27T16:30')).toEqual(['weekly']);
  expect(kinds('2021-08-27T16:30', '2021-08-27T16:59')).toEqual([]);
  expect(kinds('2021-08-27T16:30', '2021-08-27T17:00')).toEqual(['daily']);
  expect(kinds('2021-09-26T08:29', '2021-09-27T18:00')).toEqual(['campaign']);
});
