import { expect, it } from 'vitest';
import { packSaid, unpackSaid } from '../../../src/domain/draft/said-rules.ts';
import { addDays } from '../../../src/domain/local-time.ts';
import { fc } from '../../support/property.ts';

const from = '2021-09-01';
const personId = fc.integer({ min: 1, max: 99_999 }).map((no) => `m${no}`);
const date = fc.integer({ min: -40, max: 400 }).map((days) => addDays(from, days));

const said = fc.record(
  {
    restHours: fc.integer({ min: 0, max: 168 }),
    mostInRow: fc.integer({ min: 1, max: 31 }),
    wishes: fc.array(fc.record({ personId, date, wants: fc.boolean() }), { maxLength: 30 }),
    away: fc.array(fc.record({ personId, from: date, to: date }), { maxLength: 30 }),
  },
  { requiredKeys: ['wishes', 'away'] },
);

it('what is said of a draft comes back from its button as it was', () => {
  fc.assert(
    fc.property(said, (one) => {
      expect(unpackSaid(packSaid(one, from), from)).toEqual(one);
    }),
  );
});

it('a button that was made up says nothing, and throws nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[rma+-][0-9a-z.-]{0,12}( [rma+-][0-9a-z.-]{0,9}){0,4}$/u)), (text) => {
      const found = unpackSaid(text, from);
      expect(found === undefined || Array.isArray(found.wishes)).toBe(true);
    }),
  );
});
