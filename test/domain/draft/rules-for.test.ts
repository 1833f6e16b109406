import { describe, expect, it } from 'vitest';
import { draftRulesFor } from '../../../src/domain/draft/rules-for.ts';
import { planPublication } from '../../../src/domain/draft/publish.ts';
import type { Organisation } from '../../../src/domain/organisation/organisation.ts';
import { officialDays } from '../../../src/domain/roster/official-days.ts';
import { emptyRoster, type Roster, type Shift } from '../../../src/domain/roster/roster.ts';
import { everyDay } from '../../../src/domain/roster/shift-hours.ts';
import { at, idOf, organisation, roster } from '../../support/invented.ts';

const frame = { zone: 'Asia/Shanghai', table: officialDays, defaultHours: [everyDay(510, 510)] };
const asked = { postIds: ['p1', 'p2', 'p3'], fromDate: '2021-09-26', toDate: '2021-10-10', variant: 0 };
const rulesOf = (org: Organisation = organisation, own: Roster = roster) => draftRulesFor(org, own, frame, asked);
const post = (rules: ReturnType<typeof rulesOf>, id: string) => rules.posts.find(({ postId }) => postId === id)!;

describe('what follows from how a post has been stood', () => {
  it('is how many officers it has, whether somebody leads it, and when its shifts begin and end', () => {
    const [bureau, east] = [post(rulesOf(), 'p1'), post(rulesOf(), 'p2')];
    expect(bureau).toMatchObject({ officers: 2, hasLeader: true });
    expect(east).toMatchObject({ officers: 2, hasLeader: false });
    expect(new Set(east.hours.map(({ hours }) => JSON.stringify(hours)))).toEqual(
      new Set([JSON.stringify({ from: '08:30', to: '08:30', toDay: 1 })]),
    );
  });

  it('is other hours for other kinds of day, as they were kept last', () => {
    const shift = (from: string, to: string): Shift => ({
      postId: 'p2',
      from: at(from),
      to: at(to),
      holders: [{ role: 'onDuty', personId: 'm7' }],
    });
    const own: Roster = {
      ...roster,
      shifts: [
        shift('2021-09-16T17:00', '2021-09-17T09:00'),
        shift('2021-09-25T09:00', '2021-09-25T21:00'),
        shift('2021-09-25T21:00', '2021-09-26T09:00'),
      ],
    };
    const { hours } = post(rulesOf(organisation, own), 'p2');
    const of = (kind: 'workday' | 'restDay' | 'holiday') =>
      hours.filter(({ kinds }) => kinds.includes(kind)).map((rule) => rule.hours.from);
    expect(of('workday')).toEqual(['17:00']);
    expect(of('restDay')).toEqual(['09:00', '21:00']);
    // A kind of day that never came is kept like the last day there was.
    expect(of('holiday')).toEqual(['09:00', '21:00']);
  });

  it('is the campaign\u2019s hours and the least headcount where it was never stood', () => {
    const rules = rulesOf(organisation, { ...emptyRoster, posts: roster.posts });
    expect(post(rules, 'p1')).toMatchObject({ officers: 2, hasLeader: false });
    expect(post(rules, 'p2').hours).toHaveLength(3);
  });
});

describe('who may stand a post', () => {
  it('are its duty officers, and to lead it those who have the rank', () => {
    expect(post(rulesOf(), 'p2').pool).toEqual([idOf('东主班'), idOf('东副班'), idOf('次日班')]);
    expect(post(rulesOf(), 'p1').leaders).toEqual([idOf('王带班')]);
    expect(post(rulesOf(), 'p2').leaders).toEqual([idOf('东局长')]);
  });

  it('are, where they do not suffice, those who have stood it, and then liaison and contact', () => {
    const fewer: Organisation = {
      ...organisation,
      appointments: organisation.appointments.filter(({ role, of }) => role !== 'dutyOfficer' || of !== 'u3'),
    };
    expect(post(rulesOf(fewer), 'p3').pool).toEqual([idOf('西主班'), idOf('西副班')]);
    const never = rulesOf(fewer, { ...emptyRoster, posts: roster.posts });
    expect(post(never, 'p3').pool).toEqual([idOf('西联络'), idOf('西联系')]);
  });

  it('is nobody who is disabled, or whose term is over', () => {
    const org: Organisation = {
      ...organisation,
      people: organisation.people.map((person) => (person.id === idOf('东副班') ? { ...person, isDisabled: true } : person)),
      appointments: organisation.appointments.map((one) =>
        one.personId === idOf('次日班') ? { ...one, to: at('2021-10-01T00:00') } : one,
      ),
    };
    const rules = rulesOf(org);
    expect(post(rules, 'p2').pool).toEqual([idOf('东主班'), idOf('次日班')]);
    const isInTerm = rules.terms.get(idOf('次日班'))!;
    expect([isInTerm(at('2021-09-30T08:30')), isInTerm(at('2021-10-01T08:30'))]).toEqual([true, false]);
  });

  it('is nobody in the hours for which they were relieved', () => {
    const away = { id: 'v1', subject: idOf('东主班'), from: at('2021-10-01T00:00'), to: at('2021-10-03T00:00'), out: idOf('东主班') };
    expect(rulesOf(organisation, { ...roster, overrides: [away] }).away).toEqual([
      { personId: idOf('东主班'), from: away.from, to: away.to },
    ]);
  });
});

describe('publishing', () => {
  const shift = (from: string, to: string): Shift => ({
    postId: 'p2',
    from: at(from),
    to: at(to),
    holders: [{ role: 'onDuty', personId: 'm7' }],
  });
  const draft = {
    shifts: [shift('2021-09-28T17:00', '2021-09-29T09:00'), shift('2021-09-29T17:00', '2021-09-30T09:00')],
    loads: [],
    holes: [],
    unwanted: [],
  };

  it('leaves other posts and other days alone, and tells hours that lie between shifts', () => {
    const { roster: next, open, changes } = planPublication(roster, draft);
    expect(open).toEqual([
      { postId: 'p2', from: at('2021-09-26T08:30'), to: at('2021-09-28T17:00'), reason: 'noShift' },
      { postId: 'p2', from: at('2021-09-29T09:00'), to: at('2021-09-29T17:00'), reason: 'noShift' },
    ]);
    expect(changes.replaced).toEqual([]);
    expect(next!.version).toBe(roster.version + 1);
    expect(next!.shifts).toHaveLength(roster.shifts.length + 2);
  });

  it('is not to be had with a hole, or without any shift', () => {
    const hole = { postId: 'p2', date: '2021-09-28', from: 0, to: 1, role: 'coDuty', because: [] } as const;
    expect(planPublication(roster, { ...draft, holes: [hole] }).roster).toBeUndefined();
    expect(planPublication(roster, { ...draft, shifts: [] }).roster).toBeUndefined();
  });
});
