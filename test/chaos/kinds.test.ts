import { expect, it } from 'vitest';
import { groups, kindNames, type Played, tellSurvived } from './play.ts';

/** Every way in which things break, each shortly, and the same each time; others, and for as long as you like: `npm run chaos`. */
const seed = Number(process.env['CHAOS_SEED'] ?? 41);
const options = { seed, forMs: 0, posts: 25, breathMs: 500, isJudgedOnce: true };
/** Minutes on a quiet machine with nothing else to do; a judge gives up what stands still long before. */
const longestMs = 1_500_000;

it('loses nothing that was confirmed, decides no step twice and brings every question to its end', { timeout: longestMs }, async () => {
  const [alone, ...others] = groups;
  const inTurn = async (some: readonly (typeof groups)[number][]): Promise<readonly Played[]> => {
    const all: Played[] = [];
    for (const { names, play } of some) all.push(...(await play(names, options)));
    return all;
  };
  // most of it is waiting: what stands on one Redis has a process to spare for what stands on many
  const played = (await Promise.all([inTurn([alone!]), inTurn(others)])).flat();
  process.stderr.write(`chaos: seed ${seed}, survived ${tellSurvived(played)}\n`);
  const faults = played.flatMap(({ kind, faults: found }) => found.map((fault) => `${kind}: ${fault}`));
  expect({ seed, faults }).toEqual({ seed, faults: [] });
  expect(played.map(({ kind }) => kind).toSorted()).toEqual(kindNames.toSorted());
});
