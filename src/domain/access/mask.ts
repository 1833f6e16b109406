/** A mobile number that may be recognised and not rung: 138-****-0001. */
export const maskMobile = (mobile: string): string =>
  mobile.length === 11 ? `${mobile.slice(0, 3)}-****-${mobile.slice(7)}` : '*'.repeat(Math.min(mobile.length, 8));

/** Words of a language that stand before the name of somebody who complained, between both, and after a surname. */
export type ComplainantWords = {
  readonly before: readonly string[];
  readonly between: readonly string[];
  readonly after: readonly string[];
  readonly hidden: string;
};

/** As they are typed here: often as wide as the characters around them, and parted by whatever stands for a dash. */
const digit = String.raw`[\d\uFF10-\uFF19]`;
const parted = String.raw`[ \u3000.\u00B7\-\u2010-\u2015\uFF0D\u200B-\u200D]{0,2}`;
const inWord = String.raw`[\p{Script=Latin}\d\uFF10-\uFF19]`;

const numbers = [
  // mobile numbers, however they are parted; within words of digits and Latin letters they are parts of something else
  String.raw`(?<!${inWord})(?:[+\uFF0B]?[8\uFF18][6\uFF16]${parted})?[1\uFF11][3-9\uFF13-\uFF19]${digit}${parted}${digit}{4}${parted}${digit}{4}(?!${inWord})`,
  // landlines with their area
  String.raw`(?<!${digit})[0\uFF10]${digit}{2,3}${parted}${digit}{7,8}(?!${digit})`,
  // identity cards
  String.raw`(?<!${inWord})${digit}{17}[\dXx\uFF10-\uFF19\uFF38\uFF58](?!${inWord})`,
  // from where its name begins: begun at each letter of a long word without @, it would take the square of its length
  String.raw`(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+`,
].map((pattern) => new RegExp(pattern, 'gu'));

const digestForm = /^[\da-f]{32,}$/u;

/** A text without phone numbers, identity cards and addresses of mail. A digest is none of them, whatever digits it has. */
export const hideNumbers = (text: string, hidden: string): string =>
  digestForm.test(text) ? text : numbers.reduce((shown, number) => shown.replaceAll(number, hidden), text);

const escape = (word: string): string => word.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);

/** How to hide from a text who complained and how they are reached. What happened stays. */
export const hidesComplainants = ({ before, between, after, hidden }: ComplainantWords): ((text: string) => string) => {
  const introduced = before.map(escape).join('|');
  const links = between.map(escape).join('|');
  const titles = after.map(escape).join('|');
  const named = new RegExp(
    String.raw`((?:${introduced})\s*(?:${links})\s*)(\p{Script=Han}{2,4}(?:·\p{Script=Han}+)*|[\p{Script=Latin}][\p{Script=Latin} .'-]{1,40})`,
    'giu',
  );
  const titled = new RegExp(String.raw`\p{Script=Han}(${titles})`, 'gu');
  return (text) => {
    return hideNumbers(text, hidden)
      .replaceAll(named, (_, lead: string) => `${lead}${hidden}`)
      .replaceAll(titled, (_, title: string) => `${hidden}${title}`);
  };
};

/** Every text in a value, changed; members and lists stay as they are. */
export const mapTexts = <T>(value: T, change: (text: string) => string): T => {
  if (typeof value === 'string') return change(value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => mapTexts(one, change)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]: [string, unknown]) => [key, mapTexts(one, change)])) as T;
};
