import type { CampaignSettings } from '../../src/domain/campaign.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import type { Override, Roster } from '../../src/domain/roster/roster.ts';
import { boundariesOf, officersIn, stintsIn } from './duty-roster.ts';
import { skewMs } from './ladder-oracle.ts';
import type { Blame } from './violation.ts';

/** What must be true of leave, swaps and covers, told from the ledger and the roster alone. */

type Part = { readonly postId: string; readonly from: number; readonly to: number };

type Request = {
  readonly askedBy: string;
  readonly askedAt: number;
  readonly holder: string;
  substitute: string | undefined;
  readonly gives: readonly Part[];
  readonly takes: readonly Part[];
  readonly standing: readonly [number, number] | undefined;
  acceptedBy?: string | undefined;
  approvedBy?: string | undefined;
  keptOnAt?: number;
  /** Of an effective one. */
  overrides?: readonly string[];
  isOpen: boolean;
};

const promise = '10 leave only with both consents, and no post empty';
const dayMs = 24 * 3_600_000;
/** What may still become of one that has taken effect. */
const afterwards = new Set(['RequestUndone', 'RequestVoided', 'RequestRevived']);
const ends = new Set(['RequestRefused', 'RequestWithdrawn', 'RequestExpired', 'RequestTookEffect', 'RequestUndone']);

const partsIn = (value: unknown): readonly Part[] =>
  ((value ?? []) as readonly (readonly [string, number, number, string])[]).map(([postId, from, to]) => ({ postId, from, to }));

const isOver = (one: { readonly from: number; readonly to: number }, other: { readonly from: number; readonly to: number }): boolean =>
  one.from < other.to && other.from < one.to;

export type RequestParts = {
  readonly settings: CampaignSettings;
  readonly blame: Blame;
  /** Clocks of it that run. */
  readonly running: (requestId: string) => readonly string[];
};

export const createRequestOracle = ({ settings, blame, running }: RequestParts) => {
  const requests = new Map<string, Request>();
  const touched = new Set<string>();
  let roster: Roster = { version: 0, posts: [], shifts: [] };

  const counterpart = ({ askedBy, holder, substitute }: Request): string | undefined => (askedBy === substitute ? holder : substitute);

  const told = (row: LedgerRow): void => {
    const id = row.itemId!;
    touched.add(id);
    const { data, actor } = row;
    if (row.event === 'RequestAsked') {
      if (requests.has(id)) blame('3 a request is asked once', id);
      requests.set(id, {
        askedBy: actor!,
        askedAt: row.at,
        holder: data['holder'] as string,
        substitute: data['substitute'] as string | undefined,
        gives: partsIn(data['gives']),
        takes: partsIn(data['takes']),
        standing: data['standing'] as readonly [number, number] | undefined,
        isOpen: true,
      });
      return;
    }
    const request = requests.get(id) ?? blame('5 the ledger explains the state', `${row.event} of ${id}, which was never asked`);
    if (!request.isOpen && !afterwards.has(row.event)) blame('3 nothing is decided after the end', `${row.event} of ${id}`);
    const isParty = actor === request.holder || actor === request.substitute;
    if (row.event === 'SubstituteAccepted') {
      if (actor !== counterpart(request)) blame('7 nobody accepts for another', `${actor} accepted ${id}`);
      request.acceptedBy = actor;
    } else if (row.event === 'RequestApproved') {
      if (isParty) blame('7 nobody consents to their own', `${actor} approved ${id}`);
      request.approvedBy = actor;
    } else if (row.event === 'SubstituteDeclined' || row.event === 'SubstituteNamed') {
      Object.assign(request, { substitute: data['substitute'], acceptedBy: undefined, approvedBy: undefined });
    } else if (row.event === 'HolderKeptOn') request.keptOnAt = row.at;
    else if (row.event === 'RequestTookEffect') request.overrides = data['overrides'] as readonly string[];
    if (ends.has(row.event)) request.isOpen = false;
  };

  /** Each of what was put on top of the plan is one of its parts, from no earlier than now, the right way round. */
  const checkAdded = (id: string, { holder, substitute, gives, takes, standing }: Request, one: Override, at: number): void => {
    const isWithin = (from: number, to: number): boolean => from <= one.from && one.to <= to && one.from >= at - skewMs;
    const isPart = (parts: readonly Part[], out: string, comes: string | undefined): boolean =>
      one.out === out && one.in === comes && parts.some((part) => part.postId === one.subject && isWithin(part.from, part.to));
    const isAway = !one.subject.startsWith('p') && standing !== undefined && one.in === substitute && isWithin(standing[0], standing[1]);
    if (!isPart(gives, holder, substitute) && !isPart(takes, substitute!, holder) && !isAway)
      blame(promise, `${id} put ${JSON.stringify(one)} on top of the plan at ${at}`);
  };

  const effective = (id: string, rows: readonly LedgerRow[]): Request | undefined =>
    rows.some((row) => row.itemId === id && row.event === 'RequestTookEffect') ? requests.get(id) : undefined;

  /** A decision that changes what lies on top of the plan. */
  const overridden = (row: LedgerRow, rows: readonly LedgerRow[]): void => {
    const added = row.data['added'] as unknown as readonly Override[];
    const removed = row.data['removed'] as readonly string[];
    for (const one of added) {
      if (!one.id.startsWith('vq')) continue;
      const id = one.id.slice(1, one.id.lastIndexOf('.'));
      const request = effective(id, rows) ?? blame(promise, `${one.id} counts, and ${id} has not taken effect`);
      if (request.acceptedBy === undefined || request.approvedBy === undefined)
        blame(promise, `${id} took effect, accepted by ${request.acceptedBy}, approved by ${request.approvedBy}`);
      if (!request.overrides?.includes(one.id)) blame(promise, `${id} does not say that it added ${one.id}`);
      checkAdded(id, request, one, row.at);
    }
    for (const id of removed) {
      const of = id.slice(1, id.lastIndexOf('.'));
      if (of.startsWith('q') && !rows.some((each) => each.itemId === of && each.event === 'RequestUndone'))
        blame(promise, `${id} was taken back, and ${of} was not`);
    }
  };

  const postsAt = (stood: Roster, personId: string, at: number): number =>
    new Set(
      (stintsIn(stood).get(personId) ?? [])
        .filter(({ role, from, to }) => role !== 'shiftLeader' && from <= at && at < to)
        .map(({ postId }) => postId),
    ).size;

  /** Whole shifts of the plan, of which somebody stands a piece, that follow each other around a time. */
  const rowAround = (stood: Roster, personId: string, around: { readonly from: number; readonly to: number }): number => {
    const pieces = stintsIn(stood).get(personId) ?? [];
    const whole = new Map<number, number>();
    for (const piece of pieces)
      for (const { from, to } of stood.shifts.filter((shift) => shift.postId === piece.postId && isOver(shift, piece)))
        whole.set(from, Math.max(to, whole.get(from) ?? to));
    let row: { from: number; to: number }[] = [];
    let longest = 0;
    for (const [from, to] of [...whole].toSorted(([a], [b]) => a - b)) {
      const last = row.at(-1);
      row = last && from - last.to < dayMs ? [...row, { from, to }] : [{ from, to }];
      if (row.some((one) => isOver(one, around))) longest = Math.max(longest, row.length);
    }
    return longest;
  };

  /** What an agreement makes of the roster breaks no rule that was kept before it. */
  const checkRules = (before: Roster, after: Roster, added: readonly Override[]): void => {
    for (const one of added) {
      const comes = one.in;
      if (!one.id.startsWith('vq') || comes === undefined || !one.subject.startsWith('p')) continue;
      for (const at of [one.from, ...boundariesOf(after, one.subject).filter((each) => one.from < each && each < one.to)]) {
        const posts = postsAt(after, comes, at);
        if (posts > Math.max(1, postsAt(before, comes, at))) blame('10 nobody on two posts', `${comes} at ${at} by ${one.id}`);
        const least = after.posts.find(({ id }) => id === one.subject)?.minimumHeadcount ?? 0;
        const [had, has] = [officersIn(before, one.subject, at).length, officersIn(after, one.subject, at).length];
        if (has < Math.min(had, least)) blame(promise, `${one.subject} has ${has} officers at ${at} by ${one.id}, and had ${had}`);
      }
      const row = rowAround(after, comes, one);
      if (row > settings.limits.consecutiveShifts && row > rowAround(before, comes, one))
        blame('10 nobody above the limits', `${comes} stands ${row} shifts in a row by ${one.id}`);
    }
  };

  /** Whatever lies on top of the plan empties no post that the plan mans. */
  const checkPosts = (now: Roster): void => {
    const plan = { ...now, overrides: [] };
    for (const { id: postId, minimumHeadcount } of now.posts)
      for (const at of boundariesOf(now, postId)) {
        const planned = officersIn(plan, postId, at).length;
        if (officersIn(now, postId, at).length < Math.min(planned, minimumHeadcount)) blame(promise, `${postId} is empty at ${at}`);
      }
  };

  return {
    isOf: ({ itemId, obligationId }: LedgerRow): boolean => itemId?.startsWith('q') === true && obligationId === undefined,
    told,
    decided: (rows: readonly LedgerRow[]): void => {
      for (const row of rows) if (row.event === 'RosterOverridden') overridden(row, rows);
    },
    campaignIs: (next: Roster): void => {
      if (next === roster) return;
      const known = new Set((roster.overrides ?? []).map(({ id }) => id));
      const added = (next.overrides ?? []).filter(({ id }) => !known.has(id));
      // Another list may put anybody anywhere; what is agreed on top of the same list may not.
      if (JSON.stringify(next.shifts) === JSON.stringify(roster.shifts)) checkRules(roster, next, added);
      checkPosts(next);
      roster = next;
    },
    /** While it is open somebody is waited for. */
    checkClocks: (): void => {
      for (const id of touched)
        if (requests.get(id)?.isOpen && running(id).length === 0) blame('10 an open request has a running clock', id);
      touched.clear();
    },
    /** A shift that has begun while its relief was open: its holder has been told to stay. */
    look: (at: number, wellSince: number): void => {
      for (const [id, { isOpen, gives, askedAt, keptOnAt }] of requests) {
        const [first] = gives;
        if (!isOpen || !first || keptOnAt !== undefined || first.from <= askedAt) continue;
        if (first.from < at - 90_000 && wellSince < first.from) blame('10 the holder is told to stay', `${id} since ${first.from}`);
      }
    },
    open: (): readonly string[] => [...requests].flatMap(([id, { isOpen }]) => (isOpen ? [id] : [])),
  };
};
