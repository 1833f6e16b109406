import { parseArgs } from 'node:util';
import { benchmarks, runBenchmarks } from './benchmarks.ts';
import { header, toLine } from './figure.ts';

const usage = `usage: npm run -s bench -- [--json] [--quick] [--only NAME]
NAME: ${Object.keys(benchmarks).join(', ')}, or the beginning of one`;

const refuse = (problem: string): never => {
  console.error(`${problem}\n${usage}`);
  process.exit(2);
};

const read = (): { readonly json: boolean; readonly quick: boolean; readonly only: string } => {
  try {
    const { values } = parseArgs({ options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, only: { type: 'string' } } });
    return { json: values.json ?? false, quick: values.quick ?? false, only: values.only ?? '' };
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
};

// Redis and the processes under test end with this one, also when somebody has seen enough
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const { json, quick, only } = read();
if (!Object.keys(benchmarks).some((name) => name.startsWith(only))) refuse(`there is no benchmark ${only}`);
if (!json) console.log(header);
for await (const figure of runBenchmarks({ only, isQuick: quick })) console.log(json ? JSON.stringify(figure) : toLine(figure));
process.exit(0);
