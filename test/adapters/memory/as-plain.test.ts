import { describe, expect, it } from 'vitest';
import { asPlain } from '../../../adapters/memory/as-plain.ts';
import { fc } from '../../support/property.ts';

const written = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

const anything = fc.anything({
  values: [fc.string(), fc.double(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant(undefined)],
  withNullPrototype: false,
});
const aggregate = fc.dictionary(
  fc.string().filter((name) => name !== '__proto__' && name !== 'toJSON'),
  anything,
);

describe('what is kept in memory', () => {
  it('is what would be read again after it was written', () => {
    fc.assert(
      fc.property(aggregate, (value) => {
        expect(asPlain(value)).toStrictEqual(written(value));
      }),
    );
  });

  it('cannot be changed, neither where it is nor by what it was made of', () => {
    const state = { steps: [{ at: 1 }] };
    const kept = asPlain(state);
    state.steps[0]!.at = 2;
    expect(kept).toEqual({ steps: [{ at: 1 }] });
    expect(() => Object.assign(kept.steps[0]!, { at: 3 })).toThrow(TypeError);
    expect(() => kept.steps.push({ at: 4 })).toThrow(TypeError);
  });

  it('is taken as it is where it was kept before, and only what is new is gone through', () => {
    const kept = asPlain({ old: { at: 1 }, other: [1] });
    const next = asPlain({ ...kept, other: [2] });
    expect(next.old).toBe(kept.old);
    expect(asPlain(kept)).toBe(kept);
  });

  it('takes nothing that only looks frozen for what it has made itself', () => {
    const inner = { at: 1 };
    const frozen = Object.freeze({ inner });
    const kept = asPlain(frozen);
    inner.at = 2;
    expect(kept).toEqual({ inner: { at: 1 } });
  });

  it('refuses what JSON knows nothing of', () => {
    expect(() => asPlain({ at: new Map() })).toThrow('not JSON: Map');
  });
});
