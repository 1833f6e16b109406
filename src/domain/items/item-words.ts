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
        | 'show'
        | 'acceptAll'
        | 'more';
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
  /** The last four digits of a number: no year, no date, no hour, no amount. */
  readonly tail: RegExp;
  /** An item that stands before everything else that is said. */
  readonly leading: RegExp;
  /** The word for sending a hand-in back; every other refusal is of a date. */
  readonly returning: RegExp;
  /** What is wrong with a hand-in, by the words of whoever sends it back; the first that fits. */
  readonly faults: readonly { readonly fault: 'false' | 'incomplete'; readonly when: RegExp }[];
  /** The words for splitting one up, before the plan itself. */
  readonly splitting: RegExp;
  /** Stands after a date that something is due by. */
  readonly by: RegExp;
  /** The words for adding an item, which are no part of its text. */
  readonly adding: RegExp;
  /** Begins a report of progress; what follows is the report. */
  readonly progress: RegExp;
  /** The first group is the number of a subtask. */
  readonly subtask: RegExp;
  /** Stands before the reason of an act; what follows is the reason. */
  readonly because: RegExp;
  /** The word for an act at the beginning of a message; what follows says why. */
  readonly verbs: RegExp;
  /** Asks whether or how it was done. */
  readonly question: RegExp;
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

const numberShape = /(?<![a-z0-9])[dx]\s?\d{0,2}\s?(?:[a-z]{2})?\s?\d[\d -]{2,24}(?![a-z])/iu;
const mostReferences = 10;

/** Full-width letters and digits as others write them; everything else stays as it was written. */
const narrow = (text: string): string =>
  text.replaceAll(/[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));

/** Which items a message names, and what it says beside that. */
export const readReferences = (text: string, { tail }: Pick<ItemVocabulary, 'tail'>): ItemWords => {
  let rest = narrow(text);
  const numbers: string[] = [];
  for (let found = numberShape.exec(rest); found && numbers.length < mostReferences; found = numberShape.exec(rest)) {
    const number = readItemNumber(found[0].toLowerCase().replaceAll(/\s+/gu, ' '));
    if (!number) break;
    numbers.push(number.item);
    rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + lengthOf(found[0], number.item))}`;
  }
  const tails: string[] = [];
  for (let found = tail.exec(rest); found && tails.length < mostReferences; found = tail.exec(rest)) {
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
    .normalize('NFKC')
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

/** A report of progress and the item before its text; figures in the text are no items. Undefined where a message is none. */
export const readReport = (text: string, vocabulary: ItemVocabulary): ItemWords | undefined => {
  const { progress, leading } = vocabulary;
  const whole = narrow(text).trim();
  const before = leading.exec(whole)?.[0] ?? '';
  const found = progress.exec(whole.slice(before.length));
  if (!found) return undefined;
  const said = whole.slice(before.length + found[0].length);
  const after = before === '' ? (leading.exec(said)?.[0] ?? '') : '';
  const { numbers, tails } = readReferences(before + after, vocabulary);
  return { numbers, tails, rest: said.slice(after.length).trim() };
};

/** Why, in the speaker's own words: after the word for the act, or after "because". */
export const readReason = (rest: string, { because, verbs }: ItemVocabulary): string => {
  const verb = verbs.exec(rest);
  const said = verb ? rest.slice(verb[0].length) : rest;
  const found = because.exec(said);
  const reason = found ? said.slice(found.index + found[0].length) : verb ? said : '';
  return reason.replace(/^[\s,，。:：;；]+/u, '').trim();
};

/** What is said to be wrong with a hand-in that is sent back. */
export const readFault = (reason: string, { faults }: Pick<ItemVocabulary, 'faults'>): 'false' | 'incomplete' | undefined =>
  faults.find(({ when }) => when.test(reason))?.fault;
