import { announceHandOver } from '../../../domain/items/announce-item.ts';
import { correct, handOver as handOverEvent } from '../../../domain/items/decide-handing-over.ts';
import type { ItemCorrection, ItemDraft } from '../../../domain/items/item-command.ts';
import { isItemEnded, type Item } from '../../../domain/items/item.ts';
import { beginChange, readInto, toTransition, type Change } from '../../change.ts';
import { refreshWorld, type World } from '../../world.ts';
import { applyToItem, itemContextOf, itemIn } from '../change-item.ts';

/** Who hands over, where a person does; a workbook read on the command line has nobody. */
export type HandedBy = { readonly personId: string; readonly channel: string };

export type HandOver = {
  readonly drafts: readonly ItemDraft[];
  readonly corrections?: readonly { readonly itemId: string; readonly correction: ItemCorrection }[];
  readonly by?: HandedBy;
};

export type HandedOver = {
  readonly opened: readonly string[];
  readonly corrected: readonly string[];
  /** Known already, and told nothing new. */
  readonly unchanged: readonly string[];
};

/** One script a call must not stall Redis: this many items, each with its clocks. */
const itemsAtOnce = 100;
const mostTries = 8;

type Work = { readonly itemId: string; readonly draft?: ItemDraft; readonly correction?: ItemCorrection };
type Fate = keyof HandedOver;

const decideWork = async (world: World, change: Change, { itemId, draft, correction }: Work, by: HandedBy | undefined): Promise<Fate> => {
  const item = itemIn(change, itemId);
  if (draft) {
    if (item) return 'unchanged';
    await applyToItem(world, change, itemId, [handOverEvent(draft, itemContextOf(world), change.now, by)]);
    return 'opened';
  }
  if (!item || !correction) return 'unchanged';
  const { events } = correct(item, correction, itemContextOf(world), change.now, by);
  await applyToItem(world, change, itemId, events);
  return events.length > 0 ? 'corrected' : 'unchanged';
};

/** Decides each by itself, so that one that somebody is at work on holds nobody else up; answers what must be tried again. */
const tryWork = async (
  world: World,
  works: readonly Work[],
  by: HandedBy | undefined,
  fates: Map<string, Fate>,
): Promise<readonly Work[]> => {
  const now = world.clock.now();
  const found = await world.store.load(works.map(({ itemId }) => itemId));
  const changes = await Promise.all(
    works.map(async (work, index) => {
      const change = beginChange(world, now);
      readInto(change, work.itemId, found[index]);
      fates.set(work.itemId, await decideWork(world, change, work, by));
      return change;
    }),
  );
  const waiting = works.map((work, index) => ({ work, change: changes[index]! })).filter(({ change }) => change.events.length > 0);
  const results =
    waiting.length === 0
      ? []
      : await world.store.commit(
          waiting.map(({ change }) => toTransition(change)),
          world.campaignVersion,
        );
  if (results.includes('stale')) await refreshWorld(world);
  return waiting.flatMap(({ work }, index) => (results[index] === 'committed' ? [] : [work]));
};

const carryOut = async (world: World, works: readonly Work[], by: HandedBy | undefined, fates: Map<string, Fate>): Promise<void> => {
  let left = works;
  for (let tries = 0; left.length > 0; tries += 1) {
    if (tries === mostTries) throw new Error('ZG_ITEMS_BUSY: others keep changing these items. Try again.');
    left = await tryWork(world, left, by, fates);
  }
};

const fateIds = (fates: ReadonlyMap<string, Fate>, fate: Fate): readonly string[] =>
  [...fates].filter(([, one]) => one === fate).map(([id]) => id);

/**
 * Hands items over. Each has an id of its own, so that doing it twice, or again after it broke off in the middle, is doing it
 * once; each unit is told once, at the end, of all that is new to it and that nobody has received yet.
 */
export const handOver = async (world: World, { drafts, corrections = [], by }: HandOver): Promise<HandedOver> => {
  await refreshWorld(world);
  const works: readonly Work[] = [
    ...drafts.map((draft): Work => ({ itemId: draft.id, draft })),
    ...corrections.map(({ itemId, correction }): Work => ({ itemId, correction })),
  ];
  const fates = new Map<string, Fate>();
  for (let from = 0; from < works.length; from += itemsAtOnce) await carryOut(world, works.slice(from, from + itemsAtOnce), by, fates);
  const opened = fateIds(fates, 'opened');
  await announce(world, opened);
  return { opened, corrected: fateIds(fates, 'corrected'), unchanged: fateIds(fates, 'unchanged') };
};

const announce = async (world: World, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
  const found = await world.store.load(ids);
  const items = found.flatMap((stored): readonly Item[] => (stored?.aggregate.type === 'item' ? [stored.aggregate.state] : []));
  const change = beginChange(world, world.clock.now());
  change.notices.push(
    ...announceHandOver(
      items.filter((item) => !isItemEnded(item)),
      world.directory,
      change.now,
    ),
  );
  if (change.notices.length > 0) await world.store.commit([toTransition(change)], world.campaignVersion);
};
