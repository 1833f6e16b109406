import { describe, expect, it } from 'vitest';
import { buildDirectory, holdersAt, appointedAt } from '../../../src/domain/organisation/directory.ts';
import { emptyOrganisation } from '../../../src/domain/organisation/organisation.ts';
import { applyOverrides } from '../../../src/domain/roster/apply-overrides.ts';
import type { DutyRole, Override, Roster, Shift } from '../../../src/domain/roster/roster.ts';
import { fc } from '../../support/property.ts';

const post = { id: 'p1', unitId: 'u1', name: '甲', minimumHeadcount: 1 };
const shift = (from: number, to: number, ...people: readonly string[]): Shift => ({
  postId: 'p1',
  from,
  to,
  holders: people.map((personId, index) => ({ role: index === 0 ? 'onDuty' : 'coDuty', personId })),
});
const roster = (shifts: readonly Shift[], ...overrides: readonly Omit<Override, 'id' | 'subject'>[]): Roster => ({
  version: 1,
  posts: [post],
  shifts,
  overrides: overrides.map((one, index) => ({ id: `v${index}`, subject: 'p1', ...one })),
});
const standing = (made: Roster, at: number): string =>
  holdersAt(buildDirectory(emptyOrganisation, made), 'p1', at)
    .map(({ role, personId }) => `${role} ${personId}`)
    .join(', ');

describe('what was agreed on top of the plan', () => {
  it('holds only inside its window: the moments before and after are unchanged', () => {
    const made = roster([shift(0, 100, 'a', 'b')], { from: 20, to: 60, out: 'a', in: 'c' });
    expect([19, 20, 59, 60].map((at) => standing(made, at))).toEqual([
      'onDuty a, coDuty b',
      'coDuty b, onDuty c',
      'coDuty b, onDuty c',
      'onDuty a, coDuty b',
    ]);
  });

  it('adds and removes, each inside its window', () => {
    const added = roster([shift(0, 100, 'a')], { from: 20, to: 60, in: 'c', role: 'coDuty' });
    expect([10, 30, 70].map((at) => standing(added, at))).toEqual(['onDuty a', 'onDuty a, coDuty c', 'onDuty a']);
    const removed = roster([shift(0, 100, 'a', 'b')], { from: 20, to: 60, out: 'b' });
    expect([10, 30, 70].map((at) => standing(removed, at))).toEqual(['onDuty a, coDuty b', 'onDuty a', 'onDuty a, coDuty b']);
  });

  it('ignores one that relieves somebody who is not there', () => {
    const made = roster([shift(0, 100, 'a')], { from: 20, to: 60, out: 'x', in: 'c' });
    expect(standing(made, 30)).toBe('onDuty a');
  });

  it('counts the same person once', () => {
    const twice = roster([shift(0, 100, 'a')], { from: 20, to: 60, in: 'a' }, { from: 30, to: 50, in: 'c' }, { from: 30, to: 50, in: 'c' });
    expect(standing(twice, 40)).toBe('onDuty a, onDuty c');
    const beside = roster([shift(0, 100, 'a', 'b')], { from: 20, to: 60, out: 'a', in: 'b' });
    expect(standing(beside, 30)).toBe('onDuty b');
    const kept = roster([shift(0, 100, 'a', 'b')], { from: 20, to: 60, out: 'a', in: 'b', keepsPlaces: true });
    expect(standing(kept, 30)).toBe('onDuty a, coDuty b');
  });

  it('stands whoever is added in the hours too for which nobody was planned', () => {
    const made = roster([shift(0, 40, 'a'), shift(60, 100, 'b')], { from: 30, to: 70, in: 'c' });
    expect([35, 40, 59, 60, 69, 70].map((at) => standing(made, at))).toEqual([
      'onDuty a, onDuty c',
      'onDuty c',
      'onDuty c',
      'onDuty b, onDuty c',
      'onDuty b, onDuty c',
      'onDuty b',
    ]);
  });

  it('takes each on top of those agreed before', () => {
    const made = roster([shift(0, 100, 'a')], { from: 0, to: 100, out: 'a', in: 'b' }, { from: 40, to: 60, out: 'b', in: 'c' });
    expect([10, 50, 90].map((at) => standing(made, at))).toEqual(['onDuty b', 'onDuty c', 'onDuty b']);
  });

  it('lets another look after the duty of a standing contact, but not after what only a principal may do', () => {
    const organisation = {
      ...emptyOrganisation,
      appointments: (['liaison', 'principal'] as const).map((role) => ({ role, of: 'u1', personId: 'a', from: 0 })),
    };
    const directory = buildDirectory(organisation, {
      ...roster([]),
      overrides: [{ id: 'v', subject: 'a', from: 20, to: 60, out: 'a', in: 'c' }],
    });
    expect([10, 20, 60].map((at) => appointedAt(directory, 'liaison', 'u1', at))).toEqual([['a'], ['c'], ['a']]);
    expect(appointedAt(directory, 'principal', 'u1', 30)).toEqual(['a']);
  });

  it('is at every instant what one gets by taking the overrides one after the other by hand', () => {
    const person = fc.constantFrom('a', 'b', 'c', 'd');
    const window = fc.record({ from: fc.nat({ max: 90 }), length: fc.integer({ min: 1, max: 50 }) });
    const override = fc
      .record({
        window,
        out: fc.option(person, { nil: undefined }),
        comes: fc.option(person, { nil: undefined }),
        role: fc.constantFrom<DutyRole>('onDuty', 'coDuty'),
      })
      .map(({ window: { from, length }, out, comes, role }) => ({
        from,
        to: from + length,
        ...(out === undefined ? {} : { out }),
        ...(comes === undefined ? {} : { in: comes }),
        role,
      }));
    fc.assert(
      fc.property(
        fc.uniqueArray(person, { minLength: 1, maxLength: 3 }),
        fc.array(override, { maxLength: 6 }),
        fc.nat({ max: 99 }),
        (people, overrides, at) => {
          const byHand = new Set(at >= 10 && at < 80 ? people : []);
          for (const { from, to, out, in: comes } of overrides) {
            if (at < from || at >= to) continue;
            if (out !== undefined && !byHand.has(out)) continue;
            if (out !== undefined) byHand.delete(out);
            if (comes !== undefined) byHand.add(comes);
          }
          const made = roster([shift(10, 80, ...people)], ...overrides);
          const directory = buildDirectory(emptyOrganisation, made);
          const holders = holdersAt(directory, 'p1', at).map(({ personId }) => personId);
          expect(new Set(holders)).toEqual(byHand);
          expect(holders.length).toBe(byHand.size);
          const { shifts } = applyOverrides(made);
          for (const [index, one] of shifts.entries()) expect(one.from).toBeGreaterThanOrEqual(shifts[index - 1]?.to ?? 0);
        },
      ),
    );
  });
});
