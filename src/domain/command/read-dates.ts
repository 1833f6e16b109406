import type { DateToken } from './period.ts';
import type { DateReader } from './vocabulary.ts';

/** Dates stand early in a message; further on nobody asks for one. */
const longestRead = 300;
const mostTokens = 12;

export type ReadDates = { readonly tokens: readonly DateToken[]; /** The text without its dates. */ readonly rest: string };

/** The first reader that fits at each place takes it: longer readers stand first in the vocabulary. */
export const readDates = (text: string, readers: readonly DateReader[]): ReadDates => {
  const tokens: DateToken[] = [];
  let rest = '';
  const end = Math.min(text.length, longestRead);
  for (let at = 0; at < end && tokens.length < mostTokens;) {
    const length = takeOne(text, at, readers, tokens);
    rest += length > 0 ? ' ' : text.charAt(at);
    at += length || 1;
    if (at >= end || tokens.length >= mostTokens) rest += text.slice(at);
  }
  return { tokens, rest: rest.replace(/ {2,}/g, ' ').trim() };
};

const takeOne = (text: string, at: number, readers: readonly DateReader[], tokens: DateToken[]): number => {
  for (const { pattern, read } of readers) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    const found = match && match[0].length > 0 ? read(match) : undefined;
    if (!match || !found) continue;
    if (Array.isArray(found)) tokens.push(...(found as readonly DateToken[]));
    else tokens.push(found as DateToken);
    return match[0].length;
  }
  return 0;
};
