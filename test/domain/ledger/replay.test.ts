import { expect, it } from 'vitest';
import type { LedgerRow } from '../../../src/domain/ledger/event.ts';
import { replay } from '../../../src/domain/ledger/replay.ts';

const row = (seq: number, event: LedgerRow['event'], data: LedgerRow['data'], obligationId?: string): LedgerRow => ({
  seq,
  at: seq,
  bureau: 'jn',
  event,
  data,
  ...(obligationId === undefined ? {} : { obligationId }),
});

const opened = { kind: 'check', subject: 'p1', policy: 'check', answerBy: 600, baseAt: 0, throughMs: -1 };

it('folds each aggregate by itself, in order', () => {
  const told = replay([
    row(1, 'WatchStarted', { subject: 'p1', cause: 'silence', nextCheckAt: 2 }),
    row(2, 'CheckOpened', opened, 'oa'),
    row(3, 'RoundOpened', { roundId: 'rp1', cause: 'round', target: 'posts', openedAt: 3 }),
    row(4, 'CheckOpened', { ...opened, subject: 'p2' }, 'ob'),
    row(5, 'ObligationWithdrawn', { subject: 'p1', reason: 'moved', nextCheckAt: 9, nextCause: 'random' }, 'oa'),
    row(6, 'RoundClosed', { roundId: 'rp1' }),
  ]);
  expect([...told.obligations.values()].map(({ id, status }) => [id, status])).toEqual([
    ['oa', 'withdrawn'],
    ['ob', 'open'],
  ]);
  expect([...told.watches.values()]).toMatchObject([{ subject: 'p1', openObligationId: null, nextCheckAt: 9, cause: 'random' }]);
  expect([...told.rounds.values()]).toMatchObject([{ id: 'rp1', phase: 'closed' }]);
});

it('forgets a watch that has ended, and the hash of a seed that has been shown', () => {
  const rows = [
    row(1, 'WatchStarted', { subject: 'p1', cause: 'silence' }),
    row(2, 'SeedSealed', { date: '2021-08-27', sha256: 'ab' }),
    row(3, 'SeedSealed', { date: '2021-08-28', sha256: 'cd' }),
    row(4, 'WatchEnded', { subject: 'p1' }),
    row(5, 'SeedRevealed', { date: '2021-08-27', seed: 's' }),
  ];
  const told = replay(rows);
  expect(told.watches.size).toBe(0);
  expect([...told.seeds]).toEqual([['2021-08-28', 'cd']]);
});
