import { readOptions } from '../support/options.ts';
import { type Fuzz, runFuzz } from './fuzz.ts';
import { doors } from './doors.ts';

/** Prints the seed, and the smallest input that breaks something. Exit 1 where one was found. */

const usage = `npm run fuzz -- [--seconds 60] [--seed 7] [--only chat,cards] [--path 3:1]
tries every door with whatever may come; --path plays the one smallest input of a seed again
doors: ${doors.map(({ name }) => name).join(', ')}`;

const { given, refuse, namesIn } = readOptions(usage, {
  seconds: { type: 'string', default: '60' },
  seed: { type: 'string' },
  only: { type: 'string' },
  path: { type: 'string' },
});

const wholeNumber = (name: string, text: string): number =>
  /^-?\d+$/u.test(text) ? Number(text) : refuse(`--${name} takes a whole number`);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const names = doors.map(({ name }) => name);
const wanted = given.only === undefined ? names : namesIn(given.only, names);
const chosen: readonly Fuzz[] = doors.filter(({ name }) => wanted.includes(name));
if (chosen.length === 0) refuse('--only takes at least one door');

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
