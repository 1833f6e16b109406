import { readItemNumber } from '../command/item-number.ts';
import type { ItemActionType } from './next-actions.ts';

/** What people type about items, beyond the intents that every message is read for. */

export type ItemAsk =
  | { readonly ask: 'act'; readonly action: ItemActionType }
  | {
      readonly ask:
        | 'mine'
        | 'receiveAll'
        | 'overdue'
        | 'allOverdue'
        | 'byUnit'
        | 'byKind'
        | 'ofUnit'
        | 'unreceived'
        | 'add'
        | 'explain'
        | 'show';
    };

/** The words as data, written as they stand after width, case and needless spaces have been folded. */
export type ItemVocabulary = {
  /** Tried in order; the first that fits decides. */
  readonly rules: readonly {
    readonly ask: ItemAsk;
    readonly when: RegExp;
    readonly unless?: RegExp;
    /** Fits only where an item, or a unit, is named. */
    readonly needs?: 'item' | 'unit';
  }[];
  /** Begins a report of progress; what follows is the report. */
  readonly progress: RegExp;
  /** The first group is the number of a subtask. */
  readonly subtask: RegExp;
  /** Stands before the reason of an act; what follows is the reason. */
  readonly because: RegExp;
  /** The word for an act at the beginning of a message; what follows says why. */
  readonly verbs: RegExp;
  /** Asks, or says that it is not so: such a message does nothing. */
  readonly unsure: RegExp;
};

export type ItemWords = {
  /** Case numbers in their plain form. */
  readonly numbers: readonly string[];
  /** The last four digits of numbers. */
  readonly tails: readonly string[];
  /** Without numbers and tails, as it was written. */
  readonly rest: string;
};

/** Years, dates, hours and amounts are no tails. */
const tailShape = /(?<![\d.:/\-年月])\d{4}(?!\d|[.:/\-年月日号时点分米吨元个件家]|\s*(?:个|件|家|平))/u;
const numberShape = /(?<![a-z0-9])[dx]\s?\d{0,2}\s?(?:[a-z]{2})?\s?\d[\d \-]{2,24}(?![a-z])/iu;
const mostReferences = 10;

/** Which items a message names, and what it says beside that. */
export const readReferences = (text: string): ItemWords => {
  let rest = text.normalize('NFKC');
  const numbers: string[] = [];
  for (let found = numberShape.exec(rest); found && numbers.length < mostReferences; found = numberShape.exec(rest)) {
    const number = readItemNumber(found[0].toLowerCase().replaceAll(/\s+/gu, ' '));
    if (!number) break;
    numbers.push(number.item);
    rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + lengthOf(found[0], number.item))}`;
  }
  const tails: string[] = [];
  for (let found = tailShape.exec(rest); found && tails.length < mostReferences; found = tailShape.exec(rest)) {
    tails.push(found[0]);
    rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + 4)}`;
  }
  return { numbers, tails, rest: rest.replace(/^[\s,.，。、:：;；]+|[\s、,，]+$/gu, '') };
};

/** How much of the text the number took: its letters and digits, and what stood between them. */
const lengthOf = (written: string, number: string): number => {
  let left = number.length;
  let length = 0;
  for (const character of written) {
    if (left === 0) break;
    if (/[a-z0-9]/iu.test(character)) left -= 1;
    length += character.length;
  }
  return length;
};

const closed = (text: string): string =>
  text
    .toLowerCase()
    .replace(/(?<![a-z']) | (?![a-z'])/gu, '')
    .replace(/[。.!！\s]+$/u, '');

/** What is asked for; undefined where the message is about something else. */
export const readItemAsk = ({ rest, numbers, tails }: ItemWords, namesUnit: boolean, vocabulary: ItemVocabulary): ItemAsk | undefined => {
  const hasItem = numbers.length + tails.length > 0;
  const text = closed(rest);
  if (text === '') return hasItem ? { ask: 'show' } : undefined;
  return vocabulary.rules.find(
    ({ when, unless, needs }) =>
      (needs === undefined || (needs === 'item' ? hasItem : namesUnit)) && when.test(text) && !unless?.test(text),
  )?.ask;
};

/** The text of a report, where a message is one. */
export const readProgress = (rest: string, { progress }: ItemVocabulary): string | undefined => {
  const found = progress.exec(rest);
  return found ? rest.slice(found.index + found[0].length).trim() : undefined;
};

/** Why, in the speaker's own words: after "because", or after the word for the act. */
export const readReason = (rest: string, { because, verbs }: ItemVocabulary): string => {
  const found = because.exec(rest) ?? verbs.exec(rest);
  return found
    ? rest
        .slice(found.index + found[0].length)
        .replace(/^[\s,，。:：;；]+/u, '')
        .trim()
    : '';
};
