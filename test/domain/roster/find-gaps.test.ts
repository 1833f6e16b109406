import { describe, expect, it } from 'vitest';
import { findGaps } from '../../../src/domain/roster/find-gaps.ts';
import { mergeShifts } from '../../../src/domain/roster/merge-shifts.ts';
import type { Post, Roster, Shift } from '../../../src/domain/roster/roster.ts';
import { fc } from '../../support/property.ts';

const posts: readonly Post[] = [
  { id: 'p1', unitId: 'u1', name: 'one', minimumHeadcount: 1 },
  { id: 'p2', unitId: 'u2', name: 'two', minimumHeadcount: 2 },
];
const standing = (postId: string, from: number, to: number, people: readonly string[], leader?: string): Shift => ({
  postId,
  from,
  to,
  holders: [
    ...(leader === undefined ? [] : [{ role: 'shiftLeader' as const, personId: leader }]),
    ...people.map((personId, index) => ({ role: index === 0 ? ('onDuty' as const) : ('coDuty' as const), personId })),
  ],
});

describe('gaps', () => {
  it('are where nobody stands, and where too few do; the leader does not count', () => {
    const shifts = [
      standing('p1', 0, 10, ['a']),
      standing('p1', 12, 20, [], 'l'),
      standing('p2', 0, 10, ['a', 'b']),
      standing('p2', 10, 20, ['a', 'a'], 'l'),
    ];
    expect(findGaps({ version: 1, posts, shifts }, 0, 20)).toEqual([
      { postId: 'p1', from: 10, to: 20, reason: 'noShift' },
      { postId: 'p2', from: 10, to: 20, reason: 'headcount' },
    ]);
  });

  it('end where the window ends, and a post without shifts is one', () => {
    expect(findGaps({ version: 1, posts, shifts: [standing('p1', -5, 3, ['a'])] }, 0, 9)).toEqual([
      { postId: 'p1', from: 3, to: 9, reason: 'noShift' },
      { postId: 'p2', from: 0, to: 9, reason: 'noShift' },
    ]);
    expect(findGaps({ version: 1, posts, shifts: [] }, 9, 9)).toEqual([]);
  });

  it('and shifts together cover every instant once', () => {
    const cuts = fc
      .uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 12 })
      .map((all) => all.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(cuts, fc.nat(40), fc.nat(40), fc.infiniteStream(fc.boolean()), (edges, a, b, kept) => {
        const [fromAt, toAt] = [Math.min(a, b), Math.max(a, b)];
        const shifts = edges.slice(1).flatMap((to, index) => (kept.next().value ? [standing('p1', edges[index] ?? 0, to, ['a'])] : []));
        const gaps = findGaps({ version: 1, posts: posts.slice(0, 1), shifts }, fromAt, toAt);
        for (let at = fromAt; at < toAt; at += 1) {
          const isCovered = shifts.some(({ from, to }) => from <= at && at < to);
          expect(gaps.filter(({ from, to }) => from <= at && at < to)).toHaveLength(isCovered ? 0 : 1);
        }
        for (const [index, gap] of gaps.entries()) expect(gap.from).toBeGreaterThan(gaps[index - 1]?.to ?? -1);
      }),
    );
  });
});

describe('shifts put in place of others', () => {
  it('count inside their span and nowhere else, and nothing overlaps', () => {
    const run = (name: string) =>
      fc.tuple(fc.nat(20), fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 })).map(([start, lengths]) =>
        lengths.map((length, index) => {
          const from = start + lengths.slice(0, index).reduce((sum, one) => sum + one, 0);
          return standing('p1', from, from + length, [`${name}${index}`]);
        }),
      );
    const at = (shifts: readonly Shift[], instant: number): string | undefined =>
      shifts.find(({ postId, from, to }) => postId === 'p1' && from <= instant && instant < to)?.holders[0]?.personId;
    fc.assert(
      fc.property(run('old'), run('new'), (before, fresh) => {
        const other = standing('p2', 0, 50, ['z']);
        const roster: Roster = { version: 3, posts, shifts: [...before, other] };
        const { roster: after } = mergeShifts(roster, posts.slice(0, 1), fresh);
        const [from, to] = [fresh[0]?.from ?? 0, fresh.at(-1)?.to ?? 0];
        for (let instant = 0; instant < 60; instant += 1) {
          const isInside = from <= instant && instant < to;
          expect(at(after.shifts, instant)).toBe(at(isInside ? fresh : before, instant));
        }
        expect(after.shifts).toContain(other);
        const own = after.shifts.filter(({ postId }) => postId === 'p1');
        for (const [index, shift] of own.entries()) expect(shift.from).toBeGreaterThanOrEqual(own[index - 1]?.to ?? 0);
      }),
    );
  });
});
