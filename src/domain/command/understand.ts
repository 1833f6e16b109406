import { isAcknowledgement } from './acknowledgement.ts';
import { readJourney, readPhaseChange, type PhaseWords } from './change-phase.ts';
import { compile, placeholder, type CompiledVocabulary, type Phrase } from './compiled-vocabulary.ts';
import { findEntities, isSomebodyElse, type Entities } from './entities.ts';
import type { Intent, PersonMention, UnderstandContext, Understood } from './intent.ts';
import { readItemNumber } from './item-number.ts';
import { clausesOf, closeUp, maxTextLength, normalise, stripEdges, type Heard } from './normalise.ts';
import { resolvePeriod, toIso, type ReadPeriod } from './period.ts';
import { readAccounts } from './read-accounts.ts';
import { readDates } from './read-dates.ts';
import { readRosterChange } from './read-roster-change.ts';
import { readStartCheck } from './start-check.ts';
import { readShiftChange } from './read-shift-change.ts';
import type { Rule, Vocabulary } from './vocabulary.ts';

/** `1a`, `'1c'`, `1 a`, `(2b)`. One letter only: `1h` is still a code, and one that nobody has answers nothing. */
const shortReply = /^['"“”「」()]?([123])[ .\-_:、,]?([a-z])['"“”「」().!。]{0,2}$/u;
const quotedDigit = /^['"“”「」([]([123])['"“”「」)\].!。]{1,2}$/u;
const onlyDigits = /^\d(?:[ -]?\d){1,7}$/;
const oneRunOfDigits = /^\D{0,12}(\d{3,8})\D{0,12}$/u;

const intentOfDigit: { readonly [digit: string]: Intent } = { '1': 'acknowledge', '2': 'passOn', '3': 'help' };

const datedIntents: ReadonlySet<Intent> = new Set([
  'whoIsOnDuty',
  'roster',
  'myShifts',
  'draftRoster',
  'report',
  'changeRoster',
  'leave',
  'swap',
  'requestExtension',
  'assignReadiness',
  'handover',
]);

/** Everything a rule may look at, worked out once. */
type Reading = {
  readonly text: string;
  readonly heard: Heard;
  readonly context: UnderstandContext;
  readonly words: CompiledVocabulary;
  readonly entities: Entities;
  readonly item: string | undefined;
  /** The message closed up, without its item number. */
  readonly tight: string;
  readonly isQuestion: boolean;
  readonly isQuoted: boolean;
  readonly isConditional: boolean;
  readonly isForOthers: boolean;
};

type Result = Omit<Understood, 'text'>;

const fromPhrase = (phrase: Phrase): Result => ({
  intent: phrase.intent,
  ...(phrase.answer && { answer: phrase.answer }),
  ...(phrase.needsConfirmation && { needsConfirmation: true }),
});

const readShortReply = (plain: string): Result | undefined => {
  const code = shortReply.exec(plain);
  const match = code ?? quotedDigit.exec(plain);
  if (!match) return undefined;
  const intent = intentOfDigit[match[1]!]!;
  return { intent, ...(code && { code: code[2]! }), ...(intent === 'help' && { needsConfirmation: true }) };
};

const isCommandAllowed = (reading: Reading): boolean => !reading.isQuestion && !reading.isQuoted && !reading.isConditional;

/** Messages that call for presence in someone's name are not the caller's answer: `@张三 到岗` is an order. */
const speaksToOthers = (heard: Heard, context: UnderstandContext, words: CompiledVocabulary): boolean =>
  heard.isForEveryone || heard.mentioned.some((name) => isSomebodyElse(name, context, words));

const maskThirdPersons = (masked: string, vocabulary: Vocabulary): string =>
  vocabulary.thirdPersons.reduce((text, pattern) => text.replace(pattern, placeholder.other), masked);

const maskAddressees = (masked: string, vocabulary: Vocabulary): string =>
  vocabulary.addressees.reduce((text, pattern) => text.replace(pattern, placeholder.addressee), masked);

const maskNames = ({ entities, words }: Reading): string => stripEdges(maskAddressees(entities.masked, words.vocabulary));

const hears = (text: string, words: CompiledVocabulary): boolean =>
  isAcknowledgement(text, words) || isAcknowledgement(closeUp(text), words);

const hearAcknowledgement = (reading: Reading): Result | undefined => {
  const { words, heard } = reading;
  if (reading.isQuoted || reading.item !== undefined || heard.plain.includes('?')) return undefined;
  const masked = maskNames(reading);
  if (masked.includes(placeholder.other) || !hears(masked, words)) return undefined;
  if (reading.isForOthers) return { intent: 'unclear' };
  const digits = oneRunOfDigits.exec(heard.plain)?.[1];
  return { intent: 'acknowledge', ...(digits && { digits }) };
};

const hearStandIn = (reading: Reading): Result | undefined => {
  if (!isCommandAllowed(reading)) return undefined;
  const third = maskThirdPersons(maskNames(reading), reading.words.vocabulary);
  return third.includes(placeholder.other) && hears(third, reading.words) ? { intent: 'standIn' } : undefined;
};

const hearHelp = ({ heard, words, ...reading }: Reading): Result | undefined => {
  const { clauses, guards } = words.vocabulary;
  const isMentioned = clauses.helpMentioned.some((pattern) => pattern.test(heard.plain));
  const parts = clausesOf(heard.plain);
  const isCalled = parts.some((part) => clauses.help.some((pattern) => pattern.test(part)));
  if ((!isMentioned && !isCalled) || guards.echo.test(heard.plain)) return undefined;
  if (guards.how.test(heard.plain) || words.vocabulary.rules.some((rule) => rule.intent === 'undo' && fits(rule, heard.plain)))
    return undefined;
  if (parts.some((part) => guards.negation.test(part) && clauses.helpMentioned.some((pattern) => pattern.test(part)))) return undefined;
  const isCertain = isCalled && !reading.isQuestion && !reading.isQuoted && !reading.isConditional;
  return { intent: 'help', ...(!isCertain && { needsConfirmation: true }) };
};

const hearNotOnPost = (reading: Reading): Result | undefined => {
  const { words, entities, heard } = reading;
  if (!isCommandAllowed(reading) || reading.item !== undefined || heard.isForEveryone) return undefined;
  const masked = entities.masked.replaceAll(placeholder.self, '').replaceAll(placeholder.ownUnit, '');
  const isSaid = [...clausesOf(masked), ...clausesOf(heard.plain)].some((clause) =>
    words.vocabulary.clauses.notOnPost.some((pattern) => pattern.test(clause)),
  );
  return isSaid ? { intent: 'notOnPost' } : undefined;
};

const fits = (rule: Rule, text: string): boolean => rule.when.test(text) && !rule.unless?.test(text);

const hearRules = (reading: Reading, asked: string): Result | undefined => {
  const isAllowed = isCommandAllowed(reading);
  for (const rule of reading.words.vocabulary.rules) {
    if (!rule.isQuery && !isAllowed) continue;
    if (rule.needsItem && reading.item === undefined) continue;
    if (rule.needsPerson && reading.entities.people.length === 0) continue;
    if (fits(rule, reading.tight) || (asked !== reading.tight && fits(rule, asked))) return { intent: rule.intent };
  }
  return undefined;
};

/** Posts are checked, not people: with a name in it, it would ring everybody instead of the one. */
const hearStartCheck = (reading: Reading): Result | undefined => {
  if (!isCommandAllowed(reading) || reading.entities.people.length > 0 || reading.entities.masked.includes(placeholder.self))
    return undefined;
  const words = reading.words.vocabulary.startCheck;
  const found =
    readStartCheck(stripEdges(reading.entities.rest), words) ?? readStartCheck(closeUp(stripEdges(reading.entities.rest)), words);
  return found && { intent: 'startCheck', ...(found.isForAll && { isForAll: true }) };
};

/** Somebody's journey is not the team's, and what is said of one item is about that item. */
const maySpeakOfTeam = (reading: Reading): boolean =>
  isCommandAllowed(reading) &&
  reading.item === undefined &&
  reading.entities.people.length === 0 &&
  !reading.words.vocabulary.guards.negation.test(reading.heard.plain);

/** From where it comes is not where it goes. */
const isEachNamed = ({ units, around }: Entities, { from }: PhaseWords): boolean =>
  units.length > 1 && around.length > units.length && !around.some((text) => from.test(text));

const hearPhase = (reading: Reading): Result | undefined => {
  if (!maySpeakOfTeam(reading)) return undefined;
  const { entities, context, words } = reading;
  const { dates, phases } = words.vocabulary;
  const { now, timeZone } = context;
  const found = readPhaseChange(entities.rest, entities.units.length > 0, { words: phases, dates, now, timeZone });
  if (!found) return undefined;
  const { phase, fromAt, toAt } = found;
  return {
    intent: 'changePhase',
    phase,
    ...(isEachNamed(entities, phases) && { areUnitsListed: true }),
    ...(found.isForAll && { isForAll: true }),
    ...(fromAt !== undefined && { from: toIso(fromAt, timeZone), fromAt }),
    ...(toAt !== undefined && { to: toIso(toAt, timeZone), toAt }),
    ...(found.isDateUnreadable && { isDateUnreadable: true }),
  };
};

/** From one unit to another in one sentence. */
const hearJourney = (reading: Reading): Result | undefined => {
  const { entities, context, words } = reading;
  if (entities.units.length !== 2 || !maySpeakOfTeam(reading)) return undefined;
  const { dates, phases } = words.vocabulary;
  const { now, timeZone } = context;
  const { units, around } = entities;
  const found = readJourney(around, { words: phases, dates, now, timeZone });
  if (!found) return undefined;
  const { left, leftAt, fromAt } = found;
  return {
    intent: 'changePhase',
    phase: 'onSite',
    journey: { leftId: units[left]!.id, toId: units[1 - left]!.id, ...(leftAt !== undefined && { leftAt }) },
    ...(fromAt !== undefined && { from: toIso(fromAt, timeZone), fromAt }),
    ...(found.isDateUnreadable && { isDateUnreadable: true }),
  };
};

/** Somebody is put on a shift in place of somebody. */
const hearRosterChange = (reading: Reading): Result | undefined => {
  const { heard, entities, context, words, item } = reading;
  if (!isCommandAllowed(reading) || item !== undefined || words.vocabulary.guards.negation.test(heard.plain)) return undefined;
  const isDated = readDates(entities.rest, words.vocabulary.dates).tokens.length > 0;
  const place = { isPlaced: entities.units.length > 0, isDated };
  const rosterChange = readRosterChange(heard.bare, place, context, words);
  return rosterChange && { intent: 'changeRoster', rosterChange };
};

/** Somebody is to stand in for somebody, in words that say so only beside their names. */
const hearCover = (reading: Reading): Result | undefined => {
  const { entities, words, item, isQuoted, isConditional } = reading;
  if (item !== undefined || entities.people.length === 0 || isQuoted || isConditional) return undefined;
  const { cover, mutual, polite } = words.vocabulary.shiftChange;
  if (polite.test(entities.masked)) return { intent: 'swap' };
  if (reading.isQuestion) return undefined;
  return (cover.test(entities.masked) || mutual.test(entities.masked)) && !words.vocabulary.guards.negation.test(entities.masked)
    ? { intent: 'swap' }
    : undefined;
};

/** Whoever says that they cannot stand a shift of a time asks for leave, or for whoever they name to stand it. */
const hearCannot = (reading: Reading): Result | undefined => {
  const { entities, words, item, context } = reading;
  const { shiftChange, dates } = words.vocabulary;
  if (!isCommandAllowed(reading) || item !== undefined || !shiftChange.cannot.test(entities.masked)) return undefined;
  const { tokens } = readDates(entities.rest, dates);
  const { period, isUnreadable } = resolvePeriod(tokens, context.now, context.timeZone);
  // Whoever is not there now says so in the same words, and is asked about at once.
  const isAhead = period !== undefined && (period.toAt ?? period.fromAt) > context.now && tokens.some(({ type }) => type !== 'now');
  return isAhead || isUnreadable ? { intent: entities.people.length > 0 ? 'swap' : 'leave' } : undefined;
};

/** Leave and swaps are asked for by those whom they concern. */
const hearOthers = (reading: Reading): Result | undefined => {
  const { entities, words } = reading;
  if (!isCommandAllowed(reading)) return undefined;
  const masked = maskThirdPersons(entities.masked, words.vocabulary);
  return words.vocabulary.shiftChange.others.test(masked) ? { intent: 'unclear', isOfOthers: true } : undefined;
};

const hearShiftChange = ({ heard, entities, words, context }: Reading, intent: Intent): Partial<Understood> => {
  if (intent !== 'leave' && intent !== 'swap') return {};
  const { shiftChange, dates } = words.vocabulary;
  const { now, timeZone } = context;
  const reader = { words: shiftChange, dates, now, timeZone };
  return { shiftChange: readShiftChange(heard.plain, entities.masked, intent === 'leave', reader) };
};

/** Somebody outside the campaign who is named as a substitute, or 小王. */
const unknownPerson = ({ heard, words }: Reading): PersonMention | undefined => {
  for (const pattern of words.vocabulary.substitutes) {
    const name = pattern.exec(heard.plain)?.[1];
    if (name) return { name, ids: [] };
  }
  return undefined;
};

const hearPeriod = (reading: Reading, intent: Intent, period: ReadPeriod): Partial<Understood> => {
  if (!datedIntents.has(intent)) return {};
  const { now, timeZone } = reading.context;
  const found = period.period ?? (intent === 'whoIsOnDuty' && !period.isUnreadable ? { fromAt: now } : undefined);
  return {
    ...(found && { from: toIso(found.fromAt, timeZone), fromAt: found.fromAt }),
    ...(found?.toAt !== undefined && { to: toIso(found.toAt, timeZone), toAt: found.toAt }),
    ...(period.isUnreadable && { isDateUnreadable: true }),
  };
};

const describe = (reading: Reading, result: Result, period: ReadPeriod): Understood => {
  const { entities, item, text } = reading;
  const wantsPerson = result.intent === 'leave' || result.intent === 'swap' || result.intent === 'standIn' || result.intent === 'passOn';
  const person = entities.people[0] ?? result.person ?? (wantsPerson ? unknownPerson(reading) : undefined);
  const [unit] = entities.units;
  return {
    text,
    ...result,
    ...(unit && { unit, units: entities.units }),
    ...(item !== undefined && { item }),
    ...(person && { person }),
    ...hearPeriod(reading, result.intent, period),
    ...hearShiftChange(reading, result.intent),
  };
};

/** Without the names of people: one that stands behind a verb may read like a question. */
const withoutNames = ({ plain }: Heard, { people }: Entities): string =>
  people.reduce((rest, { name }) => (name === '' ? rest : rest.replaceAll(name, placeholder.other)), plain);

const read = (text: string, heard: Heard, context: UnderstandContext, words: CompiledVocabulary, isForOthers: boolean): Reading => {
  const { guards } = words.vocabulary;
  const number = readItemNumber(heard.plain);
  const body = number?.rest ?? heard.plain;
  const entities = findEntities(body, context, words);
  return {
    text,
    heard,
    context,
    words,
    entities,
    item: number?.item,
    tight: closeUp(body),
    isQuestion: guards.question.test(withoutNames(heard, entities)),
    isQuoted: guards.quotation.test(heard.plain) || guards.echo.test(heard.plain),
    isConditional: guards.conditional.test(heard.plain),
    isForOthers,
  };
};

/** Whose account is whose; the speaker's own name counts here like everybody's. */
const hearAccounts = (reading: Reading): Result | undefined => {
  const { text, entities, context, words, item } = reading;
  if (!isCommandAllowed(reading) || item !== undefined) return undefined;
  const isOfSelf = entities.masked.includes(placeholder.self);
  const self = isOfSelf ? context.people.find(({ id }) => id === context.speakerId)?.name : undefined;
  const name = entities.people[0]?.name ?? self;
  const accounts = readAccounts(text, name, words.vocabulary.accounts);
  if (!accounts) return undefined;
  const ids = context.people.filter((one) => one.name === self).map(({ id }) => id);
  return { intent: 'accounts', accounts, ...(self !== undefined && entities.people.length === 0 && { person: { name: self, ids } }) };
};

/** What is no acknowledgement, from the most certain and most urgent to the most tolerant. */
const decide = (reading: Reading, asked: string): Result => {
  const help = hearHelp(reading);
  if (help) return help;
  return (
    hearAccounts(reading) ??
    hearStartCheck(reading) ??
    hearJourney(reading) ??
    hearCannot(reading) ??
    hearNotOnPost(reading) ??
    hearStandIn(reading) ??
    hearPhase(reading) ??
    hearRosterChange(reading) ??
    hearOthers(reading) ??
    hearRules(reading, asked) ??
    hearCover(reading) ?? { intent: 'unclear' }
  );
};

/**
 * What a message means. Pure: the same text, context and vocabulary give the same answer. Short replies are looked up in a
 * table; everything else is read with bounded work, and what is not certain is `unclear`. Reuse the arrays of
 * `context.units` and `context.people` between calls: they are arranged once for each pair of arrays.
 */
export const understand = (text: string, context: UnderstandContext, vocabulary: Vocabulary): Understood => {
  const words = compile(vocabulary);
  const direct = words.phrases.get(text);
  if (direct && !datedIntents.has(direct.intent)) return { text, ...fromPhrase(direct) };
  const note = vocabulary.handoverNote.exec(text)?.[1]?.trim();
  if (note)
    return { text: text.slice(0, maxTextLength).toWellFormed(), intent: 'handover', note: note.slice(0, maxTextLength).toWellFormed() };
  const cut = text.length > maxTextLength ? text.slice(0, maxTextLength).toWellFormed() : text;
  const heard = normalise(cut, words, context.botNames);
  const short = readShortReply(heard.plain);
  const isForOthers = heard.mentioned.length > 0 && speaksToOthers(heard, context, words);
  if (short && !isForOthers) return { text: cut, ...short };
  // With its question mark or exclamation mark first: "help!" is not "help", and "收到?" is in no table.
  const phrase = words.phrases.get(heard.plain) ?? words.phrases.get(heard.bare) ?? words.phrases.get(closeUp(heard.bare));
  const isOrder = isForOthers && phrase?.intent === 'acknowledge';
  if (phrase && !isOrder && !datedIntents.has(phrase.intent)) return { text: cut, ...fromPhrase(phrase) };
  if (onlyDigits.test(heard.bare)) return { text: cut, intent: 'unclear', digits: heard.bare.replace(/\D/g, '') };
  const reading = read(cut, heard, context, words, isForOthers);
  const acknowledged = phrase ? undefined : hearAcknowledgement(reading);
  if (acknowledged) return describe(reading, acknowledged, { isUnreadable: false });
  const dates = readDates(reading.entities.rest, vocabulary.dates);
  const result = phrase && !isOrder ? fromPhrase(phrase) : decide(reading, closeUp(stripEdges(dates.rest)));
  const digits = result.digits ?? (result.intent === 'unclear' ? oneRunOfDigits.exec(heard.plain)?.[1] : undefined);
  return describe(reading, { ...result, ...(digits && { digits }) }, resolvePeriod(dates.tokens, context.now, context.timeZone));
};
