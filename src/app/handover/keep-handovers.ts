import type { Advance, KeptBook } from '../../domain/handover/advance.ts';
import { itemObligationId } from '../../domain/escalation/decide.ts';
import {
  effectiveAt,
  evolveHandover,
  forgottenAt,
  handoverIdOf,
  isOver,
  packHolders,
  packNotes,
  type Handover,
  type HandoverNote,
} from '../../domain/handover/handover.ts';
import { holdsAt, isChangedIn, isUrgentIn, takeFrom, type Look } from '../../domain/handover/look.ts';
import { newcomersOf } from '../../domain/handover/relief.ts';
import { evolveShiftNotes, shiftNotesIdOf, type ShiftNotes } from '../../domain/handover/shift-notes.ts';
import { isEnded } from '../../domain/escalation/obligation.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import type { Transition } from '../../ports/store.ts';
import { beginChange, decideIn, obligationIn, openIn, put, readInto, toTransition, type Change } from '../change.ts';
import { needsHandovers, refreshHandovers, refreshWorld, type World } from '../world.ts';
import { briefOn, type Briefing } from './brief.ts';
import { inTurn } from './in-turn.ts';
import { readHandovers } from './read-handovers.ts';
import { bookOf, handoversId } from './waiting.ts';

type Opening = Extract<Advance, { type: 'open' }>;

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

/** How many must accept before the others may leave; undefined for the usual one. */
const neededFor = ({ settings }: World, { outgoing, wanted }: Opening): number | undefined => {
  const coming = newcomersOf(wanted.incoming, outgoing).length;
  return settings.handover.acceptance === 'each' && coming > 1 ? coming : undefined;
};

const openedEvent = (world: World, one: Opening, { open, due }: Briefing, kept: readonly HandoverNote[], now: number): LedgerEvent => {
  const { postId, outgoing, wanted, before } = one;
  const needed = neededFor(world, one);
  const { noted, personal } = packNotes([...kept, ...one.notes].toSorted((a, b) => a.at - b.at));
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
      ...(needed === undefined ? {} : { needed }),
      ...(noted === undefined ? {} : { noted }),
    },
    ...(personal === undefined ? {} : { personal }),
  };
};

const write = (change: Change, handover: Handover): void =>
  put(change, handover.id, { type: 'handover', state: handover }, isOver(handover) ? forgottenAt(handover) : null);

const keptIn = (change: Change, postId: string): ShiftNotes | undefined => {
  const aggregate = change.entries.get(shiftNotesIdOf(postId))?.aggregate;
  return aggregate?.type === 'shiftNotes' ? aggregate.state : undefined;
};

/** What is noted for the next handover of a post, as an event leaves it. */
const moveNotes = (change: Change, postId: string, event: LedgerEvent): void => {
  const before = keptIn(change, postId);
  const kept = evolveShiftNotes(before, event);
  if (kept !== before) put(change, shiftNotesIdOf(postId), kept ? { type: 'shiftNotes', state: kept } : null, null);
};

/** `isLast`: no other takes its place at once, so what was noted for it is kept for the one that comes. */
const lapse = (world: World, change: Change, { handover, reason }: Extract<Advance, { type: 'lapse' }>, isLast: boolean): void => {
  const { noted, personal } = packNotes(isLast ? handover.notes : []);
  const data = { subject: handover.postId, reason, ...(noted === undefined ? {} : { noted }) };
  const event: LedgerEvent = {
    at: change.now,
    event: 'HandoverLapsed',
    itemId: handover.id,
    data,
    ...(personal === undefined ? {} : { personal }),
  };
  change.events.push(event);
  write(change, evolveHandover(handover, event)!);
  moveNotes(change, handover.postId, event);
  const clockId = clockIdOf(handover);
  const clock = obligationIn(change, clockId);
  if (clock && !isEnded(clock)) decideIn(world, change, clockId, { type: 'withdraw', reason });
};

const openOne = (world: World, change: Change, one: Opening, briefing: Briefing): Handover => {
  const event = openedEvent(world, one, briefing, keptIn(change, one.postId)?.notes ?? [], change.now);
  change.events.push(event);
  moveNotes(change, one.postId, event);
  const handover = evolveHandover(undefined, event)!;
  readInto(change, handover.id, undefined);
  write(change, handover);
  openClock(world, change, handover);
  return handover;
};

const nothingOpen: Briefing = { open: [], due: [] };

/** The clocks of what ends, and what was noted for what begins; a note that comes meanwhile makes the look begin anew. */
const readMatters = async (
  world: World,
  change: Change,
  opening: readonly Opening[],
  lapsing: readonly Extract<Advance, { type: 'lapse' }>[],
): Promise<void> => {
  const notes = [...new Set([...opening.map(({ postId }) => postId), ...lapsing.map(({ handover }) => handover.postId)])].map(
    shiftNotesIdOf,
  );
  const ids = [...lapsing.map(({ handover }) => clockIdOf(handover)), ...notes];
  const found = ids.length === 0 ? [] : await world.store.load(ids);
  for (const [index, id] of ids.entries()) readInto(change, id, found[index]);
  for (const id of notes) change.reads.set(id, change.entries.get(id)!.version);
};

/** One commit opens and ends at most so many: a longer script would stall Redis for everybody else. */
const mostAtOnce = 250;
/** What reads the same from the rest anyway is written down so often at most: the book is one, and as long as the roster. */
const writeAfterMs = 60_000;

/** What was accepted before books knew the last one of each post, and whose shift goes on. */
const lastAccepted = async (world: World, now: number): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries(
    (await readHandovers(world.store))
      .filter((one) => one.acceptedAt !== undefined && effectiveAt(one) <= now && now < one.endsAt)
      .map(({ postId, id }) => [postId, id]),
  );

/** Whether what a look has found is to be written now. */
const isToWrite = (found: Look, book: KeptBook | undefined, isThorough: boolean, now: number): boolean => {
  if (book === undefined || isUrgentIn(found)) return true;
  if (!isThorough) return false;
  return isChangedIn(found, now - book.seenAt < writeAfterMs);
};

type Written = { readonly transition: Transition; readonly isMore: boolean };

/** One look, decided on what was read; undefined where there is nothing to write. */
const decideLook = async (world: World, isThorough: boolean): Promise<Written | undefined> => {
  const { stored, waiting, look } = world.handovers;
  const book = bookOf(world.handovers);
  const now = world.clock.now();
  if (!look || !isToWrite(look.found, book, isThorough, now)) return undefined;
  const { stands, pending: left, last, advances, isMore } = takeFrom(look.found, book, look.directory, mostAtOnce);
  const change = beginChange(world, now);
  readInto(change, handoversId, stored);
  const opening = advances.filter((one) => one.type === 'open');
  const lapsing = advances.filter((one) => one.type === 'lapse');
  for (const { handover } of lapsing) readInto(change, handover.id, waiting.get(handover.postId));
  await readMatters(world, change, opening, lapsing);
  const briefings = await briefOn(
    world,
    opening.map(({ postId, wanted }) => ({ postId, endsAt: wanted.endsAt })),
  );
  const reopened = new Set(opening.map(({ postId }) => postId));
  for (const one of lapsing) lapse(world, change, one, !reopened.has(one.handover.postId));
  const pending: Record<string, string> = { ...left };
  for (const one of opening) pending[one.postId] = openOne(world, change, one, briefings.get(one.postId) ?? nothingOpen).id;
  const before = book === undefined || book.last !== undefined ? {} : await lastAccepted(world, now);
  const state = { seenAt: look.found.at, stands, pending, last: { ...before, ...last } };
  put(change, handoversId, { type: 'handovers', state }, null);
  return { transition: toTransition(change), isMore };
};

/** Whether it must be looked at at all: something has fallen due, or somebody may have accepted. */
const isCalm = ({ handovers, byRoster }: World, now: number, isThorough: boolean): boolean => {
  const { stored, waiting, look } = handovers;
  if (stored === undefined || waiting.size > 0 || look?.directory !== byRoster || !holdsAt(look.found, now)) return false;
  return !isUrgentIn(look.found) && !(isThorough && isChangedIn(look.found, false));
};

const keep = async (world: World, isThorough: boolean): Promise<void> => {
  let isDoubted = false;
  for (let races = 0; races < mostRaces;) {
    if (isCalm(world, world.clock.now(), isThorough)) return;
    await refreshHandovers(world, isDoubted);
    const written = await decideLook(world, isThorough);
    if (written === undefined) return;
    const [result] = await world.store.commit([written.transition], world.campaignVersion);
    if (result === 'stale') await refreshWorld(world, true);
    isDoubted = result === 'conflict';
    if (result !== 'committed' || !written.isMore) races += 1;
  }
};

type Turns = { isThorough: boolean; readonly run: () => Promise<void> };

const keptInTurn = new WeakMap<World, Turns>();

/** Of many who come at once, one looks for all. */
const turnsOf = (world: World): Turns => {
  const known = keptInTurn.get(world);
  if (known) return known;
  const turns: Turns = {
    isThorough: false,
    run: inTurn(() => {
      const { isThorough } = turns;
      turns.isThorough = false;
      return keep(world, isThorough);
    }),
  };
  keptInTurn.set(world, turns);
  return turns;
};

/**
 * Brings handovers up to now, whoever looks first: whatever is decided afterwards stands on who really stands what.
 * Cheap while nothing is to be handed over, and otherwise reads what has moved alone; two that look at once make one
 * decision, by compare-and-set. `isThorough`: writes down too what everybody reads from the rest anyway.
 */
export const keepHandovers = async (world: World, isThorough = false): Promise<void> => {
  if (!needsHandovers(world) || isCalm(world, world.clock.now(), isThorough)) return;
  const turns = turnsOf(world);
  turns.isThorough ||= isThorough;
  await turns.run();
};
