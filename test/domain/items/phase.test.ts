import { describe, expect, it } from 'vitest';
import {
  nextPhaseChange,
  phaseAt,
  phasesEndedBetween,
  saysNothingNew,
  withoutPutOff,
  type PhaseSpan,
} from '../../../src/domain/items/phase.ts';

const spans: readonly PhaseSpan[] = [
  { phase: 'before', fromAt: 0, toAt: 100 },
  { phase: 'during', fromAt: 100, toAt: 900 },
  { phase: 'onSite', fromAt: 300, toAt: 400, unitId: 'u2' },
  { phase: 'after', fromAt: 900 },
];

describe('phaseAt', () => {
  it('lets the start belong to a phase, and not the end', () => {
    expect([0, 99, 100, 899, 900].map((at) => phaseAt(spans, undefined, at))).toEqual(['before', 'before', 'during', 'during', 'after']);
    expect(phaseAt(spans, undefined, -1)).toBeUndefined();
  });

  it('knows a district where the team is on site, and no other one', () => {
    expect([299, 300, 399, 400].map((at) => phaseAt(spans, 'u2', at))).toEqual(['during', 'onSite', 'onSite', 'during']);
    expect(phaseAt(spans, 'u3', 350)).toBe('during');
  });

  it('believes what was said last', () => {
    const said: PhaseSpan[] = [...spans, { phase: 'after', fromAt: 300, unitId: 'u2' }];
    expect(phaseAt(said, 'u2', 350)).toBe('after');
  });
});

describe('nextPhaseChange', () => {
  it("is a unit's own next change or everybody's", () => {
    expect(nextPhaseChange(spans, 'u2', 150)).toBe(300);
    expect(nextPhaseChange(spans, 'u2', 300)).toBe(400);
    expect(nextPhaseChange(spans, 'u3', 150)).toBe(900);
    expect(nextPhaseChange(spans, undefined, 900)).toBeUndefined();
  });
});

describe('phasesEndedBetween', () => {
  it('finds each end once, named or brought by the next phase', () => {
    expect(phasesEndedBetween(spans, 99, 100).map(({ phase }) => phase)).toEqual(['before']);
    expect(phasesEndedBetween(spans, 100, 899).map(({ phase, unitId }) => [phase, unitId])).toEqual([['onSite', 'u2']]);
    const open: PhaseSpan[] = [
      { phase: 'during', fromAt: 0 },
      { phase: 'after', fromAt: 50 },
    ];
    expect(phasesEndedBetween(open, 0, 60)).toEqual([{ phase: 'during', fromAt: 0, endAt: 50 }]);
    expect(phasesEndedBetween(open, 50, 60)).toEqual([]);
  });
});

describe('an announcement', () => {
  const visit: PhaseSpan = { phase: 'onSite', fromAt: 500, unitId: 'u3' };
  const said = [...spans, visit];

  it('says nothing new where it is repeated, or where the phase has begun', () => {
    expect(saysNothingNew(said, { ...visit }, 450)).toBe(true);
    expect(saysNothingNew(said, { ...visit, fromAt: 600 }, 550)).toBe(true);
    expect(saysNothingNew(said, { ...visit, fromAt: 600 }, 450)).toBe(false);
    expect(saysNothingNew(said, { ...visit, toAt: 800 }, 450)).toBe(false);
    expect(saysNothingNew(said, { ...visit, unitId: 'u2' }, 450)).toBe(false);
    // Everybody's phase is not a unit's own.
    expect(saysNothingNew(said, { phase: 'during', fromAt: 450, unitId: 'u4' }, 450)).toBe(false);
  });

  it('says something where another one holds by then', () => {
    expect(saysNothingNew([...said, { phase: 'after', fromAt: 600, unitId: 'u3' }], { ...visit, fromAt: 700 }, 550)).toBe(false);
  });

  it('takes the place of the same one before that has begun, and of nothing else', () => {
    expect(withoutPutOff(said, { ...visit, fromAt: 600 }, 450)).toEqual(spans);
    expect(withoutPutOff(said, { ...visit, fromAt: 600 }, 550)).toBe(said);
    expect(withoutPutOff(said, { ...visit, fromAt: 400 }, 350)).toBe(said);
    expect(withoutPutOff(said, { phase: 'after', fromAt: 600, unitId: 'u3' }, 450)).toBe(said);
    expect(withoutPutOff(said, { ...visit, unitId: 'u4', fromAt: 600 }, 450)).toBe(said);
  });
});
