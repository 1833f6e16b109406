import type { LedgerEvent } from '../ledger/event.ts';
import { categoryOf, type CheckCategory, type SeenCheck } from './check-category.ts';
import { seeCheck, tell } from './see-check.ts';

/** What the strip of the last hours tells checks apart by: the categories of the figures, the rare ones together. */
export const checkCounts = ['answered', 'late', 'noAnswer', 'undelivered', 'others', 'open'] as const;
export type CheckCount = (typeof checkCounts)[number];

const countOf: { readonly [category in CheckCategory]?: CheckCount } = {
  onPost: 'answered',
  late: 'late',
  noAnswer: 'noAnswer',
  undelivered: 'undelivered',
  open: 'open',
};
const countAs = (check: SeenCheck, asOf: number): CheckCount => countOf[categoryOf(check, asOf)] ?? 'others';

type Followed<Place> = { readonly check: SeenCheck; readonly place: Place; count: CheckCount; isEnded: boolean };

/**
 * Checks as rows tell of them, each counted once, where it was asked, as what it is by now. Known are those that may yet be
 * counted as something else. `recount` is told what is one more there, or one less.
 */
export const followChecks = <Place>(recount: (place: Place, count: CheckCount, by: 1 | -1) => void) => {
  const known = new Map<string, Followed<Place>>();
  let asOf = Number.NEGATIVE_INFINITY;
  /** No window that is open ends before. */
  let nextEndAt = Number.POSITIVE_INFINITY;

  const update = (one: Followed<Place>): void => {
    const count = countAs(one.check, asOf);
    if (count === 'open') nextEndAt = Math.min(nextEndAt, one.check.answerBy);
    if (count === one.count) return;
    recount(one.place, one.count, -1);
    recount(one.place, count, 1);
    one.count = count;
  };

  const tellOf = (id: string, one: Followed<Place>, event: LedgerEvent): void => {
    if (event.event === 'AppealUpheld') one.check.isLeftOut = true;
    else if (one.isEnded) return;
    else one.isEnded = tell(one.check, event);
    update(one);
    // against what was answered in time, or was not needed, nobody appeals
    if (one.isEnded && (one.check.isLeftOut || ['onPost', 'withdrawn'].includes(categoryOf(one.check, asOf)))) known.delete(id);
  };

  return {
    /** Whether it is a check that was not known. */
    begin: (event: LedgerEvent, place: Place): boolean => {
      const { obligationId: id } = event;
      if (id === undefined || known.has(id)) return false;
      asOf = Math.max(asOf, event.at);
      const one: Followed<Place> = { check: seeCheck(event), place, count: 'open', isEnded: false };
      known.set(id, one);
      recount(place, 'open', 1);
      update(one);
      return true;
    },
    take: (event: LedgerEvent): void => {
      const { obligationId: id = '', at, data } = event;
      asOf = Math.max(asOf, at);
      if (event.event === 'MassFailureFound') {
        for (const one of known.values()) {
          if (one.isEnded || one.check.roundId !== data['roundId']) continue;
          one.check.isMassFailure = true;
          update(one);
        }
      }
      const one = known.get(id);
      if (one) tellOf(id, one, event);
    },
    /** A window ends without a word in the ledger. */
    passTo: (now: number): void => {
      asOf = Math.max(asOf, now);
      if (asOf <= nextEndAt) return;
      nextEndAt = Number.POSITIVE_INFINITY;
      for (const one of known.values()) if (one.count === 'open') update(one);
    },
    /** As what its silence counts, and where; undefined where it is not known. */
    silenceOf: (id: string | undefined): { readonly place: Place; readonly count: CheckCount } | undefined => {
      const one = id === undefined ? undefined : known.get(id);
      return one && { place: one.place, count: countAs(one.check, Number.POSITIVE_INFINITY) };
    },
    forget: (isGone: (place: Place) => boolean): void => {
      for (const [id, { place }] of known) if (isGone(place)) known.delete(id);
    },
  };
};
