import type { Directory, Held } from '../organisation/directory.ts';
import type { Holder, PostId } from '../roster/roster.ts';
import { withEntries } from '../layered-map.ts';
import {
  firstAfter,
  instantOfLook,
  lookAtGone,
  lookAtPost,
  mostSkewMs,
  type Advance,
  type HandoverRules,
  type KeptBook,
  type PostLook,
} from './advance.ts';
import { acceptancesOf, effectiveAt, type Handover } from './handover.ts';

/** The book as it is kept, and what waits as it was read. */
export type BookRead = {
  readonly book: Omit<KeptBook, 'pending'> | undefined;
  /** What waits, by post. */
  readonly pending: (postId: PostId) => Handover | undefined;
  /** Posts at which something waits, also those that are there no more. */
  readonly waitingAt: Iterable<PostId>;
};

const isUrgent = ({ type }: Advance): boolean => type !== 'settle';

/** A look at all posts, kept so that the next one need only look at what has moved. */
export type Look = {
  readonly at: number;
  /** Until then nothing changes by itself; infinity where nothing ever does. */
  readonly untilAt: number;
  /** Posts of which there is anything to say: of all others what is written down holds. */
  readonly posts: ReadonlyMap<PostId, PostLook>;
  /** What waits at posts that are there no more. */
  readonly gone: readonly Advance[];
  /** Posts that whoever stood them holds on, for nobody has accepted them. */
  readonly held: ReadonlyMap<PostId, Held>;
  readonly counts: LookCounts;
};

/** How many posts there is something to write of. Counted along, for it is asked with each message. */
type LookCounts = {
  /** Something must be opened or lapses. */
  readonly urgent: number;
  /** Other than it is written down. */
  readonly changed: number;
  /** Of these, those that read the same from the rest later. */
  readonly canWait: number;
};

const heldBy = (handover: Handover): Held | undefined => {
  const { at, outgoing, acceptedAt } = handover;
  if (acceptedAt !== undefined) return undefined;
  const come = acceptancesOf(handover).map(({ by }) => by);
  return { from: at, holders: outgoing, ...(come.length === 0 ? {} : { come }) };
};

const heldIn = ({ waiting, advances }: PostLook): Held | undefined => {
  const opened = advances.find((one) => one.type === 'open');
  if (opened) return { from: opened.wanted.at, holders: opened.outgoing };
  return waiting && heldBy(waiting);
};

const noCounts: LookCounts = { urgent: 0, changed: 0, canWait: 0 };

const countIn = (counts: LookCounts, look: PostLook | undefined, by: 1 | -1): LookCounts => {
  if (!look || (look.isStill && look.advances.length === 0)) return counts;
  return {
    urgent: counts.urgent + (look.advances.some(isUrgent) ? by : 0),
    changed: counts.changed + by,
    canWait: counts.canWait + (look.canWait ? by : 0),
  };
};

const hasNews = ({ isStill, waiting, advances }: PostLook): boolean => !isStill || waiting !== undefined || advances.length > 0;

const lookInto = ({ book, pending }: BookRead, directory: Directory, now: number, rules: HandoverRules): ((postId: PostId) => PostLook) => {
  const seenAt = book?.seenAt ?? now;
  return (postId) => lookAtPost({ seenAt, stands: book?.stands[postId], pending: pending(postId) }, directory, postId, now, rules);
};

/** What was accepted by a clock that goes ahead of ours is in effect once ours has come so far. */
const comesAt = ({ waiting }: PostLook, now: number): number => {
  const at = waiting?.acceptedAt === undefined ? now : effectiveAt(waiting);
  return at > now ? at : Number.POSITIVE_INFINITY;
};

/** Looks at every post. */
export const lookAtAll = (read: BookRead, directory: Directory, clockAt: number, rules: HandoverRules): Look => {
  const now = instantOfLook(read.book?.seenAt, clockAt);
  const lookAt = lookInto(read, directory, now, rules);
  const posts = new Map<PostId, PostLook>();
  const held = new Map<PostId, Held>();
  let untilAt = nextLookAt(directory, now, rules);
  let counts = noCounts;
  for (const { id } of directory.roster.posts) {
    const look = lookAt(id);
    untilAt = Math.min(untilAt, comesAt(look, now));
    counts = countIn(counts, look, 1);
    if (hasNews(look)) posts.set(id, look);
    const holding = heldIn(look);
    if (holding) held.set(id, holding);
  }
  const gone = [...read.waitingAt].flatMap((postId) => (directory.posts.has(postId) ? [] : [lookAtGone(read.pending(postId)!, now)]));
  return { at: now, untilAt, posts, gone, held, counts };
};

const isSameHeld = (one: Held | undefined, other: Held | undefined): boolean =>
  one === other ||
  (one !== undefined &&
    other !== undefined &&
    one.from === other.from &&
    one.holders === other.holders &&
    one.come?.length === other.come?.length);

/** The same look at a later instant, as long as it holds, on the same directory and book; what waits at some posts has moved. */
export const lookAgain = (
  before: Look,
  moved: readonly PostId[],
  read: BookRead,
  directory: Directory,
  clockAt: number,
  rules: HandoverRules,
): Look => {
  const now = Math.max(before.at, clockAt);
  if (moved.length === 0) return now === before.at ? before : { ...before, at: now };
  const posts: [PostId, PostLook | undefined][] = [];
  const held: [PostId, Held | undefined][] = [];
  const lookAt = lookInto(read, directory, now, rules);
  let { untilAt, counts } = before;
  for (const postId of moved) {
    const look = directory.posts.has(postId) ? lookAt(postId) : undefined;
    if (look) untilAt = Math.min(untilAt, comesAt(look, now));
    counts = countIn(countIn(counts, before.posts.get(postId), -1), look, 1);
    const holding = look && heldIn(look);
    posts.push([postId, look && hasNews(look) ? look : undefined]);
    if (!isSameHeld(before.held.get(postId), holding)) held.push([postId, holding]);
  }
  return {
    ...before,
    at: now,
    untilAt,
    counts,
    posts: withEntries(before.posts, posts),
    // The same where nobody has come: much is kept by it.
    held: held.length === 0 ? before.held : withEntries(before.held, held),
  };
};

/** Whether what it found still holds at an instant, as long as nobody has done anything. */
export const holdsAt = ({ at, untilAt }: Look, now: number): boolean => at - now < mostSkewMs && now < untilAt;

/** Whether something must be opened or lapses: that is not put off. */
export const isUrgentIn = ({ counts, gone }: Look): boolean => counts.urgent > 0 || gone.some(isUrgent);

/** Whether anything is other than it is written down; `mayWait`: leaving out what reads the same from the rest later. */
export const isChangedIn = ({ counts, gone }: Look, mayWait: boolean): boolean =>
  gone.length > 0 || counts.changed > (mayWait ? counts.canWait : 0);

/** What one commit writes of a look: at most so many posts of those that something is opened or lapses at. */
export type LookToWrite = {
  readonly stands: { readonly [postId in PostId]: readonly Holder[] };
  /** What goes on waiting, by its id; without what is opened now. */
  readonly pending: { readonly [postId in PostId]: string };
  readonly last: { readonly [postId in PostId]: string };
  readonly advances: readonly Advance[];
  readonly isMore: boolean;
};

/** What of a look is written at once. What is left for the next is found by it again. */
export const takeFrom = (
  { posts, gone }: Look,
  book: Omit<KeptBook, 'pending'> | undefined,
  directory: Directory,
  most: number,
): LookToWrite => {
  const stands: Record<PostId, readonly Holder[]> = {};
  const pending: Record<PostId, string> = {};
  const last: Record<PostId, string> = {};
  const advances: Advance[] = [...gone];
  let taken = 0;
  let isMore = false;
  for (const { id: postId } of directory.roster.posts) {
    const look = posts.get(postId);
    stands[postId] = look?.holders ?? book!.stands[postId]!;
    const before = book?.last?.[postId];
    if (before !== undefined) last[postId] = before;
    if (look?.waiting) pending[postId] = look.waiting.id;
    if (!look || look.advances.length === 0) continue;
    const settled = look.advances.find(({ type }) => type === 'settle');
    if (settled && look.over) last[postId] = look.over.id;
    const urgent = look.advances.filter(isUrgent);
    if (settled) advances.push(settled);
    if (urgent.length === 0) continue;
    if (taken < most) {
      taken += 1;
      advances.push(...urgent);
    } else {
      isMore = true;
      if (look.over && !settled) pending[postId] = look.over.id;
    }
  }
  return { stands, pending, last, advances, isMore };
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

/** When somebody's shift begins or ends next. */
export const nextChangeAt = (directory: Directory, now: number): number => {
  const all = sortedInstants(directory, 0);
  return all[firstAfter(all, now)] ?? Number.POSITIVE_INFINITY;
};

/** Until when a look stays true as long as nobody does anything and the roster stays as it is. */
const nextLookAt = (directory: Directory, now: number, { leadMs, fromAt, toAt }: HandoverRules): number => {
  const all = sortedInstants(directory, leadMs);
  const ends = [fromAt, toAt].filter((at) => at > now);
  return Math.min(all[firstAfter(all, now)] ?? Number.POSITIVE_INFINITY, ...ends);
};
