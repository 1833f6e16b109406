import { readItemNumber } from '../command/item-number.ts';

/** Numbers of cases as lists write them. */

const shortest = 4;
const longest = 40;
const officeNumber = /^[\p{L}\p{N}()[\]-]+$/u;

/** Offices have numbers of their own: anything with enough digits that is one word. */
const readOther = (bare: string): string | undefined => {
  const digits = bare.replace(/[^0-9]/g, '').length;
  return bare.length <= longest && digits >= shortest && officeNumber.test(bare) ? bare.toUpperCase() : undefined;
};

/**
 * The numbers of a cell in their plain form, `D2SD202108280031`: width, case, spaces, line breaks and stars don't count.
 * Null where something stands there that is no number.
 */
export const readCaseNumbers = (text: string, stars: RegExp): readonly string[] | null => {
  const plain = text.normalize('NFKC').toLowerCase().replace(stars, '');
  const numbers = plain
    .split(/[\u3001,;/]+|\s+(?=[dx]\d)/)
    .map((part) => part.replace(/\s+/g, ''))
    .filter(Boolean)
    .map((part) => readItemNumber(part)?.item ?? readOther(part));
  return numbers.length > 0 && numbers.every((number) => number !== undefined) ? [...new Set(numbers)] : null;
};

/** The day on which the inspection received it, `YYYY-MM-DD`: it stands in the number. */
export const dateInNumber = (number: string): string | undefined => {
  const match = /^[DX]\d{0,2}[A-Z]{2}(20\d{2})(\d{2})(\d{2})\d*$/.exec(number);
  if (!match) return undefined;
  try {
    return Temporal.PlainDate.from(
      { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) },
      { overflow: 'reject' },
    ).toString();
  } catch {
    return undefined;
  }
};
