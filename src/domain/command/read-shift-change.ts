import { placeholder } from './compiled-vocabulary.ts';
import { resolvePeriod, type DateToken, type Period } from './period.ts';
import { readDates, type TokenReader } from './read-dates.ts';

/** The only words that tell a leave, a swap and a cover apart. Patterns are tried on a text whose names are placeholders. */
export type ShiftChangeWords = {
  /** Something is stood in return. */
  readonly swap: RegExp;
  /** What stands between its two times beside the word for it. */
  readonly and: RegExp;
  /** The speaker stands in for the one named. */
  readonly offer: RegExp;
  /** Somebody is to stand in, though no other word for it is said. */
  readonly cover: RegExp;
  /** The first group is why. */
  readonly reasons: readonly RegExp[];
};

/** What a sentence about leave, a swap or a cover says beside whom it names and when. */
export type ShiftChange = {
  readonly kind: 'leave' | 'swap' | 'cover';
  /** The speaker offers to stand in. */
  readonly isOffer?: boolean;
  /** Of a swap: the two times that it names, in their order. */
  readonly periods?: readonly [Period, Period];
  readonly reason?: string;
};

type Reader = {
  readonly words: ShiftChangeWords;
  readonly dates: readonly TokenReader<DateToken>[];
  readonly now: number;
  readonly timeZone: string;
};

const boundaries = new RegExp(`[${placeholder.other},;。]`, 'u');
const mostParts = 12;

const reasonIn = (text: string, { reasons }: ShiftChangeWords): string | undefined => {
  for (const pattern of reasons) {
    const found = pattern.exec(text)?.[1]?.trim();
    if (found) return found;
  }
  return undefined;
};

/** Two times stand on either side of the other's name or of the word for it, or in clauses of their own. */
const twoPeriods = (masked: string, { words, dates, now, timeZone }: Reader): readonly [Period, Period] | undefined => {
  const found = masked
    .split(boundaries)
    .flatMap((part) => part.split(words.swap))
    .flatMap((part) => part.split(words.and))
    .slice(0, mostParts)
    .flatMap((part) => resolvePeriod(readDates(part, dates).tokens, now, timeZone).period ?? []);
  const [first, second] = found;
  return first && second && first.fromAt !== second.fromAt ? [first, second] : undefined;
};

/** `plain` is the text as it was written, `masked` the same with a placeholder for each name. */
export const readShiftChange = (plain: string, masked: string, isLeave: boolean, reader: Reader): ShiftChange => {
  const { words } = reader;
  const kind = isLeave ? 'leave' : words.swap.test(masked) ? 'swap' : 'cover';
  const reason = reasonIn(plain, words);
  const periods = kind === 'swap' ? twoPeriods(masked, reader) : undefined;
  return {
    kind,
    ...(kind === 'cover' && words.offer.test(masked) ? { isOffer: true } : {}),
    ...(periods ? { periods } : {}),
    ...(reason ? { reason } : {}),
  };
};
