import { expect, it } from 'vitest';
import type { LedgerRow } from '../../../src/domain/ledger/event.ts';
import { replay } from '../../../src/domain/ledger/replay.ts';

const row = (seq: number, event: LedgerRow['event'], obligationId?: string): LedgerRow => ({
  seq,
  at: seq,
  bureau: 'jn',
  event,
  data: {},
  ...(obligationId === undefined ? {} : { obligationId }),
});

it('folds each obligation by itself, in order, and passes over rows about none', () => {
  const rows = [row(1, 'CheckOpened', 'a'), row(2, 'RoundOpened'), row(3, 'CheckOpened', 'b'), row(4, 'StepFired', 'a')];
  const states = replay<string[]>(rows, (state, { event }) => [...(state ?? []), event]);
  expect([...states]).toEqual([
    ['a', ['CheckOpened', 'StepFired']],
    ['b', ['CheckOpened']],
  ]);
});

it('drops an obligation that evolves to nothing', () => {
  const rows = [row(1, 'CheckOpened', 'a'), row(2, 'ObligationWithdrawn', 'a')];
  expect(replay<string>(rows, (_, { event }) => (event === 'ObligationWithdrawn' ? undefined : event)).size).toBe(0);
});
