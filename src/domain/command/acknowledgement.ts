import { placeholder, wordKind, type CompiledVocabulary } from './compiled-vocabulary.ts';

/**
 * Wrongly hearing an acknowledgement is the worst mistake, so this is a closed grammar: the whole message must be made of
 * known words in a known order. One word more (a negation, a time, a place, somebody's name) and it is none; there is
 * no list of exceptions to forget something on.
 *
 * message = part, then parts after punctuation. Before the first core stand openers (attached) and addresses (only before
 * punctuation: "leader, on post" is an answer, "leader on post" speaks of somebody). Weak cores stand alone
 * in their part. After a core come closers.
 */

/** Longer messages carry something else as well. */
const longestAcknowledgement = 80;

const boundary = 0;
const opener = 1;
const address = 2;
const strong = 3;
const weak = 4;
const role = 5;
const tails = 6;

const bit = (core: number, tail: number): number => 1 << (core * tails + tail);

const hardPunctuation = /[,.!。、;:…]/u;
const softPunctuation = /[\s~_·|/\\\-—()]/u;
const letter = /[a-z0-9']/;

const kindOf = (words: CompiledVocabulary, word: string): number => {
  if (word === placeholder.self || word === placeholder.ownUnit) return wordKind.opener | wordKind.closer;
  if (word === placeholder.other) return wordKind.opener | wordKind.closer;
  if (word === placeholder.addressee) return wordKind.address;
  return words.lexicon.get(word) ?? 0;
};

const isName = (word: string): boolean => word === placeholder.self || word === placeholder.other;

/** The states after a word, from one state before it; 0 where the word may not follow. */
const followBy = (core: number, tail: number, kind: number, word: string): number => {
  let next = 0;
  const isStart = tail === boundary || tail === opener || tail === strong;
  if (tail === role) return isName(word) ? bit(core, opener) : 0;
  if (kind & (wordKind.received | wordKind.present) && isStart) next |= bit(2, strong);
  if (kind & wordKind.arrived && isStart) next |= bit(Math.max(core, 1), strong);
  if (kind & wordKind.received && tail === address) next |= bit(2, strong);
  if (kind & wordKind.weak && (tail === boundary || tail === weak)) next |= bit(Math.max(core, 1), weak);
  if (kind & wordKind.opener && (tail === boundary || tail === opener)) next |= bit(core, opener);
  // Somebody else is named: no answer of the speaker's any more, so even a short word may follow.
  if (word === placeholder.other && tail === boundary) next |= bit(core, boundary);
  if (kind & wordKind.role && (tail === boundary || tail === opener)) next |= bit(core, role);
  if (kind & wordKind.address && tail === boundary) next |= bit(core, address);
  if (kind & wordKind.closer && core > 0 && (tail === boundary || tail === strong)) next |= bit(core, strong);
  return next;
};

const followByPunctuation = (core: number, tail: number, isHard: boolean): number => {
  if (tail === role) return bit(core, role);
  if (tail === address && core === 0 && !isHard) return bit(core, address);
  return bit(core, boundary);
};

/** A presence code after a full word: `在岗 4821`. After a word of arriving they would be an hour. */
const followByDigits = (core: number, tail: number): number => (core === 2 && (tail === strong || tail === boundary) ? bit(2, strong) : 0);

const spread = (states: number, follow: (core: number, tail: number) => number): number => {
  let next = 0;
  for (let core = 0; core < 3; core += 1) {
    for (let tail = 0; tail < tails; tail += 1) if (states & bit(core, tail)) next |= follow(core, tail);
  }
  return next;
};

const accepting = [1, 2]
  .flatMap((core) => [boundary, address, strong, weak].map((tail) => bit(core, tail)))
  .reduce((all, one) => all | one, 0);

/** A presence code, or a mobile number under a signature. */
const digitsAt = /(?:1\d{10}|\d{3,8})(?!\d)/y;
const moreDigits = /\d\D+\d/;

/** Whether a whole message, with placeholders for names, is an acknowledgement and nothing else. */
export const isAcknowledgement = (text: string, words: CompiledVocabulary): boolean => {
  if (text.length === 0 || text.length > longestAcknowledgement || moreDigits.test(text)) return false;
  const reached = Array.from({ length: text.length + 1 }, () => 0);
  reached[0] = bit(0, boundary);
  for (let at = 0; at < text.length; at += 1) {
    const states = reached[at]!;
    if (states === 0) continue;
    const character = text.charAt(at);
    if (hardPunctuation.test(character) || softPunctuation.test(character)) {
      const isHard = hardPunctuation.test(character);
      reached[at + 1]! |= spread(states, (core, tail) => followByPunctuation(core, tail, isHard));
    }
    digitsAt.lastIndex = at;
    const digits = digitsAt.exec(text)?.[0].length;
    if (digits && !letter.test(text.charAt(at + digits)) && !letter.test(text.charAt(at - 1))) {
      reached[at + digits]! |= spread(states, followByDigits);
    }
    stepWords(text, at, states, reached, words);
  }
  return (reached[text.length]! & accepting) !== 0;
};

const stepWords = (text: string, at: number, states: number, reached: number[], words: CompiledVocabulary): void => {
  for (let length = Math.min(words.longestWord, text.length - at); length > 0; length -= 1) {
    const word = text.slice(at, at + length);
    const kind = kindOf(words, word);
    if (kind === 0 || cutsWord(text, at, at + length)) continue;
    reached[at + length]! |= spread(states, (core, tail) => followBy(core, tail, kind, word));
  }
};

/** Letters and digits belong together: `here` is not in `there`, nor 1 in 12. */
const cutsWord = (text: string, from: number, to: number): boolean =>
  (from > 0 && letter.test(text.charAt(from)) && letter.test(text.charAt(from - 1))) ||
  (to < text.length && letter.test(text.charAt(to - 1)) && letter.test(text.charAt(to)));
