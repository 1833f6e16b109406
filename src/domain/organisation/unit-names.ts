import type { Group, Unit, UnitId, UnitKind } from './organisation.ts';

/** Words of the trade and the place, as data: see the workbook vocabulary in the messages. */
export type UnitVocabulary = {
  /** What a region's name ends with. */
  readonly regionEnds: readonly string[];
  /** A city in front of a region's or a body's name. */
  readonly cityMark: string;
  /** Functional areas, which people call without the city in front. */
  readonly areas: readonly string[];
  /** What the bodies in the regions are called, any of which may be left out. */
  readonly agencies: readonly string[];
  /** Names for the bureau itself. */
  readonly bureau: readonly string[];
  /** What a department's or a bureau-owned body's name ends with, whatever else it contains. */
  readonly departmentEnds: readonly string[];
  /** What a department's name may begin with and people leave out. */
  readonly departmentPrefixes: readonly string[];
  /** Short name to other names that no rule would give. The first that a unit's name ends with, counts. */
  readonly aliases: readonly { readonly of: string; readonly are: readonly string[] }[];
  /** A form that is also the beginning of an ordinary word: what must not follow it. */
  readonly notBefore: { readonly [form: string]: readonly string[] };
};

export type UnitMatch =
  | { readonly status: 'found'; readonly unit: Unit }
  /** More than one could be meant: ask, never guess. */
  | { readonly status: 'ambiguous'; readonly candidates: readonly string[] }
  | { readonly status: 'unknown' };

export type UnitMention = { readonly text: string; readonly index: number; readonly match: Exclude<UnitMatch, { status: 'unknown' }> };

export type UnitNames = {
  readonly vocabulary: UnitVocabulary;
  /** A form to the names that it may mean. */
  readonly forms: ReadonlyMap<string, readonly { readonly unitId: UnitId | null; readonly name: string }[]>;
  readonly units: ReadonlyMap<UnitId, Unit>;
  readonly longestForm: number;
};

/** Width and spacing folded, remarks in brackets left out. */
export const foldName = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\([^()]*\)/g, '')
    .replace(/\s+/g, '');

const endsWithRegion = (name: string, vocabulary: UnitVocabulary): boolean => vocabulary.regionEnds.some((end) => name.endsWith(end));

const stripAgency = (name: string, vocabulary: UnitVocabulary): string => {
  let rest = name;
  for (let round = 0; round < 3; round += 1) {
    const agency = vocabulary.agencies.find((word) => rest.endsWith(word) && rest.length - word.length >= 2);
    if (!agency) return rest;
    rest = rest.slice(0, -agency.length);
  }
  return rest;
};

/** A city in front goes, unless what remains is too short for a region's name (the city's mark also begins names). */
const stripCity = (region: string, vocabulary: UnitVocabulary): string => {
  const at = region.indexOf(vocabulary.cityMark);
  if (at < 0 || at > 3) return region;
  const rest = region.slice(at + vocabulary.cityMark.length);
  return rest.length >= 3 && endsWithRegion(rest, vocabulary) ? rest : region;
};

/** The region in a body's name, or undefined where there is none: it is then a department. */
export const regionIn = (name: string, vocabulary: UnitVocabulary): string | undefined => {
  const bare = stripAgency(foldName(name), vocabulary);
  if (endsWithRegion(bare, vocabulary)) return stripCity(bare, vocabulary);
  const folded = foldName(name);
  const ends = vocabulary.regionEnds.map((end) => folded.indexOf(end, 1)).filter((at) => at > 0);
  if (ends.length === 0) return undefined;
  return stripCity(folded.slice(0, Math.min(...ends) + 1), vocabulary);
};

/** What a body is, by its name alone. */
export const kindOfName = (name: string, vocabulary: UnitVocabulary): UnitKind => {
  const folded = foldName(name);
  if (vocabulary.bureau.includes(folded)) return 'bureau';
  if (vocabulary.departmentEnds.some((end) => folded.endsWith(end))) return 'department';
  return regionIn(folded, vocabulary) === undefined ? 'department' : 'district';
};

/** The name to show where room is short. */
export const shortNameOf = (unit: Unit): string => unit.aliases[0] ?? unit.name;

const areaIn = (region: string, vocabulary: UnitVocabulary): string | undefined =>
  vocabulary.areas.find((area) => region.endsWith(area) && region !== area);

/**
 * Other names of a unit, the one to show where room is short first. `names` are all units' names: an area's
 * short form counts only where no other unit could be meant by it.
 */
export const aliasesOf = (name: string, names: readonly string[], vocabulary: UnitVocabulary): readonly string[] => {
  const folded = foldName(name);
  if (vocabulary.bureau.includes(folded)) return vocabulary.bureau;
  const region = kindOfName(name, vocabulary) === 'district' ? regionIn(name, vocabulary) : undefined;
  if (region === undefined) {
    const prefix = vocabulary.departmentPrefixes.find((word) => folded.startsWith(word) && folded.length - word.length >= 3);
    return prefix ? [folded, folded.slice(prefix.length)] : [folded];
  }
  const known = vocabulary.aliases.filter(({ of }) => region.endsWith(of)).flatMap(({ are }) => are);
  const area = areaIn(region, vocabulary);
  const isTaken = vocabulary.aliases.some(({ of, are }) => area !== undefined && are.includes(area) && !region.endsWith(of));
  const others = names.filter((other) => foldName(other) !== folded);
  const isShared = others.some((other) => area !== undefined && (regionIn(other, vocabulary) ?? '').endsWith(area));
  const isOwn = area !== undefined && (known.includes(area) || (!isTaken && !isShared));
  const first = isOwn && area !== undefined ? area : region;
  return [...new Set([first, ...known, region])];
};

const formsOf = (unit: Unit, vocabulary: UnitVocabulary): readonly string[] => {
  const bases = [foldName(unit.name), ...unit.aliases.map(foldName)];
  const stems = bases.filter((base) => base.length >= 3 && endsWithRegion(base, vocabulary)).map((base) => base.slice(0, -1));
  return [...new Set([...bases, ...(unit.kind === 'district' ? stems : [])])];
};

/** Arranges names for matching; groups take part only to make a name ambiguous that could mean one of them. */
export const buildUnitNames = (units: readonly Unit[], groups: readonly Group[], vocabulary: UnitVocabulary): UnitNames => {
  const forms = new Map<string, { unitId: UnitId | null; name: string }[]>();
  const add = (form: string, unitId: UnitId | null, name: string): void => {
    const list = forms.get(form) ?? [];
    if (!list.some((entry) => entry.name === name)) list.push({ unitId, name });
    forms.set(form, list);
  };
  for (const unit of units) for (const form of formsOf(unit, vocabulary)) add(form, unit.id, unit.name);
  for (const unit of units) {
    const region = regionIn(unit.name, vocabulary);
    if (region === undefined || unit.kind !== 'district') continue;
    for (const other of units) {
      const stem = other.kind === 'district' ? (other.aliases[0] ?? '').slice(0, -1) : '';
      if (other.id !== unit.id && stem.length >= 2 && region.startsWith(stem)) add(stem, unit.id, unit.name);
    }
  }
  for (const group of groups) {
    const name = foldName(group.name);
    add(name, null, group.name);
    for (const [form] of forms) if (form.length >= 3 && name !== form && name.endsWith(form)) add(form, null, group.name);
  }
  return {
    vocabulary,
    forms,
    units: new Map(units.map((unit) => [unit.id, unit])),
    longestForm: Math.max(0, ...[...forms.keys()].map((form) => form.length)),
  };
};

const lookUp = (names: UnitNames, form: string): UnitMatch => {
  const entries = names.forms.get(form);
  if (!entries || entries.length === 0) return { status: 'unknown' };
  const only = entries.length === 1 ? entries[0] : undefined;
  if (!only) return { status: 'ambiguous', candidates: entries.map(({ name }) => name) };
  const unit = only.unitId === null ? undefined : names.units.get(only.unitId);
  return unit ? { status: 'found', unit } : { status: 'unknown' };
};

/** The unit that a text as a whole names, in any of the forms that people use. */
export const findUnit = (names: UnitNames, text: string): UnitMatch => {
  const folded = foldName(text);
  const bare = stripAgency(folded, names.vocabulary);
  const cityless = stripCity(bare, names.vocabulary);
  for (const form of [folded, bare, cityless]) {
    const match = lookUp(names, form);
    if (match.status !== 'unknown') return match;
  }
  return { status: 'unknown' };
};

/** The units that a running text mentions, from left to right, the longest name at each place. */
export const unitNamesIn = (names: UnitNames, text: string): readonly UnitMention[] => {
  const folded = foldName(text);
  const mentions: UnitMention[] = [];
  let index = 0;
  while (index < folded.length) {
    const mention = mentionAt(names, folded, index);
    if (!mention) index += 1;
    else {
      mentions.push(mention);
      index += mention.text.length;
    }
  }
  return mentions;
};

const mentionAt = (names: UnitNames, text: string, index: number): UnitMention | undefined => {
  for (let length = Math.min(names.longestForm, text.length - index); length >= 2; length -= 1) {
    const form = text.slice(index, index + length);
    const match = lookUp(names, form);
    if (match.status === 'unknown') continue;
    const isWord = (names.vocabulary.notBefore[form] ?? []).some((next) => text.startsWith(next, index + length));
    if (!isWord) return { text: form, index, match };
  }
  return undefined;
};
