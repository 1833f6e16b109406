/** A mobile number that may be recognised and not rung: 138-****-0001. */
export const maskMobile = (mobile: string): string =>
  mobile.length === 11 ? `${mobile.slice(0, 3)}-****-${mobile.slice(7)}` : '*'.repeat(Math.min(mobile.length, 8));

/** Words of a language by which a text speaks of those who complained. */
export type ComplainantWords = {
  /** What introduces them, where they live or how they are reached, unless it is part of another word. */
  readonly before: readonly { readonly words: readonly string[]; readonly unlessBefore: readonly string[] }[];
  readonly unlessBehind: readonly string[];
  /** What may stand between that and what is hidden. */
  readonly between: readonly string[];
  /** What they are besides, which introduces somebody only where a name follows, and no ordinary word. */
  readonly roles: readonly string[];
  readonly rolesAfter: readonly string[];
  readonly surnames: readonly string[];
  readonly ordinary: readonly string[];
  /** Where the case itself begins. */
  readonly saying: readonly string[];
  readonly notSayingAfter: readonly string[];
  /** What stands after names; after what somebody does for a living it takes a surname to tell that there is one. */
  readonly titles: readonly string[];
  readonly titlesOfWork: readonly string[];
  /** Ends what stands before a title and names nobody. */
  readonly anybody: readonly string[];
  /** Stands for the rest of a name, and before places for all of theirs. */
  readonly some: string;
  readonly places: readonly string[];
  readonly nameLabels: readonly string[];
  /** What offices and districts end with, and names of people do not. */
  readonly bodyEnds: readonly string[];
  /** Surnames that places and phrases end with too. */
  readonly placeEnds: readonly string[];
  /** What numbers of homes end with: alone, in a row, and at its end or after three digits. */
  readonly homes: readonly string[];
  readonly homeParts: readonly string[];
  readonly rooms: readonly string[];
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

/** The digits of Chinese, those said on the phone and those of documents among them. */
const spelt = String.raw`\u96F6\u3007\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u4E03\u516B\u4E5D\u5E7A\u4E24\u58F9\u8D30\u53C1\u8086\u4F0D\u9646\u67D2\u634C\u7396`;
const anyDigit = String.raw`[\d\uFF10-\uFF19${spelt}]`;
const longNumber = new RegExp(String.raw`(?<!${inWord})${anyDigit}(?:${parted}${anyDigit}){6,}`, 'gu');
/** Plain digits are often measures and dates; written otherwise, so many are a number that somebody would not have found. */
const isWrittenOtherwise = new RegExp(String.raw`[\uFF10-\uFF19${spelt}].*[\uFF10-\uFF19${spelt}]`, 'u');

const digestForm = /^[\da-f]{32,}$/u;

/** A text without phone numbers, identity cards and addresses of mail. A digest is none of them, whatever digits it has. */
export const hideNumbers = (text: string, hidden: string): string =>
  digestForm.test(text)
    ? text
    : numbers
        .reduce((shown, number) => shown.replaceAll(number, hidden), text)
        .replaceAll(longNumber, (number) => (isWrittenOtherwise.test(number) ? hidden : number));

const escape = (word: string): string => word.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`).replaceAll('_', ' ');
/** The longest first: the shorter may be how it begins. */
const oneOf = (words: readonly string[]): string =>
  `(?:${words
    .toSorted((a, b) => b.length - a.length)
    .map(escape)
    .join('|')})`;

const space = String.raw`[ \t\u3000]`;
const opening = String.raw`(\uFF08\[\u3010\u300C\u300A\u201C`;
const closing = String.raw`)\uFF09\]\u3011\u300D\u300B\u201D`;
const ending = String.raw`,\uFF0C\u3002;\uFF1B\u3001!\uFF01?\uFF1F\r\n${closing}`;

const homesIn = ({ homes, homeParts, rooms }: ComplainantWords): RegExp => {
  const number = String.raw`[\dA-Za-z\uFF10-\uFF19${spelt}\u5341]`;
  const part = (ends: readonly string[]): string => `${number}{1,5}${space}?${oneOf(ends)}`;
  const row = `${part(homeParts)}(?:${space}?${part([...homeParts, ...rooms])})+`;
  const alone = part(homes);
  const room = `${number}{3,5}${space}?${oneOf(rooms)}`;
  const dashed = String.raw`(?<![\dA-Za-z-])\d{1,2}-\d{1,2}-\d{3,4}(?![\d-])`;
  return new RegExp(`(?:${row}|${alone}|${room})(?:${space}?${number}{3,5})?|${dashed}`, 'gu');
};

/** Whoever complained up to the end of the clause, or to where it says what; brackets behind a name belong to it. */
const introducedIn = (words: ComplainantWords): RegExp => {
  const isLatin = (word: string): boolean => /^\p{Script=Latin}/u.test(word);
  const latin = oneOf(words.before.flatMap((group) => group.words.filter(isLatin)));
  const others = words.before.map((group) => `${oneOf(group.words.filter((word) => !isLatin(word)))}(?!${oneOf(group.unlessBefore)})`);
  const lead = String.raw`(?:(?<!${oneOf(words.unlessBehind)})(?:${others.join('|')})|(?<![\p{Script=Latin}\d_-])${latin}(?!\p{Script=Latin}))`;
  const saying = `(?!${lead})(?<!${oneOf(words.notSayingAfter)})${oneOf(words.saying)}`;
  const surname = oneOf(words.surnames);
  const name = String.raw`(?!${oneOf([...words.ordinary, ...words.saying])})(?:${surname}|\p{Script=Han}{2,6}${saying})`;
  const role = String.raw`${oneOf(words.roles)}${oneOf(words.rolesAfter)}?(?:${space}|[:\uFF1A${opening}]){0,2}(?=${name})`;
  const bracket = `[${opening}](?:(?!${saying})[^${closing}\r\n]){0,80}[${closing}]`;
  const rest = `(?:(?!${saying}|${bracket})[^${ending}])+(?:${bracket})?|${bracket}`;
  const more = String.raw`(?:\u3001${surname}\p{Script=Han}{1,3}(?=[${ending}]|${saying}|$))*`;
  // below its label, which a colon or a line with nothing but a name tells
  const below = String.raw`(?:(?:(?<=[:\uFF1A])|(?=[\s]*${surname}\p{Script=Han}{1,2}${space}*(?:[\r\n]|$)))${space}*\r?\n)?`;
  return new RegExp(`((?:${lead}(?:${space}*${oneOf(words.between)}){0,3}|${role})${below}${space}*)(?!${space})(?:${rest})${more}`, 'giu');
};

/** Names without any word about them: beside a number that was hidden, and as whoever says what a clause is about. */
const barelyNamedIn = (words: ComplainantWords): readonly RegExp[] => {
  const name = String.raw`(?!${oneOf(words.ordinary)})${oneOf(words.surnames)}(?!\p{Script=Han}?${oneOf([...words.titles, ...words.titlesOfWork])})\p{Script=Han}{1,2}`;
  const begins = String.raw`(?<=(?:^|[${ending}${opening}])${space}*)`;
  const hidden = escape(words.hidden);
  const beside = String.raw`(?:${space}|[,\uFF0C:\uFF1A${opening}${closing}]){0,2}`;
  return [
    `${begins}${name}(?=${beside}${hidden})`,
    `(?<=${hidden}${beside})${name}(?=${space}|[${ending}]|$)`,
    String.raw`(?<=${oneOf(words.nameLabels)}${space}?[:\uFF1A]${space}*)\p{Script=Han}{2,4}`,
    `${begins}${name}(?<!${oneOf(words.bodyEnds)})(?=${space}*[,\uFF0C]?${space}*${oneOf(words.saying)})`,
  ].map((pattern) => new RegExp(pattern, 'gu'));
};

/** How to hide from a text who complained and how they are reached: rather too much than too little. What happened stays. */
export const hidesComplainants = (words: ComplainantWords): ((text: string) => string) => {
  const { hidden } = words;
  const surname = oneOf(words.surnames);
  const homes = homesIn(words);
  const introduced = introducedIn(words);
  const barelyNamed = barelyNamedIn(words);
  const titles = oneOf(words.titles);
  const named = String.raw`(?<!${oneOf(words.anybody)})(?=${titles})`;
  const titled = [
    // a clause that begins with so few characters and a title names somebody, whatever the surname
    String.raw`(?<=^|[${ending}])\p{Script=Han}{1,3}${named}`,
    String.raw`${surname}\p{Script=Han}{0,2}${space}?(?=${oneOf([...words.titles, ...words.titlesOfWork])})`,
    String.raw`\p{Script=Han}{1,3}${named}`,
    String.raw`(?!(?<=\p{Script=Han})${oneOf(words.placeEnds)})${surname}${words.some}{1,2}(?!${words.some}|${oneOf(words.places)})`,
  ].map((pattern) => new RegExp(pattern, 'gu'));
  return (text) => {
    const shown = hideNumbers(text, hidden)
      .replaceAll(homes, hidden)
      .replaceAll(introduced, (_, lead: string) => `${lead}${hidden}`);
    return [...barelyNamed, ...titled].reduce((rest, name) => rest.replaceAll(name, hidden), shown);
  };
};

/** Every text in a value, changed; members and lists stay as they are. */
export const mapTexts = <T>(value: T, change: (text: string) => string): T => {
  if (typeof value === 'string') return change(value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => mapTexts(one, change)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]: [string, unknown]) => [key, mapTexts(one, change)])) as T;
};
