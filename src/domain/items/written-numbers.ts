/** Numbers of an office's own making (`济督〔2021〕15号`, `调阅3-4`, `20210828-0930-4821`) in what people type. */

const mostNamed = 10;
const shortest = 4;

/** As a keyboard for Chinese writes it too. */
const widthsOf = (character: string): string => {
  const code = character.charCodeAt(0);
  const wide = code > 0x20 && code < 0x7f ? String.fromCharCode(code + 0xfee0) : '';
  return `[${`${character.toLowerCase()}${character.toUpperCase()}${wide}`.replaceAll(/[\\\]^-]/gu, String.raw`\$&`)}]`;
};

/** Not as a part of a longer number: `调阅3-1` is not in `调阅3-12`. */
const shapeOf = (number: string): RegExp => {
  const characters = [...number.replaceAll(/\s/gu, '')];
  const before = /[\da-z]/iu.test(characters[0] ?? '') ? '(?<![\\dA-Za-z])' : '';
  const after = /\d/u.test(characters.at(-1) ?? '') ? '(?![\\d-]*\\d)' : '';
  return new RegExp(`${before}${characters.map(widthsOf).join(String.raw`\s*`)}${after}`, 'u');
};

/** Letters and digits alone: cheap to look for, before the number itself is. */
export const bareNumber = (number: string): string =>
  number
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Whether a text can name one at all: with a figure in it, or words that a dash joins. Whoever has many looks no further. */
export const mayNameNumber = (text: string): boolean => /\d|\p{L}\s*[-\u2010-\u2015]\s*\p{L}/u.test(text.normalize('NFKC'));

export type WrittenNumbers = { readonly numbers: readonly string[]; readonly rest: string };

/** Which of the known numbers a text names, and the text without them. `bareOf`: `bareNumber` of one, remembered by whoever has many. */
export const takeWrittenNumbers = (
  text: string,
  known: Iterable<string>,
  bareOf: (number: string) => string = bareNumber,
): WrittenNumbers => {
  const said = bareNumber(text);
  const likely = new Set<string>();
  if (mayNameNumber(text)) for (const number of known) if (number.length >= shortest && said.includes(bareOf(number))) likely.add(number);
  const numbers: string[] = [];
  let rest = text;
  for (const number of [...likely].toSorted((one, other) => other.length - one.length)) {
    if (numbers.length === mostNamed || bareOf(number) === '') continue;
    const found = shapeOf(number).exec(rest);
    if (!found) continue;
    numbers.push(number.toUpperCase());
    rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`;
  }
  return { numbers, rest };
};
