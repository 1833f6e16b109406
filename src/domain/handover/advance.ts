import { shiftAt, type Directory } from '../organisation/directory.ts';
import type { Holder, PostId, Shift } from '../roster/roster.ts';
import { effectiveAt, type Handover, type HandoverNote, type LapseReason } from './handover.ts';
import { isAcceptedFor, needsNoWord, officersOf, wantedAt, type Wanted } from './relief.ts';

/** Who really stands each post, and what waits to be handed over; one for the whole bureau. */
export type KeptBook = {
  /** Up to and including this instant every change of shift has been looked at. */
  readonly seenAt: number;
  readonly stands: { readonly [postId in PostId]: readonly Holder[] };
  /**
   * What waits by its id, for each is decided by itself. At most one for each post; accepted, it stays here until a look
   * has found it in effect.
   */
  readonly pending: { readonly [postId in PostId]: string };
  /** The last one of each post that was accepted and is in effect. Older books have none. */
  readonly last?: { readonly [postId in PostId]: string };
};

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
export const firstAfter = (sorted: readonly number[], at: number): number => {
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
const standThrough = (directory: Directory, { seenAt, stands, pending }: PostKnown, postId: PostId, now: number): Stood => {
  const accepted = pending?.acceptedAt === undefined ? undefined : pending;
  const comesAt = accepted ? [effectiveAt(accepted)] : [];
  let holders = stands ?? planned(directory, postId, seenAt);
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

/** Whether what waits is still what is wanted. Of a boundary before, it is where nobody else has stood the post in between. */
const fits = (handover: Handover, wanted: Wanted, holders: readonly Holder[], now: number): boolean => {
  const isLate = handover.at <= now && wanted.at <= now && isSameOfficers(handover.outgoing, holders);
  const isSameTime = handover.at === wanted.at || isLate;
  if (handover.acceptedBy !== undefined) return isSameTime && isAcceptedFor(handover, wanted.incoming);
  return isSameTime && isSameOfficers(handover.incoming, wanted.incoming);
};

const reasonOf = (directory: Directory, { postId, at, endsAt }: Handover, now: number): LapseReason => {
  if (officersOf(planned(directory, postId, Math.max(now, at))).length === 0) return 'noShift';
  return endsAt <= now ? 'overtaken' : 'rosterChanged';
};

const isSameHolders = (one: readonly Holder[] | undefined, other: readonly Holder[]): boolean =>
  one !== undefined &&
  one.length === other.length &&
  one.every(({ role, personId }, index) => role === other[index]!.role && personId === other[index]!.personId);

/** Clocks of several processes differ by less than this. */
export const mostSkewMs = 60_000;

/** A process whose clock is a little behind must not take back what another has seen come about. */
export const instantOfLook = (seenAt: number | undefined, clockAt: number): number =>
  seenAt !== undefined && seenAt - clockAt < mostSkewMs ? Math.max(clockAt, seenAt) : clockAt;

/** What a look finds at one post. */
export type PostLook = {
  readonly postId: PostId;
  /** Who really stands it. */
  readonly holders: readonly Holder[];
  /** The same as is written down. */
  readonly isStill: boolean;
  /** What waits, and goes on waiting. */
  readonly waiting?: Handover;
  /** What waits in the book, and is in effect or lapses now. */
  readonly over?: Handover;
  readonly advances: readonly Advance[];
  /** All that is new reads the same later, whatever the roster says by then: somebody has come after the boundary. */
  readonly canWait: boolean;
};

/** What is known of a post before a look at it. */
export type PostKnown = {
  /** Up to and including this instant every change of shift has been looked at. */
  readonly seenAt: number;
  readonly stands: readonly Holder[] | undefined;
  readonly pending: Handover | undefined;
};

/**
 * Looks at every change of shift at one post since the last look, up to `now`. Pure, and the same whoever looks and however
 * often: of several that were missed only the latest counts, and whoever really stood the post last hands it over.
 */
export const lookAtPost = (before: PostKnown, directory: Directory, postId: PostId, now: number, rules: HandoverRules): PostLook => {
  const isInForce = rules.fromAt <= now && now < rules.toAt;
  const known = before.pending;
  const stood = isInForce ? standThrough(directory, before, postId, now) : { holders: planned(directory, postId, now), isSettled: false };
  const isStill = isSameHolders(before.stands, stood.holders);
  const holders = isStill ? before.stands! : stood.holders;
  const waiting = stood.isSettled ? undefined : known;
  const wanted = isInForce ? wantedAt(directory, postId, stood.holders, now, rules.leadMs) : undefined;
  const settled: readonly Advance[] = known && stood.isSettled ? [{ type: 'settle', handover: known }] : [];
  if (waiting && wanted && fits(waiting, wanted, stood.holders, now))
    return { postId, holders, isStill, waiting, advances: [], canWait: false };
  const reason = waiting && (isInForce ? reasonOf(directory, waiting, now) : 'notInForce');
  const lapsed: readonly Advance[] = waiting && reason ? [{ type: 'lapse', handover: waiting, reason }] : [];
  const opened: readonly Advance[] = wanted
    ? [{ type: 'open', postId, outgoing: stood.holders, wanted, notes: waiting?.notes ?? [], ...(known ? { before: known.id } : {}) }]
    : [];
  const hasComeAfterwards = stood.isSettled && known!.acceptedAt! >= known!.at && isSameHolders(known!.incoming, holders);
  return {
    postId,
    holders,
    isStill,
    ...(known ? { over: known } : {}),
    advances: [...settled, ...lapsed, ...opened],
    canWait: lapsed.length + opened.length === 0 && hasComeAfterwards,
  };
};

/** A post that is there no more: what waits comes to nothing, unless somebody had come already. */
export const lookAtGone = (pending: Handover, now: number): Advance =>
  pending.acceptedAt !== undefined && effectiveAt(pending) <= now
    ? { type: 'settle', handover: pending }
    : { type: 'lapse', handover: pending, reason: 'noShift' };
