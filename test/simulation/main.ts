import { availableParallelism } from 'node:os';
import { readOptions } from '../support/options.ts';
import type { Order, Played } from './player.ts';
import { playAll } from './players.ts';
import { drawScenario, features, type Scenario } from './scenario.ts';
import { shrink } from './shrink.ts';
import { simulate, type Outcome } from './simulate.ts';

const usage = `npm run simulate -- [--from 1] [--seeds 200] [--seconds 60] [--processes 2] [--twice] [--no-shrink] [--keep-going]
tries seed after seed
npm run simulate -- --seed 7 [--hours 6] [--instances 1] [--posts 2] [--features a,b] [--trace words]
plays one again; exit 1 where a promise was broken
features: ${features.join(', ')}`;

const { given, refuse, namesIn } = readOptions(usage, {
  seed: { type: 'string' },
  from: { type: 'string', default: '1' },
  seeds: { type: 'string', default: '200' },
  seconds: { type: 'string', default: '3600' },
  processes: { type: 'string', default: String(availableParallelism()) },
  hours: { type: 'string' },
  instances: { type: 'string' },
  posts: { type: 'string' },
  features: { type: 'string' },
  trace: { type: 'string' },
  twice: { type: 'boolean', default: false },
  'no-shrink': { type: 'boolean', default: false },
  'keep-going': { type: 'boolean', default: false },
});

const wholeNumber = (name: string, text: string): number => (/^\d+$/u.test(text) ? Number(text) : refuse(`--${name} takes a whole number`));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const scenarioOf = (seed: number): Scenario => {
  const drawn = drawScenario(seed);
  return {
    ...drawn,
    ...(given.hours === undefined ? {} : { hours: wholeNumber('hours', given.hours) }),
    ...(given.instances === undefined ? {} : { instances: wholeNumber('instances', given.instances) }),
    ...(given.posts === undefined ? {} : { posts: wholeNumber('posts', given.posts) }),
    ...(given.features === undefined ? {} : { features: namesIn(given.features, features) }),
  };
};

const asCommand = ({ seed, hours, instances, posts, features: played }: Scenario): string =>
  `npm run simulate -- --seed ${seed} --hours ${hours} --instances ${instances} --posts ${posts} --features '${played.join()}'`;

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

function* ordersFrom(from: number, until: number, endsAt: number): Generator<Order> {
  for (let seed = from; seed < until && performance.now() < endsAt; seed++) yield { scenario: scenarioOf(seed), isTwice: given.twice };
}

const playMany = async (): Promise<boolean> => {
  const from = wholeNumber('from', given.from);
  const until = from + wholeNumber('seeds', given.seeds);
  const startedAt = performance.now();
  const endsAt = startedAt + wholeNumber('seconds', given.seconds) * 1_000;
  let [days, steps, seeds] = [0, 0, 0];
  let isFine = true;
  const hear = async (played: Played): Promise<boolean> => {
    days += played.days;
    steps += played.steps;
    seeds += 1;
    const scenario = scenarioOf(played.seed);
    if (played.isBroken) await failed(scenario, await simulate(scenario));
    if (!played.isSame) say(`seed ${played.seed} breaks promise 8: the same seed gave another ledger`);
    isFine &&= !played.isBroken && played.isSame;
    return isFine || given['keep-going'];
  };
  await playAll(ordersFrom(from, until, endsAt), wholeNumber('processes', given.processes), hear);
  const seconds = (performance.now() - startedAt) / 1_000;
  say(
    `${seeds} seeds from ${from} on: ${days.toFixed(1)} campaign-days, ${steps} steps, ${(days / seconds).toFixed(1)} campaign-days per second`,
  );
  return isFine;
};

const isFine = given.seed === undefined ? await playMany() : await playOne(wholeNumber('seed', given.seed));
process.exitCode = isFine ? 0 : 1;
