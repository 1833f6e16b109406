import { describe, expect, it } from 'vitest';
import { isInTerm, nextTermChange } from '../../../src/domain/organisation/terms.ts';

const appointed = (from: number, to?: number) =>
  ({ role: 'contact', of: 'u1', personId: 'm1', from, ...(to === undefined ? {} : { to }) }) as const;

describe('the term of an appointment', () => {
  it('begins with its first instant and ends before its last', () => {
    expect([9, 10, 19, 20].map((at) => isInTerm(appointed(10, 20), at))).toEqual([false, true, true, false]);
    expect(isInTerm(appointed(10), Number.MAX_SAFE_INTEGER)).toBe(true);
  });

  it('changes who is appointed at its beginning and at its end', () => {
    const appointments = [appointed(0), appointed(10, 20), appointed(5, 15)];
    expect([0, 5, 10, 15, 20].map((at) => nextTermChange({ appointments }, at))).toEqual([5, 10, 15, 20, undefined]);
  });
});
