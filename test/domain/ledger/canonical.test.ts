import { expect, it } from 'vitest';
import { canonicalJson } from '../../../src/domain/ledger/canonical.ts';
import type { Json } from '../../../src/domain/ledger/event.ts';
import { fc } from '../../support/property.ts';

it('sorts keys at every depth, keeps the order of lists, and leaves out what is undefined', () => {
  const value: Json = { b: [{ d: 1, c: null }, 2], a: '在' };
  expect(canonicalJson(value)).toBe('{"a":"在","b":[{"c":null,"d":1},2]}');
  expect(canonicalJson(JSON.parse('{"10":1,"9":2}'))).toBe('{"10":1,"9":2}');
});

it('gives one text for one value, and that text gives the value back', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value as Json);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
