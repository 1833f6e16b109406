import { readCaseNumbers } from '../../../domain/items/case-number.ts';
import type { ItemDraft } from '../../../domain/items/item-command.ts';
import type { ItemKind } from '../../../domain/items/item-kind.ts';
import type { Limit } from '../../../domain/items/item.ts';
import { chainAround, defaultLimit, limitChain, type LimitFault } from '../../../domain/items/limit.ts';
import { readLimit } from '../../../domain/items/read-limit.ts';
import { validateDraft } from '../../../domain/items/validate-draft.ts';
import { toIso } from '../../../domain/local-time.ts';
import { buildUnitNames, findUnit, type UnitMatch } from '../../../domain/organisation/unit-names.ts';
import { itemListVocabulary } from '../../../messages/item-list-vocabulary.ts';
import { limitVocabulary } from '../../../messages/vocabulary-limits.ts';
import { unitVocabulary } from '../../../messages/workbook-vocabulary.ts';
import type { World } from '../../world.ts';
import { limitContextOf } from '../item-calendar.ts';

/** One item as somebody of the office puts it in, in a form or from another system: nothing resolved yet. */
export type AskedItem = {
  readonly kind: string;
  /** The same number is the same item. */
  readonly number?: string | undefined;
  readonly text: string;
  /** Names or ids, the lead first. */
  readonly units: readonly string[];
  /** As people write it: `3日内`, `2021-09-03 17:00`. The kind's own where it is left out. */
  readonly limit?: string | undefined;
  /** Epoch ms; now where it is left out. */
  readonly handedOverAt?: number | undefined;
  readonly district?: string | undefined;
  readonly pollution?: readonly string[] | undefined;
  readonly source?: string | undefined;
  readonly isUrgent?: boolean | undefined;
};

export type DraftFault = {
  readonly reason: 'unknownKind' | 'missingFields' | 'unknownUnit' | 'unreadableLimit';
  readonly field: keyof AskedItem;
  /** Of several units the one that is meant. */
  readonly index?: number;
  /** A name that fits several, or a limit that says nothing for another reason than its words. */
  readonly detail?: Exclude<UnitMatch['status'], 'found'> | LimitFault;
};

type Drafted = { readonly draft: ItemDraft } | { readonly fault: DraftFault };

const unitIdsOf = ({ directory }: World, units: readonly string[]): readonly string[] | DraftFault => {
  const { organisation } = directory;
  const names = buildUnitNames(organisation.units, organisation.groups, unitVocabulary);
  const ids = new Set<string>();
  for (const [index, text] of units.entries()) {
    const match = directory.units.has(text) ? undefined : findUnit(names, text);
    if (match && match.status !== 'found') return { reason: 'unknownUnit', field: 'units', index, detail: match.status };
    ids.add(match ? match.unit.id : text);
  }
  return [...ids];
};

const limitsOf = (
  world: World,
  kind: ItemKind,
  text: string | undefined,
  handedOverAt: number,
  now: number,
): readonly Limit[] | DraftFault => {
  const context = { ...limitContextOf(world, handedOverAt), near: now };
  const reading = text ? readLimit(text, context, limitVocabulary) : defaultLimit(kind, context);
  if ('fault' in reading)
    return { reason: reading.fault === 'asked' ? 'missingFields' : 'unreadableLimit', field: 'limit', detail: reading.fault };
  const own = reading.limit;
  const { limit } = kind;
  const { chainDays } = world.settings;
  // What a unit has three days for is its part of the chain of ten.
  const isPartOfChain = limit.type === 'days' && limit.count === chainDays.unit;
  return isPartOfChain ? chainAround(own, limitChain(handedOverAt, { ...context, days: chainDays })) : [{ level: 'unit', ...own }];
};

/** An office's own way of numbering, as part of an id. */
const plainNumber = (written: string): string => written.toUpperCase().replaceAll(/[^\p{L}\p{N}()[\]-]+/gu, '_');

/** People name an item by its last four digits: those of one minute must differ in them. */
const fourDigitsOf = (freshId: string): string => {
  let sum = 0;
  for (const character of freshId) sum = (sum * 31 + character.charCodeAt(0)) % 1_000_003;
  return String(sum % 10_000).padStart(4, '0');
};

type Numbered = Pick<ItemDraft, 'id' | 'number' | 'isSpecial'>;

/** As batches number it, so that the same case is the same item through whichever door it comes. */
const numberOf = (kind: ItemKind, text: string | undefined, freshId: string, stamp: string): Numbered => {
  const { stars } = itemListVocabulary;
  const written = text?.normalize('NFKC').trim() ?? '';
  const bare = written.replace(stars, '').trim();
  if (bare === '') return { id: `i${kind.name}.${freshId}`, number: stamp, isSpecial: false };
  const isSpecial = bare !== written;
  const known = readCaseNumbers(bare, stars);
  return known?.length === 1
    ? { id: `i${known[0]}`, number: known[0]!, isSpecial }
    : { id: `i${kind.name}.n${plainNumber(bare)}`, number: bare, isSpecial };
};

/** What was put in as a draft, or the first thing that is wrong with it. `freshId`: for what has no number of its own. */
export const draftItem = (world: World, asked: AskedItem, now: number, freshId: string): Drafted => {
  const kind = Object.hasOwn(world.settings.kinds, asked.kind) ? world.settings.kinds[asked.kind] : undefined;
  if (!kind) return { fault: { reason: 'unknownKind', field: 'kind' } };
  const { number, units, limit, handedOverAt = now, pollution = [], district, source, isUrgent } = asked;
  const unitIds = unitIdsOf(world, units);
  if ('reason' in unitIds) return { fault: unitIds };
  const limits = limitsOf(world, kind, limit, handedOverAt, now);
  if ('reason' in limits) return { fault: limits };
  const minute = toIso(world.settings.timeZone, now, 'minute').slice(0, 16).replaceAll(/[-:]/gu, '').replace('T', '-');
  const stamp = `${minute}-${fourDigitsOf(freshId)}`;
  const draft: ItemDraft = {
    ...numberOf(kind, number, freshId, stamp),
    kind: kind.name,
    text: asked.text.trim(),
    pollution,
    limits,
    handedOverAt,
    unitIds,
    ...(district ? { district } : {}),
    ...(source ? { source } : {}),
    ...(isUrgent ? { isUrgent } : {}),
  };
  // A number of our own making is none that the kind could want.
  const [field] = validateDraft(
    { ...draft, number: number ?? '' },
    { requiredFields: [...new Set([...kind.requiredFields, 'text' as const])] },
  );
  return field ? { fault: { reason: 'missingFields', field } } : { draft };
};
