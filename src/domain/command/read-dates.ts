import type { DateToken } from './period.ts';

/** Sticky; `read` answers undefined where the match is nothing after all. */
export type TokenReader<Token> = {
  readonly pattern: RegExp;
  readonly read: (match: RegExpExecArray) => Token | readonly Token[] | undefined;
};

/** Dates stand early in a message; further on nobody asks for one. */
const longestRead = 300;
const mostTokens = 12;

export type ReadDates<Token = DateToken> = { readonly tokens: readonly Token[]; /** The text without its dates. */ readonly rest: string };

/** The first reader that fits at each place takes it: longer readers stand first in the vocabulary. */
export const readDates = <Token = DateToken>(text: string, readers: readonly TokenReader<Token>[]): ReadDates<Token> => {
  const tokens: Token[] = [];
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

const takeOne = <Token>(text: string, at: number, readers: readonly TokenReader<Token>[], tokens: Token[]): number => {
  for (const { pattern, read } of readers) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    const found = match && match[0].length > 0 ? read(match) : undefined;
    if (!match || !found) continue;
    if (Array.isArray(found)) tokens.push(...(found as readonly Token[]));
    else tokens.push(found as Token);
    return match[0].length;
  }
  return 0;
};
