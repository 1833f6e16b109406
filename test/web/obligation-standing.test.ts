import { describe, expect, it } from 'vitest';
import { isOverdue, toneOf } from '../../src/web/logic/obligation-standing.ts';

const limit = '2021-08-27T14:00:00+08:00';
const [before, at] = [Date.parse(limit) - 1, Date.parse(limit)];
const check = { kind: 'check', status: 'open', stepNo: 1, answerBy: limit };
const clock = { ...check, kind: 'receipt', itemId: 'iX1', stepNo: 0 };

describe('the colour of what is open', () => {
  it('is no alarm for a clock that has not climbed and is in time', () => {
    expect(toneOf(clock, before)).toBe('plain');
    expect(toneOf({ ...clock, itemId: 'hp1.k1', kind: 'handover' }, before)).toBe('plain');
  });

  it('is one from the limit on, after a step, and with the office', () => {
    expect(toneOf(clock, at)).toBe('escalated');
    expect(toneOf({ ...clock, stepNo: 1 }, before)).toBe('escalated');
    expect(toneOf({ ...clock, missedAt: limit }, at)).toBe('missed');
    expect(toneOf({ ...clock, status: 'withOffice' }, before)).toBe('missed');
  });

  it('stays as it was for what has no clock', () => {
    expect([
      toneOf(check, at),
      toneOf({ ...check, stepNo: 2 }, before),
      toneOf({ ...check, kind: 'postEmpty', stepNo: 0 }, before),
    ]).toEqual(['waiting', 'escalated', 'escalated']);
  });
});

it('calls overdue a clock at its very limit, and no check ever', () => {
  expect([isOverdue(clock, before), isOverdue(clock, at), isOverdue(check, at + 1)]).toEqual([false, true, false]);
});
