import { describe, expect, it } from 'vitest';
import { restoredEvents, rosterEvents } from '../../../src/app/contact/campaign-events.ts';
import type { LedgerEvent } from '../../../src/domain/ledger/event.ts';
import { textOfTouched, undoneRoster, undoRefusal, type AppliedChange } from '../../../src/domain/roster-change/applied-change.ts';
import { shiftDifferences } from '../../../src/domain/roster-change/shift-differences.ts';
import { applyOverrides } from '../../../src/domain/roster/apply-overrides.ts';
import { evolveRoster, untoldRoster } from '../../../src/domain/roster/evolve-roster.ts';
import { mergeShifts, toRoster } from '../../../src/domain/roster/merge-shifts.ts';
import type { Override, Post, Roster, Shift } from '../../../src/domain/roster/roster.ts';
import { fc } from '../../support/property.ts';

const hour = 3_600_000;
const posts: readonly Post[] = [1, 2, 3].map((no) => ({ id: `p${no}`, unitId: `u${no}`, name: `岗${no}`, minimumHeadcount: 1 }));
const personArb = fc.constantFrom('m1', 'm2', 'm3', 'm4');

/** Shifts that don't overlap: each post's hours in whole days, some of them left out. */
const shiftsArb = (postIds: readonly string[]) =>
  fc
    .array(fc.record({ postId: fc.constantFrom(...postIds), day: fc.integer({ min: 1, max: 9 }), personId: personArb }), { maxLength: 14 })
    .map((list): readonly Shift[] => {
      const byPlace = new Map(list.map((one) => [`${one.postId} ${one.day}`, one]));
      return [...byPlace.values()].map(({ postId, day, personId }) => ({
        postId,
        from: day * 24 * hour,
        to: (day + 1) * 24 * hour,
        holders: [{ role: 'onDuty', personId }],
      }));
    });
const overridesArb = fc.array(
  fc
    .record({ no: fc.nat(9), postId: fc.constantFrom('p1', 'p2'), day: fc.integer({ min: 1, max: 9 }), out: personArb, comes: personArb })
    .map(({ no, postId, day, out, comes }): Override => ({
      id: `v${no}`,
      subject: postId,
      from: day * 24 * hour,
      to: (day + 1) * 24 * hour,
      out,
      in: comes,
    })),
  { maxLength: 3 },
);
const rosterArb = fc
  .tuple(shiftsArb(['p1', 'p2']), overridesArb)
  .map(([shifts, overrides]): Roster => toRoster(4, posts.slice(0, 2), shifts, overrides));

/** A list that names one known and one new post, read over a roster, as the chat keeps what undoes it. */
const imported = (before: Roster, list: readonly Shift[]) => {
  const named = [...new Set(list.map(({ postId }) => postId))];
  const merged = mergeShifts(
    before,
    posts.filter(({ id }) => named.includes(id)),
    list,
  );
  const known = before.posts.filter(({ id }) => named.includes(id));
  const change: AppliedChange = {
    id: 'u1',
    by: 'm9',
    at: 0,
    touched: named.map((postId) => ({ postId, from: 0, to: 20 * 24 * hour })),
    firstStartAt: 24 * hour,
    overrideIds: [],
    before: {
      posts: known,
      shifts: before.shifts.filter(({ postId }) => named.includes(postId)),
      fresh: named.filter((id) => !known.some((post) => post.id === id)),
    },
    left: '',
  };
  const left = textOfTouched(merged.roster, change);
  return { merged, change: { ...change, left }, named };
};

const replayed = (events: readonly LedgerEvent[], from: Roster): Roster =>
  events.reduce(evolveRoster, { ...untoldRoster, roster: from }).roster;

describe('undoing an import', () => {
  it('gives back exactly what was there, and the ledger tells the same', () => {
    fc.assert(
      fc.property(rosterArb, shiftsArb(['p2', 'p3']), (before, list) => {
        const { merged, change, named } = imported(before, list);
        const undone = undoneRoster(merged.roster, change);
        expect(undone).toEqual({ ...before, version: before.version + 2 });
        const changes = { posts: posts.filter(({ id }) => named.includes(id)), shifts: list, replaced: merged.replaced };
        const events = [...rosterEvents(changes, merged.roster.version, 1), ...restoredEvents(change.before!, undone.version, 2)];
        expect(replayed(events, before)).toEqual(undone);
      }),
    );
  });

  it('is refused as soon as somebody has changed a post of it, and from its first shift on', () => {
    fc.assert(
      fc.property(rosterArb, shiftsArb(['p2', 'p3']), overridesArb, fc.nat(48 * hour), (before, list, more, now) => {
        const { merged, change, named } = imported(before, list);
        const later: Roster = { ...merged.roster, overrides: [...(merged.roster.overrides ?? []), ...more] };
        const isTouched = more.some(({ subject }) => named.includes(subject));
        const expected = now >= change.firstStartAt ? 'begun' : isTouched ? 'changedSince' : undefined;
        expect(undoRefusal(change, textOfTouched(later, change), now)).toBe(expected);
      }),
    );
  });
});

describe('what a roster changes', () => {
  it('is nothing between the same, and between two as much as makes one of the other', () => {
    fc.assert(
      fc.property(rosterArb, rosterArb, fc.nat(200 * hour), (one, other, now) => {
        expect(shiftDifferences(one, one, now)).toEqual([]);
        const ahead = (roster: Roster) => applyOverrides(roster).shifts.filter(({ to }) => to > now);
        const differences = shiftDifferences(one, other, now);
        const gone = differences.flatMap((each) => (each.type === 'added' ? [] : [each.before]));
        const come = differences.flatMap((each) => (each.type === 'gone' ? [] : [each.after]));
        const keyOf = ({ postId, from, to, holders }: Shift) =>
          `${postId} ${from} ${to} ${holders
            .map(({ personId }) => personId)
            .toSorted()
            .join(',')}`;
        const left = new Set(
          ahead(one)
            .map(keyOf)
            .filter((key) => !gone.map(keyOf).includes(key)),
        );
        expect(new Set([...left, ...come.map(keyOf)])).toEqual(new Set(ahead(other).map(keyOf)));
      }),
    );
  });
});
