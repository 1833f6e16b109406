import type { Understood } from '../../../domain/command/intent.ts';
import { readReferences, type ItemWords } from '../../../domain/items/item-words.ts';
import { bareNumber, takeWrittenNumbers } from '../../../domain/items/written-numbers.ts';
import { itemVocabulary } from '../../../messages/vocabulary-items.ts';
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

/** Case numbers are known by their shape. */
const isCaseNumber = (number: string): boolean => /^[DX]\d?[A-Z]{2}\d{12}$/u.test(number);

/** Which items a message names: by the numbers of cases, and by whatever numbers those have that are there. */
export const readNames = async (text: string, board: Board): Promise<ItemWords> => {
  const items = /\d/u.test(text.normalize('NFKC')) ? [...(await board.read()).values()] : [];
  const own = items.flatMap(({ number }) => (isCaseNumber(number) ? [] : [number]));
  const { numbers, rest } = takeWrittenNumbers(text, own, bareOf(board));
  const words = readReferences(rest, itemVocabulary);
  return { ...words, numbers: [...numbers, ...words.numbers] };
};
