import { expect, it } from 'vitest';
import { createGate } from '../../../adapters/queue/gate.ts';

it('lets so many in at a time, the others in their order, and counts nobody who leaves twice', async () => {
  const gate = createGate(2);
  const inside: number[] = [];
  const enter = async (name: number): Promise<() => void> => {
    const leave = await gate.enter();
    inside.push(name);
    return leave;
  };
  const [first, second] = await Promise.all([enter(1), enter(2)]);
  const later = [enter(3), enter(4), enter(5)];
  await Promise.resolve();
  expect(inside).toEqual([1, 2]);
  first();
  first();
  await later[0];
  expect(inside).toEqual([1, 2, 3]);
  second();
  await later[1];
  expect(inside).toEqual([1, 2, 3, 4]);
});
