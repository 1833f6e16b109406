import { describe, expect, it } from 'vitest';
import { foldFigures } from '../../../src/domain/figures/fold-figures.ts';
import { mostMisses } from '../../../src/domain/figures/keep-misses.ts';
import type { LedgerEvent } from '../../../src/domain/ledger/event.ts';
import { fc } from '../../support/property.ts';
import { answered, checkTold, day, figuresContext, friday, hour, minute, next, unitsTold, wholeWeek } from '../../support/told-figures.ts';

const at = friday + 10 * hour;

const fold = (...rows: readonly LedgerEvent[]) => {
  const folded = foldFigures(figuresContext(), wholeWeek);
  for (const row of [...unitsTold(2), ...rows]) folded.take(row);
  return folded;
};

/** What may become of a check, the check itself first. */
const endings: readonly ((check: LedgerEvent) => readonly LedgerEvent[])[] = [
  (check) => [check, answered(check, 2 * minute)],
  (check) => [check, answered(check, 12 * minute)],
  (check) => [check, next(check, 'NoticeDelivered', 1_000), next(check, 'ObligationMissed', 30 * minute, { isDelivered: true })],
  (check) => [check, next(check, 'ObligationMissed', 30 * minute, { isDelivered: false })],
  (check) => [check, next(check, 'ObligationWithdrawn', 2 * minute, { reason: 'notOnPost' })],
  (check) => [check, next(check, 'ObligationWithdrawn', 2 * minute, { reason: 'notWatched' })],
  (check) => [check, answered(check, 12 * minute), next(check, 'AppealUpheld', day)],
  (check) => [check, next(check, 'NoticeDelivered', 1_000)],
];

describe('what counts against a unit', () => {
  it('is as many checks as its share is short of, each of them once, the newest first', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('p1', 'p2'), fc.constantFrom(...endings), fc.integer({ min: 0, max: 2_000 })), { maxLength: 30 }),
        (told) => {
          const rows = told.flatMap(([post, ending, minutes], index) => ending(checkTold(post, at + minutes * minute + index)));
          const folded = fold(...rows.toSorted((one, other) => one.at - other.at));
          const now = at + 3 * day;
          for (const row of folded.figures(now).league.rows) {
            const misses = folded.misses(row.bodyId, now);
            expect(misses).toHaveLength(row.counted - row.counts.onPost);
            expect(new Set(misses.map(({ obligationId }) => obligationId)).size).toBe(misses.length);
            expect(misses.map(({ openedAt }) => openedAt)).toEqual(misses.map(({ openedAt }) => openedAt).toSorted((a, b) => b - a));
          }
        },
      ),
    );
  });

  it('says whether it was delivered, and of what kind it is', () => {
    const [late, silent] = [checkTold('p1', at), checkTold('p1', at + hour)];
    const folded = fold(late, answered(late, 12 * minute), silent, next(silent, 'NoticeDelivered', 1_000));
    expect(folded.misses('u1', at + 2 * hour)).toEqual([
      { obligationId: silent.obligationId, bodyId: 'u1', subject: 'p1', openedAt: at + hour, category: 'noAnswer', isDelivered: true },
      { obligationId: late.obligationId, bodyId: 'u1', subject: 'p1', openedAt: at, category: 'late', isDelivered: false },
    ]);
    expect(folded.misses('u2', at + 2 * hour)).toEqual([]);
  });

  it('is kept up to a limit, the newest of it', () => {
    const checks = Array.from({ length: mostMisses + 1 }, (_, index) => checkTold('p1', at + index * minute));
    const folded = fold(...checks.flatMap((check) => [check, answered(check, 12 * minute)]));
    const misses = folded.misses('u1', at + 3 * day);
    expect([misses.length, misses.at(-1)?.openedAt]).toEqual([mostMisses, at + minute]);
  });
});
