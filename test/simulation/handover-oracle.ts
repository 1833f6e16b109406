import type { CampaignSettings } from '../../src/domain/campaign.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import type { DutyRole, Holder, Roster } from '../../src/domain/roster/roster.ts';
import { boundariesOf, holdersIn } from './duty-roster.ts';
import type { Blame } from './violation.ts';

/**
 * Promise 6, told from the ledger and the roster alone: whoever stands a post stays until somebody who comes has
 * accepted, and at every instant it is known who stands it.
 */

type Waiting = {
  readonly id: string;
  readonly at: number;
  readonly openedAt: number;
  readonly outgoing: readonly Holder[];
  readonly incoming: readonly Holder[];
  acceptedBy?: string;
  /** Once it is accepted. */
  effectiveAt?: number;
  /** Everybody who has said that they are there, also beside or after the one who made it count. */
  readonly come: string[];
};

type Clock = { endedAt?: number };

const promise = '6 no post is left before somebody has come';

const unpackHolders = (value: unknown): readonly Holder[] =>
  (value as readonly (readonly [DutyRole, string])[]).map(([role, personId]) => ({ role, personId }));

const officers = (holders: readonly Holder[]): readonly string[] =>
  holders.filter(({ role }) => role !== 'shiftLeader').map(({ personId }) => personId);

const newcomers = (incoming: readonly Holder[], outgoing: readonly Holder[]): readonly string[] =>
  officers(incoming).filter((personId) => !officers(outgoing).includes(personId));

export type HandoverParts = {
  readonly settings: CampaignSettings;
  readonly blame: Blame;
  readonly isActive: (personId: string) => boolean;
  readonly dueAt: (id: string) => number | undefined;
};

export const createHandoverOracle = ({ settings, blame, isActive, dueAt }: HandoverParts) => {
  const waiting = new Map<string, Waiting>();
  const stands = new Map<string, readonly Holder[]>();
  const clocks = new Map<string, Clock>();
  const open = new Set<string>();
  let roster: Roster = { version: 0, posts: [], shifts: [] };

  const planned = (postId: string, at: number): readonly Holder[] => holdersIn(roster, postId, at);

  /** Whoever stands a post that has not been handed over; undefined where the roster alone says it. */
  const heldBy = (postId: string, at: number): readonly Holder[] | undefined => {
    const one = waiting.get(postId);
    return one && one.acceptedBy === undefined && one.at <= at ? one.outgoing : undefined;
  };

  const told = (row: LedgerRow): void => {
    const postId = row.data['subject'] as string;
    if (row.event === 'HandoverOpened' && waiting.has(postId)) settle(postId, waiting.get(postId)!, row.at);
    const one = waiting.get(postId);
    if (row.event === 'HandoverOpened') {
      if (one) blame(promise, `${row.itemId} was opened while ${one.id} waits`);
      const outgoing = unpackHolders(row.data['outgoing']);
      const known = stands.get(postId);
      const gone = known && newcomers(outgoing, known);
      // at the campaign's beginning those go who are planned before it
      const isFirst = (row.data['at'] as number) <= settings.fromAt;
      if (!isFirst && gone && gone.length > 0 && known.some(({ personId }) => isActive(personId)))
        blame(promise, `${row.itemId} says that ${gone.join()} leave, who never came`);
      if (isFirst || !known) stands.set(postId, outgoing);
      waiting.set(postId, {
        id: row.itemId!,
        at: row.data['at'] as number,
        openedAt: row.at,
        outgoing,
        incoming: unpackHolders(row.data['incoming']),
        come: [],
      });
      return;
    }
    if (row.event === 'HandoverLapsed') {
      waiting.delete(postId);
      return;
    }
    if (row.event === 'HandoverJoined' && one !== undefined && one.id === row.itemId) one.come.push(row.actor!);
    if (row.event !== 'HandoverAccepted') return;
    if (one?.id !== row.itemId || one?.acceptedBy !== undefined) return blame(promise, `${row.itemId} was accepted and does not wait`);
    if (!newcomers(one!.incoming, one!.outgoing).includes(row.actor!))
      blame('7 nobody acts beyond their role', `${row.actor} accepted ${row.itemId}`);
    one!.effectiveAt = Math.max(one!.at, row.at);
    if (row.data['effectiveAt'] !== one!.effectiveAt) blame(promise, `${row.itemId} takes effect at another time`);
    one!.acceptedBy = row.actor!;
    one!.come.push(row.actor!);
    settle(postId, one!, row.at);
  };

  /** In effect: those who come stand the post. After an outage their shift may be over already. */
  const settle = (postId: string, one: Waiting, at: number): void => {
    if (one.effectiveAt === undefined || one.effectiveAt > at) return;
    const { effectiveAt } = one;
    const passed = boundariesOf(roster, postId).filter((boundary) => effectiveAt < boundary && boundary < at);
    const plan = [effectiveAt, ...passed, at]
      .map((instant) => planned(postId, instant))
      .find((holders) => one.come.some((personId) => officers(holders).includes(personId)));
    if (!plan) return;
    stands.set(postId, plan);
    waiting.delete(postId);
  };

  const decided = (id: string, rows: readonly LedgerRow[]): void => {
    for (const row of rows) {
      if (row.event === 'ObligationOpened') {
        if (clocks.has(id)) blame('3 an obligation is opened once', id);
        clocks.set(id, {});
        open.add(id);
      }
      const clock = clocks.get(id);
      if (!clock) continue;
      const isReceipt = row.event === 'NoticeSent' || row.event === 'NoticeDelivered' || row.event === 'NoticeFailed';
      if (clock.endedAt !== undefined && !isReceipt) blame('3 nothing is decided after the end', `${row.event} of ${id}`);
      if (row.event !== 'AnswerRecorded' && row.event !== 'ObligationWithdrawn') continue;
      clock.endedAt = row.at;
      open.delete(id);
    }
  };

  /** Everybody who stands a post as the roster has it came by a word, or there was nobody left to wait for. */
  const look = (at: number, graceMs: number): void => {
    if (at < settings.fromAt || at >= settings.toAt) {
      stands.clear();
      return;
    }
    for (const { id: postId } of roster.posts) {
      const one = waiting.get(postId);
      if (one) settle(postId, one, at);
      const known = stands.get(postId);
      const plan = planned(postId, at);
      if (known === plan) continue;
      const isWord =
        known !== undefined &&
        officers(plan).length > 0 &&
        known.some((holder) => holder.role !== 'shiftLeader' && isActive(holder.personId));
      if (!isWord || newcomers(plan, known).length === 0) {
        stands.set(postId, plan);
        continue;
      }
      if (heldBy(postId, at)) continue;
      const since = boundariesOf(roster, postId).findLast((boundary) => boundary <= at)!;
      if (at > Math.max(since, changedAt) + graceMs)
        blame(promise, `${postId} is stood by ${officers(plan).join()} since ${since}, and nobody accepted from ${officers(known).join()}`);
    }
  };

  let changedAt = 0;

  return {
    isOf: ({ itemId }: Pick<LedgerRow, 'itemId'>): boolean => itemId?.startsWith('hp') === true,
    told,
    decided,
    look,
    heldBy,
    knows: (id: string): boolean => clocks.has(id),
    endedAt: (id: string): number | undefined => clocks.get(id)?.endedAt,
    forget: (id: string): void => {
      if (clocks.get(id)?.endedAt === undefined) blame('2 nothing open is forgotten', id);
      clocks.delete(id);
    },
    checkDue: (): void => {
      for (const id of open) if (dueAt(id) === undefined) blame('2 an open obligation falls due', id);
    },
    /** Handovers that nobody who could accept has accepted. */
    forgotten: (at: number, boundMs: number): readonly string[] =>
      [...waiting.values()]
        .filter((one) => one.acceptedBy === undefined && Math.max(one.at, one.openedAt) < at - boundMs)
        .filter((one) => newcomers(one.incoming, one.outgoing).some(isActive))
        .map(({ id }) => id),
    campaignIs: (next: Roster, at: number): void => {
      // what took effect while nobody looked did so by the roster of then
      for (const [postId, one] of waiting) settle(postId, one, at);
      roster = next;
      changedAt = at;
      // a post that is given up is stood by nobody, and begins anew where it comes back
      for (const postId of stands.keys()) if (!next.posts.some(({ id }) => id === postId)) stands.delete(postId);
    },
  };
};
