import { shiftAt, type Directory, type Held } from '../organisation/directory.ts';
import type { Holder, PostId, Shift } from '../roster/roster.ts';
import { acceptancesOf, effectiveAt, type Handover, type HandoverNote, type LapseReason } from './handover.ts';
import { isAcceptedFor, needsNoWord, officersOf, wantedAt, type Wanted } from './relief.ts';

/** Who really stands each post, and what waits to be handed over; one for the whole bureau. */
export type HandoverBook = {
  /** Up to and including this instant every change of shift has been looked at. */
  readonly seenAt: number;
  readonly stands: { readonly [postId in PostId]: readonly Holder[] };
  /** At most one for each post; accepted, it stays here until a look has found it in effect. */
  readonly pending: { readonly [postId in PostId]: Handover };
};

/** The same as it is kept: what waits by its id, for each is decided by itself. */
export type KeptBook = Omit<HandoverBook, 'pending'> & { readonly pending: { readonly [postId in PostId]: string } };

export type HandoverRules = {
  /** How long before the boundary it is opened. */
  readonly leadMs: number;
  /** The campaign: outside it shifts change by the clock alone. */
  readonly fromAt: number;
  readonly toAt: number;
};

/** What a look finds to do. */
export type Advance =
  | { readonly type: 'lapse'; readonly handover: Handover; readonly reason: LapseReason }
  | {
      readonly type: 'open';
      readonly postId: PostId;
      readonly outgoing: readonly Holder[];
      readonly wanted: Wanted;
      /** Left for one that it takes the place of. */
      readonly notes: readonly HandoverNote[];
      /** Id of the one that waited before. */
      readonly before?: string;
    }
  /** Accepted, and now in effect. */
  | { readonly type: 'settle'; readonly handover: Handover };

const planned = (directory: Directory, postId: PostId, at: number): readonly Holder[] => shiftAt(directory, postId, at)?.holders ?? [];

// A cache of a pure function: every look at every post asks for the same list.
const changes = new WeakMap<readonly Shift[], readonly number[]>();

/** Instants at which a post's shifts begin or end, sorted. */
const changesOf = (shifts: readonly Shift[]): readonly number[] => {
  const known = changes.get(shifts);
  if (known) return known;
  const sorted = [...new Set(shifts.flatMap(({ from, to }) => [from, to]))].toSorted((a, b) => a - b);
  changes.set(shifts, sorted);
  return sorted;
};

/** Where in a sorted list the first one after `at` stands. */
const firstAfter = (sorted: readonly number[], at: number): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! > at) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** Instants after the last look at which somebody else was planned, or came. */
const changesSince = (directory: Directory, postId: PostId, seenAt: number, now: number, more: readonly number[]): readonly number[] => {
  const sorted = changesOf(directory.shiftsOf.get(postId) ?? noShifts);
  const from = firstAfter(sorted, seenAt);
  const passed = seenAt < now ? sorted.slice(from, firstAfter(sorted, now)) : [];
  if (passed.length === 0 && more.length === 0) return [now];
  // Whoever has come since is looked at even where the last look was at that very instant.
  return [...new Set([...passed, ...more.filter((at) => at <= now), now])].toSorted((a, b) => a - b);
};

const noShifts: readonly Shift[] = [];

type Stood = { readonly holders: readonly Holder[]; readonly isSettled: boolean };

/** Whoever accepted after the boundary has come, whatever the roster says later; ahead of it they may have been exchanged since. */
const comersOf = (accepted: Handover, plan: readonly Holder[]): readonly Holder[] | undefined => {
  if (accepted.acceptedAt! >= accepted.at) return accepted.incoming;
  return isAcceptedFor(accepted, plan) ? plan : undefined;
};

/** Change by change: who stands the post in the end. */
const standThrough = (directory: Directory, book: HandoverBook, postId: PostId, now: number): Stood => {
  const { seenAt, stands, pending } = book;
  const accepted = pending[postId]?.acceptedAt === undefined ? undefined : pending[postId];
  const comesAt = accepted ? [effectiveAt(accepted)] : [];
  let holders = stands[postId] ?? planned(directory, postId, seenAt);
  let isSettled = false;
  for (const at of changesSince(directory, postId, seenAt, now, comesAt)) {
    const plan = planned(directory, postId, at);
    const come = accepted && !isSettled && effectiveAt(accepted) <= at ? comersOf(accepted, plan) : undefined;
    if (come) isSettled = true;
    if (come || needsNoWord(directory, holders, plan)) holders = come ?? plan;
  }
  return { holders, isSettled };
};

const isSameOfficers = (one: readonly Holder[], other: readonly Holder[]): boolean =>
  officersOf(one).toSorted().join(' ') === officersOf(other).toSorted().join(' ');

/** Whether what waits is still what is wanted. */
const fits = (handover: Handover, wanted: Wanted, now: number): boolean => {
  const isSameTime = handover.at === wanted.at || (handover.at <= now && wanted.at <= now);
  if (handover.acceptedBy !== undefined) return isSameTime && isAcceptedFor(handover, wanted.incoming);
  return isSameTime && isSameOfficers(handover.incoming, wanted.incoming);
};

const reasonOf = (directory: Directory, { postId, at, endsAt }: Handover, now: number): LapseReason => {
  if (officersOf(planned(directory, postId, Math.max(now, at))).length === 0) return 'noShift';
  return endsAt <= now ? 'overtaken' : 'rosterChanged';
};

export type Advanced = { readonly book: HandoverBook; readonly advances: readonly Advance[]; readonly isChanged: boolean };

const isSameHolders = (one: readonly Holder[] | undefined, other: readonly Holder[]): boolean =>
  one !== undefined &&
  one.map(({ role, personId }) => `${role} ${personId}`).join() === other.map(({ role, personId }) => `${role} ${personId}`).join();

/** Clocks of several processes differ by less than this. */
const mostSkewMs = 60_000;

/** A process whose clock is a little behind must not take back what another has seen come about. */
const instantOfLook = (before: HandoverBook | undefined, clockAt: number): number =>
  before && before.seenAt - clockAt < mostSkewMs ? Math.max(clockAt, before.seenAt) : clockAt;

/**
 * Looks at every change of shift since the last look. Pure, and the same whoever looks and however often: of several
 * that were missed only the latest counts, and whoever really stood the post last hands it over.
 */
export const advanceBook = (before: HandoverBook | undefined, directory: Directory, clockAt: number, rules: HandoverRules): Advanced => {
  const now = instantOfLook(before, clockAt);
  const isInForce = rules.fromAt <= now && now < rules.toAt;
  const book = before ?? { seenAt: now, stands: {}, pending: {} };
  const stands: Record<PostId, readonly Holder[]> = {};
  const pending: Record<PostId, Handover> = {};
  const advances: Advance[] = [];
  let isChanged = before === undefined;
  for (const { id: postId } of directory.roster.posts) {
    const known = book.pending[postId];
    const stood = isInForce ? standThrough(directory, book, postId, now) : { holders: planned(directory, postId, now), isSettled: false };
    const isStill = isSameHolders(book.stands[postId], stood.holders);
    stands[postId] = isStill ? book.stands[postId]! : stood.holders;
    if (!isStill) isChanged = true;
    if (known && stood.isSettled) advances.push({ type: 'settle', handover: known });
    const waiting = stood.isSettled ? undefined : known;
    const wanted = isInForce ? wantedAt(directory, postId, stood.holders, now, rules.leadMs) : undefined;
    if (waiting && wanted && fits(waiting, wanted, now)) {
      pending[postId] = waiting;
      continue;
    }
    if (waiting) {
      const reason = isInForce ? reasonOf(directory, waiting, now) : 'notInForce';
      advances.push({ type: 'lapse', handover: waiting, reason });
    }
    if (wanted)
      advances.push({
        type: 'open',
        postId,
        outgoing: stood.holders,
        wanted,
        notes: waiting?.notes ?? [],
        ...(known ? { before: known.id } : {}),
      });
  }
  for (const [postId, handover] of Object.entries(book.pending))
    if (!directory.posts.has(postId)) advances.push({ type: 'lapse', handover, reason: 'noShift' });
  return { book: { seenAt: now, stands, pending }, advances, isChanged: isChanged || advances.length > 0 };
};

/** Posts that whoever stood them holds on, for nobody has accepted them. */
export const heldOf = ({ book, advances }: Pick<Advanced, 'book' | 'advances'>): ReadonlyMap<PostId, Held> => {
  const held = new Map<PostId, Held>();
  for (const handover of Object.values(book.pending)) {
    const { postId, at, outgoing, acceptedAt } = handover;
    const come = acceptancesOf(handover).map(({ by }) => by);
    if (acceptedAt === undefined) held.set(postId, { from: at, holders: outgoing, ...(come.length === 0 ? {} : { come }) });
  }
  for (const one of advances) if (one.type === 'open') held.set(one.postId, { from: one.wanted.at, holders: one.outgoing });
  return held;
};

const instants = new WeakMap<Directory['roster'], Map<number, readonly number[]>>();

const sortedInstants = ({ roster }: Directory, leadMs: number): readonly number[] => {
  const byLead = instants.get(roster) ?? new Map<number, readonly number[]>();
  instants.set(roster, byLead);
  const known = byLead.get(leadMs);
  if (known) return known;
  const all = new Set(roster.shifts.flatMap(({ from, to }) => [from, to, to - leadMs]));
  const sorted = [...all].toSorted((a, b) => a - b);
  byLead.set(leadMs, sorted);
  return sorted;
};

/** Until when a look stays true as long as nobody does anything and the roster stays as it is. */
export const nextLookAt = (directory: Directory, now: number, { leadMs, fromAt, toAt }: HandoverRules): number => {
  const all = sortedInstants(directory, leadMs);
  const ends = [fromAt, toAt].filter((at) => at > now);
  return Math.min(all[firstAfter(all, now)] ?? Number.POSITIVE_INFINITY, ...ends);
};
