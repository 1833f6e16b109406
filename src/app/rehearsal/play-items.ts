import { nextWorkingAt } from '../../domain/escalation/working-hours.ts';
import { createHeap } from '../../domain/heap.ts';
import { decideItem } from '../../domain/items/decide-item.ts';
import type { ItemCommand, ItemDraft } from '../../domain/items/item-command.ts';
import type { ItemKind } from '../../domain/items/item-kind.ts';
import { deadlineOf, type Item } from '../../domain/items/item.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import { instantOf, localDay, toIso } from '../../domain/local-time.ts';
import type { Unit } from '../../domain/organisation/organisation.ts';
import { itemKindWords } from '../../messages/item-tables.ts';
import { beginChange, toTransition } from '../change.ts';
import { actOnItem } from '../items/act-on-item.ts';
import { itemContextOf } from '../items/change-item.ts';
import { draftItem } from '../items/intake/draft-item.ts';
import { handOver } from '../items/intake/hand-over.ts';
import { refreshWorld, type World } from '../world.ts';
import { nextStepOn, peopleFor, workersFor } from './item-steps.ts';
import { castPerson, type Part } from './people.ts';
import { createRng } from './rng.ts';

/** Items in a rehearsal: so many are handed over a day, and worked on as the people of their units behave. */

/** So many of a kind a day, in one batch within working hours; a fraction is what comes on some days only. */
export type ItemRate = { readonly kind: string; readonly perDay: number };

export type PlayItemsParts = {
  readonly world: World;
  readonly rates: readonly ItemRate[];
  /** Epoch ms. */
  readonly fromAt: number;
  readonly toAt: number;
  readonly seed: number;
  /** Share of the people who never answer, 0 to 1. */
  readonly silent: number;
};

const minute = 60_000;
const hour = 60 * minute;
const mostRaces = 8;
/** Where each item names its own limit: what is asked for today is wanted by this time tomorrow. */
const askedWithinMs = 24 * hour;
/** Whoever could not go on looks again when others are on duty. */
const lookAgainMs = 12 * hour;

export const wordOfKind = ({ name, label }: Pick<ItemKind, 'name' | 'label'>): string => label ?? itemKindWords[name] ?? name;

const datesBetween = (timeZone: string, fromAt: number, toAt: number): readonly string[] => {
  const dates: string[] = [];
  for (let at = fromAt; at < toAt; at = localDay(timeZone, at).endAt) dates.push(localDay(timeZone, at).date);
  return dates;
};

/** Districts are handed most; a bureau without any works itself. */
const unitsOf = ({ directory }: World): readonly Unit[] => {
  const { units } = directory.organisation;
  const districts = units.filter(({ kind }) => kind === 'district');
  return districts.length > 0 ? districts : units;
};

/** An item of a kind with all that any kind may want to be told. */
const draftOf = (world: World, kind: ItemKind, unit: Unit, no: number): ItemDraft => {
  const now = world.clock.now();
  const word = wordOfKind(kind);
  const untilIso = toIso(world.settings.timeZone, now + askedWithinMs, 'minute').slice(0, 16);
  const limit = kind.limit.type === 'asked' ? { limit: untilIso.replace('T', ' ') } : {};
  const asked = { kind: kind.name, number: `${kind.name}-${no}`, text: word, units: [unit.id], district: unit.name, ...limit };
  const drafted = draftItem(world, { ...asked, pollution: [word], source: word }, now, String(no));
  if ('draft' in drafted) return drafted.draft;
  throw new Error(`ZG_ITEM_KIND: ${kind.name} can't be rehearsed, for ${drafted.fault.field} says nothing`);
};

const commitAct = async (world: World, itemId: string, command: ItemCommand): Promise<void> => {
  for (let races = 0; races < mostRaces; races++) {
    const change = beginChange(world, world.clock.now());
    const { refusal } = await actOnItem(world, change, itemId, command);
    if (refusal !== undefined) return;
    const [result] = await world.store.commit([toTransition(change)], world.campaignVersion);
    if (result === 'committed') return;
    await refreshWorld(world);
  }
  throw new Error('the act lost every race');
};

const readItemOf = async ({ store }: World, itemId: string): Promise<Item | undefined> => {
  const [stored] = await store.load([itemId]);
  return stored?.aggregate.type === 'item' ? stored.aggregate.state : undefined;
};

/** How the people of a unit take up what it is handed: as the first of them behaves; those who never answer do nothing. */
const createPace = ({ world, seed, silent }: PlayItemsParts) => {
  const rng = createRng(seed, 'pace of items');
  const cast = new Map<string, Part>();
  const partOf = (personId: string | undefined): Part => {
    if (personId === undefined) return 'silent';
    const part = cast.get(personId) ?? castPerson(personId, seed, silent).part;
    cast.set(personId, part);
    return part;
  };
  const partFor = (item: Item): Part => partOf(workersFor(item, world.directory, world.clock.now())[0]);
  const { workingHours, timeZone } = world.settings;
  return {
    isAwake: (personId: string): boolean => partOf(personId) !== 'silent',
    isIdle: (item: Item): boolean => partFor(item) === 'silent',
    /** In working hours, unless waiting for them would make it late. */
    workingAt: (at: number, deadlineAt = Number.POSITIVE_INFINITY): number => {
      const next = nextWorkingAt({ ...workingHours, timeZone }, at);
      return next >= deadlineAt && at < deadlineAt ? at : next;
    },
    receivesAt: (item: Item, now: number): number => {
      const within = Math.min(hour, 0.8 * itemContextOf(world).kindOf(item.kind).receiptWithinMs);
      return now + rng.between(minute, Math.max(minute, Math.floor(within)));
    },
    beginsAt: (item: Item, now: number): number => {
      const part = partFor(item);
      const isLate = part === 'slow' ? rng.chance(0.5) : part === 'forgetful' && rng.chance(1 / 3);
      if (isLate) return deadlineOf(item) + rng.between(hour, 20 * hour);
      return now + Math.floor(Math.max(0, deadlineOf(item) - now) * (0.2 + 0.4 * rng.next()));
    },
    /** The steps of a hand-in follow each other, and leave time for those to come. */
    goesOnAt: (item: Item, isOffices: boolean, now: number): number => {
      const most = isOffices ? 3 * hour : Math.min(40 * minute, (deadlineOf(item) - now) / 8);
      return now + rng.between(minute, Math.max(minute, Math.floor(most)));
    },
  };
};

/** Every day's batches, drawn ahead. */
const planBatches = ({ world, rates, fromAt, toAt, seed }: PlayItemsParts) => {
  const rng = createRng(seed, 'batches of items');
  const { timeZone, workingHours } = world.settings;
  const { fromMinute, toMinute } = workingHours;
  const lastMinute = toMinute > fromMinute ? toMinute - 1 : 1_439;
  return datesBetween(timeZone, fromAt, toAt)
    .flatMap((date) => rates.map(({ kind, perDay }) => ({ date, kind, perDay })))
    .map(({ date, kind, perDay }) => ({
      at: instantOf(timeZone, date, rng.between(fromMinute, lastMinute)),
      kind,
      units: Array.from({ length: Math.floor(perDay) + (rng.chance(perDay % 1) ? 1 : 0) }, () => rng.pick(unitsOf(world))),
    }))
    .filter(({ at, units }) => at >= fromAt && units.length > 0);
};

export const createItemPlay = (parts: PlayItemsParts) => {
  const { world, toAt, seed } = parts;
  const ties = createRng(seed, 'ties of items');
  const comings = createHeap<{ readonly at: number; readonly tie: number; readonly run: () => Promise<void> }>();
  const later = (at: number, run: () => Promise<void>): void => {
    if (at < toAt) comings.push({ at, tie: ties.next(), run });
  };
  const pace = createPace(parts);
  const stepOf = (item: Item | undefined) => item && nextStepOn(item, itemContextOf(world), world.clock.now());

  /** One step by whoever may take it, and when the next one comes. */
  const goOn = async (itemId: string): Promise<void> => {
    await refreshWorld(world);
    const now = world.clock.now();
    const item = await readItemOf(world, itemId);
    const step = stepOf(item);
    if (!item || !step) return;
    const command = (!step.isOffices && pace.isIdle(item) ? [] : peopleFor(item, step, world.directory, now))
      .filter(pace.isAwake)
      .map(step.by)
      .find((one) => decideItem(item, one, itemContextOf(world), now).refusal === undefined);
    if (!command) return later(pace.workingAt(now + lookAgainMs), () => goOn(itemId));
    await commitAct(world, itemId, command);
    const next = stepOf(await readItemOf(world, itemId));
    const at = step.type === 'receive' ? pace.beginsAt(item, now) : pace.goesOnAt(item, next?.isOffices === true, now);
    if (next) later(pace.workingAt(at, deadlineOf(item)), () => goOn(itemId));
  };

  const begin = async (itemId: string): Promise<void> => {
    const now = world.clock.now();
    const item = await readItemOf(world, itemId);
    if (!item) return;
    const isReceived = stepOf(item)?.type !== 'receive';
    const at = isReceived ? pace.beginsAt(item, now) : pace.receivesAt(item, now);
    later(pace.workingAt(at, isReceived ? deadlineOf(item) : item.receiptDueAt), () => goOn(itemId));
  };

  let handed = 0;
  for (const { at, kind, units } of planBatches(parts))
    later(at, async () => {
      const known = world.settings.kinds[kind];
      if (known) await handOver(world, { drafts: units.map((unit) => draftOf(world, known, unit, (handed += 1))) });
    });

  return {
    /** Whatever is handed over, by the batches or by the calendar, is worked on. */
    hear: ({ event, itemId, at }: LedgerEvent): void => {
      if (event === 'ItemHandedOver' && itemId !== undefined) later(at, () => begin(itemId));
    },
    nextAt: (): number => comings.peek()?.at ?? Number.POSITIVE_INFINITY,
    /** Everything that has come by now. */
    run: async (now: number): Promise<void> => {
      for (let coming = comings.peek(); coming && coming.at <= now; coming = comings.peek()) {
        comings.pop();
        await coming.run();
      }
    },
  };
};

export type ItemPlay = ReturnType<typeof createItemPlay>;
