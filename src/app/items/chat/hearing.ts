import type { Understood } from '../../../domain/command/intent.ts';
import type { ItemWords } from '../../../domain/items/item-words.ts';
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
