import { parseArgs } from 'node:util';
import { type Fuzz, runFuzz } from './fuzz.ts';
import { doors } from './doors.ts';

/**
 * `npm run fuzz -- [--seconds 60] [--seed 7] [--only chat,cards] [--path 3:1]` tries every door with whatever may come.
 * Prints the seed, and the smallest input that breaks something. Exit 1 where one was found.
 */

const usage = (problem: string): never => {
  process.stderr.write(`${problem}\n`);
  process.exit(2);
};

const { values: given } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string' },
    only: { type: 'string' },
    path: { type: 'string' },
  },
});

const wholeNumber = (name: string, text: string): number =>
  /^-?\d+$/u.test(text) ? Number(text) : usage(`--${name} takes a whole number`);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const wanted = given.only?.split(',').filter(Boolean);
const chosen: readonly Fuzz[] = doors.filter(({ name }) => wanted?.includes(name) ?? true);
if (chosen.length === 0) usage(`--only takes some of ${doors.map(({ name }) => name).join(', ')}`);

const seed = given.seed === undefined ? Date.now() % 2 ** 31 : wholeNumber('seed', given.seed);
const milliseconds = (wholeNumber('seconds', given.seconds) * 1_000) / chosen.length;
say(`seed ${seed}, ${Math.round(milliseconds / 1_000)} s for each of ${chosen.map(({ name }) => name).join(', ')}`);

let found = 0;
for (const fuzz of chosen) {
  const { cases, report } = await runFuzz(fuzz, { seed, milliseconds, ...(given.path === undefined ? {} : { path: given.path }) });
  if (report !== null) found += 1;
  say(report ?? `${fuzz.name}: ${cases} cases, nothing found`);
}
process.exit(found === 0 ? 0 : 1);
