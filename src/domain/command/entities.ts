import { placeholder, type CompiledVocabulary } from './compiled-vocabulary.ts';
import type { PersonMention, UnderstandContext, UnitMention } from './intent.ts';

/** Names of units and people, arranged for finding them in a text. */
type Names = {
  readonly units: ReadonlyMap<string, readonly UnitMention[]>;
  readonly people: ReadonlyMap<string, PersonMention>;
  /** Lengths of names, the longest first. */
  readonly lengths: readonly number[];
};

export type Entities = {
  readonly units: readonly UnitMention[];
  /** Without the speaker. */
  readonly people: readonly PersonMention[];
  /** The text with placeholders for names. */
  readonly masked: string;
  /** The text with a space for each unit and person. */
  readonly rest: string;
  /** The text before, between and after the mentions of units; spaces for people. */
  readonly around: readonly string[];
};

const shortestName = 2;
const longestName = 40;

const keyOf = (name: string, words: CompiledVocabulary): string => words.fold(name.normalize('NFKC').toLowerCase()).trim();

/** The part of an official name that people say: up to its first administrative ending. */
const spokenPart = (name: string, endings: readonly string[]): string | undefined => {
  for (let at = 2; at < name.length - 1; at += 1) if (endings.includes(name.charAt(at))) return name.slice(0, at + 1);
  return undefined;
};

const arrange = (context: UnderstandContext, words: CompiledVocabulary): Names => {
  const units = new Map<string, UnitMention[]>();
  const people = new Map<string, { name: string; ids: string[] }>();
  const endings = words.vocabulary.unitEndings;
  const addUnit = (key: string, unit: UnitMention, isDerived: boolean): void => {
    if (key.length < shortestName || key.length > longestName) return;
    const known = units.get(key);
    if (!known) units.set(key, [unit]);
    else if (!isDerived && !known.some((other) => other.id === unit.id)) known.push(unit);
  };
  for (const unit of context.units)
    for (const name of [unit.name, ...unit.aliases]) addUnit(keyOf(name, words), { id: unit.id, name: unit.name }, false);
  for (const unit of context.units) {
    const keys = [unit.name, ...unit.aliases].map((name) => keyOf(name, words));
    const spoken = keys.map((key) => spokenPart(key, endings)).filter((key) => key !== undefined);
    for (const key of spoken) addUnit(key, { id: unit.id, name: unit.name }, true);
    for (const key of [...keys, ...spoken]) {
      if (key.length > shortestName && key.length < 6 && endings.includes(key.at(-1)!))
        addUnit(key.slice(0, -1), { id: unit.id, name: unit.name }, true);
    }
  }
  for (const person of context.people) {
    const key = keyOf(person.name, words);
    if (key.length < shortestName || key.length > longestName) continue;
    const known = people.get(key);
    if (known) known.ids.push(person.id);
    else people.set(key, { name: person.name, ids: [person.id] });
  }
  const lengths = new Set<number>();
  for (const key of units.keys()) lengths.add(key.length);
  for (const key of people.keys()) lengths.add(key.length);
  return { units, people, lengths: [...lengths].sort((a, b) => b - a) };
};

const arranged = new WeakMap<object, { readonly units: object; readonly words: CompiledVocabulary; readonly names: Names }>();

const namesOf = (context: UnderstandContext, words: CompiledVocabulary): Names => {
  const known = arranged.get(context.people);
  if (known?.units === context.units && known.words === words) return known.names;
  const names = arrange(context, words);
  arranged.set(context.people, { units: context.units, words, names });
  return names;
};

/** Whether a mention names somebody of the campaign who is not the speaker. */
export const isSomebodyElse = (name: string, context: UnderstandContext, words: CompiledVocabulary): boolean => {
  const person = namesOf(context, words).people.get(name);
  return person !== undefined && (context.speakerId === undefined || !person.ids.includes(context.speakerId));
};

const isLetter = (character: string): boolean => /[a-z0-9]/.test(character);

/** A Latin name is a word of its own: `Ann` is not in `announce`. */
const isWhole = (text: string, from: number, to: number): boolean =>
  !(isLetter(text.charAt(from)) && isLetter(text.charAt(from - 1))) && !(isLetter(text.charAt(to - 1)) && isLetter(text.charAt(to)));

type Found = { readonly length: number; readonly person?: PersonMention; readonly units?: readonly UnitMention[] };

const findAt = (plain: string, at: number, names: Names): Found | undefined => {
  for (const length of names.lengths) {
    if (at + length > plain.length) continue;
    const key = plain.slice(at, at + length);
    const person = names.people.get(key);
    const units = names.units.get(key);
    if ((person ?? units) === undefined || !isWhole(plain, at, at + length)) continue;
    return person ? { length, person } : { length, units: units! };
  }
  return undefined;
};

/** Every name in a normalised text, the longest first at each place. */
export const findEntities = (plain: string, context: UnderstandContext, words: CompiledVocabulary): Entities => {
  const names = namesOf(context, words);
  const units = new Map<string, UnitMention>();
  const people = new Map<string, PersonMention>();
  const { speakerId, speakerUnitIds: mine } = context;
  let masked = '';
  let rest = '';
  const around = [''];
  for (let at = 0; at < plain.length;) {
    const found = findAt(plain, at, names);
    rest += found ? ' ' : plain.charAt(at);
    if (found?.units) around.push('');
    else around.push(`${around.pop()}${found ? ' ' : plain.charAt(at)}`);
    at += found?.length ?? 1;
    if (!found) masked += plain.charAt(at - 1);
    else if (found.person) {
      const isSelf = speakerId !== undefined && found.person.ids.includes(speakerId);
      masked += isSelf ? placeholder.self : placeholder.other;
      if (!isSelf) people.set(found.person.name, found.person);
    } else if (found.units) {
      masked += !mine || found.units.some((unit) => mine.includes(unit.id)) ? placeholder.ownUnit : placeholder.other;
      for (const unit of found.units) units.set(unit.id, unit);
    }
  }
  return { units: [...units.values()], people: [...people.values()], masked, rest: rest.replace(/ {2,}/g, ' ').trim(), around };
};
