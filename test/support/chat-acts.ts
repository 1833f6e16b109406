import { globSync, readFileSync } from 'node:fs';
import { typeOfAction } from '../../src/app/items/chat/item-actions.ts';

/*
 * Every act that a card's button may carry, as the code itself reads and writes them: what a value's `action` is made of or
 * compared with. An act that is added is found here, and wants its row in the matrix of roles.
 */

const rooms = new URL('../../src/app/', import.meta.url).pathname;

const namesIn = (text: string, pattern: RegExp): readonly string[] => [...text.matchAll(pattern)].map(([, name]) => name!);

const actsIn = (text: string): readonly string[] => [
  ...namesIn(text, /\baction: '(\w+)'/gu),
  ...namesIn(text, /(?<!typeof )\baction(?:'\])? [!=]== '(\w+)'/gu),
  ...[...text.matchAll(/^( *)switch \([^\n]*\baction\b[^\n]*\) \{\n([\s\S]*?)\n\1\}/gmu)].flatMap(([, , cases]) =>
    namesIn(cases!, /^ *case '(\w+)':/gmu),
  ),
  ...namesIn(text, /\bours\b[^=]*= (\[[^\]]*\])/gu).flatMap((list) => namesIn(list, /'(\w+)'/gu)),
];

export const cardActs: ReadonlySet<string> = new Set([
  ...globSync('**/*.ts', { cwd: rooms }).flatMap((file) => actsIn(readFileSync(`${rooms}${file}`, 'utf8'))),
  ...Object.keys(typeOfAction),
]);
