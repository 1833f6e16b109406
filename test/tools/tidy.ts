import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { listFiles } from './files.ts';

/** A habit of the house that no other tool holds. `look` gives what is wrong with a file, or nothing. */
type Rule = { readonly appliesTo: (path: string) => boolean; readonly look: (text: string, path: string) => string | undefined };

const isCode = (path: string): boolean => /\.(?:ts|tsx|mjs)$/.test(path);
const isProduct = (path: string): boolean => isCode(path) && /^(?:src|jobs|adapters)\//.test(path);
const isConfiguration = (path: string): boolean => /(?:^|\/)[\w-]+\.config\.ts$|^\.[\w-]+\.mjs$/.test(path);

/** Size is a smell, not a law: this is where the smell becomes one. */
const mostLines = 400;

/** Good enough to tell words in code from words about it; a `//` inside a string only hides the rest of its line. */
const withoutComments = (text: string): string => text.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/(^|[\s;{}(),])\/\/.*$/gm, '$1');

/** The words that people read and type live in the catalogues; tests quote them. */
const mayHoldChinese = (path: string): boolean => path.startsWith('src/messages/') || path.startsWith('test/');

const firstLine = (text: string, pattern: RegExp): number => text.slice(0, text.search(pattern)).split('\n').length;

const forbidPattern =
  (pattern: RegExp, problem: string) =>
  (text: string): string | undefined =>
    pattern.test(text) ? `line ${firstLine(text, pattern)}: ${problem}` : undefined;

const kebabCase = /^(?:\.?[a-z\d]+(?:-[a-z\d]+)*)(?:\.[a-z\d]+(?:-[a-z\d]+)*)*$/;

const rules: readonly Rule[] = [
  {
    appliesTo: (path) => /^(?:src|jobs|adapters|test)\//.test(path),
    look: (_, path) => (path.split('/').every((part) => kebabCase.test(part)) ? undefined : 'names are written in kebab-case'),
  },
  {
    appliesTo: isCode,
    look: (_, path) => (/(?:^|\/)(?:utils?|helpers?|common|misc)\.\w+$/.test(path) ? 'a file is named for what it does' : undefined),
  },
  {
    appliesTo: (path) => isCode(path) && !isConfiguration(path),
    look: forbidPattern(/^export default\b|^export \{[^}]*\bas default\b/m, 'exports have names, except where a tool insists'),
  },
  { appliesTo: isCode, look: forbidPattern(/^\s*(?:export\s+)?(?:declare\s+)?(?:const\s+)?enum\s+\w/m, 'a union of words, not an enum') },
  {
    appliesTo: isCode,
    look: (text) => {
      const lines = text.trimEnd().split('\n').length;
      return lines > mostLines ? `${lines} lines, more than ${mostLines}` : undefined;
    },
  },
  {
    appliesTo: (path) => isCode(path) && !mayHoldChinese(path),
    look: (text) => {
      const found = /\p{Script=Han}+/u.exec(withoutComments(text))?.[0];
      return found === undefined ? undefined : `'${found}' belongs into src/messages`;
    },
  },
  { appliesTo: isProduct, look: forbidPattern(/\b(?:TODO|FIXME|XXX)\b/, 'unfinished work is not left in the code') },
  { appliesTo: (path) => path.endsWith('.test.ts'), look: forbidPattern(/setTimeout\([^,\n]*,\s*\d{4,}/, 'a test does not sleep') },
];

const isText = (path: string): boolean => !/\.(?:xlsx|png|jpe?g|ico|woff2?|gz|zip)$/.test(path);

/** Where clones often stand: such a folder's name says nothing about one machine. */
const commonFolders = new Set(['/', '/tmp', '/home', '/root', '/opt', '/srv', '/usr', '/var', '/app', tmpdir()]);

const registryHost = (): string | undefined => {
  const registry = process.env['npm_config_registry'];
  return registry ? new URL(registry).host : undefined;
};

/** What would tie the house to the machine it was written on, or to one registry. */
const machineWords = (root: string): readonly string[] => {
  const parent = dirname(root);
  const host = registryHost();
  return [
    `${root}/`,
    ...(commonFolders.has(parent) ? [] : [`${parent}/`]),
    ...['npmjs', 'yarnpkg'].map((name) => `registry.${name}`),
    ...(host ? [host] : []),
  ];
};

const lookForMachine = (text: string, words: readonly string[]): string | undefined => {
  const word = words.find((each) => text.includes(each));
  return word === undefined
    ? undefined
    : `line ${text.slice(0, text.indexOf(word)).split('\n').length}: '${word}' is a place of one machine or registry`;
};

/** One line for each thing out of place. */
export const findUntidy = (root: string): readonly string[] => {
  const words = machineWords(root);
  return listFiles(root).flatMap((path) => {
    const text = isText(path) ? readFileSync(join(root, path), 'utf8') : '';
    const problems = rules.filter((rule) => rule.appliesTo(path)).map((rule) => rule.look(text, path));
    return [...problems, lookForMachine(text, words)].flatMap((problem) => (problem === undefined ? [] : [`${path}: ${problem}`]));
  });
};
