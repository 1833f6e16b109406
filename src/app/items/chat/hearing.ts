import type { Understood } from '../../../domain/command/intent.ts';
import { readReferences, type ItemWords } from '../../../domain/items/item-words.ts';
import { bareNumber, mayNameNumber, takeWrittenNumbers } from '../../../domain/items/written-numbers.ts';
import { itemVocabulary } from '../../../messages/vocabulary-items.ts';
import type { Item } from '../../../domain/items/item.ts';
import type { Turn } from '../../acts/speaker.ts';
import type { Board } from '../board.ts';

/** Somebody's words, with what they mean and which items they name. */
export type Hearing = {
  readonly turn: Turn;
  readonly said: Understood;
  readonly board: Board;
  readonly words: ItemWords;
};

export const namesItem = ({ numbers, tails }: ItemWords): boolean => numbers.length + tails.length > 0;

const bareNumbers = new WeakMap<Board, Map<string, string>>();

const bareOf = (board: Board) => {
  const known = bareNumbers.get(board) ?? new Map<string, string>();
  bareNumbers.set(board, known);
  return (number: string): string => {
    const bare = known.get(number) ?? bareNumber(number);
    known.set(number, bare);
    return bare;
  };
};

const longEnd = /(?<![\dA-Za-z.:/-])\d{5,14}(?![\d.:/-])/gu;

/** Case numbers are known by their shape. */
const isCaseNumber = (number: string): boolean => /^[DX]\d{0,2}[A-Z]{2}\d{10,}$/u.test(number);

/** Which items a message names: by the numbers of cases, and by whatever numbers those have that are there. */
export const readNames = async (text: string, board: Board): Promise<ItemWords> => {
  const items = mayNameNumber(text) ? [...(await board.read()).values()] : [];
  const own = items.flatMap(({ number }) => (isCaseNumber(number) ? [] : [number]));
  const written = takeWrittenNumbers(text, own, bareOf(board));
  const { numbers, tails, rest } = readReferences(written.rest, itemVocabulary);
  const ends = items.length === 0 ? { numbers: [], rest } : takeEnds(rest, items, bareOf(board));
  return { numbers: [...written.numbers, ...numbers, ...ends.numbers], tails, rest: ends.rest };
};

/** The end of a number, longer than the four digits that are always one: `8280031`. Only where there is such an item. */
const takeEnds = (text: string, items: readonly Item[], bare: (number: string) => string) => {
  const numbers: string[] = [];
  const rest = text.normalize('NFKC').replaceAll(longEnd, (digits) => {
    const found = items.filter(({ number }) => bare(number).endsWith(digits));
    numbers.push(...found.map(({ number }) => number.toUpperCase()));
    return found.length > 0 ? ' ' : digits;
  });
  return numbers.length === 0 ? { numbers, rest: text } : { numbers: [...new Set(numbers)], rest: rest.trim() };
};
