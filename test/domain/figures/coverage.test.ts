import { describe, expect, it } from 'vitest';
import type { LedgerEvent } from '../../../src/domain/ledger/event.ts';
import { answered, checkTold, day, figuresOf, friday, hour, minute, next, rosterTold, unitsTold } from '../../support/told-figures.ts';

const morning = friday + 8.5 * hour;
const post = [['p1', 'u1', 1]] as const;
const shift = (days: number, personId: string, fromHours = 0, toHours = 24) =>
  ['p1', morning + days * day + fromHours * hour, morning + days * day + toHours * hour, [['onDuty', personId]]] as const;
const week = { fromAt: morning, toAt: morning + 7 * day };
const planned = (...days: readonly string[]): readonly LedgerEvent[] => [
  ...unitsTold(1),
  rosterTold(
    friday - hour,
    post,
    days.map((personId, index) => shift(index, personId)),
    [],
    2,
  ),
];
const told = (rows: readonly LedgerEvent[], period = { fromAt: morning, toAt: morning + 2 * day }, now = morning + 20 * day) => {
  const figures = figuresOf(rows, period, now);
  const [coverage] = figures.coverage;
  const stretches = coverage!.stretches.map(({ from, to, kind, people }) => [
    (from - morning) / hour,
    (to - morning) / hour,
    kind,
    people.join(),
  ]);
  return { ...figures, stretches, coverage: coverage! };
};

const opened = (at: number): LedgerEvent => ({
  at: at - 15 * minute,
  event: 'HandoverOpened',
  itemId: 'hp1.1',
  data: { subject: 'p1', at, endsAt: at + day, outgoing: [['onDuty', 'm1']], incoming: [['onDuty', 'm2']], open: [], due: [] },
});
const accepted = (at: number): LedgerEvent => ({ at, event: 'HandoverAccepted', itemId: 'hp1.1', actor: 'm2', data: { subject: 'p1' } });

describe('who held a post', () => {
  it('is who was planned, and a gap where nobody was', () => {
    const { stretches, coverage } = told(planned('m1'));
    expect(stretches).toEqual([
      [0, 24, 'held', 'm1'],
      [24, 48, 'gap', ''],
    ]);
    expect(coverage).toMatchObject({ totalMs: 2 * day, coveredMs: day });
  });

  it('is the roster that was in force then: a list that comes later changes nothing about the past', () => {
    const later = rosterTold(morning + 6 * hour, post, [shift(0, 'm9')], [['p1', morning, morning + day]], 3);
    expect(told([...planned('m1', 'm2'), later]).stretches).toEqual([
      [0, 6, 'held', 'm1'],
      [6, 24, 'held', 'm9'],
      [24, 48, 'held', 'm2'],
    ]);
  });

  it('is whoever stood it before, until somebody has accepted', () => {
    const rows = [...planned('m1', 'm2'), opened(morning + day), accepted(morning + day + 30 * minute)];
    const { stretches, matters } = told(rows);
    expect(stretches).toEqual([
      [0, 24, 'held', 'm1'],
      [24, 24.5, 'heldOver', 'm1'],
      [24.5, 48, 'held', 'm2'],
    ]);
    expect(matters.handovers).toEqual({ inTime: 0, late: 1, lapsed: 0 });
    const inTime = [...planned('m1', 'm2'), opened(morning + day), accepted(morning + day - minute)];
    expect(told(inTime)).toMatchObject({ matters: { handovers: { inTime: 1, late: 0, lapsed: 0 } } });
    expect(told(inTime).stretches[1]).toEqual([24, 48, 'held', 'm2']);
  });

  it('is handed over in time up to the end of the window, late after it, and neither where it lapsed', () => {
    const boundary = morning + day;
    const handovers = (end: LedgerEvent) => told([...planned('m1', 'm2'), opened(boundary), end]).matters.handovers;
    expect(handovers(accepted(boundary + 10 * minute))).toEqual({ inTime: 1, late: 0, lapsed: 0 });
    expect(handovers(accepted(boundary + 10 * minute + 1))).toEqual({ inTime: 0, late: 1, lapsed: 0 });
    expect(handovers({ ...accepted(boundary + hour), event: 'HandoverLapsed' })).toEqual({ inTime: 0, late: 0, lapsed: 1 });
  });

  it('and what else happened belongs to the period in which it began, its end not included', () => {
    const help = (at: number): LedgerEvent => ({
      at,
      event: 'ObligationOpened',
      obligationId: `oh.${at}`,
      data: { kind: 'help', subject: 'p1' },
    });
    const rows = [...planned('m1', 'm2'), ...[-1, 0, 2 * day - 1, 2 * day].map((ms) => help(morning + ms))];
    expect(told(rows).matters.help).toBe(2);
  });

  it('is nobody while the holder is known to be away', () => {
    const empty: LedgerEvent = {
      at: morning + hour,
      event: 'ObligationOpened',
      obligationId: 'oep1.1',
      data: { kind: 'postEmpty', subject: 'p1', policy: 'check', cause: 'notOnPost', answerBy: 0, baseAt: 0, throughMs: 0 },
    };
    const back: LedgerEvent = {
      at: morning + 3 * hour,
      event: 'AnswerRecorded',
      obligationId: 'oep1.1',
      data: { subject: 'p1', isLate: false },
    };
    const { stretches, coverage, matters } = told([...planned('m1', 'm2'), empty, back]);
    expect(stretches[1]).toEqual([1, 3, 'absent', 'm1']);
    expect(coverage.coveredMs).toBe(2 * day - 2 * hour);
    expect(matters.postEmpty).toBe(1);
    expect(told([...planned('m1', 'm2'), empty]).stretches.at(-1)).toEqual([24, 48, 'absent', 'm2']);
  });

  it('is nobody who is known, from the verdict on a check that reached them until the post is heard of again', () => {
    const check = checkTold('p1', morning + hour);
    const missed = [next(check, 'NoticeDelivered', minute), next(check, 'ObligationMissed', hour)];
    const lost = [...planned('m1', 'm2'), check, ...missed];
    const { stretches, coverage } = told([...lost, answered(check, 3 * hour)]);
    expect(stretches).toEqual([
      [0, 2, 'held', 'm1'],
      [2, 4, 'unheard', 'm1'],
      [4, 24, 'held', 'm1'],
      [24, 48, 'held', 'm2'],
    ]);
    expect(coverage.coveredMs).toBe(2 * day - 2 * hour);
    // whoever looks after it has not heard of anybody there
    const heard = { at: morning + 5 * hour, event: 'ContactProven', data: { subject: 'p1', by: 'm1' } } as const;
    expect(told([...lost, next(check, 'ObligationTakenOver', 2 * hour), heard]).stretches[1]).toEqual([2, 5, 'unheard', 'm1']);
    // nor does what is done about its items, or another post's word, say anything
    const elsewhere = { ...heard, data: { subject: 'p2', by: 'm1' } };
    const ofItem = { at: morning + 5 * hour, event: 'AnswerRecorded', itemId: 'i1', obligationId: 'oi1', data: { subject: 'p1' } } as const;
    expect(told([...lost, elsewhere, ofItem]).stretches.at(-1)).toEqual([24, 48, 'unheard', 'm2']);
  });

  it.each([
    ['what reached nobody', []],
    ['what an appeal has left out', ['NoticeDelivered', 'AppealUpheld']],
  ] as const)('takes no post for lost by %s', (_, events) => {
    const check = checkTold('p1', morning + hour);
    const rows = (...more: readonly LedgerEvent[]) => [...planned('m1', 'm2'), check, next(check, 'ObligationMissed', hour), ...more];
    const after = events.map((event) => next(check, event, 2 * hour, {}));
    expect(told(rows(...after)).coverage.coveredMs).toBe(2 * day);
    // also where the post has been heard of before
    expect(told(rows(answered(check, 1.5 * hour), ...after)).coverage.coveredMs).toBe(2 * day);
  });

  it('takes no post for lost whose round was silent as a whole', () => {
    const check = { ...checkTold('p1', morning + hour) };
    const ofRound = { ...check, data: { ...check.data, roundId: 'r1' } };
    const found = { at: morning + 1.5 * hour, event: 'MassFailureFound', data: { roundId: 'r1' } } as const;
    const rows = [...planned('m1', 'm2'), ofRound, next(check, 'NoticeDelivered', minute), next(check, 'ObligationMissed', 2 * hour)];
    expect(told(rows).coverage.coveredMs).toBe(2 * day - 45 * hour);
    expect(told([...rows.slice(0, -1), found, rows.at(-1)!]).coverage.coveredMs).toBe(2 * day);
  });

  it('is said only up to now, and from when the post was known', () => {
    expect(told(planned('m1', 'm2'), undefined, morning + 30 * hour).coverage.totalMs).toBe(30 * hour);
    const late = [...unitsTold(1, morning + hour), rosterTold(morning + hour, post, [shift(0, 'm1')], [], 2)];
    expect(told(late).stretches[0]).toEqual([1, 24, 'held', 'm1']);
  });
});

describe('how much somebody stood', () => {
  it('counts shifts in the period in which they begin, nights, weekends and holidays apart', () => {
    // from Friday on; one day shift on Monday
    const rows = [
      ...unitsTold(1),
      rosterTold(friday - hour, post, [shift(0, 'm1'), shift(1, 'm2'), shift(2, 'm1'), shift(3, 'm2', 0, 9)], [], 2),
    ];
    expect(told(rows, week).loads).toEqual([
      { personId: 'm1', shifts: 2, nights: 2, weekends: 1, holidays: 0, standingMs: 2 * day },
      { personId: 'm2', shifts: 2, nights: 1, weekends: 1, holidays: 0, standingMs: day + 9 * hour },
    ]);
    const middle = morning + 12 * hour;
    const first = told(rows, { fromAt: morning, toAt: middle }).loads;
    const second = told(rows, { fromAt: middle, toAt: week.toAt }).loads;
    expect(first).toMatchObject([{ personId: 'm1', shifts: 1, standingMs: 12 * hour }]);
    expect(second.find(({ personId }) => personId === 'm1')).toMatchObject({ shifts: 1, standingMs: 36 * hour });
  });

  it('counts a shift once, whatever is changed about it while it lasts', () => {
    const later = rosterTold(
      morning + 6 * hour,
      post,
      [
        [
          'p1',
          morning,
          morning + day,
          [
            ['onDuty', 'm1'],
            ['coDuty', 'm3'],
          ],
        ],
      ],
      [['p1', morning, morning + day]],
      3,
    );
    const { loads } = told([...planned('m1'), later], { fromAt: morning, toAt: morning + day });
    expect(loads).toEqual([
      { personId: 'm1', shifts: 1, nights: 1, weekends: 0, holidays: 0, standingMs: day },
      { personId: 'm3', shifts: 0, nights: 0, weekends: 0, holidays: 0, standingMs: 18 * hour },
    ]);
  });
});
