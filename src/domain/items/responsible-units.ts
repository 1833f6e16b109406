import { resolveUnit } from '../organisation/apply-contacts.ts';
import { fault } from '../organisation/finding.ts';
import type { Finding } from '../organisation/finding.ts';
import type { Unit, UnitId } from '../organisation/organisation.ts';
import { foldName, unitNamesIn } from '../organisation/unit-names.ts';
import type { UnitMatch, UnitNames } from '../organisation/unit-names.ts';
import type { Written } from './batch-list.ts';
import type { ItemListVocabulary } from './list-words.ts';

export type UnitLookUp = {
  readonly names: UnitNames;
  /** Answers to names that are unknown or ambiguous: text to a unit's name. */
  readonly map: Readonly<Record<string, string>>;
  readonly words: ItemListVocabulary;
  /** The bureau's own office, which has what is said of the whole city. */
  readonly officeId?: string;
};

/** The whole city, by its name or without: one that a unit is named after is that unit's affair, and another city nobody's. */
export const isOwnCity = (text: string, { names, words }: UnitLookUp): boolean => {
  const folded = foldName(text);
  if (words.ownCity.includes(folded)) return true;
  const city = words.city.exec(folded)?.[1];
  if (city === undefined) return false;
  const units = [...names.units.values()];
  const { cityMark } = names.vocabulary;
  const stem = city.slice(0, -cityMark.length);
  if (units.some(({ aliases }) => aliases.some((alias) => alias.startsWith(stem)))) return false;
  const cities = units.flatMap(({ name }) => words.cityInFront.exec(foldName(name))?.[1] ?? []);
  return cities.length === 0 || cities.includes(city);
};

type Found = { readonly unit: Unit; readonly isCo: boolean };
type Read = { readonly found: readonly Found[]; readonly faults: readonly Finding[] };

const unitFault = (match: Exclude<UnitMatch, { status: 'found' }>, unit: string, cell: Written): Finding =>
  match.status === 'ambiguous'
    ? fault('ZG_UNIT_AMBIGUOUS', { place: cell.place, unit, params: { candidates: match.candidates.join('\u3001') } })
    : fault('ZG_UNIT_UNKNOWN', { place: cell.place, unit });

const everyOf = (text: string, { names, words }: UnitLookUp): readonly Unit[] => {
  const all = [...names.units.values()];
  const isIn = (list: readonly string[]): boolean => list.some((one) => foldName(one) === text);
  if (isIn(words.everyDistrict)) return all.filter(({ kind }) => kind === 'district');
  return isIn(words.everyDepartment) ? all.filter(({ kind }) => kind === 'department') : [];
};

const labelOf = (piece: string, words: ItemListVocabulary): 'lead' | 'co' | undefined => {
  const label = /^([^:]{2,8}):/.exec(piece)?.[1];
  if (label === undefined) return undefined;
  return words.co.test(label) ? 'co' : words.lead.test(label) ? 'lead' : undefined;
};

/** Several names run together, and nothing beside them but words that name nobody. In a region's cell anything may stand beside it. */
const readMentions = (piece: string, cell: Written, lookUp: UnitLookUp, isCo: boolean, isRegion: boolean): Read => {
  const { names, words } = lookUp;
  const mentions = unitNamesIn(names, piece);
  let rest = foldName(piece);
  for (const { text } of mentions) rest = rest.replace(text, ' ');
  for (const word of [...names.vocabulary.agencies, ...words.besideUnits]) rest = rest.replaceAll(word, ' ');
  const isClear = isRegion || rest.replace(/[\s:()]+/g, '') === '';
  if (mentions.length === 0 || !isClear) return { found: [], faults: [unitFault({ status: 'unknown' }, foldName(piece) || piece, cell)] };
  return {
    found: mentions.flatMap(({ match }) => (match.status === 'found' ? [{ unit: match.unit, isCo }] : [])),
    faults: mentions.flatMap(({ match, text }) => (match.status === 'found' ? [] : [unitFault(match, text, cell)])),
  };
};

const readPiece = (piece: string, cell: Written, lookUp: UnitLookUp, isCo: boolean, isRegion: boolean): Read => {
  const match = resolveUnit(lookUp.names, piece, lookUp.map);
  if (match.status === 'found') return { found: [{ unit: match.unit, isCo }], faults: [] };
  if (match.status === 'ambiguous') return { found: [], faults: [unitFault(match, foldName(piece), cell)] };
  const every = everyOf(foldName(piece), lookUp);
  if (every.length > 0) return { found: every.map((unit) => ({ unit, isCo })), faults: [] };
  return readMentions(piece, cell, lookUp, isCo, isRegion);
};

const readCell = (cell: Written, lookUp: UnitLookUp, isCoColumn: boolean, isRegion: boolean): Read => {
  const { words } = lookUp;
  const whole = resolveUnit(lookUp.names, cell.text, lookUp.map);
  if (whole.status === 'found') return { found: [{ unit: whole.unit, isCo: isCoColumn }], faults: [] };
  const text = cell.text.normalize('NFKC').replace(/\s+(?=[^\s:]{2,8}:)/g, '\n');
  let mode = isCoColumn;
  const reads = text.split(words.separator).flatMap((piece): Read[] => {
    const label = labelOf(piece, words);
    if (label) mode = label === 'co';
    const bare = (label ? piece.slice(piece.indexOf(':') + 1) : piece).trim();
    if (bare === '') return [];
    const isCo = mode || (!label && words.co.test(bare));
    return [readPiece(bare, cell, lookUp, isCo, isRegion)];
  });
  return { found: reads.flatMap(({ found }) => found), faults: reads.flatMap(({ faults }) => faults) };
};

/** The lead first. */
export type ResponsibleUnits = { readonly unitIds: readonly UnitId[]; readonly faults: readonly Finding[] };

/** The first that is not said to help leads; each unit stands once. */
const inOrder = (found: readonly Found[]): readonly UnitId[] => {
  const ordered = [...found.filter(({ isCo }) => !isCo), ...found.filter(({ isCo }) => isCo)];
  return [...new Set(ordered.map(({ unit }) => unit.id))];
};

/** Who must act, by the cells that name them, the lead first. Names that are unknown or ambiguous are faults of their cells. */
export const responsibleUnits = (
  units: readonly Written[],
  coUnits: readonly Written[],
  lookUp: UnitLookUp,
  isRegion = false,
): ResponsibleUnits => {
  const reads = [
    ...units.map((cell) => readCell(cell, lookUp, false, isRegion)),
    ...coUnits.map((cell) => readCell(cell, lookUp, true, isRegion)),
  ];
  return { unitIds: inOrder(reads.flatMap(({ found }) => found)), faults: reads.flatMap(({ faults }) => faults) };
};
