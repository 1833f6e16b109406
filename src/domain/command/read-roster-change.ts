import type { DutyRole } from '../roster/roster.ts';
import type { CompiledVocabulary } from './compiled-vocabulary.ts';
import { findEntities } from './entities.ts';
import type { PersonMention, UnderstandContext } from './intent.ts';

/** The words of a sentence that puts somebody on a shift in place of somebody. */
export type RosterChangeWords = {
  /** Each with the group `in`, whoever comes, and where it says so `out`, whoever goes. */
  readonly patterns: readonly RegExp[];
  /** The same where a unit must be named with it. */
  readonly placed: readonly RegExp[];
  /** The same where both must be named, and neither of them may be the speaker. */
  readonly pairs: readonly RegExp[];
  /** The speaker speaks of their own shift: that takes a colleague's word, and is asked for in another way. */
  readonly own: RegExp;
  /** What may stand behind the name of whoever comes: the first group is the name alone. */
  readonly name: RegExp;
  /** The speaker, as whoever comes. */
  readonly self: RegExp;
  readonly roles: readonly { readonly role: DutyRole; readonly when: RegExp }[];
};

/** What is said of the roster: whoever comes, whoever goes, and in which place. */
export type RosterChangeSaid = { readonly in: PersonMention; readonly out?: PersonMention; readonly role?: DutyRole };

const mostPatterns = 16;

/**
 * A change of the roster in one sentence; undefined for anything else. Whoever comes must be somebody of the campaign,
 * or be said beside a date: other things are changed to something in the same words.
 */
export const readRosterChange = (
  plain: string,
  { isPlaced, isDated }: { readonly isPlaced: boolean; readonly isDated: boolean },
  { speakerId, ...context }: UnderstandContext,
  words: CompiledVocabulary,
): RosterChangeSaid | undefined => {
  const { patterns, placed, pairs, own, name, self, roles } = words.vocabulary.rosterChange;
  for (const pattern of [...patterns, ...(isPlaced ? placed : [])].slice(0, mostPatterns)) {
    const found = pattern.exec(plain);
    const coming = found?.groups?.['in'];
    if (!found || coming === undefined) continue;
    const rest = plain.replace(coming, ' ');
    if (own.test(rest)) return undefined;
    const named = findEntities(coming, context, words);
    const around = findEntities(rest, context, words);
    const [person] = named.people;
    const isSelf = person === undefined && speakerId !== undefined && self.test(coming);
    const going = found.groups?.['out'] ?? rest;
    const [out] = findEntities(going, context, words).people;
    const called = name.exec(coming)?.[1];
    const comes: PersonMention | undefined = isSelf
      ? { name: context.people.find(({ id }) => id === speakerId)?.name ?? '', ids: [speakerId] }
      : (person ?? (called === undefined || !isDated ? undefined : { name: called, ids: [] }));
    if (!comes || !(isPlaced || isDated || out !== undefined)) continue;
    const role = roles.find(({ when }) => when.test(around.masked) || when.test(named.masked))?.role;
    return { in: comes, ...(out === undefined ? {} : { out }), ...(role === undefined ? {} : { role }) };
  }
  if (own.test(plain)) return undefined;
  for (const pattern of pairs) {
    const { in: coming = '', out: going = '' } = pattern.exec(plain)?.groups ?? {};
    const [[comes], [goes]] = [findEntities(coming, context, words).people, findEntities(going, context, words).people];
    const isOwn = [comes, goes].some((one) => speakerId !== undefined && one?.ids.includes(speakerId));
    if (comes && goes && !isOwn && isDated) return { in: comes, out: goes };
  }
  return undefined;
};
