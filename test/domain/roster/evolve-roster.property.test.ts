import { expect, it } from 'vitest';
import { rosterEvents } from '../../../src/app/contact/campaign-events.ts';
import type { LedgerEvent } from '../../../src/domain/ledger/event.ts';
import { evolveRoster, untoldRoster } from '../../../src/domain/roster/evolve-roster.ts';
import { mergeShifts } from '../../../src/domain/roster/merge-shifts.ts';
import { emptyRoster, type Post, type Roster, type Shift } from '../../../src/domain/roster/roster.ts';
import { fc } from '../../support/property.ts';

const post = (number: number, landline?: string): Post => ({
  id: `p${number}`,
  unitId: `u${number}`,
  name: `岗${number}`,
  minimumHeadcount: 1,
  ...(landline === undefined ? {} : { landline }),
});

const imported = fc
  .record({
    posts: fc.uniqueArray(fc.nat({ max: 3 }), { minLength: 1 }),
    landline: fc.option(fc.constantFrom('0531-1', '0531-2'), { nil: undefined }),
    shifts: fc.array(
      fc.record({ which: fc.nat(), from: fc.nat({ max: 30 }), length: fc.integer({ min: 1, max: 6 }), who: fc.nat({ max: 4 }) }),
      {
        maxLength: 8,
      },
    ),
  })
  .map(({ posts, landline, shifts }) => ({
    posts: posts.map((number) => post(number, landline)),
    shifts: shifts.map(({ which, from, length, who }): Shift => ({
      postId: `p${posts[which % posts.length]}`,
      from,
      to: from + length,
      holders: [{ role: 'onDuty', personId: `m${who}` }],
    })),
  }));

const take = (roster: Roster, posts: readonly Post[], shifts: readonly Shift[]): { roster: Roster; events: readonly LedgerEvent[] } => {
  const merged = mergeShifts(roster, posts, shifts);
  return { roster: merged.roster, events: rosterEvents({ posts, shifts, replaced: merged.replaced }, merged.roster.version, 0) };
};

const replayed = (events: readonly LedgerEvent[]) =>
  (JSON.parse(JSON.stringify(events)) as readonly LedgerEvent[]).reduce(evolveRoster, untoldRoster);

it('gives the roster that imports have made, however they cut into each other', () => {
  fc.assert(
    fc.property(fc.array(imported, { maxLength: 6 }), (imports) => {
      let roster = emptyRoster;
      const events: LedgerEvent[] = [];
      for (const { posts, shifts } of imports) {
        const taken = take(roster, posts, shifts);
        ({ roster } = taken);
        events.push(...taken.events);
        expect(replayed(events)).toEqual({ roster, nameless: new Set(), parts: [] });
      }
    }),
    { numRuns: 500 },
  );
});

const daily = (days: readonly number[], personId: string): readonly Shift[] =>
  days.map((day) => ({ postId: 'p1', from: day * 24, to: day * 24 + 24, holders: [{ role: 'onDuty', personId }] }));
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, day) => day);

it('replaces what lies between two parts of one change too', () => {
  const first = take(emptyRoster, [post(1)], daily(upTo(320), 'm1'));
  const hole = upTo(300).filter((day) => day !== 200);
  const second = take(first.roster, [post(1)], daily(hole, 'm2'));
  expect(second.events.length).toBeGreaterThan(1);
  expect(second.roster.shifts).toHaveLength(319);
  expect(replayed([...first.events, ...second.events]).roster).toEqual(second.roster);
});

it('knows by id alone a post whose name was removed from beside the ledger', () => {
  const { events, roster } = take(emptyRoster, [post(1, '0531-1')], daily(upTo(2), 'm1'));
  const told = replayed(events.map(({ personal: _, ...sealed }) => sealed));
  expect([...told.nameless]).toEqual(['p1']);
  expect(told.roster.shifts).toEqual(roster.shifts);
  expect(told.roster.posts).toEqual([{ id: 'p1', unitId: 'u1', name: '', minimumHeadcount: 1 }]);
});
