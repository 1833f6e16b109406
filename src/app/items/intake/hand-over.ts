import type { Notice } from '../../../domain/escalation/notice.ts';
import { announceHandOver } from '../../../domain/items/announce-item.ts';
import { correct, handOver as handOverEvent, noteAnswers, takeBack } from '../../../domain/items/decide-handing-over.ts';
import type { ItemCorrection, ItemDraft } from '../../../domain/items/item-command.ts';
import type { Transition } from '../../../ports/store.ts';
import { beginChange, readInto, toTransition, type Change } from '../../change.ts';
import { refreshWorld, type World } from '../../world.ts';
import { applyToItem, itemContextOf, itemIn } from '../change-item.ts';

/** Who hands over, where a person does; a workbook read on the command line has nobody. */
export type HandedBy = { readonly personId: string; readonly channel: string };

export type HandOver = {
  readonly drafts: readonly ItemDraft[];
  readonly corrections?: readonly { readonly itemId: string; readonly correction: ItemCorrection }[];
  /** Owed no longer; the reason is told to whoever owed it. */
  readonly withdrawals?: readonly { readonly itemId: string; readonly reason: string }[];
  readonly by?: HandedBy;
};

export type HandedOver = {
  readonly opened: readonly string[];
  readonly corrected: readonly string[];
  readonly withdrawn: readonly string[];
  /** Known already, and told nothing new. */
  readonly unchanged: readonly string[];
};

/** One script a call must not stall Redis: this many items, each with its clocks. */
const itemsAtOnce = 100;
const mostTries = 8;

type Work = { readonly itemId: string; readonly draft?: ItemDraft; readonly correction?: ItemCorrection; readonly reason?: string };
type Fate = keyof HandedOver;

/** What the works have in common: who hands over, and which of their news wait for others to go with. */
type Handing = { readonly by: HandedBy | undefined; readonly isHeld: (notice: Notice) => boolean };

const decideWork = async (world: World, change: Change, { itemId, draft, correction, reason }: Work, { by }: Handing): Promise<Fate> => {
  const item = itemIn(change, itemId);
  if (draft) {
    if (item) return 'unchanged';
    await applyToItem(world, change, itemId, [
      handOverEvent(draft, itemContextOf(world), change.now, by),
      ...noteAnswers(undefined, draft, change.now, by),
    ]);
    change.notices.push(...announceHandOver([itemIn(change, itemId)!], world.directory, change.now));
    return 'opened';
  }
  if (item && reason !== undefined) {
    const { events } = takeBack(item, reason, change.now, by);
    await applyToItem(world, change, itemId, events);
    return events.length > 0 ? 'withdrawn' : 'unchanged';
  }
  if (!item || !correction) return 'unchanged';
  const { events } = correct(item, correction, itemContextOf(world), change.now, by);
  await applyToItem(world, change, itemId, events);
  return events.length > 0 ? 'corrected' : 'unchanged';
};

/** An item's news are committed with it: whatever breaks off afterwards, they are said, and said once. */
const toHeldTransition = (change: Change, { isHeld }: Handing): Transition => {
  const transition = toTransition(change);
  return { ...transition, notices: transition.notices.map((notice) => (isHeld(notice) ? { ...notice, isBundled: true } : notice)) };
};

/** Decides each by itself, so that one that somebody is at work on holds nobody else up; answers what must be tried again. */
const tryWork = async (world: World, works: readonly Work[], handing: Handing, fates: Map<string, Fate>): Promise<readonly Work[]> => {
  const now = world.clock.now();
  const found = await world.store.load(works.map(({ itemId }) => itemId));
  const changes = await Promise.all(
    works.map(async (work, index) => {
      const change = beginChange(world, now);
      readInto(change, work.itemId, found[index]);
      fates.set(work.itemId, await decideWork(world, change, work, handing));
      return change;
    }),
  );
  const waiting = works.map((work, index) => ({ work, change: changes[index]! })).filter(({ change }) => change.events.length > 0);
  const results =
    waiting.length === 0
      ? []
      : await world.store.commit(
          waiting.map(({ change }) => toHeldTransition(change, handing)),
          world.campaignVersion,
        );
  if (results.includes('stale')) await refreshWorld(world, true);
  return waiting.flatMap(({ work }, index) => (results[index] === 'committed' ? [] : [work]));
};

const carryOut = async (world: World, works: readonly Work[], handing: Handing, fates: Map<string, Fate>): Promise<void> => {
  let left = works;
  for (let tries = 0; left.length > 0; tries += 1) {
    if (tries === mostTries) throw new Error('ZG_ITEMS_BUSY: others keep changing these items. Try again.');
    left = await tryWork(world, left, handing, fates);
  }
};

const fateIds = (fates: ReadonlyMap<string, Fate>, fate: Fate): readonly string[] =>
  [...fates].filter(([, one]) => one === fate).map(([id]) => id);

/** What a unit is told of several items waits a moment, and goes out as one message; what it is told of one does not wait. */
const holdSeveral = (drafts: readonly ItemDraft[], news: number): Handing['isHeld'] => {
  const times = new Map<string, number>();
  for (const { unitIds } of drafts) for (const unitId of new Set(unitIds)) times.set(unitId, (times.get(unitId) ?? 0) + 1);
  return ({ template, params }) =>
    (template === 'item.handedOver' && (times.get(String(params?.['unitId'])) ?? 0) > 1) || (template === 'item.news' && news > 1);
};

/**
 * Hands items over. Each has an id of its own, so that doing it twice, or again after it broke off in the middle, is doing it
 * once; each unit is told once of all that is new to it.
 */
export const handOver = async (world: World, { drafts, corrections = [], withdrawals = [], by }: HandOver): Promise<HandedOver> => {
  await refreshWorld(world);
  const works: readonly Work[] = [
    ...drafts.map((draft): Work => ({ itemId: draft.id, draft })),
    ...corrections.map(({ itemId, correction }): Work => ({ itemId, correction })),
    ...withdrawals,
  ];
  const fates = new Map<string, Fate>();
  const handing: Handing = { by, isHeld: holdSeveral(drafts, corrections.length + withdrawals.length) };
  for (let from = 0; from < works.length; from += itemsAtOnce) await carryOut(world, works.slice(from, from + itemsAtOnce), handing, fates);
  return {
    opened: fateIds(fates, 'opened'),
    corrected: fateIds(fates, 'corrected'),
    withdrawn: fateIds(fates, 'withdrawn'),
    unchanged: fateIds(fates, 'unchanged'),
  };
};
