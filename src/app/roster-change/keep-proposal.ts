import { itemObligationId } from '../../domain/escalation/decide.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import {
  clockOfProposal,
  evolveProposal,
  proposalEndsAt,
  proposalIdOf,
  proposedEvent,
  type RosterProposal,
} from '../../domain/roster-change/proposal.ts';
import type { Due } from '../../ports/store.ts';
import type { Turn } from '../acts/speaker.ts';
import { beginChange, decideIn, openIn, put, toTransition, type Change } from '../change.ts';
import { readAll } from '../items/change-item.ts';
import { refreshWorld, type World } from '../world.ts';

/** What a unit proposes of its roster waits for the office like everything else: with a clock, and with an end. */

const unitOf = ({ directory }: World, { postId }: RosterProposal): string => directory.posts.get(postId)?.unitId ?? postId;

const clockIdOf = (world: World, proposal: RosterProposal): string =>
  itemObligationId(proposal.id, clockOfProposal(proposal, unitOf(world, proposal)));

const proposalIn = (change: Change, id: string): RosterProposal | undefined => {
  const aggregate = change.entries.get(id)?.aggregate;
  return aggregate?.type === 'proposal' ? aggregate.state : undefined;
};

const write = (change: Change, event: LedgerEvent): RosterProposal | undefined => {
  const id = event.itemId!;
  const state = evolveProposal(proposalIn(change, id), event);
  change.events.push(event);
  if (state) put(change, id, { type: 'proposal', state }, state.status === 'asked' ? proposalEndsAt(state) : null);
  return state;
};

/** The office is asked for a word, and those above it if it gives none. */
export const openProposal = async (
  { world, change, person, message }: Turn,
  asked: Pick<RosterProposal, 'postId' | 'outId' | 'inId' | 'parts'>,
): Promise<RosterProposal> => {
  const { now } = change;
  // a program that speaks for somebody proposes twice in a millisecond
  let id = proposalIdOf(person.id, now);
  for (let at = now + 1; await readProposal(world, change, id); at += 1) id = proposalIdOf(person.id, at);
  const base = { ...asked, id, by: person.id, at: now, status: 'asked', statusAt: now } as const;
  const clock = clockOfProposal(base, unitOf(world, base));
  await readAll(world, change, [itemObligationId(base.id, clock)]);
  const state = write(change, proposedEvent(base, message.channel))!;
  openIn(world, change, { type: 'open', ...clock, cause: 'roster', itemId: state.id, openedBy: person.id });
  return state;
};

/** As it stands now; undefined where there never was one. */
export const readProposal = async (world: World, change: Change, id: unknown): Promise<RosterProposal | undefined> => {
  if (typeof id !== 'string' || !id.startsWith('pm')) return undefined;
  await readAll(world, change, [id]);
  return proposalIn(change, id);
};

/** It is over: by the office's word, by whoever proposed it, or because its first shift begins. */
export const endProposal = async (
  world: World,
  change: Change,
  proposal: RosterProposal,
  event: 'ProposalApplied' | 'ProposalDeclined' | 'ProposalWithdrawn' | 'ProposalExpired',
  by?: { readonly personId: string; readonly channel: string },
): Promise<void> => {
  const clockId = clockIdOf(world, proposal);
  await readAll(world, change, [clockId]);
  const actor = by === undefined ? {} : { actor: by.personId, channel: by.channel };
  const state = write(change, { at: change.now, event, itemId: proposal.id, ...actor, data: {} });
  if (!state) return;
  const isAnswered = event === 'ProposalApplied' || event === 'ProposalDeclined';
  decideIn(
    world,
    change,
    clockId,
    isAnswered && by
      ? { type: 'answer', ...by }
      : { type: 'withdraw', reason: state.status, ...(by === undefined ? {} : { personId: by.personId }) },
  );
  if (by?.personId === proposal.by) return;
  change.notices.push({ to: proposal.by, via: 'card', template: 'roster.proposalOver', itemId: proposal.id, decidedAt: change.now });
};

/** Its first shift begins, and the office has said nothing: whoever stands it stands it on, and the proposer is told. */
export const lookAtProposal = async (world: World, { id }: Due): Promise<void> => {
  for (let looks = 0; looks < 2; looks += 1) {
    const change = beginChange(world, world.clock.now());
    const proposal = await readProposal(world, change, id);
    if (!proposal) return;
    const isOver = proposal.status === 'asked' && proposalEndsAt(proposal) <= change.now;
    if (isOver) await endProposal(world, change, proposal, 'ProposalExpired');
    // Nothing to do after all: the lent due time must still be put right.
    else put(change, id, { type: 'proposal', state: { ...proposal } }, proposal.status === 'asked' ? proposalEndsAt(proposal) : null);
    const [result] = await world.store.commit([toTransition(change)], world.campaignVersion);
    if (result !== 'stale') return;
    await refreshWorld(world);
  }
};
