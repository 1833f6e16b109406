import { announceItem } from '../../domain/items/announce-item.ts';
import { clocksOf, type ItemClock } from '../../domain/items/clocks-of.ts';
import { evolveItem } from '../../domain/items/evolve-item.ts';
import type { ItemContext } from '../../domain/items/item-outcome.ts';
import { leadOf, type Item } from '../../domain/items/item.ts';
import { phaseAt } from '../../domain/items/phase.ts';
import type { EventName, LedgerEvent } from '../../domain/ledger/event.ts';
import { itemObligationId } from '../../domain/escalation/decide.ts';
import { phasesOf } from '../contact/contact-rules.ts';
import { decideIn, openIn, put, readInto, type Change } from '../change.ts';
import type { World } from '../world.ts';

/** Brings an item's events and the obligations that follow from its new state into one change. */

export const itemContextOf = (world: World): ItemContext => {
  const { kinds, timeZone } = world.settings;
  return { directory: world.directory, timeZone, kindOf: (name) => kinds[name] ?? kinds['assigned']! };
};

export const itemIn = (change: Change, id: string): Item | undefined => {
  const aggregate = change.entries.get(id)?.aggregate;
  return aggregate?.type === 'item' ? aggregate.state : undefined;
};

/** Reads what this change has not read yet. */
export const readAll = async (world: World, change: Change, ids: readonly string[]): Promise<void> => {
  const missing = [...new Set(ids)].filter((id) => !change.entries.has(id));
  const found = missing.length === 0 ? [] : await world.store.load(missing);
  for (const [index, id] of missing.entries()) readInto(change, id, found[index]);
};

export const readItem = async (world: World, change: Change, id: string): Promise<Item | undefined> => {
  await readAll(world, change, [id]);
  return itemIn(change, id);
};

/** An act that answers a clock ends it answered; a clock that is gone for another reason was moved. */
const answeredBy: { readonly [kind in ItemClock['kind']]: readonly EventName[] } = {
  receipt: ['ItemReceived'],
  deadline: ['ItemSubmitted'],
  interim: ['ItemSubmitted'],
  subtask: ['SubtaskDone'],
  review: ['ItemAccepted', 'ItemReturned'],
  closing: ['ItemClosed'],
  followUp: ['ItemConfirmed', 'ItemReopened'],
  approval: ['ExtensionApproved', 'ExtensionRefused'],
};

export const clockIdOf = (item: Pick<Item, 'id'>, clock: ItemClock): string => itemObligationId(item.id, clock);

type Clocks = ReadonlyMap<string, ItemClock>;

export const clocksById = (item: Item | undefined, context: ItemContext): Clocks =>
  new Map(item === undefined ? [] : clocksOf(item, context.kindOf(item.kind)).map((clock) => [clockIdOf(item, clock), clock]));

/** Why a clock that nobody answered is over: its words stand in the catalogues. */
const reasonOver = ({ status, parts }: Item, { kind, key }: ItemClock): string => {
  if (status === 'withdrawn') return 'itemWithdrawn';
  if (status === 'closed') return 'itemClosed';
  return kind === 'receipt' && !parts.some(({ unitId }) => unitId === key) ? 'unitReleased' : 'moved';
};

const endClock = (world: World, change: Change, id: string, clock: ItemClock, item: Item, events: readonly LedgerEvent[]): void => {
  const answer = events.find(({ event }) => answeredBy[clock.kind].includes(event));
  const actor = events[0]?.actor;
  const command =
    answer === undefined
      ? ({ type: 'withdraw', reason: reasonOver(item, clock), ...(actor === undefined ? {} : { personId: actor }) } as const)
      : ({
          type: 'answer',
          ...(answer.actor === undefined ? {} : { personId: answer.actor }),
          ...(answer.channel === undefined ? {} : { channel: answer.channel }),
        } as const);
  decideIn(world, change, id, command);
};

/** The ladder that holds for the unit in the phase that it is in now. */
export const policyInPhase = (world: World, item: Item, { subject, policy }: ItemClock, now: number): string => {
  const { phasePolicies } = world.settings;
  if (phasePolicies === undefined) return policy;
  const unitId = item.parts.some((part) => part.unitId === subject) ? subject : leadOf(item).unitId;
  const phase = phaseAt(phasesOf(world), unitId, now);
  return (phase && phasePolicies[phase]?.[policy]) ?? policy;
};

const openClock = (world: World, change: Change, item: Item, clock: ItemClock): void => {
  const { kind, key, subject, deadlineAt } = clock;
  const policy = policyInPhase(world, item, clock, change.now);
  openIn(world, change, { type: 'open', kind, subject, policy, cause: kind, itemId: item.id, key, deadlineAt });
};

/** The item must have been read in. */
export const applyToItem = async (world: World, change: Change, itemId: string, events: readonly LedgerEvent[]): Promise<void> => {
  if (events.length === 0) return;
  const context = itemContextOf(world);
  const before = itemIn(change, itemId);
  let item = before;
  for (const event of events) {
    const earlier = item;
    item = evolveItem(item, event);
    change.events.push(event);
    if (item) change.notices.push(...announceItem(item, event, context, change.now, earlier));
  }
  if (!item) return;
  put(change, itemId, { type: 'item', state: item }, null);
  const [had, wants] = [clocksById(before, context), clocksById(item, context)];
  const over = [...had].filter(([id]) => !wants.has(id));
  const fresh = [...wants].filter(([id]) => !had.has(id));
  await readAll(
    world,
    change,
    [...over, ...fresh].map(([id]) => id),
  );
  for (const [id, clock] of over) endClock(world, change, id, clock, item, events);
  for (const [, clock] of fresh) openClock(world, change, item, clock);
};
