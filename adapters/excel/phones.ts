import { foldText } from './grid.ts';

export type Phone =
  | { readonly kind: 'mobile'; readonly digits: string }
  | { readonly kind: 'landline'; readonly digits: string }
  | { readonly kind: 'invalid'; readonly digits: string };

export type PhoneAt = Phone & { readonly index: number; readonly length: number };

const mobile = String.raw`(?:\(?(?:\+|00)?86\)?[-. ]*)?1[3-9]\d(?:[-. ]?\d){8}(?!\d)`;
const landline = String.raw`\(?0\d{2,3}\)?[- ]*\d{4}[- ]?\d{3,4}(?:-\d{1,5})?(?!\d)|[2-8]\d{3}[- ]?\d{3,4}(?!\d)`;
const other = String.raw`\+?\d(?:[-. ]?\d){4,}`;
const pattern = new RegExp(`(?<!\\d)(?:(?<mobile>${mobile})|(?<landline>${landline})|(?<other>${other}))`, 'g');

const foldDashes = (text: string): string => text.replace(/[\u2010-\u2015\u2212\u30fc](?=\d)/g, '-');

/** Every number in a text that is meant as a telephone number; five digits in a row are meant as one. */
export const findPhones = (text: string): readonly PhoneAt[] =>
  [...foldDashes(text).matchAll(pattern)].map((match): PhoneAt => {
    const at = { index: match.index, length: match[0].length };
    const digits = match[0].replace(/\D/g, '');
    if (match.groups?.['mobile'] !== undefined) return { kind: 'mobile', digits: digits.slice(-11), ...at };
    if (match.groups?.['landline'] !== undefined) return { kind: 'landline', digits: writeLandline(match[0]), ...at };
    return { kind: 'invalid', digits: match[0], ...at };
  });

/** Area code and number with a dash between them, as they are dialled. */
const writeLandline = (text: string): string => {
  const parts = text.split(/[-() ]+/).filter((part) => part !== '');
  if (!text.replace(/^\(/, '').startsWith('0')) return parts.join('');
  const [area = '', ...rest] = parts.length > 1 ? parts : [/^0(?:10|2\d)/.exec(text)?.[0] ?? text.slice(0, 4)];
  const number = parts.length > 1 ? rest : [text.slice(area.length)];
  const extension = number.length > 1 && number.slice(0, -1).join('').length >= 7 ? number.pop() : undefined;
  return [area, number.join(''), ...(extension === undefined ? [] : [extension])].join('-');
};

export const readPhones = (text: string): readonly Phone[] => findPhones(foldText(text)).map(({ kind, digits }) => ({ kind, digits }));
