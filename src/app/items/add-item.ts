import { announceHandOver } from '../../domain/items/announce-item.ts';
import { handOver } from '../../domain/items/decide-handing-over.ts';
import type { ItemDraft } from '../../domain/items/item-command.ts';
import type { ItemField, ItemKind } from '../../domain/items/item-kind.ts';
import { isOfOffice } from '../../domain/items/item-people.ts';
import type { Limit } from '../../domain/items/item.ts';
import { chainAround, defaultLimit, limitChain, usualChainDays } from '../../domain/items/limit.ts';
import { readLimit } from '../../domain/items/read-limit.ts';
import { readItemNumber } from '../../domain/command/item-number.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { toIso } from '../../domain/local-time.ts';
import type { Unit } from '../../domain/organisation/organisation.ts';
import { limitVocabulary } from '../../messages/vocabulary-limits.ts';
import { readDialogue } from '../acts/dialogue.ts';
import type { Turn } from '../acts/speaker.ts';
import type { World } from '../world.ts';
import { applyToItem, itemContextOf, itemIn, readItem } from './change-item.ts';
import { limitContextOf } from './item-calendar.ts';
import { givenFor, rememberBegun, type Inputs } from './item-dialogue.ts';
import { sayForm, sayItem, sayRefused, type RefusalReason } from './say-items.ts';

/** The office adds an item by hand: from a form, never from a sentence alone. */

const unitNamed = ({ directory }: World, text: string): Unit | undefined =>
  directory.units.get(text) ?? directory.organisation.units.find(({ name, aliases }) => name === text || aliases.includes(text));

/** The lead first; undefined where a name is nobody's. */
const unitsIn = (world: World, { unit = '', coUnits = '' }: Inputs): readonly string[] | undefined => {
  const names = [unit, ...coUnits.split(/[、,，;；\s]+/u)].map((name) => name.trim()).filter(Boolean);
  const units = names.map((name) => unitNamed(world, name));
  return units.length > 0 && units.every((one) => one !== undefined) ? [...new Set(units.map(({ id }) => id))] : undefined;
};

const limitsOf = (world: World, kind: ItemKind, text: string | undefined, now: number): readonly Limit[] | undefined => {
  const context = limitContextOf(world, now);
  const reading = text ? readLimit(text, context, limitVocabulary) : defaultLimit(kind, context);
  if ('fault' in reading) return undefined;
  const own = reading.limit;
  const { limit } = kind;
  // What a unit has three days for is its part of the chain of ten.
  const isPartOfChain = limit.type === 'days' && limit.count === usualChainDays.unit;
  return isPartOfChain ? chainAround(own, limitChain(now, { ...context, days: usualChainDays })) : [{ level: 'unit', ...own }];
};

const lacks = (field: ItemField, inputs: Inputs): boolean => field !== 'limit' && !inputs[field]?.trim();

const draftOf = (turn: Turn, inputs: Inputs): ItemDraft | RefusalReason => {
  const { world, change, person } = turn;
  const { now } = change;
  const kind = world.settings.kinds[inputs['kind'] ?? ''];
  if (!kind) return 'unknownKind';
  if (!inputs['text']?.trim() || kind.requiredFields.some((field) => lacks(field, inputs))) return 'missingFields';
  const unitIds = unitsIn(world, inputs);
  if (!unitIds) return 'unknownUnit';
  const limits = limitsOf(world, kind, inputs['limit'], now);
  if (!limits) return 'unreadableLimit';
  const written = inputs['number']?.normalize('NFKC').trim() ?? '';
  const caseNumber = readItemNumber(written.toLowerCase())?.item;
  const stamp = toIso(world.settings.timeZone, now, 'minute').slice(0, 16).replaceAll(/[-:]/gu, '').replace('T', '-');
  const { district, pollution, source } = inputs;
  return {
    id: caseNumber === undefined ? `i${kind.name}.${turn.message.receivedAt.toString(36)}.${person.id.slice(1)}` : `i${caseNumber}`,
    kind: kind.name,
    number: caseNumber ?? (written || stamp),
    text: inputs['text'].trim(),
    pollution: pollution?.split(/[、,，;；\s]+/u).filter(Boolean) ?? [],
    isSpecial: /[*★]/u.test(written),
    limits,
    ...(district ? { district } : {}),
    ...(source ? { source } : {}),
    handedOverAt: now,
    unitIds,
  };
};

export const addItem = async (turn: Turn, said: Inputs): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  if (!isOfOffice(world.directory, person.id, change.now)) return [sayRefused(turn, 'notForYou')];
  const given = givenFor(await readDialogue(turn), '', 'addItem', change.now);
  const inputs = { ...given.inputs, ...Object.fromEntries(Object.entries(said).filter(([, text]) => text.trim() !== '')) };
  if (!inputs['kind']) {
    await rememberBegun(turn, { itemId: '', action: 'addItem', inputs, files: [] });
    return [sayForm(turn, 'addItem', undefined, inputs, [])];
  }
  const draft = draftOf(turn, inputs);
  if (typeof draft === 'string') {
    await rememberBegun(turn, { itemId: '', action: 'addItem', inputs, files: [] });
    return [sayRefused(turn, draft, undefined, { form: 'addItem', inputs, files: [] })];
  }
  if (await readItem(world, change, draft.id)) return [sayRefused(turn, 'known', draft.id)];
  const by = { personId: person.id, channel: message.channel };
  await applyToItem(world, change, draft.id, [handOver(draft, itemContextOf(world), change.now, by)]);
  change.notices.push(...announceHandOver([itemIn(change, draft.id)!], world.directory, change.now).filter(({ to }) => to !== person.id));
  await rememberBegun(turn, undefined);
  return [sayItem(turn, draft.id, 'ItemHandedOver')];
};
