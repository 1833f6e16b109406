import type { CampaignPhase } from '../items/phase.ts';
import { clausesOf } from './normalise.ts';
import { resolvePeriod, type DateToken } from './period.ts';
import { readDates, type TokenReader } from './read-dates.ts';

/** The only words a change of phase may be made of, beside units and dates. Every pattern but `filler` and `place` is global. */
export type PhaseWords = {
  /** Who comes and goes: a change names them. */
  readonly team: RegExp;
  /** To one place. */
  readonly arrive: RegExp;
  /** Ends of its stay that name it by themselves. */
  readonly ended: RegExp;
  /** Takes up its quarters: where no unit is named, the whole inspection begins. */
  readonly station: RegExp;
  readonly leave: RegExp;
  /** Where no unit is named, the whole inspection is over. */
  readonly withdraw: RegExp;
  /** Anchored at the end: stands before the unit that the team comes from. */
  readonly from: RegExp;
  /** Anchored at the beginning: the plainest word for going there, which only counts after `from`. */
  readonly to: RegExp;
  /** Anchored: what may stand between these and says nothing. */
  readonly filler: RegExp;
  /** Anchored: a place that is no unit of the campaign; it is asked which is meant. */
  readonly place: RegExp;
};

export type PhaseChange = {
  readonly phase: CampaignPhase;
  /** Of no unit alone. */
  readonly isForAll: boolean;
  /** Absent: from now on. */
  readonly fromAt?: number;
  /** Only where an end was named: a date alone begins a phase and does not end it. */
  readonly toAt?: number;
  readonly isDateUnreadable: boolean;
};

type Reader = {
  readonly words: PhaseWords;
  readonly dates: readonly TokenReader<DateToken>[];
  readonly now: number;
  readonly timeZone: string;
};

const longest = 80;
const gap = ' , ';

const has = (text: string, pattern: RegExp): boolean => text.search(pattern) >= 0;

const endsNamed: readonly DateToken['type'][] = ['through', 'length', 'coming'];

const isClosed = (rest: string, hasUnit: boolean, { filler, place }: PhaseWords): { readonly isRead: boolean; readonly names: boolean } => {
  const open = clausesOf(rest).filter((chunk) => !filler.test(chunk));
  const names = !hasUnit && open.length === 1 && place.test(open[0]!);
  return { isRead: open.length === 0 || names, names };
};

/**
 * Whether a message, its units taken out, says that the inspection team comes or goes, and nothing else. Closed like a
 * call for a check: a report that speaks of the team must not change how often anybody is asked.
 */
export const readPhaseChange = (text: string, hasUnit: boolean, reader: Reader): PhaseChange | undefined => {
  const { words, dates, now, timeZone } = reader;
  if (text.length > longest || !(has(text, words.team) || has(text, words.ended))) return undefined;
  const said = text.replace(words.team, gap);
  const [goes, closes] = [has(said, words.leave), has(said, words.withdraw)];
  const plain = said.replace(words.withdraw, gap).replace(words.leave, gap);
  const [stays, comes] = [has(plain, words.station), has(plain, words.arrive)];
  // Coming and going in one sentence are two changes, and need a unit each: see below.
  if ((goes || closes) === (stays || comes)) return undefined;
  const { tokens, rest } = readDates(plain.replace(words.station, gap).replace(words.arrive, gap), dates);
  const { isRead, names } = isClosed(rest, hasUnit, words);
  if (!isRead) return undefined;
  const { period, isUnreadable } = resolvePeriod(tokens, now, timeZone);
  const isEndNamed = tokens.some(({ type }) => endsNamed.includes(type));
  const isForAll = !hasUnit && !names && (closes || stays);
  return {
    phase: goes || closes ? 'after' : isForAll ? 'during' : 'onSite',
    isForAll,
    ...(period && { fromAt: period.fromAt }),
    ...(isEndNamed && period?.toAt !== undefined && { toAt: period.toAt }),
    isDateUnreadable: isUnreadable,
  };
};

export type Journey = {
  /** Which of the two units in the text is left: the first or the second. */
  readonly left: 0 | 1;
  readonly leftAt?: number;
  readonly fromAt?: number;
  readonly isDateUnreadable: boolean;
};

type Leg = { readonly text: string; readonly isLeaving: boolean };

/** One part of the sentence for each unit; what stands between them belongs to the second one, but for the word that ends the first. */
const legsOf = (around: readonly string[], words: PhaseWords): readonly [Leg, Leg] | undefined => {
  const [before = '', between = '', after = ''] = around.map((text) => text.replace(words.team, gap));
  if (has(before, words.from)) {
    const ends = [between.replace(words.leave, gap), after];
    return ends.some((text) => has(text, words.arrive) || words.to.test(text))
      ? [
          { text: before.replace(words.from, gap), isLeaving: true },
          { text: ends.join(gap).replace(words.to, gap), isLeaving: false },
        ]
      : undefined;
  }
  const isLeft = has(before, words.leave);
  if (isLeft || has(before, words.arrive)) {
    const second = between + gap + after;
    const fits = isLeft ? has(second, words.arrive) && !has(second, words.leave) : has(second, words.leave) && !has(second, words.arrive);
    return fits
      ? [
          { text: before, isLeaving: isLeft },
          { text: second, isLeaving: !isLeft },
        ]
      : undefined;
  }
  // The unit first: what becomes of it follows.
  const end = between.search(words.leave) < 0 ? -1 : between.search(words.leave) + (between.match(words.leave)?.[0].length ?? 0);
  const rest = between.slice(Math.max(end, 0)) + gap + after;
  return end >= 0 && has(rest, words.arrive)
    ? [
        { text: before + gap + between.slice(0, end), isLeaving: true },
        { text: rest, isLeaving: false },
      ]
    : undefined;
};

/** Whether a message says that the team leaves one of two units for the other, and nothing else. `around`: the text before, between and after them. */
export const readJourney = (around: readonly string[], { words, dates, now, timeZone }: Reader): Journey | undefined => {
  if (around.length !== 3 || around.join(gap).length > longest || !has(around.join(gap), words.team)) return undefined;
  const legs = legsOf(around, words);
  if (!legs) return undefined;
  const read = legs.map(({ text }) => {
    const { tokens, rest } = readDates(text.replace(words.leave, gap).replace(words.arrive, gap), dates);
    return { ...resolvePeriod(tokens, now, timeZone), hasDate: tokens.length > 0, isRead: isClosed(rest, true, words).isRead };
  });
  if (!read.every(({ isRead }) => isRead)) return undefined;
  const left = legs[0].isLeaving ? 0 : 1;
  // One date is of the whole journey.
  const dated = (index: number) => (read[index]!.hasDate ? read[index]! : read[1 - index]!).period?.fromAt;
  const [leftAt, fromAt] = [dated(left), dated(1 - left)];
  return {
    left,
    ...(leftAt === undefined ? {} : { leftAt }),
    ...(fromAt === undefined ? {} : { fromAt }),
    isDateUnreadable: read.some(({ isUnreadable }) => isUnreadable),
  };
};
