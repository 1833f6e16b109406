import { expect, it } from 'vitest';
import { handoverIdOf } from '../../../src/domain/handover/handover.ts';

it('tells apart handovers of a post that take each other’s place within one millisecond', () => {
  const first = handoverIdOf('p2', 1_000);
  const second = handoverIdOf('p2', 1_000, first);
  const third = handoverIdOf('p2', 1_000, second);
  expect(new Set([first, second, third]).size).toBe(3);
  expect(handoverIdOf('p2', 1_001, third)).toBe(handoverIdOf('p2', 1_001));
});
