import { afterAll, expect, it } from 'vitest';
import { groups, type Played, tellSurvived } from './play.ts';

/** A node lost, once; every other kind, and for as long as you like: `npm run chaos`. */
const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000_000);
const options = { seed, forMs: 0, posts: 25, breathMs: 500, isJudgedOnce: true };
const longestMs = 600_000;

const all: Played[] = [];
afterAll(() => void process.stderr.write(`chaos: seed ${seed}, survived ${tellSurvived(all)}\n`));

const played = new Set(['clusterNode', 'loneNode']);

it.for(groups.filter(({ names }) => names.every((name) => played.has(name))).map((one) => [one.names, one] as const))(
  'loses nothing that was confirmed, decides no step twice and brings every question to its end: %s',
  { timeout: longestMs },
  async ([names, { play }]) => {
    const now = await play(names, options);
    all.push(...now);
    expect({ seed, faults: now.flatMap(({ kind, faults }) => faults.map((fault) => `${kind}: ${fault}`)) }).toEqual({
      seed,
      faults: [],
    });
    expect(now.map(({ kind }) => kind).toSorted()).toEqual(names.toSorted());
  },
);
