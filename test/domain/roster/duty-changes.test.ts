import { describe, expect, it } from 'vitest';
import { dutyChanges } from '../../../src/domain/roster/duty-changes.ts';
import type { Roster, Shift } from '../../../src/domain/roster/roster.ts';

const hour = 3_600_000;
const shift = (from: number, to: number, ...people: readonly string[]): Shift => ({
  postId: 'p1',
  from: from * hour,
  to: to * hour,
  holders: people.map((personId, index) => ({ role: index === 0 ? 'onDuty' : 'coDuty', personId })),
});
const rosterOf = (...shifts: readonly Shift[]): Roster => ({
  version: 1,
  posts: [{ id: 'p1', unitId: 'u1', name: 'post', minimumHeadcount: 1 }],
  shifts,
});
const typesOf = (before: Roster, after: Roster, now = 0): Record<string, readonly string[]> =>
  Object.fromEntries([...dutyChanges(before, after, now)].map(([personId, changes]) => [personId, changes.map(({ type }) => type)]));

describe('what a new roster changes for whom', () => {
  it('is nothing where nothing changes', () => {
    expect(typesOf(rosterOf(shift(0, 24, 'm1')), rosterOf(shift(0, 24, 'm1')))).toEqual({});
  });

  it('is an added shift for one and a gone one for the other', () => {
    expect(typesOf(rosterOf(shift(0, 24, 'm1')), rosterOf(shift(0, 24, 'm2')))).toEqual({ m1: ['gone'], m2: ['added'] });
  });

  it('is a moved shift where hours or role are others', () => {
    expect(typesOf(rosterOf(shift(0, 24, 'm1', 'm2')), rosterOf(shift(1, 25, 'm1', 'm2')))).toEqual({ m1: ['moved'], m2: ['moved'] });
    expect(typesOf(rosterOf(shift(0, 24, 'm1', 'm2')), rosterOf(shift(0, 24, 'm2', 'm1')))).toEqual({ m1: ['moved'], m2: ['moved'] });
  });

  it('leaves out what is over, and keeps what goes on', () => {
    const [before, after] = [rosterOf(shift(0, 24, 'm1'), shift(24, 48, 'm1')), rosterOf(shift(0, 24, 'm2'), shift(24, 48, 'm2'))];
    expect(typesOf(before, after, 24 * hour)).toEqual({ m1: ['gone'], m2: ['added'] });
    expect(typesOf(before, after, 23 * hour)).toEqual({ m1: ['gone', 'gone'], m2: ['added', 'added'] });
  });

  it('is nothing for a colleague beside whom somebody else stands now, or for some hours', () => {
    const before = rosterOf(shift(0, 24, 'm1', 'm2'), shift(24, 48, 'm1', 'm2'));
    const relieved = (from: number, to: number): Roster => ({
      ...before,
      overrides: [{ id: 'v1', subject: 'p1', from: from * hour, to: to * hour, out: 'm1', in: 'm3' }],
    });
    expect(typesOf(before, relieved(10, 24), 10 * hour)).toEqual({ m1: ['gone'], m3: ['added'] });
    expect(typesOf(before, relieved(30, 34))).toEqual({ m1: ['moved', 'added'], m3: ['added'] });
    expect(typesOf(relieved(30, 34), before)).toEqual({ m1: ['moved', 'gone'], m3: ['gone'] });
    expect(typesOf(before, relieved(0, 24))).toEqual({ m1: ['gone'], m3: ['added'] });
  });

  it('is nothing where a list cuts the same hours in two', () => {
    expect(typesOf(rosterOf(shift(0, 24, 'm1')), rosterOf(shift(0, 12, 'm1'), shift(12, 24, 'm1')))).toEqual({});
  });

  it('sees what was agreed on top of either plan', () => {
    const before = rosterOf(shift(0, 24, 'm1'));
    const after: Roster = { ...before, overrides: [{ id: 'v1', subject: 'p1', from: 0, to: 24 * hour, out: 'm1', in: 'm2' }] };
    expect(typesOf(before, after)).toEqual({ m1: ['gone'], m2: ['added'] });
  });
});
