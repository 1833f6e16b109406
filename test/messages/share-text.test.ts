import { describe, expect, it } from 'vitest';
import { shareText } from '../../src/messages/share-text.ts';
import { percent } from '../../src/web/figures/format.ts';
import { fc } from '../support/property.ts';

describe('a share', () => {
  it.each([
    [2, 7, '28.6%'],
    [1, 3, '33.3%'],
    [7, 8, '87.5%'],
    [0, 5, '0.0%'],
    [5, 5, '100.0%'],
    // what is not whole never looks whole, and what has been never looks as if it had not
    [2_499, 2_500, '99.9%'],
    [99_999, 100_000, '99.9%'],
    [1, 100_000, '0.1%'],
  ])('of %i in %i is %s, on the page as in a report', (part, whole, text) => {
    expect(shareText(part / whole)).toBe(text);
    expect(percent(part / whole)).toBe(text);
  });

  it('is told to a tenth, and as all or nothing only where it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.nat(), (whole, seed) => {
        const part = seed % (whole + 1);
        const told = Number(shareText(part / whole).slice(0, -1));
        expect(Math.abs(told - (part / whole) * 100)).toBeLessThan(0.1);
        expect([told === 0, told === 100]).toEqual([part === 0, part === whole]);
      }),
    );
  });
});
