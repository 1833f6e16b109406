import type { StartCheckWords } from './vocabulary.ts';

export type StartCheck = { readonly isForAll: boolean };

const verb = 1;
const splitVerb = 2;
const object = 4;
const everybody = 8;

const longestCommand = 60;

const kinds = new WeakMap<StartCheckWords, ReadonlyMap<string, number>>();

const kindsOf = (words: StartCheckWords): ReadonlyMap<string, number> => {
  const known = kinds.get(words);
  if (known) return known;
  const map = new Map<string, number>([' ', '.', '!', '。', ':', ...words.fillers].map((word) => [word, 0]));
  for (const word of words.verbs) map.set(word, verb);
  for (const word of words.splitVerbs) map.set(word, splitVerb);
  for (const word of words.objects) map.set(word, object);
  for (const word of words.everybody) map.set(word, everybody);
  kinds.set(words, map);
  return map;
};

const isLetter = (character: string): boolean => /[a-z0-9]/.test(character);

const isCut = (text: string, at: number): boolean =>
  at > 0 && at < text.length && isLetter(text.charAt(at - 1)) && isLetter(text.charAt(at));

/** How the words said so far can be seen: each bit of the mask is one set of kinds. */
const add = (mask: number, kind: number): number => {
  let next = 0;
  for (let seen = 0; seen < 16; seen += 1) if (mask & (1 << seen)) next |= 1 << (seen | kind);
  return next;
};

/**
 * Whether a message, its units and people taken out, asks for a check and says nothing else. Closed like the
 * acknowledgement: a check rings many phones, so a question or a remark about checks must not start one.
 */
export const readStartCheck = (rest: string, words: StartCheckWords): StartCheck | undefined => {
  if (rest.length > longestCommand) return undefined;
  const lexicon = kindsOf(words);
  const reached = Array.from({ length: rest.length + 1 }, () => 0);
  reached[0] = 1;
  for (let at = 0; at < rest.length; at += 1) {
    if (reached[at] === 0 || isCut(rest, at)) continue;
    for (let end = at + 1; end <= Math.min(rest.length, at + 20); end += 1) {
      const kind = lexicon.get(rest.slice(at, end));
      if (kind !== undefined && !isCut(rest, end)) reached[end]! |= add(reached[at]!, kind);
    }
  }
  const sets = Array.from({ length: 16 }, (_, seen) => seen).filter((seen) => reached[rest.length]! & (1 << seen));
  const good = sets.filter((seen) => seen & verb || (seen & splitVerb && seen & object));
  return good.length > 0 ? { isForAll: good.some((seen) => seen & everybody) } : undefined;
};
