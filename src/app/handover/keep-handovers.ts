import { advanceBook, nextLookAt, type Advance, type HandoverBook } from '../../domain/handover/advance.ts';
import { itemObligationId } from '../../domain/escalation/decide.ts';
import { evolveHandover, handoverIdOf, packHolders, type Handover } from '../../domain/handover/handover.ts';
import { isEnded } from '../../domain/escalation/obligation.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import type { Stored, Transition } from '../../ports/store.ts';
import { beginChange, decideIn, obligationIn, openIn, put, readInto, toTransition, type Change } from '../change.ts';
import { handoverRulesOf, handoversId, needsHandovers, refreshWorld, takeInHandovers, type World } from '../world.ts';
import { briefOn, type Briefing } from './brief.ts';

/** Opens what is to be handed over, and brings in effect what was accepted ahead. */

const mostRaces = 8;

export const bookIn = (stored: Stored | undefined): HandoverBook | undefined =>
  stored?.aggregate.type === 'handovers' ? stored.aggregate.state : undefined;

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
  const { postId, outgoing, wanted, notes } = one;
  return {
    at: now,
    event: 'HandoverOpened',
    itemId: handoverIdOf(postId, now),
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

/** What is over goes where it can be looked up. */
export const fileAway = (change: Change, handover: Handover): void => {
  readInto(change, handover.id, undefined);
  put(change, handover.id, { type: 'handover', state: handover }, null);
};

const lapse = (world: World, change: Change, { handover, reason }: Extract<Advance, { type: 'lapse' }>, now: number): void => {
  const event: LedgerEvent = { at: now, event: 'HandoverLapsed', itemId: handover.id, data: { subject: handover.postId, reason } };
  change.events.push(event);
  fileAway(change, evolveHandover(handover, event)!);
  const clockId = clockIdOf(handover);
  const clock = obligationIn(change, clockId);
  if (clock && !isEnded(clock)) decideIn(world, change, clockId, { type: 'withdraw', reason });
};

const applyAdvances = (
  world: World,
  change: Change,
  advances: readonly Advance[],
  briefings: ReadonlyMap<string, Briefing>,
  pending: Record<string, Handover>,
): void => {
  for (const one of advances) {
    if (one.type === 'lapse') lapse(world, change, one, change.now);
    else if (one.type === 'settle') fileAway(change, one.handover);
  }
  for (const one of advances) {
    if (one.type !== 'open') continue;
    const event = openedEvent(one, briefings.get(one.postId) ?? { open: [], due: [] }, change.now);
    change.events.push(event);
    const handover = evolveHandover(undefined, event)!;
    pending[one.postId] = handover;
    openClock(world, change, handover);
  }
};

/** One look, decided on what was read; undefined where nothing has changed. */
const decideLook = async (world: World, stored: Stored | undefined, now: number): Promise<Transition | undefined> => {
  const { book, advances, isChanged } = advanceBook(bookIn(stored), world.byRoster, now, handoverRulesOf(world));
  if (!isChanged) return undefined;
  const change = beginChange(world, now);
  readInto(change, handoversId, stored);
  const opening = advances.flatMap((one) => (one.type === 'open' ? [{ postId: one.postId, endsAt: one.wanted.endsAt }] : []));
  const clocks = advances.flatMap((one) => (one.type === 'lapse' ? [clockIdOf(one.handover)] : []));
  const found = clocks.length === 0 ? [] : await world.store.load(clocks);
  for (const [index, id] of clocks.entries()) readInto(change, id, found[index]);
  const pending = { ...book.pending };
  applyAdvances(world, change, advances, await briefOn(world, opening), pending);
  put(change, handoversId, { type: 'handovers', state: { ...book, pending } }, null);
  return toTransition(change);
};

/** Whether it must be looked at at all: something has fallen due, or somebody may have accepted. */
const isCalm = ({ handovers }: World, now: number): boolean =>
  handovers.book !== undefined && now < handovers.untilAt && Object.keys(handovers.book.pending).length === 0;

/**
 * Brings handovers up to now, whoever looks first: whatever is decided afterwards stands on who really stands what.
 * Cheap while nothing is to be handed over; two that look at once make one decision, by compare-and-set.
 */
export const keepHandovers = async (world: World): Promise<void> => {
  if (!needsHandovers(world)) return;
  for (let races = 0; races < mostRaces; races++) {
    const now = world.clock.now();
    if (isCalm(world, now)) return;
    const [stored] = await world.store.load([handoversId]);
    takeInHandovers(world, stored, now);
    const transition = await decideLook(world, stored, now);
    if (transition === undefined) {
      world.handovers = { ...world.handovers, untilAt: nextLookAt(world.byRoster, now, handoverRulesOf(world)) };
      return;
    }
    const [result] = await world.store.commit([transition], world.campaignVersion);
    if (result === 'stale') await refreshWorld(world);
  }
};
