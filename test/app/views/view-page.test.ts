import { expect, it } from 'vitest';
import { isoIn, toPage } from '../../../src/app/views/view-page.ts';
import { fc } from '../../support/property.ts';

it('writes instants as the time zone database has them, to the millisecond, over every change of the clock', () => {
  const zones = ['Asia/Shanghai', 'UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
  const isos = new Map(zones.map((zone) => [zone, isoIn(zone)]));
  const from = Date.parse('1975-01-01T00:00:00Z');
  const instant = fc.integer({ min: from, max: Date.parse('2040-01-01T00:00:00Z') });
  // near the changes of clock of 2021, and anywhere
  const near = fc
    .tuple(
      fc.constantFrom('2021-03-28T01:00:00Z', '2021-10-31T01:00:00Z', '2021-11-07T06:00:00Z', '2021-04-03T15:00:00Z'),
      fc.integer({ min: -2_000, max: 2_000 }),
    )
    .map(([at, by]) => Date.parse(at) + by);
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.oneof(
        instant,
        near,
        instant.map((at) => Math.floor(at / 1_000) * 1_000),
      ),
      (timeZone, at) => {
        expect(isos.get(timeZone)!(at)).toBe(Temporal.Instant.fromEpochMilliseconds(at).toString({ timeZone }));
      },
    ),
    { numRuns: 3_000 },
  );
});

it('refuses what is no instant', () => {
  expect(() => isoIn('UTC')(Number.NaN)).toThrow(RangeError);
});

it('gives every page of a list once and in order, from wherever somebody goes on', () => {
  const keyOf = (text: string): string => text;
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ maxLength: 4 })),
      fc.integer({ min: 1, max: 7 }),
      fc.string({ maxLength: 4 }),
      (all, limit, from) => {
        const read = (begin: string | undefined): readonly string[] => {
          const found: string[] = [];
          for (let after = begin; ;) {
            const page = toPage(all, keyOf, { after, limit });
            found.push(...page.items);
            expect(page.items.length).toBeLessThanOrEqual(limit);
            if (page.next === null) return found;
            after = page.next;
          }
        };
        const sorted = all.toSorted((a, b) => (a < b ? -1 : 1));
        expect(read(undefined)).toEqual(sorted);
        expect(read(from)).toEqual(sorted.filter((key) => key > from));
      },
    ),
  );
});
