import { describe, expect, it } from 'vitest';
import { checkCategories, countedCategories } from '../../../src/domain/figures/check-category.ts';
import type { Figures } from '../../../src/domain/figures/fold-figures.ts';
import type { LedgerEvent } from '../../../src/domain/ledger/event.ts';
import {
  answered,
  checkTold,
  day,
  figuresContext,
  figuresOf,
  friday,
  hour,
  minute,
  next,
  unitsTold,
  wholeWeek,
} from '../../support/told-figures.ts';
import { fc } from '../../support/property.ts';

const one = (...rows: readonly LedgerEvent[]) => figuresOf([...unitsTold(1), ...rows]).league.rows[0];
const at = friday + 10 * hour;
const check = checkTold('p1', at);
const missed = (isDelivered: boolean, more: object = {}) =>
  next(check, 'ObligationMissed', 30 * minute, { kind: 'check', isDelivered, ...more });

describe('what became of a check', () => {
  it.each([
    ['onPost', [answered(check, 2 * minute)]],
    ['late', [answered(check, 12 * minute)]],
    ['noAnswer', [next(check, 'NoticeDelivered', 1_000), missed(true)]],
    ['undelivered', [missed(false)]],
    ['undelivered', [next(check, 'NoticeFailed', 1_000), missed(false), next(check, 'ObligationTakenOver', hour)]],
    ['noAnswer', [next(check, 'CallRecorded', 9 * minute, { result: 'noAnswer' })]],
    ['busy', [next(check, 'CallRecorded', 9 * minute, { result: 'busy' }), missed(true)]],
    ['hungUp', [next(check, 'CallRecorded', 9 * minute, { result: 'hungUp' }), missed(true)]],
    ['invalidNumber', [next(check, 'CallRecorded', 9 * minute, { result: 'invalidNumber' }), missed(false)]],
    ['standIn', [next(check, 'StandInRecorded', 5 * minute, { by: 'm9' }), missed(true)]],
    ['onPost', [next(check, 'StandInRecorded', 5 * minute, { by: 'm9' }), answered(check, 6 * minute)]],
    ['notOnPost', [next(check, 'ObligationWithdrawn', 2 * minute, { reason: 'notOnPost' })]],
    ['withdrawn', [next(check, 'ObligationWithdrawn', 2 * minute, { reason: 'notWatched' })]],
    ['noAnswer', [next(check, 'NoticeDelivered', 1_000), next(check, 'ObligationWithdrawn', 20 * minute, { reason: 'notWatched' })]],
    ['channelFailure', [next(check, 'NoticeDelivered', 1_000), missed(true, { massFailureOf: 'rp1' })]],
    ['standIn', [next(check, 'StandInRecorded', 5 * minute, { by: 'm9' }), missed(true, { massFailureOf: 'rp1' })]],
    ['leftOut', [next(check, 'NoticeDelivered', 1_000), missed(true), next(check, 'AppealUpheld', day)]],
    ['leftOut', [next(check, 'NoticeDelivered', 1_000), next(check, 'ObligationTakenOver', hour), next(check, 'AppealUpheld', day)]],
  ] as const)('is %s', (category, rows) => {
    const row = one(check, ...rows);
    expect(row?.counts).toEqual({ ...Object.fromEntries(checkCategories.map((each) => [each, 0])), [category]: 1 });
    expect(row?.counted).toBe((countedCategories as readonly string[]).includes(category) ? 1 : 0);
  });

  it('is open as long as its window is, and silence after it', () => {
    const told = [...unitsTold(1), check, next(check, 'NoticeDelivered', 1_000)];
    const countsAt = (now: number) => figuresOf(told, wholeWeek, now).league.rows[0]?.counts;
    expect(countsAt(at + 10 * minute)).toMatchObject({ open: 1, noAnswer: 0 });
    expect(countsAt(at + 10 * minute + 1)).toMatchObject({ open: 0, noAnswer: 1 });
  });

  it('has the window that its newest step says, and its silence counts as the whole of that', () => {
    const told = [check, next(check, 'NoticeDelivered', 1_000), next(check, 'StepFired', minute, { answerBy: at + 30 * minute })];
    expect(figuresOf([...unitsTold(1), ...told], wholeWeek, at + 20 * minute).league.all.counts).toMatchObject({ open: 1, noAnswer: 0 });
    expect(one(...told)).toMatchObject({ p50Ms: 30 * minute, counts: { noAnswer: 1 } });
  });

  it('is the channel’s failure only in the round that was silent together', () => {
    const inRound = (postId: string, roundId: string): LedgerEvent => {
      const told = checkTold(postId, at);
      return { ...told, data: { ...told.data, roundId } };
    };
    const asked = [inRound('p1', 'rr1'), inRound('p2', 'rr2')];
    const delivered = asked.map((each) => next(each, 'NoticeDelivered', 1_000));
    const found: LedgerEvent = { at: at + 11 * minute, event: 'MassFailureFound', data: { roundId: 'rr1' } };
    const { rows } = figuresOf([...unitsTold(2), ...asked, ...delivered, found]).league;
    const told = Object.fromEntries(rows.map(({ bodyId, counts }) => [bodyId, counts]));
    expect(told).toMatchObject({ u1: { channelFailure: 1, noAnswer: 0 }, u2: { channelFailure: 0, noAnswer: 1 } });
  });

  it('of somebody is their unit’s before their working group’s, and a group is never ranked', () => {
    const told: LedgerEvent = {
      at: friday - hour,
      event: 'OrganisationChanged',
      data: {
        version: 2,
        people: ['m1', 'm2'],
        units: ['u1'],
        groups: ['g1'],
        opened: [
          ['member', 'g1', 'm1', 0, null],
          ['liaison', 'u1', 'm1', 0, null],
          ['member', 'g1', 'm2', 0, null],
        ],
        closed: [],
      },
    };
    const asked = ['m1', 'm2'].map((personId) => checkTold(personId, at));
    const { rows } = figuresOf([...unitsTold(1), told, ...asked.flatMap((each) => [each, answered(each, minute)])]).league;
    expect(rows.map(({ bodyId, rank, counted }) => [bodyId, rank, counted])).toEqual([
      ['u1', 1, 1],
      ['g1', null, 1],
    ]);
  });

  it('counts silence and what came late as the whole window', () => {
    const others = [1, 2, 3].map((hours) => checkTold('p1', at + hours * hour));
    const rows = [
      check,
      next(check, 'NoticeDelivered', 1_000),
      next(check, 'ObligationTakenOver', 40 * minute),
      others[0]!,
      answered(others[0]!, 25 * minute),
      others[1]!,
      answered(others[1]!, 61_999),
      others[2]!,
      answered(others[2]!, 30_000),
    ];
    expect(one(...rows)).toMatchObject({ p50Ms: 61_000, p95Ms: 10 * minute, counted: 4, share: 0.5 });
  });

  it('counts the silence of each check as the window that it was sent with, on both sides of a change of policy', () => {
    const sent = (hours: number, windowMinutes: number): LedgerEvent => {
      const told = checkTold('p1', at + hours * hour);
      return { ...told, data: { ...told.data, answerBy: told.at + windowMinutes * minute } };
    };
    const silent = (told: LedgerEvent) => [told, next(told, 'NoticeDelivered', 1_000), next(told, 'ObligationTakenOver', 50 * minute)];
    // one was sent before the change and ends after it: it keeps what whoever was asked had been told
    const [before, across, after] = [sent(1, 10), sent(2, 10), sent(2.1, 20)];
    const rows = [...silent(before), ...silent(across), ...silent(after)].toSorted((one, other) => one.at - other.at);
    const row = one(...rows);
    expect(row).toMatchObject({ counted: 3, p50Ms: 10 * minute, p95Ms: 20 * minute });
    // 15 minutes are late before the change and in time after it
    const late = one(before, next(before, 'AnswerRecorded', 15 * minute, { isLate: true, afterMs: 15 * minute }));
    const inTime = one(after, next(after, 'AnswerRecorded', 15 * minute, { isLate: false, afterMs: 15 * minute }));
    expect([late?.p95Ms, inTime?.p95Ms]).toEqual([10 * minute, 15 * minute]);
  });

  it('falls into the hour of the week in which it was asked, on the local clock', () => {
    const cells = figuresOf([...unitsTold(1), check, next(check, 'NoticeDelivered', 0), missed(true)]).heat.filter(
      ({ counted }) => counted > 0,
    );
    expect(cells).toEqual([{ weekday: 5, hour: 10, counted: 1, unanswered: 1 }]);
  });

  it('may be appealed against where it counts against the unit, once, for two weeks', () => {
    const rows = [...unitsTold(1), check, next(check, 'NoticeDelivered', 1_000), next(check, 'ObligationTakenOver', hour)];
    const appealable = (more: readonly LedgerEvent[], now = friday + day) => figuresOf([...rows, ...more], wholeWeek, now).appealable;
    expect(appealable([])).toEqual([{ obligationId: check.obligationId, bodyId: 'u1', openedAt: at, category: 'noAnswer' }]);
    const asked = next(check, 'AppealAsked', 2 * hour);
    expect(appealable([asked])).toMatchObject([{ appeal: 'asked' }]);
    expect(appealable([asked, next(check, 'AppealRejected', 3 * hour)])).toMatchObject([{ appeal: 'rejected', category: 'noAnswer' }]);
    expect(appealable([asked, next(check, 'AppealUpheld', 3 * hour)])).toEqual([]);
    const withdrawn = [asked, next(check, 'AppealWithdrawn', 3 * hour)];
    expect(appealable(withdrawn)).toEqual(appealable([]));
    expect(appealable([...withdrawn, next(check, 'AppealAsked', 4 * hour)])).toMatchObject([{ appeal: 'asked' }]);
    expect(figuresOf([...rows, ...withdrawn]).league).toEqual(figuresOf(rows).league);
    expect(appealable([], at + 15 * day)).toEqual([]);
  });

  it('is appealed against only once its verdict is there', () => {
    const rows = [...unitsTold(1), check, next(check, 'NoticeDelivered', 1_000)];
    expect(figuresOf(rows, wholeWeek, at + hour).appealable).toEqual([]);
    expect(figuresOf([...rows, missed(true)], wholeWeek, at + hour).appealable).toMatchObject([{ category: 'noAnswer' }]);
  });

  it('leaves the figures however long the office has taken for its word', () => {
    const other = checkTold('p1', at + hour);
    const rows = [...unitsTold(1), check, answered(check, 12 * minute), next(check, 'AppealAsked', day), other];
    const late = [next(other, 'ObligationTakenOver', 20 * day), next(check, 'AppealUpheld', 21 * day)];
    expect(figuresOf([...rows, ...late], wholeWeek, friday + 30 * day).league.all.counts).toMatchObject({ late: 0, leftOut: 1 });
    const unasked = [...rows.filter(({ event }) => event !== 'AppealAsked'), ...late];
    expect(figuresOf(unasked, wholeWeek, friday + 30 * day).league.all.counts).toMatchObject({ late: 1, leftOut: 0 });
  });

  it('ranks the same share the same, and says no rank where nothing counts', () => {
    const told = [1, 2, 3].flatMap((no) => {
      const asked = checkTold(`p${no}`, at);
      return no === 3 ? [asked, next(asked, 'ObligationMissed', hour, { isDelivered: false })] : [asked, answered(asked, minute)];
    });
    const { rows } = figuresOf([...unitsTold(3), ...told]).league;
    expect(rows.map(({ bodyId, rank, share }) => [bodyId, rank, share])).toEqual([
      ['u1', 1, 1],
      ['u2', 1, 1],
      ['u3', null, null],
    ]);
  });
});

const units = 4;
type Told = { readonly unit: number; readonly atMinute: number; readonly fate: number; readonly afterMinutes: number };

const told = fc.record<Told>({
  unit: fc.integer({ min: 1, max: units }),
  atMinute: fc.integer({ min: 0, max: 7 * 24 * 60 - 1 }),
  fate: fc.integer({ min: 0, max: 7 }),
  afterMinutes: fc.integer({ min: 0, max: 40 }),
});

const rowsOf = ({ unit, atMinute, fate, afterMinutes }: Told): readonly LedgerEvent[] => {
  const asked = checkTold(`p${unit}`, friday + atMinute * minute);
  const after = afterMinutes * minute;
  const fates: readonly (readonly LedgerEvent[])[] = [
    [answered(asked, after)],
    [next(asked, 'NoticeDelivered', 0), next(asked, 'ObligationTakenOver', after)],
    [next(asked, 'ObligationTakenOver', after)],
    [next(asked, 'ObligationWithdrawn', after, { reason: 'notOnPost' })],
    [next(asked, 'ObligationWithdrawn', after, { reason: 'notWatched' })],
    [next(asked, 'StandInRecorded', after), next(asked, 'ObligationTakenOver', after)],
    [next(asked, 'CallRecorded', after, { result: 'busy' })],
    [],
  ];
  return [asked, ...fates[fate]!];
};

const storyOf = (all: readonly Told[]): readonly LedgerEvent[] => {
  // One check of a post at an instant.
  const distinct = [...new Map(all.map((each) => [`${each.unit} ${each.atMinute}`, each])).values()];
  return distinct.flatMap(rowsOf).toSorted((a, b) => a.at - b.at);
};

const countsOf = ({ league }: Figures) =>
  new Map(league.rows.map(({ bodyId, counts, asked, counted }) => [bodyId, { counts, asked, counted }]));
const stories = fc.array(told, { maxLength: 60 }).map(storyOf);

describe('figures of any story', () => {
  it('have categories that add up to what was asked, and hours that add up to what counts', () => {
    fc.assert(
      fc.property(stories, (rows) => {
        const { league, heat } = figuresOf([...unitsTold(units), ...rows]);
        for (const { counts, asked, counted } of [...league.rows, league.all]) {
          expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(asked);
          expect(countedCategories.reduce((sum, category) => sum + counts[category], 0)).toBe(counted);
        }
        expect(league.all.asked).toBe(rows.filter(({ event }) => event === 'CheckOpened').length);
        expect(heat.reduce((sum, cell) => sum + cell.counted, 0)).toBe(league.all.counted);
        expect(league.rows.reduce((sum, row) => sum + row.counted, 0)).toBe(league.all.counted);
      }),
    );
  });

  it('of two periods that meet add up to the whole, wherever they are cut', () => {
    fc.assert(
      fc.property(stories, fc.integer({ min: 0, max: 7 * 24 * 60 }), (rows, cut) => {
        const all = [...unitsTold(units), ...rows];
        const middle = friday + cut * minute;
        const parts = [figuresOf(all, { fromAt: friday, toAt: middle }), figuresOf(all, { fromAt: middle, toAt: wholeWeek.toAt })];
        const whole = figuresOf(all);
        for (const category of checkCategories)
          expect(parts.reduce((sum, { league }) => sum + league.all.counts[category], 0)).toBe(whole.league.all.counts[category]);
        for (const [slot, cell] of whole.heat.entries())
          expect(parts.reduce((sum, { heat }) => sum + heat[slot]!.unanswered, 0)).toBe(cell.unanswered);
        for (const [index, post] of whole.coverage.entries()) {
          expect(parts.reduce((sum, { coverage }) => sum + coverage[index]!.coveredMs, 0)).toBe(post.coveredMs);
          expect(parts.reduce((sum, { coverage }) => sum + coverage[index]!.totalMs, 0)).toBe(post.totalMs);
        }
      }),
    );
  });

  it('are the same whichever unit is told of first at an instant, and for each unit alone', () => {
    fc.assert(
      fc.property(stories, (rows) => {
        const turned = [...Map.groupBy(rows, ({ at: instant }) => instant).values()].flatMap((group) => {
          const byCheck = [...Map.groupBy(group, ({ obligationId }) => obligationId).values()];
          return byCheck.toReversed().flat();
        });
        const whole = countsOf(figuresOf([...unitsTold(units), ...rows]));
        expect(countsOf(figuresOf([...unitsTold(units), ...turned]))).toEqual(whole);
        for (const [bodyId, counts] of whole) {
          const alone = figuresOf(
            [...unitsTold(units), ...rows],
            wholeWeek,
            undefined,
            figuresContext({ isWanted: (id) => id === bodyId }),
          );
          expect(countsOf(alone)).toEqual(new Map([[bodyId, counts]]));
        }
      }),
    );
  });

  it('lose exactly what the office upheld an appeal against, and nothing else', () => {
    fc.assert(
      fc.property(stories, fc.nat(), (rows, pick) => {
        const asked = rows.filter(({ event }) => event === 'CheckOpened');
        if (asked.length === 0) return;
        const appealed = asked[pick % asked.length]!;
        const rest = rows.filter(({ obligationId }) => obligationId !== appealed.obligationId);
        const isGood = figuresOf([...unitsTold(units), ...rows.filter((row) => !rest.includes(row))]).league.all.counts;
        if (isGood.onPost + isGood.withdrawn > 0) return;
        const upheld = figuresOf([...unitsTold(units), ...rows, { ...next(appealed, 'AppealUpheld', 0), at: friday + 8 * day }]);
        const without = figuresOf([...unitsTold(units), ...rest]);
        expect(upheld.league.all.counts).toEqual({ ...without.league.all.counts, leftOut: 1 });
        expect(upheld.league.all.p95Ms).toBe(without.league.all.p95Ms);
        expect(upheld.heat).toEqual(without.heat);
      }),
    );
  });
});
