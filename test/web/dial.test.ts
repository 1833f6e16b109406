import { expect, it } from 'vitest';
import { dialOf, readOut } from '../../src/web/logic/dial.ts';

it.each([
  ['13800000007', 'tel:13800000007'],
  ['138-0000-0007', 'tel:13800000007'],
  ['+86 138 0000 0007', 'tel:+8613800000007'],
  ['0531-8000-0001', 'tel:053180000001'],
  // a telephone would dial the extension as a part of the number
  ['0531-8000-0001转12', 'tel:053180000001'],
  ['138-****-0007', null],
  ['********', null],
  ['', null],
])('dials %s as %s', (number, dialled) => {
  expect(dialOf(number)).toBe(dialled);
});

it('parts a mobile number as people read it, and leaves any other as it is', () => {
  expect(['13800000007', '0531-8000-0001'].map(readOut)).toEqual(['138-0000-0007', '0531-8000-0001']);
});
