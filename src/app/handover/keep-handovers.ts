import { advanceBook, nextLookAt, type Advance } from '../../domain/handover/advance.ts';
import { itemObligationId } from '../../domain/escalation/decide.ts';
import { evolveHandover, handoverIdOf, packHolders, type Handover } from '../../domain/handover/handover.ts';
import { isEnded } from '../../domain/escalation/obligation.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import type { Transition } from '../../ports/store.ts';
import { beginChange, decideIn, obligationIn, openIn, put, readInto, toTransition, type Change } from '../change.ts';
import { handoverRulesOf, handoversId, needsHandovers, refreshHandovers, refreshWorld, type World } from '../world.ts';
import { briefOn, type Briefing } from './brief.ts';

/** Opens what is to be handed over, and brings in effect what was accepted ahead. */

const mostRaces = 8;

/** It counts from the boundary; where that lies behind already, from now. */
export const clockIdOf = ({ id, postId, at, openedAt }: Handover): string =>
  itemObligationId(id, { kind: 'handover', subject: postId, key: postId, deadlineAt: Math.max(at, openedAt) });

const openClock = (world: World, change: Change, handover: Handover): void => {
  const { id, postId, at, openedAt } = handover;
  openIn(world, change, {
    type: 'open',
    kind: 'handover',
    subject: postId,
    policy: 'handover',
    cause: 'shift',
    itemId: id,
    key: postId,
    deadlineAt: Math.max(at, openedAt),
  });
};

const openedEvent = (one: Extract<Advance, { type: 'open' }>, { open, due }: Briefing, now: number): LedgerEvent => {
  const { postId, outgoing, wanted, notes, before } = one;
  return {
    at: now,
    event: 'HandoverOpened',
    itemId: handoverIdOf(postId, now, before),
    data: {
      subject: postId,
      at: wanted.at,
      endsAt: wanted.endsAt,
      outgoing: packHolders(outgoing),
      incoming: packHolders(wanted.incoming),
      open: open.map(({ kind, subject, at }) => [kind, subject, at]),
      due: due.map(({ itemId, kind, dueAt }) => [itemId, kind, dueAt]),
    },
    ...(notes.length === 0 ? {} : { personal: { notes: notes.map((note) => ({ ...note })) } }),
  };
};

const write = (change: Change, handover: Handover): void => put(change, handover.id, { type: 'handover', state: handover }, null);

const lapse = (world: World, change: Change, { handover, reason }: Extract<Advance, { type: 'lapse' }>): void => {
  const event: LedgerEvent = { at: change.now, event: 'HandoverLapsed', itemId: handover.id, data: { subject: handover.postId, reason } };
  change.events.push(event);
  write(change, evolveHandover(handover, event)!);
  const clockId = clockIdOf(handover);
  const clock = obligationIn(change, clockId);
  if (clock && !isEnded(clock)) decideIn(world, change, clockId, { type: 'withdraw', reason });
};

const openOne = (world: World, change: Change, one: Extract<Advance, { type: 'open' }>, briefing: Briefing): Handover => {
  const event = openedEvent(one, briefing, change.now);
  change.events.push(event);
  const handover = evolveHandover(undefined, event)!;
  readInto(change, handover.id, undefined);
  write(change, handover);
  openClock(world, change, handover);
  return handover;
};

const nothingOpen: Briefing = { open: [], due: [] };

/** One look, decided on what was read; undefined where there is nothing to write. */
const decideLook = async (world: World, now: number, isThorough: boolean): Promise<Transition | undefined> => {
  const { book: before, stored, waiting } = world.handovers;
  const { book, advances, isChanged } = advanceBook(before, world.byRoster, now, handoverRulesOf(world));
  const isUrgent = before === undefined || advances.some(({ type }) => type !== 'settle');
  if (!isUrgent && !(isThorough && isChanged)) return undefined;
  const change = beginChange(world, now);
  readInto(change, handoversId, stored);
  for (const one of waiting.values()) readInto(change, one.id, one);
  const opening = advances.filter((one) => one.type === 'open');
  const lapsing = advances.filter((one) => one.type === 'lapse');
  const clocks = lapsing.map(({ handover }) => clockIdOf(handover));
  const found = clocks.length === 0 ? [] : await world.store.load(clocks);
  for (const [index, id] of clocks.entries()) readInto(change, id, found[index]);
  const briefings = await briefOn(
    world,
    opening.map(({ postId, wanted }) => ({ postId, endsAt: wanted.endsAt })),
  );
  for (const one of lapsing) lapse(world, change, one);
  const pending: Record<string, string> = Object.fromEntries(Object.entries(book.pending).map(([postId, { id }]) => [postId, id]));
  for (const one of opening) pending[one.postId] = openOne(world, change, one, briefings.get(one.postId) ?? nothingOpen).id;
  put(change, handoversId, { type: 'handovers', state: { ...book, pending } }, null);
  return toTransition(change);
};

/** Whether it must be looked at at all: something has fallen due, or somebody may have accepted. */
const isCalm = ({ handovers }: World, now: number): boolean =>
  handovers.book !== undefined && now < handovers.untilAt && Object.keys(handovers.book.pending).length === 0;

/**
 * Brings handovers up to now, whoever looks first: whatever is decided afterwards stands on who really stands what.
 * Cheap while nothing is to be handed over; two that look at once make one decision, by compare-and-set. `isThorough`:
 * writes down too what everybody reads from the rest anyway.
 */
export const keepHandovers = async (world: World, isThorough = false): Promise<void> => {
  if (!needsHandovers(world)) return;
  for (let races = 0; races < mostRaces; races++) {
    const now = world.clock.now();
    if (isCalm(world, now)) return;
    await refreshHandovers(world, now);
    const transition = await decideLook(world, now, isThorough);
    if (transition === undefined) {
      world.handovers = { ...world.handovers, untilAt: nextLookAt(world.byRoster, now, handoverRulesOf(world)) };
      return;
    }
    const [result] = await world.store.commit([transition], world.campaignVersion);
    if (result === 'stale') await refreshWorld(world);
  }
};
