import { compile } from '../../domain/command/compiled-vocabulary.ts';
import type { PersonMention, Understood } from '../../domain/command/intent.ts';
import { normalise } from '../../domain/command/normalise.ts';
import { readDraftRules, type DraftRulesSaid, type WishSaid } from '../../domain/command/read-draft-rules.ts';
import { mostSaid, nothingSaid, type DraftAsk, type SaidRules } from '../../domain/draft/said-rules.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { addDays } from '../../domain/local-time.ts';
import type { Directory } from '../../domain/organisation/directory.ts';
import type { PersonId } from '../../domain/organisation/organisation.ts';
import { draftTextsFor, type DraftTexts } from '../../messages/draft-texts.ts';
import { draftRuleWords } from '../../messages/vocabulary-draft-rules.ts';
import { vocabulary } from '../../messages/vocabulary.ts';
import { proveContact } from '../acts/answer.ts';
import { readOwn, reply, type Turn } from '../acts/speaker.ts';
import { askIn, mayDraft, refuseDraft, showDraft, shownDraft } from './draft-in-chat.ts';

/** Rest, days in a row, wishes and who is away: said with the order to draft, or of the draft that was shown. */

const longestText = 2_000;

const readRules = ({ world, person, message, change }: Turn): DraftRulesSaid | undefined => {
  const text = (message.text ?? '').slice(0, longestText).toWellFormed();
  const words = compile(vocabulary);
  const { plain } = normalise(text, words);
  if (!draftRuleWords.hint.test(plain)) return undefined;
  const { units, people } = world.directory.organisation;
  const context = { now: change.now, timeZone: world.settings.timeZone, units, people, speakerId: person.id };
  const rules = readDraftRules(plain, context, words, draftRuleWords);
  return rules.hasRules ? rules : undefined;
};

/** Namesakes: those who belong to the units of the draft are meant. */
const idOf = ({ ids }: PersonMention, { appointmentsOf, postsOf, posts }: Directory, unitIds: readonly string[]): PersonId | undefined => {
  if (ids.length === 1) return ids[0];
  const own = ids.filter((id) =>
    [...(appointmentsOf.get(id) ?? []).map(({ of }) => of), ...(postsOf.get(id) ?? []).map((postId) => posts.get(postId)?.unitId)].some(
      (unitId) => unitId !== undefined && unitIds.includes(unitId),
    ),
  );
  return own.length === 1 ? own[0] : undefined;
};

const datesOf = ({ dates, weekdays }: WishSaid, { fromDate, toDate }: DraftAsk): readonly string[] => {
  if (weekdays.length === 0) return dates;
  const all: string[] = [];
  for (let date = fromDate; date <= toDate; date = addDays(date, 1))
    if (weekdays.includes(Temporal.PlainDate.from(date).dayOfWeek)) all.push(date);
  return all;
};

/** What a draft is asked for with what is said now; the later word of somebody's day counts. Or what is not clear about it. */
const withSaid = (ask: DraftAsk, rules: DraftRulesSaid, directory: Directory, texts: DraftTexts): DraftAsk | string => {
  const { restHours, mostInRow } = rules;
  const [unclear] = rules.unclear;
  if (unclear !== undefined) return texts.unclear.clause.replace('{name}', () => unclear);
  const known: SaidRules = rules.isReset ? nothingSaid : (ask.said ?? nothingSaid);
  const wishes = new Map(known.wishes.map((wish) => [`${wish.personId} ${wish.date}`, wish]));
  const away = new Map(known.away.map((one) => [`${one.personId} ${one.from} ${one.to}`, one]));
  for (const mention of [...rules.wishes, ...rules.away].flatMap(({ people }) => people)) {
    const what = mention.ids.length === 0 ? 'person' : 'several';
    if (idOf(mention, directory, ask.unitIds) === undefined) return texts.unclear[what].replace('{name}', () => mention.name);
  }
  const idsOf = (people: readonly PersonMention[]): readonly PersonId[] => people.flatMap((one) => idOf(one, directory, ask.unitIds) ?? []);
  for (const wish of rules.wishes)
    for (const personId of idsOf(wish.people))
      for (const date of datesOf(wish, ask)) {
        if (wish.wants === null) wishes.delete(`${personId} ${date}`);
        else wishes.set(`${personId} ${date}`, { personId, date, wants: wish.wants });
        const isFree = ({ from, to }: { readonly from: string; readonly to: string }) => from <= date && date <= to;
        if (wish.wants !== false) for (const [key, one] of away) if (one.personId === personId && isFree(one)) away.delete(key);
      }
  for (const { people, from, to } of rules.away)
    for (const personId of idsOf(people)) away.set(`${personId} ${from} ${to}`, { personId, from, to });
  if (wishes.size + away.size > mostSaid) return texts.unclear.tooMany;
  const { wishes: _, away: __, ...numbers } = known;
  const said = {
    ...numbers,
    ...(restHours === undefined ? {} : { restHours }),
    ...(mostInRow === undefined ? {} : { mostInRow }),
    wishes: [...wishes.values()],
    away: [...away.values()],
  };
  return { ...ask, variant: 0, said };
};

/** Whether any of it is about the days of the draft; a report that somebody is away today is another matter. */
const isAbout = ({ fromDate, toDate }: DraftAsk, { wishes, away, restHours, mostInRow, isReset, unclear }: DraftRulesSaid): boolean =>
  isReset ||
  restHours !== undefined ||
  mostInRow !== undefined ||
  unclear.length > 0 ||
  wishes.some(({ dates, weekdays }) => weekdays.length > 0 || dates.some((date) => fromDate <= date && date <= toDate)) ||
  away.some(({ from, to }) => from <= toDate && fromDate <= to);

type Understand = (text: string) => Understood;

/** Undefined for what is no rule of a draft, and for whoever may not draft. */
export const hearDraftRules = async (turn: Turn, understand: Understand): Promise<readonly Notice[] | undefined> => {
  if (turn.message.isGroup || !mayDraft(turn)) return undefined;
  const rules = readRules(turn);
  if (!rules) return undefined;
  const order = rules.left.length === 0 ? undefined : understand(rules.left.join(','));
  const isOrder = order?.intent === 'draftRoster';
  // Thanks and the like change nothing; anything else that is said with it makes it another matter.
  const isAlone = order === undefined || (order.intent === 'unclear' && order.person === undefined);
  const shown = isOrder || !isAlone ? undefined : await shownDraft(turn);
  if (!isOrder && (!shown || !isAbout(shown, rules))) return undefined;
  await readOwn(turn);
  proveContact(turn, 'contact');
  const ask = isOrder ? askIn(turn, order) : shown!;
  if (typeof ask === 'string') return refuseDraft(turn, ask);
  const texts = draftTextsFor(turn.message.locale);
  const asked = withSaid(ask, rules, turn.world.directory, texts);
  return typeof asked === 'string'
    ? [reply(turn, 'reply.draftRefused', { lines: [asked] })]
    : showDraft(
        turn,
        asked,
        rules.left.slice(1).filter((clause) => understand(clause).person !== undefined),
      );
};
