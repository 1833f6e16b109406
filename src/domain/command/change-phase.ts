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
  /** Takes up its quarters: where no unit is named, the whole inspection begins. */
  readonly station: RegExp;
  readonly leave: RegExp;
  /** Where no unit is named, the whole inspection is over. */
  readonly withdraw: RegExp;
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
  if (text.length > longest || !has(text, words.team)) return undefined;
  const said = text.replace(words.team, gap);
  const [goes, closes] = [has(said, words.leave), has(said, words.withdraw)];
  const plain = said.replace(words.withdraw, gap).replace(words.leave, gap);
  const [stays, comes] = [has(plain, words.station), has(plain, words.arrive)];
  // Coming and going in one sentence are two changes: better asked for one by one than mixed up.
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
