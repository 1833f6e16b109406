import { placeholder } from './compiled-vocabulary.ts';
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

/** Each date as one mark, and what each of them says. The first reader that fits at each place takes it: longer ones stand first. */
export const markDates = <Token = DateToken>(
  text: string,
  readers: readonly TokenReader<Token>[],
): { readonly marked: string; readonly found: readonly (readonly Token[])[] } => {
  const found: Token[][] = [];
  let count = 0;
  let marked = '';
  const end = Math.min(text.length, longestRead);
  for (let at = 0; at < end && count < mostTokens;) {
    const tokens: Token[] = [];
    const length = takeOne(text, at, readers, tokens);
    if (length > 0) found.push(tokens);
    count += tokens.length;
    marked += length > 0 ? placeholder.date : text.charAt(at);
    at += length || 1;
    if (at >= end || count >= mostTokens) marked += text.slice(at);
  }
  return { marked, found };
};

export const readDates = <Token = DateToken>(text: string, readers: readonly TokenReader<Token>[]): ReadDates<Token> => {
  const { marked, found } = markDates(text, readers);
  return { tokens: found.flat(), rest: marked.replaceAll(placeholder.date, ' ').replace(/ {2,}/g, ' ').trim() };
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
