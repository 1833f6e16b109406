import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

type Given<T extends ParseArgsOptionsConfig> = ReturnType<typeof parseArgs<{ options: T }>>['values'];

export type Options<T extends ParseArgsOptionsConfig> = {
  readonly given: Given<T>;
  /** Says what is wrong and how it is used, and ends with 2. */
  readonly refuse: (problem: string) => never;
  /** The names of a list with commas; refuses what is not among them. */
  readonly namesIn: <Name extends string>(list: string, known: readonly Name[]) => readonly Name[];
};

/** What a command of the suite was asked for; `--help` prints how it is used and ends with 0. */
export const readOptions = <const T extends ParseArgsOptionsConfig>(usage: string, options: T): Options<T> => {
  const refuse = (problem: string): never => {
    process.stderr.write(`${problem}\n${usage}\n`);
    process.exit(2);
  };
  if (process.argv.slice(2).includes('--help')) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  const namesIn = <Name extends string>(list: string, known: readonly Name[]): readonly Name[] => {
    const names = list.split(',').filter(Boolean);
    const strange = names.filter((name) => !(known as readonly string[]).includes(name));
    if (strange.length > 0) refuse(`unknown: ${strange.join(', ')}`);
    return names as readonly string[] as readonly Name[];
  };
  try {
    return { given: parseArgs({ options }).values, refuse, namesIn };
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
};
