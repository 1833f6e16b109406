import { describe, expect, it } from 'vitest';
import { checkPolicy } from '../../src/domain/escalation/policy.ts';
import { faultsOfLedger, policyNamed, withoutEffect, withoutNotice } from './judge.ts';

const opened = { event: 'CheckOpened', data: { kind: 'check', policy: 'check', throughMs: -1, subject: 'p1' } };
const step = (stepNo: number, minutes: number) => ({
  event: 'StepFired',
  data: { stepNo, afterMs: minutes * 60_000, notified: ['m1'], subject: 'p1' },
});
const answered = { event: 'AnswerRecorded', actor: 'm1', data: { subject: 'p1' } };
const ledger = (...rows: readonly { readonly event: string; readonly actor?: string; readonly data: Record<string, unknown> }[]) =>
  rows.map((row, index) => ({ ...row, seq: index + 1, obligationId: 'oc1' }));
const judge = (rows: Parameters<typeof faultsOfLedger>[0]) => faultsOfLedger(rows, policyNamed([checkPolicy]));

describe('the judge of a ledger', () => {
  it('finds nothing in a ladder that was climbed and answered', () => {
    expect(judge(ledger(opened, step(0, 0), step(1, 3), answered, { event: 'NoticeSent', data: {} }))).toEqual([]);
  });

  it.each([
    ['a step taken twice', ledger(opened, step(0, 0), step(0, 0))],
    ['a rung left out', ledger(opened, step(0, 0), step(1, 6))],
    ['a step after the answer', ledger(opened, step(0, 0), answered, step(1, 3))],
    ['two answers', ledger(opened, answered, answered)],
    ['two openings', ledger(opened, opened)],
    ['no opening', ledger(step(0, 0))],
    ['a row that is missing', ledger(opened, step(0, 0), step(1, 3)).toSpliced(1, 1)],
  ])('finds %s', (_, rows) => {
    expect(judge(rows)).not.toEqual([]);
  });

  it('finds a question that was never put, and a message without its effect', () => {
    expect(withoutNotice(ledger(opened, step(0, 0)))).toHaveLength(1);
    expect(withoutNotice(ledger(opened, step(0, 0), { event: 'NoticeSent', data: { stepNo: 0, to: 'm1' } }))).toEqual([]);
    const taken = { by: 'm1', provesPresence: true };
    expect(withoutEffect(ledger(opened, answered), [taken])).toEqual([]);
    expect(withoutEffect(ledger(opened), [taken])).toHaveLength(1);
    expect(withoutEffect(ledger(opened, answered, answered), [taken])).toHaveLength(1);
  });
});
