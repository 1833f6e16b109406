import { headerWords } from '../../src/messages/workbook-vocabulary.ts';
import { compact, foldText } from './grid.ts';
import { isEmptyMark } from './people.ts';
import { findPhones } from './phones.ts';

/** What the cells of a column hold, whatever its heading says. */
export type ColumnContent = 'phones' | 'namesAndPhones' | 'other' | 'nothing';

/** How many of a column's cells must be alike before that decides. */
const most = 0.6;

const phoneWords: readonly string[] = [...headerWords.mobile, ...headerWords.landline];

/** Words for a number, beside it, name nobody. */
const hasLetters = (text: string): boolean => /\p{L}/u.test(phoneWords.reduce((rest, word) => rest.replaceAll(word, ''), text));

export const contentOf = (texts: readonly string[]): ColumnContent => {
  const filled = texts.filter((text) => !isEmptyMark(text)).map(foldText);
  if (filled.length === 0) return 'nothing';
  const lettered = filled.filter((text) => hasLetters(compact(text))).length;
  const phoned = filled.filter((text) => findPhones(text).length > 0).length;
  if (phoned > 0 && lettered >= filled.length * most) return 'namesAndPhones';
  return phoned >= filled.length * most && lettered < filled.length * most ? 'phones' : 'other';
};
