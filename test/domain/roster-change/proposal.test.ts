import { describe, expect, it } from 'vitest';
import { undoRefusal, type AppliedChange } from '../../../src/domain/roster-change/applied-change.ts';
import { evolveProposal, proposedEvent, type RosterProposal } from '../../../src/domain/roster-change/proposal.ts';
import type { EventName } from '../../../src/domain/ledger/event.ts';

const proposal: RosterProposal = {
  id: 'pm9.1',
  by: 'm9',
  at: 1,
  postId: 'p2',
  outId: 'm7',
  inId: 'm19',
  parts: [{ postId: 'p2', from: 100, to: 200, role: 'onDuty' }],
  status: 'asked',
  statusAt: 1,
};

describe('a proposal', () => {
  it('is what its event tells, and the same when it is told again', () => {
    const told = evolveProposal(undefined, proposedEvent(proposal, 'x'));
    expect(told).toEqual(proposal);
    expect(evolveProposal(told, proposedEvent({ ...proposal, inId: 'm8' }, 'x'))).toBe(told);
  });

  it.each<EventName>(['ProposalApplied', 'ProposalDeclined', 'ProposalWithdrawn', 'ProposalExpired'])(
    'ends once: after %s nothing else',
    (event) => {
      const ended = evolveProposal(proposal, { at: 5, event, itemId: proposal.id, actor: 'm17', data: {} })!;
      expect(ended).toMatchObject({ statusAt: 5, endedBy: 'm17' });
      for (const later of ['ProposalApplied', 'ProposalDeclined', 'ProposalWithdrawn', 'ProposalExpired'] as const)
        expect(evolveProposal(ended, { at: 9, event: later, itemId: proposal.id, actor: 'm18', data: {} })).toBe(ended);
    },
  );
});

describe('what was changed', () => {
  const change: AppliedChange = { id: 'um17.1', at: 1, touched: [], firstStartAt: 100, overrideIds: [], left: 'abc' };

  it('can be undone until its first shift begins, and as long as nobody else has changed the same', () => {
    expect(undoRefusal(change, 'abc', 99)).toBeUndefined();
    expect(undoRefusal(change, 'abc', 100)).toBe('begun');
    expect(undoRefusal(change, 'abd', 99)).toBe('changedSince');
  });
});
