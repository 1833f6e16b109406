import { parseArgs } from 'node:util';
import { drawScenario, type Feature, type Scenario } from './scenario.ts';
import { shrink } from './shrink.ts';
import { simulate, type Outcome } from './simulate.ts';

/**
 * `npm run simulate -- [--from 1] [--seeds 200] [--seconds 60] [--twice] [--no-shrink]` tries seed after seed.
 * `npm run simulate -- --seed 7 [--hours 6] [--instances 1] [--posts 2] [--features a,b] [--trace words]` plays one again.
 * Exit 1 when a promise was broken.
 */

const usage = (problem: string): never => {
  process.stderr.write(`${problem}\n`);
  process.exit(2);
};

const { values: given } = parseArgs({
  options: {
    seed: { type: 'string' },
    from: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '3600' },
    hours: { type: 'string' },
    instances: { type: 'string' },
    posts: { type: 'string' },
    features: { type: 'string' },
    trace: { type: 'string' },
    twice: { type: 'boolean', default: false },
    'no-shrink': { type: 'boolean', default: false },
    'keep-going': { type: 'boolean', default: false },
  },
});

const wholeNumber = (name: string, text: string): number => (/^\d+$/u.test(text) ? Number(text) : usage(`--${name} takes a whole number`));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const scenarioOf = (seed: number): Scenario => {
  const drawn = drawScenario(seed);
  return {
    ...drawn,
    ...(given.hours === undefined ? {} : { hours: wholeNumber('hours', given.hours) }),
    ...(given.instances === undefined ? {} : { instances: wholeNumber('instances', given.instances) }),
    ...(given.posts === undefined ? {} : { posts: wholeNumber('posts', given.posts) }),
    ...(given.features === undefined ? {} : { features: given.features.split(',').filter(Boolean) as Feature[] }),
  };
};

const asCommand = ({ seed, hours, instances, posts, features }: Scenario): string =>
  `npm run simulate -- --seed ${seed} --hours ${hours} --instances ${instances} --posts ${posts} --features '${features.join()}'`;

const traced = 40;
const shrinkTries = 60;

const tell = (outcome: Outcome): void => {
  const { violation } = outcome;
  if (!violation) return;
  say(`promise ${violation.message.slice(0, 2_000)}`);
  say(`at ${new Date(violation.at).toISOString()}, after ${outcome.steps} steps`);
};

const failed = async (scenario: Scenario, outcome: Outcome): Promise<void> => {
  say(`seed ${scenario.seed} breaks a promise`);
  tell(outcome);
  const promise = outcome.violation!.promise;
  const small = given['no-shrink']
    ? scenario
    : await shrink(scenario, async (candidate) => (await simulate(candidate)).violation?.promise === promise, shrinkTries);
  if (small !== scenario) tell(await simulate(small));
  say(`again: ${asCommand(small)}`);
};

const playOne = async (seed: number): Promise<boolean> => {
  const scenario = scenarioOf(seed);
  const outcome = await simulate(scenario);
  if (given.trace !== undefined) for (const line of outcome.tail(given.trace.split(','), traced)) say(line);
  say(`seed ${seed}: ${outcome.steps} steps, ${outcome.rows} rows, ledger ${outcome.sha256.slice(0, 16)}`);
  tell(outcome);
  return outcome.violation === undefined;
};

const playMany = async (): Promise<boolean> => {
  const from = wholeNumber('from', given.from);
  const until = from + wholeNumber('seeds', given.seeds);
  const endsAt = performance.now() + wholeNumber('seconds', given.seconds) * 1_000;
  const startedAt = performance.now();
  let [days, steps, seed] = [0, 0, from];
  let isFine = true;
  for (; seed < until && performance.now() < endsAt && (isFine || given['keep-going']); seed++) {
    const scenario = scenarioOf(seed);
    const outcome = await simulate(scenario);
    days += outcome.days;
    steps += outcome.steps;
    if (outcome.violation) {
      isFine = false;
      await failed(scenario, outcome);
    } else if (given.twice && (await simulate(scenario)).sha256 !== outcome.sha256) {
      isFine = false;
      say(`seed ${seed} breaks promise 8: the same seed gave another ledger`);
    }
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  say(
    `seeds ${from} to ${seed - 1}: ${days.toFixed(1)} campaign-days, ${steps} steps, ${(days / seconds).toFixed(1)} campaign-days per second`,
  );
  return isFine;
};

const isFine = given.seed === undefined ? await playMany() : await playOne(wholeNumber('seed', given.seed));
process.exitCode = isFine ? 0 : 1;
