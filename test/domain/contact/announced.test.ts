import { describe, expect, it } from 'vitest';
import { evolvePhases, evolveToldDuty } from '../../../src/domain/contact/announced.ts';
import type { PhaseSpan } from '../../../src/domain/items/phase.ts';
import type { LedgerEvent } from '../../../src/domain/ledger/event.ts';

const announced = (data: PhaseSpan, at = 1): LedgerEvent => ({ at, event: 'PhaseAnnounced', data });
const other: LedgerEvent = { at: 1, event: 'AnswerRecorded', data: {} };

describe('phases that were announced', () => {
  it('are kept in the order in which they were said, with the unit and the end that were named and no more', () => {
    const said: readonly PhaseSpan[] = [
      { phase: 'during', fromAt: 10 },
      { phase: 'onSite', fromAt: 20, toAt: 30, unitId: 'u2' },
      { phase: 'after', fromAt: 40, unitId: 'u3' },
    ];
    expect(said.reduce<readonly PhaseSpan[]>((phases, span) => evolvePhases(phases, announced(span)), [])).toEqual(said);
    expect(evolvePhases([], announced({ phase: 'during', fromAt: 10, said: 'words' } as PhaseSpan))).toEqual([
      { phase: 'during', fromAt: 10 },
    ]);
  });

  it('make way for the same phase put off before it has begun', () => {
    const first = evolvePhases([], announced({ phase: 'onSite', fromAt: 20, unitId: 'u2' }));
    expect(evolvePhases(first, announced({ phase: 'onSite', fromAt: 25, unitId: 'u2' }, 15))).toEqual([
      { phase: 'onSite', fromAt: 25, unitId: 'u2' },
    ]);
    expect(evolvePhases(first, announced({ phase: 'onSite', fromAt: 25, unitId: 'u2' }, 22))).toHaveLength(2);
  });

  it('are the last two hundred', () => {
    const many = Array.from({ length: 203 }, (_, index): PhaseSpan => ({
      phase: index % 2 === 0 ? 'onSite' : 'during',
      fromAt: index + 1,
    }));
    const kept = many.reduce<readonly PhaseSpan[]>((phases, span) => evolvePhases(phases, announced(span, 1_000)), []);
    expect(kept).toEqual(many.slice(3));
  });

  it('are not touched by anything else', () => {
    const phases: readonly PhaseSpan[] = [{ phase: 'during', fromAt: 10 }];
    expect(evolvePhases(phases, other)).toBe(phases);
  });
});

describe('what a group was told of its duty', () => {
  const toldOf = (posts: readonly (readonly [string, readonly string[]])[]): LedgerEvent => ({
    at: 1,
    event: 'ShiftsAnnounced',
    data: { posts },
  });

  it('is who stands each post by what was said last of it', () => {
    const first = evolveToldDuty(
      new Map(),
      toldOf([
        ['p1', ['m1', 'm2']],
        ['p2', ['m3']],
      ]),
    );
    expect([...first]).toEqual([
      ['p1', 'm1 m2'],
      ['p2', 'm3'],
    ]);
    expect([...evolveToldDuty(first, toldOf([['p2', []]]))]).toEqual([
      ['p1', 'm1 m2'],
      ['p2', ''],
    ]);
    expect(evolveToldDuty(first, other)).toBe(first);
  });
});
