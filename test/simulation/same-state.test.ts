import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSameState } from './replay-oracle.ts';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;
const names = fc.constantFrom('a', 'b', 'c');
const leaf = fc.constantFrom(undefined, null, 0, 1, '', 'x', true, false);
const { state } = fc.letrec<{ state: unknown; fields: unknown }>((tie) => ({
  state: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('state'), { maxLength: 3 }), tie('fields')),
  fields: fc.dictionary(names, tie('state'), { maxKeys: 3 }),
}));
const states = fc.dictionary(names, state, { maxKeys: 3 });

it('finds two states the same exactly where they are written alike', () => {
  fc.assert(
    fc.property(states, states, (one, other) => {
      expect(isSameState(one, other)).toBe(isDeepStrictEqual(plain(one), plain(other)));
    }),
    { numRuns: 2_000 },
  );
  fc.assert(fc.property(states, (one) => isSameState(one, plain(one)) && isSameState(plain(one), one)));
});
