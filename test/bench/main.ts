import { readOptions } from '../support/options.ts';
import { benchmarks, runBenchmarks } from './benchmarks.ts';
import { header, toLine } from './figure.ts';

const usage = `usage: npm run -s bench -- [--json] [--quick] [--only NAME]
NAME: ${Object.keys(benchmarks).join(', ')}, or the beginning of one`;

const { given, refuse } = readOptions(usage, {
  json: { type: 'boolean' },
  quick: { type: 'boolean' },
  only: { type: 'string', default: '' },
});

// Redis and the processes under test end with this one, also when somebody has seen enough
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const { json = false, quick = false, only } = given;
if (!Object.keys(benchmarks).some((name) => name.startsWith(only))) refuse(`there is no benchmark ${only}`);
if (!json) console.log(header);
for await (const figure of runBenchmarks({ only, isQuick: quick })) console.log(json ? JSON.stringify(figure) : toLine(figure));
process.exit(0);
