import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rooms } from './files.ts';
import { findForbiddenImports } from './imports.ts';
import { findUntidy } from './tidy.ts';

/** Everything that must be so before a change lands, one line each when it is; what a tool has to say when it is not. */

type Outcome = { readonly isGood: boolean; readonly output: string };
type Check = { readonly name: string; readonly run: () => Outcome };

const root = dirname(dirname(import.meta.dirname));

/** By exit code alone: a tool that fails without a word has failed. */
const runTool = (name: string, args: readonly string[]): Outcome => {
  const { status, stdout, stderr, error } = spawnSync(join(root, 'node_modules/.bin', name), args, { cwd: root, encoding: 'utf8' });
  return { isGood: status === 0, output: error ? error.message : `${stdout}${stderr}` };
};

const tool = (label: string, name: string, args: readonly string[]): Check => ({ name: label, run: () => runTool(name, args) });

const list = (label: string, find: () => readonly string[]): Check => ({
  name: label,
  run: () => {
    const lines = find();
    return { isGood: lines.length === 0, output: lines.map((line) => `  ${line}\n`).join('') };
  },
});

const places = [...rooms.filter((room) => existsSync(join(root, room))), 'vitest.config.ts', '.dependency-cruiser.mjs'];
const webSettings = 'src/web/tsconfig.json';

const checks: readonly Check[] = [
  tool('format', 'oxfmt', ['--check', ...places, 'package.json', 'tsconfig.json', 'knip.json', '.oxlintrc.json', '.oxfmtrc.json']),
  tool('lint', 'oxlint', places),
  tool('types', 'tsc', ['--noEmit', '-p', '.']),
  ...(existsSync(join(root, webSettings)) ? [tool('types of the page', 'tsc', ['--noEmit', '-p', webSettings])] : []),
  list('imports', () => findForbiddenImports(root).map(({ rule, from, to }) => `${rule}: ${from} -> ${to}`)),
  tool('unused', 'knip', ['--no-progress', '--no-config-hints']),
  list('tidy', () => findUntidy(root)),
];

const startedAt = performance.now();
const failed: string[] = [];
for (const { name, run } of checks) {
  const { isGood, output } = run();
  console.log(`${isGood ? 'ok    ' : 'FAILED'} ${name}`);
  if (isGood) continue;
  failed.push(name);
  console.log(output);
}
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
console.log(
  failed.length === 0
    ? `check: all ${checks.length} are well (${seconds} s)`
    : `check: ${failed.length} of ${checks.length} failed: ${failed.join(', ')} (${seconds} s)`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
