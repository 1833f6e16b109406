import { describe, expect, it } from 'vitest';
import type { Draft, DraftRules, Load, PostRules } from '../../../src/domain/draft/draft.ts';
import { makeDraft } from '../../../src/domain/draft/make-draft.ts';
import { officialDays } from '../../../src/domain/roster/official-days.ts';
import type { Shift } from '../../../src/domain/roster/roster.ts';
import { everyDay } from '../../../src/domain/roster/shift-hours.ts';
import { fc } from '../../support/property.ts';

const zone = 'Asia/Shanghai';
const hour = 3_600_000;
const at = (text: string): number => Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
const people = (count: number, prefix = 'm'): readonly string[] => Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);

const postOf = (own: Partial<PostRules> = {}): PostRules => ({
  postId: 'p1',
  hours: [everyDay(510, 510)],
  officers: 2,
  hasLeader: false,
  pool: people(8),
  leaders: [],
  ...own,
});

const rulesOf = (own: Partial<DraftRules> = {}): DraftRules => ({
  zone,
  table: officialDays,
  posts: [postOf()],
  restMs: 24 * hour,
  mostInRow: 3,
  wishes: [],
  away: [],
  terms: new Map(),
  variant: 0,
  ...own,
});

const september = (rules: DraftRules, stood: readonly Shift[] = []): Draft => makeDraft(rules, '2021-09-01', '2021-09-30', stood);

const spread = ({ loads }: Draft, key: keyof Load): number => {
  const counts = loads.map(({ added }) => added[key]);
  return Math.max(...counts) - Math.min(...counts);
};

const daysOf = ({ shifts }: Draft, personId: string): readonly string[] =>
  shifts
    .filter(({ holders }) => holders.some((holder) => holder.personId === personId))
    .map(({ from }) => Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone).toPlainDate().toString());

describe('a draft', () => {
  it('gives everybody as much, also of weekends and holidays', () => {
    const draft = september(rulesOf());
    expect(draft.holes).toEqual([]);
    expect(draft.shifts).toHaveLength(30);
    for (const key of ['shifts', 'weekends', 'holidays', 'nights'] as const) expect(spread(draft, key)).toBeLessThanOrEqual(1);
    // Mid-autumn is three days, a make-up Saturday before it is a workday.
    expect(draft.loads.reduce((sum, { added }) => sum + added.holidays, 0)).toBe(3 * 2);
  });

  it('puts only people of the right rank before the others', () => {
    const draft = september(rulesOf({ posts: [postOf({ hasLeader: true, leaders: people(4, 'l') })] }));
    for (const { holders } of draft.shifts) {
      expect(holders.map(({ role }) => role)).toEqual(['shiftLeader', 'onDuty', 'coDuty']);
      expect(holders[0]!.personId).toMatch(/^l/u);
      expect(holders.slice(1).every(({ personId }) => personId.startsWith('m'))).toBe(true);
    }
  });

  it('gives more to whoever has stood less', () => {
    const before = ['m1', 'm2', 'm3'].flatMap((personId, index) =>
      Array.from({ length: 4 }, (_, week): Shift => {
        const from = at('2021-08-02T08:30') + (week * 7 + index * 2) * 24 * hour;
        return { postId: 'p1', from, to: from + 24 * hour, holders: [{ role: 'onDuty', personId }] };
      }),
    );
    const draft = makeDraft(rulesOf({ posts: [postOf({ officers: 1, pool: people(4) })] }), '2021-09-01', '2021-09-20', [
      ...before,
      { postId: 'p1', from: at('2021-08-30T08:30'), to: at('2021-08-31T08:30'), holders: [{ role: 'onDuty', personId: 'm4' }] },
    ]);
    const total = draft.loads.map(({ before: brought, added }) => brought.shifts + added.shifts);
    expect(draft.loads[3]!.added.shifts).toBeGreaterThan(draft.loads[0]!.added.shifts);
    expect(Math.max(...total) - Math.min(...total)).toBeLessThanOrEqual(1);
  });

  it('does not make somebody new catch up on what the others have stood', () => {
    const before = Array.from({ length: 9 }, (_, index): Shift => {
      const from = at('2021-08-02T08:30') + index * 48 * hour;
      return { postId: 'p1', from, to: from + 24 * hour, holders: [{ role: 'onDuty', personId: `m${(index % 3) + 1}` }] };
    });
    const draft = makeDraft(rulesOf({ posts: [postOf({ officers: 1, pool: people(4) })] }), '2021-09-01', '2021-09-20', before);
    expect(draft.loads.map(({ added }) => added.shifts)).toEqual([5, 5, 5, 5]);
  });

  it('leaves people alone while they are away, and respects what they wish where another can', () => {
    const draft = september(
      rulesOf({
        away: [{ personId: 'm1', from: at('2021-09-06T00:00'), to: at('2021-09-13T00:00') }],
        wishes: [
          { personId: 'm2', date: '2021-09-20', wants: false },
          { personId: 'm3', date: '2021-09-21', wants: true },
        ],
      }),
    );
    expect(daysOf(draft, 'm1').filter((date) => date >= '2021-09-05' && date <= '2021-09-12')).toEqual([]);
    expect(daysOf(draft, 'm2')).not.toContain('2021-09-20');
    expect(daysOf(draft, 'm3')).toContain('2021-09-21');
    expect(draft.unwanted).toEqual([]);
  });

  it('tells where a wish could not be kept', () => {
    const rules = rulesOf({
      posts: [postOf({ officers: 1, pool: people(2) })],
      wishes: people(2).map((personId) => ({ personId, date: '2021-09-10', wants: false })),
      restMs: 0,
    });
    expect(september(rules).unwanted).toMatchObject([{ date: '2021-09-10' }]);
  });

  it('says for a hole why each one does not fit', () => {
    const draft = makeDraft(
      rulesOf({
        posts: [postOf({ officers: 1, pool: people(2) })],
        away: [{ personId: 'm2', from: at('2021-09-01T00:00'), to: at('2021-09-04T00:00') }],
      }),
      '2021-09-01',
      '2021-09-02',
      [],
    );
    expect(draft.holes).toMatchObject([
      {
        date: '2021-09-02',
        role: 'onDuty',
        because: [
          { personId: 'm1', obstacle: 'rest' },
          { personId: 'm2', obstacle: 'away' },
        ],
      },
    ]);
    const nobody = makeDraft(rulesOf({ posts: [postOf({ officers: 1, pool: [] })] }), '2021-09-01', '2021-09-01', []);
    expect(nobody.holes).toMatchObject([{ because: [] }]);
  });

  it('does not take somebody who stands elsewhere, or ought to rest from it', () => {
    const elsewhere: Shift = {
      postId: 'p9',
      from: at('2021-09-01T20:00'),
      to: at('2021-09-02T08:00'),
      holders: [{ role: 'onDuty', personId: 'm1' }],
    };
    const draft = makeDraft(rulesOf({ posts: [postOf({ officers: 1, pool: people(1) })], restMs: 12 * hour }), '2021-09-01', '2021-09-02', [
      elsewhere,
    ]);
    expect(draft.holes.map(({ because }) => because[0]!.obstacle)).toEqual(['elsewhere', 'rest']);
  });

  it('knows nights from days, and hours by the kind of day', () => {
    const hours = [
      { kinds: ['workday'], hours: { from: '17:00', to: '09:00', toDay: 1 } },
      { kinds: ['restDay', 'holiday'], hours: { from: '09:00', to: '21:00', toDay: 0 }, shift: 'day' },
      { kinds: ['restDay', 'holiday'], hours: { from: '21:00', to: '09:00', toDay: 1 }, shift: 'night' },
    ] as const;
    const draft = september(rulesOf({ posts: [postOf({ hours, officers: 1 })], restMs: 12 * hour }));
    // Five days of rest and three holidays have two shifts each; the 18th and the 26th are made up for.
    expect(draft.shifts).toHaveLength(30 + 8);
    expect(draft.loads.reduce((sum, { added }) => sum + added.nights, 0)).toBe(30);
    expect(spread(draft, 'nights')).toBeLessThanOrEqual(1);
    expect(spread(draft, 'shifts')).toBeLessThanOrEqual(1);
  });

  it('lets teams take turns, and replaces whoever of a team is away', () => {
    const rotation = {
      kind: 'daily',
      length: 1,
      startAt: at('2021-09-01T08:30'),
      teams: [
        ['m1', 'm2'],
        ['m3', 'm4'],
        ['m5', 'm6'],
      ],
    } as const;
    const draft = makeDraft(
      rulesOf({
        posts: [postOf({ rotation, pool: people(8) })],
        away: [{ personId: 'm3', from: at('2021-09-02T00:00'), to: at('2021-09-03T00:00') }],
      }),
      '2021-09-01',
      '2021-09-05',
      [],
    );
    expect(draft.shifts.map(({ holders }) => holders.map(({ personId }) => personId).join(' '))).toEqual([
      'm1 m2',
      expect.stringMatching(/^m4 m[78]$/u),
      'm5 m6',
      'm1 m2',
      'm3 m4',
    ]);
  });

  it('lets nobody lead who has not the rank, whoever’s turn it is', () => {
    const rotation = {
      kind: 'daily',
      length: 1,
      startAt: at('2021-09-01T08:30'),
      teams: [
        ['m1', 'l1', 'm2'],
        ['m3', 'm4'],
      ],
    } as const;
    const { shifts } = makeDraft(
      rulesOf({ posts: [postOf({ rotation, hasLeader: true, leaders: people(3, 'l') })] }),
      '2021-09-01',
      '2021-09-06',
      [],
    );
    const leaders = shifts.map(({ holders }) => holders.find(({ role }) => role === 'shiftLeader')!.personId);
    expect(leaders.every((personId) => personId.startsWith('l'))).toBe(true);
    // of a team that has a leader it is theirs
    expect([leaders[0], leaders[2], leaders[4]]).toEqual(['l1', 'l1', 'l1']);
  });

  it('takes of equals whoever has been free for longest', () => {
    const draft = makeDraft(rulesOf({ posts: [postOf({ officers: 1, pool: people(3) })] }), '2021-09-06', '2021-09-10', []);
    const order = draft.shifts.map(({ holders }) => holders[0]!.personId);
    expect(order.slice(3)).toEqual(order.slice(0, 2));
    expect(new Set(order.slice(0, 3)).size).toBe(3);
  });

  it('lets a team stand its whole week', () => {
    const rotation = {
      kind: 'weekly',
      length: 1,
      startAt: at('2021-09-06T08:30'),
      teams: [
        ['m1', 'm2'],
        ['m3', 'm4'],
      ],
    } as const;
    const draft = makeDraft(rulesOf({ posts: [postOf({ rotation, pool: people(6) })] }), '2021-09-06', '2021-09-19', []);
    expect(draft.holes).toEqual([]);
    expect(draft.shifts.map(({ holders }) => holders[0]!.personId)).toEqual([
      ...Array<string>(7).fill('m1'),
      ...Array<string>(7).fill('m3'),
    ]);
  });

  it('is another one, as fair, for another variant, and the same for the same', () => {
    const [one, same, other] = [september(rulesOf()), september(rulesOf()), september(rulesOf({ variant: 3 }))];
    expect(one).toEqual(same);
    expect(other.shifts).not.toEqual(one.shifts);
    expect(spread(other, 'shifts')).toBeLessThanOrEqual(1);
  });
});

const anyRules = fc
  .record({
    pool: fc.integer({ min: 1, max: 9 }),
    officers: fc.integer({ min: 1, max: 3 }),
    restHours: fc.integer({ min: 0, max: 48 }),
    mostInRow: fc.integer({ min: 1, max: 4 }),
    hasLeader: fc.boolean(),
    away: fc.array(
      fc.record({ person: fc.integer({ min: 1, max: 9 }), day: fc.integer({ min: 0, max: 20 }), days: fc.integer({ min: 1, max: 6 }) }),
      { maxLength: 6 },
    ),
    wishes: fc.array(fc.record({ person: fc.integer({ min: 1, max: 9 }), day: fc.integer({ min: 1, max: 20 }), wants: fc.boolean() }), {
      maxLength: 6,
    }),
    variant: fc.nat(5),
  })
  .map(({ pool, officers, restHours, mostInRow, hasLeader, away, wishes, variant }) =>
    rulesOf({
      // Two posts share their people.
      posts: [
        postOf({ pool: people(pool), officers, hasLeader, leaders: ['m1', 'm2', 'l1'] }),
        postOf({ postId: 'p2', pool: people(pool).toReversed(), officers: 1 }),
      ],
      restMs: restHours * hour,
      mostInRow,
      variant,
      away: away.map(({ person, day, days }) => ({
        personId: `m${person}`,
        from: at('2021-09-01T00:00') + day * 24 * hour,
        to: at('2021-09-01T00:00') + (day + days) * 24 * hour,
      })),
      wishes: wishes.map(({ person, day, wants }) => ({ personId: `m${person}`, date: `2021-09-${String(day).padStart(2, '0')}`, wants })),
    }),
  );

describe('whatever the rules', () => {
  it('nobody stands twice at once or against a rule, and every seat is filled or told', () => {
    fc.assert(
      fc.property(anyRules, (rules) => {
        const draft = makeDraft(rules, '2021-09-01', '2021-09-20', []);
        const duties = new Map<string, { from: number; to: number }[]>();
        for (const { from, to, holders } of draft.shifts)
          for (const { personId } of holders) duties.set(personId, [...(duties.get(personId) ?? []), { from, to }]);
        for (const [personId, own] of duties) {
          const sorted = own.toSorted((one, other) => one.from - other.from);
          for (const [index, { from, to }] of sorted.entries()) {
            expect(from - (sorted[index - 1]?.to ?? 0)).toBeGreaterThanOrEqual(rules.restMs);
            expect(rules.away.some((away) => away.personId === personId && away.from < to && from < away.to)).toBe(false);
          }
          const days = sorted.map(({ from }) => Math.floor((from + 8 * hour) / (24 * hour)));
          const longest = days.reduce(
            (best, day) => Math.max(best, days.filter((one) => one >= day && one < day + rules.mostInRow + 1).length),
            0,
          );
          expect(longest).toBeLessThanOrEqual(rules.mostInRow);
        }
        for (const post of rules.posts)
          for (const shift of draft.shifts.filter(({ postId }) => postId === post.postId)) {
            const holes = draft.holes.filter(({ postId, from }) => postId === post.postId && from === shift.from);
            expect(shift.holders.length + holes.length).toBe(post.officers + (post.hasLeader ? 1 : 0));
            expect(shift.holders.filter(({ role }) => role === 'onDuty').length).toBeLessThanOrEqual(1);
          }
        // Whoever is named as not fitting a hole has a reason, and nobody who could is left out.
        for (const { because, postId, role } of draft.holes) {
          const post = rules.posts.find((one) => one.postId === postId)!;
          expect(because.map(({ personId }) => personId).toSorted()).toEqual(
            (role === 'shiftLeader' ? post.leaders : post.pool).toSorted(),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('loads of a uniform pool differ by little, under each heading', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 12 }),
        fc.integer({ min: 1, max: 2 }),
        fc.nat(9),
        fc.integer({ min: 10, max: 60 }),
        (pool, officers, variant, days) => {
          const draft = makeDraft(
            rulesOf({ posts: [postOf({ pool: people(pool), officers })], variant }),
            '2021-09-01',
            Temporal.PlainDate.from('2021-09-01')
              .add({ days: days - 1 })
              .toString(),
            [],
          );
          expect(draft.holes).toEqual([]);
          for (const key of ['shifts', 'weekends', 'holidays', 'nights'] as const) expect(spread(draft, key)).toBeLessThanOrEqual(2);
        },
      ),
      { numRuns: 40 },
    );
  });
});
