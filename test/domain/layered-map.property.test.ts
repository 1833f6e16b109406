import { expect, it } from 'vitest';
import { withEntries } from '../../src/domain/layered-map.ts';
import { fc } from '../support/property.ts';

const entries = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined })), {
  maxLength: 4,
});

it('reads like a map that was changed in place, and leaves all before it as they were', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(12), fc.integer({ min: 1, max: 9 })), { maxLength: 12 }),
      fc.array(entries, { maxLength: 12 }),
      (first, steps) => {
        const plain = new Map(first);
        let map: ReadonlyMap<number, number> = new Map(first);
        const seen: [ReadonlyMap<number, number>, ReadonlyMap<number, number>][] = [];
        for (const step of steps) {
          map = withEntries(map, step);
          for (const [key, value] of step)
            if (value === undefined) plain.delete(key);
            else plain.set(key, value);
          seen.push([map, new Map(plain)]);
        }
        for (const [one, other] of seen) {
          expect(new Map(one)).toEqual(other);
          expect(one.size).toBe(other.size);
          expect([...one.keys()].toSorted((a, b) => a - b)).toEqual([...other.keys()].toSorted((a, b) => a - b));
          expect([...one.values()].toSorted((a, b) => a - b)).toEqual([...other.values()].toSorted((a, b) => a - b));
          for (let key = 0; key <= 12; key += 1) expect([one.get(key), one.has(key)]).toEqual([other.get(key), other.has(key)]);
        }
      },
    ),
  );
});
