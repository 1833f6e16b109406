import { readOptions } from '../support/options.ts';
import { groups, kindNames, type Played, tellSurvived } from './play.ts';

/** What is drawn follows from the seed; what the machine makes of it is its own. */
const usage = `npm run chaos -- [--seed 7] [--minutes 10] [--kinds pauses,failover] [--posts 100]
breaks things for so long, kind after kind, on two real instances and real Redis; exit 1 where something was lost or decided twice
kinds: ${kindNames.join(', ')}`;

const { given, refuse, namesIn } = readOptions(usage, {
  seed: { type: 'string', default: `${Date.now() % 1_000_000_000}` },
  minutes: { type: 'string', default: '10' },
  kinds: { type: 'string', default: kindNames.join(',') },
  posts: { type: 'string', default: '100' },
});
const positive = (name: string, text: string): number => {
  const value = Number(text);
  return value > 0 ? value : refuse(`--${name} takes a number above 0`);
};

const wanted = namesIn(given.kinds, kindNames);
if (wanted.length === 0) refuse('--kinds takes at least one kind');
const seed = Math.floor(positive('seed', given.seed));
const forMs = (positive('minutes', given.minutes) * 60_000) / wanted.length;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
say(`seed ${seed}: ${wanted.join(', ')}, ${Math.round(forMs / 1_000)} seconds each, and as long as it takes to come to its end`);

// what it started ends with it, however it ends
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

const all: Played[] = [];
const onPlayed = (played: Played): void => {
  all.push(played);
  say(`${played.kind}: ${tellSurvived([played])}; ${played.told}; ${played.faults.length} faults`);
  for (const fault of played.faults) say(`  ${fault}`);
};
for (const { play } of groups) await play(wanted, { seed, forMs, posts: positive('posts', given.posts), breathMs: 1_000, onPlayed });
const faults = all.flatMap((one) => one.faults);
say(`seed ${seed}: survived ${tellSurvived(all)}; ${faults.length} faults`);
process.exit(faults.length > 0 ? 1 : 0);
