import type { CompiledVocabulary } from './compiled-vocabulary.ts';

/** Longer texts are cut: nobody answers a check in more. */
export const maxTextLength = 2000;

/** A message as it is heard: the same whatever keyboard, program or width it was written with. */
export type Heard = {
  /** Lower case, half width, simplified, one space at most between words; mentions and quoted messages are gone. */
  readonly plain: string;
  /** `plain` without punctuation at either end; question marks stay. */
  readonly bare: string;
  readonly mentioned: readonly string[];
  /** It speaks to everybody. */
  readonly isForEveryone: boolean;
};

/** What desktop chats put in front of a reply: the quoted message in corner brackets and a line of dashes. */
const quotedReply = /^\s*「[^」]{0,1900}」\s*(?:[-—─] ?){5,}/u;
const quotedLine = /^[ \t]*(?:>|&gt;)[^\n]*$/gmu;
const invisible = /[\p{Cf}\p{Co}\p{Variation_Selector}\u{20E3}]|\p{Emoji_Modifier}/gu;
const taggedMention = /<at[^>]{0,200}>([^<]{0,100})<\/at>/gu;
const mention = /@([^\s@,.!?:;。、()<>[\]]{1,40})/gu;
const edges = /^[\s,.!。、;:~_·|/\\^\-—…()]+|[\s,.!。、;:~_·|/\\^\-—…()]+$/gu;
const plainLetters = /^[\u{4E00}-\u{9FFF}a-z0-9]{1,12}$/u;

export const stripEdges = (text: string): string => text.replace(edges, '');

export const normalise = (text: string, words: CompiledVocabulary, botNames: readonly string[] = []): Heard => {
  const mentioned: string[] = [];
  let plain = words.fold(text.replace(quotedReply, ' ').replace(quotedLine, ' ').normalize('NFKC').toLowerCase());
  plain = plain.replace(taggedMention, (_, name: string) => {
    mentioned.push(name.trim());
    return ' ';
  });
  plain = words
    .sign(plain)
    .replace(invisible, '')
    .replace(/\p{Extended_Pictographic}/gu, ' ');
  for (const name of botNames) plain = plain.replaceAll(`@${words.fold(name.normalize('NFKC').toLowerCase())}`, ' ');
  plain = plain.replace(mention, (_, name: string) => {
    mentioned.push(name);
    return ' ';
  });
  plain = plain.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return {
    plain,
    bare: plainLetters.test(plain) ? plain : stripEdges(plain),
    mentioned,
    isForEveryone: mentioned.some((name) => words.everyone.has(name)),
  };
};

/** The parts of a message between punctuation; spaces go where no Latin letter stands beside them. */
export const clausesOf = (plain: string): readonly string[] =>
  plain
    .split(/[,.!?。、;:~…\n]+/u)
    .map((clause) => closeUp(clause).trim())
    .filter(Boolean);

/** Without the spaces that people put between characters. */
export const closeUp = (text: string): string => text.replace(/(?<![a-z']) | (?![a-z'])/gu, '');
