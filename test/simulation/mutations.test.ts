import { expect, it } from 'vitest';
import { misplacedIn, tryMutations } from './mutate.ts';
import { mutations } from './mutations.ts';

/** Found with the first seed or two; the others are for `npm run simulate:mutations`. */
const quick = ['the store forgets to compare versions', 'a bundle is thrown away instead of flushed', 'an answer does not free the watch'];

it('plants each bug in one place', () => {
  expect(mutations.filter((mutation) => misplacedIn(mutation).length > 0).map(({ name }) => name)).toEqual([]);
});

it('finds planted bugs', async () => {
  const verdicts = await tryMutations(
    mutations.filter(({ name }) => quick.includes(name)),
    { seeds: 10, seconds: 20 },
  );
  expect(verdicts).toHaveLength(quick.length);
  expect(verdicts.filter(({ isCaught }) => !isCaught).map(({ mutation, said }) => `${mutation.name}: ${said}`)).toEqual([]);
});
