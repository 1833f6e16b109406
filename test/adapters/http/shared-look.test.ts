import { expect, it } from 'vitest';
import { sharedLook } from '../../../adapters/http/shared-look.ts';

const setUp = (isKept?: (found: number) => boolean) => {
  let now = 0;
  const looks: PromiseWithResolvers<number>[] = [];
  const look = sharedLook(
    () => {
      const one = Promise.withResolvers<number>();
      looks.push(one);
      return one.promise;
    },
    () => now,
    isKept,
  );
  return { look, looks, passes: (ms: number): void => void (now += ms) };
};

it('looks once for all who ask while it looks, however long that takes, and within a second after it', async () => {
  const { look, looks, passes } = setUp();
  const asked = [look(), look()];
  passes(5_000);
  asked.push(look());
  looks[0]!.resolve(7);
  expect(await Promise.all(asked)).toEqual([7, 7, 7]);
  passes(999);
  expect(await look()).toBe(7);
  passes(1);
  const anew = look();
  expect(looks).toHaveLength(2);
  looks[1]!.resolve(8);
  expect(await anew).toBe(8);
});

it('keeps no failure: the next who asks finds out anew', async () => {
  const { look, looks } = setUp();
  const failing = look();
  looks[0]!.reject(new Error('away'));
  await expect(failing).rejects.toThrow('away');
  const again = look();
  looks[1]!.resolve(1);
  expect(await again).toBe(1);
});

it('keeps nothing that is to be found out anew: whoever is ready again is so at once', async () => {
  const { look, looks } = setUp((found) => found > 0);
  const asked = [look(), look()];
  looks[0]!.resolve(0);
  expect(await Promise.all(asked)).toEqual([0, 0]);
  const again = look();
  looks[1]!.resolve(1);
  expect([await again, await look()]).toEqual([1, 1]);
});
