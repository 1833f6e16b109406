/**
 * Numbers of items handed over: `D2SD202108260001`: D by phone or X by letter, the round, the province, the date, up to
 * four digits. People write them with spaces, line breaks and dashes inside, and shorter.
 */
const shape = /(?<![a-z0-9])([dx]) ?(\d{0,2}) ?((?:[a-z]{2})?) ?(\d[\d -]{2,24})(?![a-z])/;

const mostDigits = 12;
const fewestDigits = 4;
/** Without the province's letters only a long number is one: `d 1234` is anything. */
const fewestBareDigits = 8;

/** Digits that stand apart and are followed by anything but an end belong to the sentence: `…0001 3日内`. */
const joinDigits = (run: string, next: string): string => {
  const groups = run.split(/[ -]+/).filter(Boolean);
  const isLastForeign = next !== '' && /[\p{L}%:/]/u.test(next) && groups.length > 1 && !/[ -]$/.test(run);
  if (isLastForeign) groups.pop();
  let digits = '';
  for (const group of groups) {
    if (digits.length >= fewestDigits && digits.length + group.length > mostDigits) break;
    digits += group;
  }
  return digits;
};

export type ItemNumber = { readonly item: string; readonly rest: string };

/** The first number in a normalised text, and the text without it. */
export const readItemNumber = (plain: string): ItemNumber | undefined => {
  const match = shape.exec(plain);
  if (!match) return undefined;
  const [whole, letter, round, province, run] = match;
  const end = match.index + whole.length;
  const digits = joinDigits(run!, plain.charAt(end));
  if (!province && round!.length + digits.length < fewestBareDigits) return undefined;
  if (digits.length < fewestDigits || digits.length > mostDigits + 4) return undefined;
  let left = digits.length;
  let consumed = match.index + whole.length - run!.length;
  while (left > 0) if (/\d/.test(plain.charAt(consumed++))) left -= 1;
  return {
    item: `${letter}${round}${province}${digits}`.toUpperCase(),
    rest: `${plain.slice(0, match.index)} ${plain.slice(consumed)}`.replace(/ {2,}/g, ' ').trim(),
  };
};
