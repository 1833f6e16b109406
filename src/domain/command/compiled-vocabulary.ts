import type { Intent } from './intent.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Kinds of words in an acknowledgement, as bits: a word may be several. */
export const wordKind = { received: 1, present: 2, weak: 4, opener: 8, address: 16, closer: 32, role: 64, arrived: 128 } as const;

/** What stands in a text where a name was, so that the grammar needs no names. */
export const placeholder = { self: '\u{E000}', ownUnit: '\u{E001}', other: '\u{E002}', addressee: '\u{E003}', date: '\u{E004}' } as const;

export type Phrase = { readonly intent: Intent; readonly answer?: 'yes' | 'no'; readonly needsConfirmation?: boolean };

/** A vocabulary arranged for asking. */
export type CompiledVocabulary = {
  readonly vocabulary: Vocabulary;
  readonly everyone: ReadonlySet<string>;
  readonly phrases: ReadonlyMap<string, Phrase>;
  /** Bits of `wordKind`. */
  readonly lexicon: ReadonlyMap<string, number>;
  readonly longestWord: number;
  readonly fold: (text: string) => string;
  readonly sign: (text: string) => string;
};

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const replaceBy = (table: { readonly [from: string]: string }): ((text: string) => string) => {
  const keys = Object.keys(table).sort((a, b) => b.length - a.length);
  if (keys.length === 0) return (text) => text;
  const pattern = new RegExp(keys.map(escape).join('|'), 'gu');
  return (text) => text.replace(pattern, (found) => table[found] ?? found);
};

const compilePhrases = (vocabulary: Vocabulary): Map<string, Phrase> => {
  const phrases = new Map<string, Phrase>();
  const add = (words: readonly string[], phrase: Phrase): void => {
    for (const word of words) phrases.set(word, { ...phrases.get(word), ...phrase });
  };
  for (const intent of Object.keys(vocabulary.phrases) as Intent[]) add(vocabulary.phrases[intent] ?? [], { intent });
  add(vocabulary.helpToConfirm, { intent: 'help', needsConfirmation: true });
  const consent = (words: readonly string[], answer: 'yes' | 'no'): void => {
    for (const word of words) add([word], { intent: phrases.get(word)?.intent ?? 'unclear', answer });
  };
  consent(vocabulary.yes, 'yes');
  consent(vocabulary.no, 'no');
  return phrases;
};

const compileLexicon = ({ acknowledgement: words }: Vocabulary): Map<string, number> => {
  const lexicon = new Map<string, number>();
  const add = (list: readonly string[], kind: number): void => {
    for (const word of list) lexicon.set(word, (lexicon.get(word) ?? 0) | kind);
  };
  add(words.received, wordKind.received);
  add(words.present, wordKind.present);
  add(words.arrived, wordKind.arrived);
  add(words.weak, wordKind.weak);
  add(words.openers, wordKind.opener);
  add(words.addresses, wordKind.address);
  add(words.closers, wordKind.closer);
  add(words.roles, wordKind.role);
  return lexicon;
};

const compiled = new WeakMap<Vocabulary, CompiledVocabulary>();

/** Once per vocabulary: kept beside it, since it says nothing new. */
export const compile = (vocabulary: Vocabulary): CompiledVocabulary => {
  const known = compiled.get(vocabulary);
  if (known) return known;
  const lexicon = compileLexicon(vocabulary);
  const words: CompiledVocabulary = {
    vocabulary,
    everyone: new Set(vocabulary.everyone),
    phrases: compilePhrases(vocabulary),
    lexicon,
    longestWord: Math.max(...[...lexicon.keys()].map((word) => word.length)),
    fold: replaceBy(vocabulary.folds),
    sign: replaceBy(vocabulary.signs),
  };
  compiled.set(vocabulary, words);
  return words;
};
