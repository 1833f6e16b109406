import type { ItemDraft } from '../../../domain/items/item-command.ts';
import { isBeforeArrival } from '../../../domain/items/phase.ts';
import { draftsForReadiness, peopleItemIds, settledPeople, type ReadinessOpening } from '../../../domain/items/readiness.ts';
import type { Item } from '../../../domain/items/item.ts';
import type { Unit } from '../../../domain/organisation/organisation.ts';
import { fill } from '../../../messages/catalogue.ts';
import { readinessItemTexts } from '../../../messages/readiness-texts.ts';
import { phasesOf } from '../../contact/contact-rules.ts';
import type { World } from '../../world.ts';
import { handOver } from './hand-over.ts';
import { nameUnit } from '../view-items.ts';

/** What units have to file before the inspection arrives, as items. */

type Asked = Omit<ReadinessOpening, 'words'>;

export const readinessDrafts = (world: World, units: readonly Unit[], asked: Asked): readonly ItemDraft[] =>
  draftsForReadiness(world.directory, units, {
    ...asked,
    words: (need, unit) => ({
      number: fill(readinessItemTexts.number, { need: readinessItemTexts.needs[need], unit: nameUnit(world.directory, unit.id) }) ?? need,
      text: readinessItemTexts.texts[need],
    }),
  });

/** What the campaign's own date asks of units now: those for whom the inspection has not begun. */
export const draftsOfCampaign = (world: World, now: number, known: Asked['known']): readonly ItemDraft[] => {
  const { readiness } = world.settings;
  if (readiness === undefined || now < readiness.fromAt) return [];
  const spans = phasesOf(world);
  const units = world.directory.organisation.units.filter(({ id }) => isBeforeArrival(spans, id, now));
  return units.length === 0 ? [] : readinessDrafts(world, units, { dueAt: readiness.dueAt, handedOverAt: now, known });
};

/** Takes back what asks for people whom the contact list names by now. */
export const settlePeople = async (world: World, now: number): Promise<void> => {
  const ids = peopleItemIds(world.directory.organisation.units);
  if (ids.length === 0) return;
  const found = await world.store.load(ids);
  const items = found.flatMap((stored): readonly Item[] => (stored?.aggregate.type === 'item' ? [stored.aggregate.state] : []));
  const withdrawals = settledPeople(world.directory, items, now).map(({ id }) => ({ itemId: id, reason: readinessItemTexts.named }));
  if (withdrawals.length > 0) await handOver(world, { drafts: [], withdrawals });
};
