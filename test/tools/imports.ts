import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { listFiles, rooms } from './files.ts';

const resultSchema = z.object({
  modules: z.array(z.object({ source: z.string(), dependencies: z.array(z.unknown()) })),
  summary: z.object({ violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })) }),
});

export type ImportFault = { readonly rule: string; readonly from: string; readonly to: string };

const mostOutputBytes = 200_000_000;

const cruise = (root: string): z.output<typeof resultSchema> => {
  const paths = [...rooms.filter((room) => existsSync(join(root, room))), 'vitest.config.ts'];
  const binary = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const options = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...paths];
  const run = spawnSync(process.execPath, [binary, ...options], { cwd: root, encoding: 'utf8', maxBuffer: mostOutputBytes });
  try {
    return resultSchema.parse(JSON.parse(run.stdout));
  } catch (error) {
    throw new Error(`dependency-cruiser said nothing that can be read:\n${run.stdout.slice(0, 2000)}${run.stderr}`, { cause: error });
  }
};

const importPattern = /^(?:import|export)\b[^'"`;]*\bfrom '/m;

/**
 * Holds the house's import rule. A module that the tool did not see, or whose imports it did not see, counts as a fault: with a
 * parser missing it sees none, and would find nothing wrong.
 */
export const findForbiddenImports = (root: string): readonly ImportFault[] => {
  const { modules, summary } = cruise(root);
  const seen = new Map(modules.map((module) => [module.source, module.dependencies.length]));
  const code = listFiles(root).filter(
    (path) => rooms.some((room) => path.startsWith(`${room}/`)) && /(?<!\.d)\.(?:ts|tsx|mjs)$/.test(path),
  );
  const unseen = code.filter((path) => {
    const count = seen.get(path);
    return count === undefined || (count === 0 && importPattern.test(readFileSync(join(root, path), 'utf8')));
  });
  return [
    ...unseen.map((path) => ({ rule: 'seen', from: path, to: 'the tool did not see what it imports' })),
    ...summary.violations.map(({ from, to, rule }) => ({ rule: rule.name, from, to })),
  ];
};
