import type { LedgerEvent } from '../ledger/event.ts';
import type { PersonId } from '../organisation/organisation.ts';
import type { PostId } from '../roster/roster.ts';
import type { ShiftPart } from '../shift-change/duty-request.ts';
import { packParts, unpackParts } from '../shift-change/evolve-request.ts';

/** What a unit's liaison or head would have changed of the roster of their own post: it waits for the office. Pure. */

export type ProposalStatus = 'asked' | 'applied' | 'declined' | 'withdrawn' | 'expired';

export type RosterProposal = {
  /** `p`, who proposed it and when. */
  readonly id: string;
  readonly by: PersonId;
  readonly at: number;
  readonly postId: PostId;
  /** Nobody: the place is empty. */
  readonly outId?: PersonId;
  readonly inId: PersonId;
  readonly parts: readonly ShiftPart[];
  readonly status: ProposalStatus;
  readonly statusAt: number;
  readonly endedBy?: PersonId;
};

export const proposalIdOf = (by: PersonId, at: number): string => `p${by}.${at.toString(36)}`;

export const isProposalId = (id: string): boolean => id.startsWith('p');

/** When the first of its shifts begins: from then on nobody can be put there any more without those who stand it. */
export const proposalStartsAt = ({ parts }: Pick<RosterProposal, 'parts'>): number => Math.min(...parts.map(({ from }) => from));

/** What begins already when it is proposed is over with its last shift. */
export const proposalEndsAt = ({ parts, at }: RosterProposal): number => {
  const startsAt = proposalStartsAt({ parts });
  return startsAt > at ? startsAt : Math.max(...parts.map(({ to }) => to));
};

const minute = 60_000;
const withinMs = 240 * minute;
const leastMs = 15 * minute;
const soonMs = 12 * 60 * minute;

/** What the office owes while it is open: a word, in time for the first shift. `of`: the unit. */
export const clockOfProposal = (proposal: RosterProposal, of: string) => {
  const { at } = proposal;
  const startsAt = proposalEndsAt(proposal);
  return {
    kind: 'rosterProposal' as const,
    key: 'office',
    subject: of,
    policy: startsAt - at < soonMs ? 'rosterProposalUrgent' : 'rosterProposal',
    deadlineAt: Math.max(at + leastMs, Math.min(at + withinMs, startsAt)),
  };
};

export const proposedEvent = (proposal: RosterProposal, channel: string): LedgerEvent => {
  const { id, by, at, postId, outId, inId, parts } = proposal;
  return {
    at,
    event: 'RosterProposed',
    itemId: id,
    actor: by,
    channel,
    data: { post: postId, ...(outId === undefined ? {} : { out: outId }), in: inId, parts: packParts(parts) },
  };
};

const ends: { readonly [event in LedgerEvent['event']]?: ProposalStatus } = {
  ProposalApplied: 'applied',
  ProposalDeclined: 'declined',
  ProposalWithdrawn: 'withdrawn',
  ProposalExpired: 'expired',
};

/** What an event makes of a proposal; the same for replay. */
export const evolveProposal = (proposal: RosterProposal | undefined, event: LedgerEvent): RosterProposal | undefined => {
  const { at, actor, data } = event;
  if (event.event === 'RosterProposed')
    return (
      proposal ?? {
        id: event.itemId!,
        by: actor!,
        at,
        postId: data['post'] as PostId,
        ...(data['out'] === undefined ? {} : { outId: data['out'] as PersonId }),
        inId: data['in'] as PersonId,
        parts: unpackParts(data['parts']),
        status: 'asked',
        statusAt: at,
      }
    );
  const status = ends[event.event];
  if (!proposal || status === undefined || proposal.status !== 'asked') return proposal;
  return { ...proposal, status, statusAt: at, ...(actor === undefined ? {} : { endedBy: actor }) };
};
