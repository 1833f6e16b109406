import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Roster } from '../../src/domain/roster/roster.ts';
import { holdersIn, readHoldersAt } from './duty-roster.ts';

const instant = fc.integer({ min: 0, max: 24 });
const span = fc.tuple(instant, fc.integer({ min: 1, max: 8 })).map(([from, length]) => ({ from, to: from + length }));
const postId = fc.constantFrom('p1', 'p2');
const person = fc.constantFrom('m1', 'm2', 'm3');
const role = fc.constantFrom('onDuty', 'coDuty', 'shiftLeader');

const rosters: fc.Arbitrary<Roster> = fc.record({
  version: fc.constant(1),
  posts: fc.constant([]),
  shifts: fc.array(
    fc
      .tuple(postId, span, fc.array(fc.record({ role, personId: person }), { maxLength: 3 }))
      .map(([post, of, holders]) => ({ postId: post, ...of, holders })),
    { maxLength: 6 },
  ),
  overrides: fc.array(
    fc
      .tuple(fc.nat(), postId, span, fc.option(person, { nil: undefined }), fc.option(person, { nil: undefined }), fc.boolean())
      .map(([no, subject, of, out, comes, keepsPlaces]) => ({
        id: `v${no}`,
        subject,
        ...of,
        ...(out === undefined ? {} : { out }),
        ...(comes === undefined ? {} : { in: comes }),
        ...(keepsPlaces ? { keepsPlaces: true as const } : {}),
      })),
    { maxLength: 5 },
  ),
});

it('knows at every instant who stands a post, as if it read the whole roster anew', () => {
  fc.assert(
    fc.property(rosters, postId, fc.array(instant, { minLength: 1, maxLength: 20 }), (roster, post, instants) => {
      for (const at of instants) expect(holdersIn(roster, post, at)).toEqual(readHoldersAt(roster, post, at));
    }),
  );
});
