import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Edit, Mutation } from './mutation.ts';

export type Verdict = { readonly mutation: Mutation; readonly isCaught: boolean; readonly said: string };

const root = dirname(dirname(import.meta.dirname));
const copied = ['src', 'jobs', 'adapters', 'test/simulation', 'test/support', 'package.json'];

/** A copy of the house that may be damaged; `node_modules` is only pointed to. */
const copyHouse = (): string => {
  const copy = mkdtempSync(join(tmpdir(), 'zg-mutant-'));
  for (const path of copied) cpSync(join(root, path), join(copy, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
};

const run = (copy: string, { scene }: Mutation, seeds: number, seconds: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const drawn = Object.entries(scene ?? {}).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const args = ['test/simulation/main.ts', '--seeds', String(seeds), '--seconds', String(seconds), '--no-shrink', ...drawn];
    const child = spawn(process.execPath, args, { cwd: copy, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('error', reject);
    child.once('exit', () => resolve(said));
  });

const editsOf = (mutation: Mutation): readonly Edit[] => [mutation, ...(mutation.also ?? [])];

/** Those of its texts that do not stand exactly once in their files: such a mutation shows nothing. */
export const misplacedIn = (mutation: Mutation): readonly Edit[] =>
  editsOf(mutation).filter(({ file, from }) => readFileSync(join(root, file), 'utf8').split(from).length !== 2);

const plantOne = (copy: string, { file, from, to }: Edit): (() => void) => {
  const path = join(copy, file);
  const healthy = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    healthy.replace(from, () => to),
  );
  return () => writeFileSync(path, healthy);
};

const plant = (copy: string, mutation: Mutation): (() => void) => {
  const heals = editsOf(mutation).map((edit) => plantOne(copy, edit));
  return () => {
    for (const heal of heals.toReversed()) heal();
  };
};

/** Plants each bug by itself and plays so many seeds; a bug is caught when a promise is seen to be broken. */
export const tryMutations = async (
  mutations: readonly Mutation[],
  limits: { readonly seeds: number; readonly seconds: number },
  onVerdict: (verdict: Verdict) => void = () => {},
): Promise<readonly Verdict[]> => {
  const copy = copyHouse();
  const verdicts: Verdict[] = [];
  try {
    for (const mutation of mutations) {
      const heal = plant(copy, mutation);
      const said = await run(copy, mutation, limits.seeds, limits.seconds);
      heal();
      const verdict = { mutation, isCaught: / breaks (?:a promise|promise \d)/u.test(said), said };
      verdicts.push(verdict);
      onVerdict(verdict);
    }
  } finally {
    rmSync(copy, { recursive: true });
  }
  return verdicts;
};
