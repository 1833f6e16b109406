import { addDays, localDay } from '../local-time.ts';
import { placeholder, type CompiledVocabulary } from './compiled-vocabulary.ts';
import { findEntities } from './entities.ts';
import type { PersonMention, UnderstandContext } from './intent.ts';
import { resolvePeriod, type DateToken } from './period.ts';
import { markDates } from './read-dates.ts';

/** The words in which a draft's rules are said. Patterns are tried on one clause, its dates and names still in it. */
export type DraftWords = {
  /** Without one of these nothing of it is meant. */
  readonly hint: RegExp;
  /** Between two rules of one message. */
  readonly between: RegExp;
  /** The first group is a number, the second, where there is one, says days instead of hours. */
  readonly rest: readonly RegExp[];
  /** The first group is a number of days. */
  readonly inRow: readonly RegExp[];
  readonly unwanted: RegExp;
  readonly wanted: RegExp;
  /** What was said before of somebody's day counts no more. */
  readonly free: RegExp;
  readonly away: RegExp;
  /** All rules said so far count no more. */
  readonly reset: RegExp;
  /** The first group holds weekdays by their signs, on each of which a wish is meant. */
  readonly weekly: RegExp;
  readonly weekdays: { readonly [sign: string]: number };
  readonly weekends: RegExp;
  /** Between two dates that are meant each by itself. */
  readonly and: RegExp;
  readonly readNumber: (text: string) => number;
};

/** Local dates; of a wish each by itself, `wants: null` takes one back. Weekdays from 1, Monday, to 7. */
export type WishSaid = {
  readonly people: readonly PersonMention[];
  readonly dates: readonly string[];
  readonly weekdays: readonly number[];
  readonly wants: boolean | null;
};

export type AwaySaid = { readonly people: readonly PersonMention[]; readonly from: string; readonly to: string };

/** What a message says of a draft, clause by clause. */
export type DraftRulesSaid = {
  /** Clauses that are no rules. */
  readonly left: readonly string[];
  readonly restHours?: number;
  readonly mostInRow?: number;
  readonly wishes: readonly WishSaid[];
  readonly away: readonly AwaySaid[];
  /** Clauses that mean a rule and do not say whose or when. */
  readonly unclear: readonly string[];
  readonly isReset: boolean;
  readonly hasRules: boolean;
};

const mostClauses = 40;
const mostDates = 100;
const mostRestHours = 168;
const mostDaysInRow = 31;

type Reader = { readonly context: UnderstandContext; readonly words: CompiledVocabulary; readonly draft: DraftWords };

const numberIn = (clause: string, patterns: readonly RegExp[], draft: DraftWords): readonly [number, boolean] | undefined => {
  for (const pattern of patterns) {
    const [, text, days] = pattern.exec(clause) ?? [];
    const value = text === undefined ? Number.NaN : draft.readNumber(text);
    if (Number.isFinite(value)) return [value, days !== undefined];
  }
  return undefined;
};

/** Dates that stand beside each other with "and" between them are each meant; others belong together, as a range does. */
const periodsIn = (clause: string, { context, words, draft }: Reader) => {
  const { marked, found } = markDates(clause, words.vocabulary.dates);
  const groups: DateToken[][] = [];
  const [, ...after] = marked.split(placeholder.date);
  for (const [index, tokens] of found.entries()) {
    const isNew = index === 0 || draft.and.test(after[index - 1] ?? '');
    if (isNew) groups.push([...tokens]);
    else groups.at(-1)!.push(...tokens);
  }
  return groups.map((tokens) => resolvePeriod(tokens, context.now, context.timeZone));
};

const daysOf = (fromAt: number, toAt: number | undefined, zone: string): { readonly from: string; readonly to: string } => ({
  from: localDay(zone, fromAt).date,
  to: localDay(zone, Math.max(fromAt, (toAt ?? fromAt + 1) - 1)).date,
});

const eachDay = ({ from, to }: { readonly from: string; readonly to: string }): readonly string[] => {
  const dates: string[] = [];
  for (let date = from; date <= to && dates.length < mostDates; date = addDays(date, 1)) dates.push(date);
  return dates;
};

const weekdaysIn = (clause: string, { draft }: Reader): readonly number[] => {
  const listed = [...(draft.weekly.exec(clause)?.[1] ?? '')].flatMap((sign) => draft.weekdays[sign] ?? []);
  return listed.length > 0 ? [...new Set(listed)] : draft.weekends.test(clause) ? [6, 7] : [];
};

type Clause =
  | { readonly wish: WishSaid }
  | { readonly away: readonly AwaySaid[] }
  | { readonly restHours: number }
  | { readonly mostInRow: number }
  | { readonly reset: true }
  | { readonly unclear: string };

const speakerIn = (masked: string, { speakerId, people }: UnderstandContext): readonly PersonMention[] => {
  const name = masked.includes(placeholder.self) ? people.find(({ id }) => id === speakerId)?.name : undefined;
  return name === undefined || speakerId === undefined ? [] : [{ name, ids: [speakerId] }];
};

/** `before`: those of whom the clause before spoke; one without a name goes on about them. */
const readClause = (
  clause: string,
  before: readonly PersonMention[],
  reader: Reader,
): { people: readonly PersonMention[]; said: Clause } | undefined => {
  const { context, words, draft } = reader;
  const entities = findEntities(clause, context, words);
  const named = [...entities.people, ...speakerIn(entities.masked, context)];
  const people = named.length > 0 ? named : before;
  const told = (said: Clause) => ({ people, said });
  if (draft.reset.test(clause)) return told({ reset: true });
  const rest = numberIn(clause, draft.rest, draft);
  if (rest) {
    const hours = rest[0] * (rest[1] ? 24 : 1);
    return told(hours <= mostRestHours ? { restHours: hours } : { unclear: clause });
  }
  const row = numberIn(clause, draft.inRow, draft);
  if (row) return told(row[0] >= 1 && row[0] <= mostDaysInRow ? { mostInRow: row[0] } : { unclear: clause });
  const verbs = entities.rest;
  const isFree = draft.free.test(verbs);
  const isUnwanted = !isFree && draft.unwanted.test(verbs);
  const isAway = !isFree && !isUnwanted && draft.away.test(verbs);
  const isWanted = !isFree && !isUnwanted && !isAway && draft.wanted.test(verbs);
  if (!isFree && !isUnwanted && !isAway && !isWanted) return undefined;
  const weekdays = isAway ? [] : weekdaysIn(verbs, reader);
  const periods = weekdays.length > 0 ? [] : periodsIn(verbs, reader);
  const spans = periods.flatMap(({ period, isUnreadable }) =>
    period === undefined || isUnreadable ? [] : [daysOf(period.fromAt, period.toAt, context.timeZone)],
  );
  if (people.length === 0 || (spans.length === 0 && weekdays.length === 0) || spans.length < periods.length)
    return told({ unclear: clause });
  if (isAway) return told({ away: spans.map((span) => ({ people, ...span })) });
  return told({ wish: { people, dates: spans.flatMap(eachDay).slice(0, mostDates), weekdays, wants: isFree ? null : isWanted } });
};

/** Rules of a draft in a normalised text, and what is left of it without them. Pure. */
export const readDraftRules = (plain: string, context: UnderstandContext, words: CompiledVocabulary, draft: DraftWords): DraftRulesSaid => {
  const reader = { context, words, draft };
  const left: string[] = [];
  const wishes: WishSaid[] = [];
  const away: AwaySaid[] = [];
  const unclear: string[] = [];
  let numbers: { restHours?: number; mostInRow?: number } = {};
  let isReset = false;
  let before: readonly PersonMention[] = [];
  let count = 0;
  for (const part of plain.split(draft.between).slice(0, mostClauses)) {
    const clause = part.trim();
    const read = clause === '' ? undefined : readClause(clause, before, reader);
    if (!read) {
      if (clause !== '') left.push(clause);
      continue;
    }
    count += 1;
    before = read.people;
    const { said } = read;
    if ('wish' in said) wishes.push(said.wish);
    else if ('away' in said) away.push(...said.away);
    else if ('unclear' in said) unclear.push(said.unclear);
    else if ('reset' in said) isReset = true;
    else numbers = { ...numbers, ...said };
  }
  return { left, ...numbers, wishes, away, unclear, isReset, hasRules: count > 0 };
};
