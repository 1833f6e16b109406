import type { z } from 'zod';

/** One thing that is wrong: where it stands, what is wrong with it, and how it would be right; `advice` is a whole sentence instead. */
export type Fault = { readonly name: string; readonly problem: string; readonly example?: string; readonly advice?: string };

const describeFault = ({ name, problem, example, advice = example && `For example: ${example}` }: Fault): string => {
  const end = /[.?!]$/.test(problem) ? '' : '.';
  return `  ${name}: ${problem}${advice === undefined ? '' : `${end} ${advice}`}`;
};

/** Everything that is wrong with the configuration, in one go. */
export class ConfigurationError extends Error {
  readonly code = 'ZG_CONFIGURATION';
  readonly faults: readonly Fault[];

  /** `source`: what was read, as its owner would call it. */
  constructor(source: string, faults: readonly Fault[]) {
    super(`ZG_CONFIGURATION: ${source} can't be used; nothing was started or changed.\n${faults.map(describeFault).join('\n')}`);
    this.name = 'ConfigurationError';
    this.faults = faults;
  }
}

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)),
    '',
  );

/** How many single letters must be typed otherwise to get from one word to the other. */
const distance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
};

/** `, did you mean X?` where a known word is near. */
export const suggest = (word: string, known: readonly string[]): string => {
  const ranked = known.map((each) => ({ each, far: distance(word.toLowerCase(), each.toLowerCase()) })).sort((a, b) => a.far - b.far);
  const best = ranked[0];
  return best && best.far <= Math.max(2, Math.floor(word.length / 3)) ? `, did you mean ${best.each}?` : '';
};

/** Reads zod's issues; those of our own fields carry an example. */
export const faultsOf = (error: z.ZodError, knownKeys: readonly string[] = []): readonly Fault[] =>
  error.issues.flatMap((issue): Fault[] => {
    const name = pathOf(issue.path) || 'the whole';
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ name: pathOf([...issue.path, key]), problem: `not known here${suggest(key, knownKeys)}` }));
    }
    const example = issue.code === 'custom' ? (issue.params?.['example'] as string | undefined) : undefined;
    const problem = issue.message.replace(/^Invalid input: expected (\w+), received undefined$/, 'missing; must be of the type $1');
    return [{ name, problem, ...(example !== undefined && { example }) }];
  });
