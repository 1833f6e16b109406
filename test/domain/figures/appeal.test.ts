import { describe, expect, it } from 'vitest';
import { decideAppeal, evolveAppeal, type Appeal } from '../../../src/domain/figures/appeal.ts';

const appeal: Appeal = {
  id: 'eocp2.1',
  checkId: 'ocp2.1',
  bodyId: 'u2',
  openedAt: 1,
  category: 'noAnswer',
  by: 'm17',
  at: 2,
  dueAt: 100,
  status: 'asked',
  statusAt: 2,
};
const uphold = { verdict: 'upheld', reason: '', isAlone: false, at: 50, channel: 'x' } as const;

describe('an appeal', () => {
  it('is decided by nobody who brought it, unless they are alone there', () => {
    expect(decideAppeal(appeal, { ...uphold, personId: 'm17' })).toEqual({ refusal: 'own' });
    expect(decideAppeal(appeal, { ...uphold, personId: 'm17', isAlone: true })).toMatchObject({ event: { event: 'AppealUpheld' } });
    expect(decideAppeal(appeal, { ...uphold, personId: 'm18' })).toMatchObject({ event: { event: 'AppealUpheld', actor: 'm18' } });
  });

  it('is rejected with a reason or not at all', () => {
    expect(decideAppeal(appeal, { ...uphold, verdict: 'rejected', personId: 'm18' })).toEqual({ refusal: 'reason' });
    expect(decideAppeal(appeal, { ...uphold, verdict: 'rejected', reason: '有应答记录', personId: 'm18' })).toMatchObject({
      event: { event: 'AppealRejected', personal: { reason: '有应答记录' } },
    });
  });

  it('is decided once, also by the ledger that tells it twice', () => {
    const decided = decideAppeal(appeal, { ...uphold, personId: 'm18' });
    const after = 'event' in decided ? evolveAppeal(appeal, decided.event)! : appeal;
    expect(after).toMatchObject({ status: 'upheld', decidedBy: 'm18', statusAt: 50 });
    expect(decideAppeal(after, { ...uphold, verdict: 'rejected', reason: '不', personId: 'm17' })).toEqual({ refusal: 'decided' });
    expect(evolveAppeal(after, { at: 60, event: 'AppealRejected', itemId: after.id, actor: 'm17', data: {} })).toBe(after);
  });
});
