import { describe, expect, it } from 'vitest';
import { holdersAt, standingAt } from '../../../src/domain/organisation/directory.ts';
import { clocksOfRequest } from '../../../src/domain/shift-change/clocks-of-request.ts';
import { nextLookAt } from '../../../src/domain/shift-change/duty-request.ts';
import { consentFor, shippedConsent } from '../../../src/domain/shift-change/consent.ts';
import { at, idOf, type Name } from '../../support/invented.ts';
import { ask, openDesk, partOf, rosterOf, shift } from './requests.ts';

const now = at('2021-08-27T10:00');
const saturday = shift('p2', 28, '东主班');
const sunday = shift('p2', 29, '东副班');
const roster = rosterOf(saturday, sunday, shift('p3', 28, '西主班'));
const hour = 3_600_000;

const cover = (substitute: Name | undefined) =>
  ask({
    by: idOf('东主班'),
    holderId: idOf('东主班'),
    gives: [partOf(saturday, '东主班')],
    ...(substitute ? { substituteId: idOf(substitute) } : {}),
  });

const standing = (desk: ReturnType<typeof openDesk>, when: string): string =>
  holdersAt(desk.directory(), 'p2', at(when))
    .map(({ role, personId }) => `${role} ${personId}`)
    .join(', ');

describe('a request', () => {
  it('changes nothing before both are in, whichever comes first', () => {
    for (const order of [
      ['accept', 'approve'],
      ['approve', 'accept'],
    ] as const) {
      const desk = openDesk(roster);
      desk.act(undefined, cover('次日班'), now);
      const { id } = desk.only();
      for (const step of order) {
        expect(standing(desk, '2021-08-28T12:00')).toBe(`onDuty ${idOf('东主班')}`);
        desk.act(id, { type: step, ...desk.by(step === 'accept' ? '次日班' : '东局长') }, now + hour);
      }
      expect(desk.only().status).toBe('effective');
      expect(['2021-08-28T08:29', '2021-08-28T12:00', '2021-08-29T08:29', '2021-08-29T08:30'].map((when) => standing(desk, when))).toEqual([
        '',
        `onDuty ${idOf('次日班')}`,
        `onDuty ${idOf('次日班')}`,
        `onDuty ${idOf('东副班')}`,
      ]);
    }
  });

  it('is approved once and accepted once: said again it says nothing', () => {
    const desk = openDesk(roster);
    desk.act(undefined, cover('次日班'), now);
    const { id } = desk.only();
    desk.act(id, { type: 'approve', ...desk.by('东局长') }, now);
    expect(desk.act(id, { type: 'approve', ...desk.by('东局长') }, now + hour)).toEqual({ events: [], refusal: 'already' });
    expect(desk.only().approvedAt).toBe(now);
    const other = openDesk(roster);
    other.act(undefined, cover('次日班'), now);
    other.act(other.only().id, { type: 'accept', ...other.by('次日班') }, now);
    expect(other.act(other.only().id, { type: 'accept', ...other.by('次日班') }, now)).toEqual({ events: [], refusal: 'already' });
  });

  it('is accepted by nobody but whoever was asked, and approved by nobody who is a party to it', () => {
    const desk = openDesk(roster);
    desk.act(undefined, cover('次日班'), now);
    const { id } = desk.only();
    expect(desk.act(id, { type: 'accept', ...desk.by('东主班') }, now).refusal).toBe('notYours');
    expect(desk.act(id, { type: 'accept', ...desk.by('东局长') }, now).refusal).toBe('notYours');
    expect(desk.act(id, { type: 'approve', ...desk.by('次日班') }, now).refusal).toBe('ownConsent');
    expect(desk.act(id, { type: 'approve', ...desk.by('东主班') }, now).refusal).toBe('ownConsent');
    expect(desk.act(id, { type: 'approve', ...desk.by('西局长') }, now).refusal).toBe('notApprover');
    // The office decides only once whoever ought to has let the time pass.
    expect(desk.act(id, { type: 'approve', ...desk.by('冯主任') }, now).refusal).toBe('notApprover');
    expect(desk.act(id, { type: 'reject', reason: ' ', ...desk.by('东局长') }, now).refusal).toBe('reasonWanted');
    expect(desk.only().status).toBe('asked');
  });

  it('twice is one; about the same shift there is one at a time', () => {
    const desk = openDesk(roster);
    desk.act(undefined, cover('次日班'), now);
    expect(desk.act(undefined, cover('次日班'), now + 5).refusal).toBe('already');
    expect(desk.act(undefined, cover('东副班'), now + 9).refusal).toBe('overlaps');
    expect(desk.requests.size).toBe(1);
  });

  it('is another than one about another shift of the same person within the same millisecond', () => {
    const desk = openDesk(rosterOf(shift('p2', 28, '东主班'), shift('p2', 30, '东主班')));
    for (const day of [28, 30])
      desk.act(
        undefined,
        ask({ ...desk.by('东主班'), holderId: idOf('东主班'), gives: [partOf(shift('p2', day, '东主班'), '东主班')] }),
        now,
      );
    expect([...desk.requests.values()].map(({ gives, askedAt }) => [gives[0]?.from, askedAt])).toEqual([
      [at('2021-08-28T08:30'), now],
      [at('2021-08-30T08:30'), now],
    ]);
  });

  it('takes effect for what is left where the approval comes after the shift began, and expires with its end', () => {
    const desk = openDesk(roster);
    desk.act(undefined, cover('次日班'), now);
    const { id } = desk.only();
    desk.act(id, { type: 'accept', ...desk.by('次日班') }, now);
    expect(desk.act(id, { type: 'look' }, saturday.from).events.map(({ event }) => event)).toEqual(['HolderKeptOn']);
    desk.act(id, { type: 'approve', ...desk.by('东局长') }, saturday.from + hour);
    expect([standing(desk, '2021-08-28T09:29'), standing(desk, '2021-08-28T09:30')]).toEqual([
      `onDuty ${idOf('东主班')}`,
      `onDuty ${idOf('次日班')}`,
    ]);
    const late = openDesk(roster);
    late.act(undefined, cover('次日班'), now);
    late.act(late.only().id, { type: 'accept', ...late.by('次日班') }, now);
    expect(late.act(late.only().id, { type: 'approve', ...late.by('东局长') }, saturday.to).refusal).toBe('past');
    expect(late.only().status).toBe('expired');
  });

  it('tells the holder to stay at the start of each shift that begins while it is open', () => {
    const desk = openDesk(rosterOf(saturday, shift('p2', 30, '东主班')));
    desk.act(undefined, { ...cover('次日班'), gives: [saturday, shift('p2', 30, '东主班')].map((one) => partOf(one, '东主班')) }, now);
    const looks: string[] = [];
    for (let at = nextLookAt(desk.only()); at !== null; at = nextLookAt(desk.only()))
      for (const { event } of desk.act(desk.only().id, { type: 'look' }, at).events) looks.push(`${event} ${(at - saturday.from) / hour}`);
    expect(looks).toEqual(['HolderKeptOn 0', 'HolderKeptOn 48', 'RequestExpired 72']);
  });

  it('is over where the roster was changed so that nobody is left to be relieved', () => {
    const desk = openDesk(roster);
    desk.act(undefined, cover('次日班'), now);
    desk.import([shift('p2', 28, '东副班'), sunday]);
    const outcome = desk.act(desk.only().id, { type: 'accept', ...desk.by('次日班') }, now);
    expect(outcome.broken?.map(({ rule }) => rule)).toEqual(['partGone']);
    expect(desk.only()).toMatchObject({ status: 'refused', endReason: 'partGone' });
  });

  it('lets only one of two that race for the same substitute take effect, and says which rule', () => {
    const desk = openDesk(roster);
    desk.act(undefined, cover('次日班'), now);
    desk.act(
      undefined,
      ask({
        by: idOf('西主班'),
        holderId: idOf('西主班'),
        substituteId: idOf('次日班'),
        gives: [partOf(shift('p3', 28, '西主班'), '西主班')],
      }),
      now,
    );
    const [first = '', second = ''] = desk.requests.keys();
    expect(desk.requests.get(second)).toMatchObject({ isOutside: true, consent: { rule: 'office', of: 'g1' } });
    for (const id of [first, second]) desk.act(id, { type: 'accept', ...desk.by('次日班') }, now);
    desk.act(second, { type: 'approve', ...desk.by('冯主任') }, now);
    const outcome = desk.act(first, { type: 'approve', ...desk.by('东局长') }, now);
    expect(outcome.broken?.map(({ rule }) => rule)).toEqual(['twoPosts']);
    expect([...desk.requests.values()].map(({ status }) => status)).toEqual(['accepted', 'effective']);
    expect(standing(desk, '2021-08-28T12:00')).toBe(`onDuty ${idOf('东主班')}`);
  });

  it('looks for another where the substitute declines, also after having accepted', () => {
    const desk = openDesk(roster);
    desk.act(undefined, cover('次日班'), now);
    const { id } = desk.only();
    desk.act(id, { type: 'accept', ...desk.by('次日班') }, now);
    desk.act(id, { type: 'decline', ...desk.by('次日班') }, now + 1);
    expect(desk.only()).toMatchObject({ status: 'asked' });
    expect(desk.only().substituteId).toBeUndefined();
    expect(clocksOfRequest(desk.only()).map(({ kind, subject }) => [kind, subject])).toEqual([['substitute', idOf('东主班')]]);
    expect(desk.act(id, { type: 'approve', ...desk.by('东局长') }, now + 2).refusal).toBe('noSubstitute');
    desk.act(id, { type: 'nameSubstitute', substituteId: idOf('东副班'), ...desk.by('东主班') }, now + 3);
    desk.act(id, { type: 'accept', ...desk.by('东副班') }, now + 4);
    desk.act(id, { type: 'approve', ...desk.by('东局长') }, now + 5);
    expect(standing(desk, '2021-08-28T12:00')).toBe(`onDuty ${idOf('东副班')}`);
  });

  it('is undone until its first shift starts, unless somebody has built on it', () => {
    const desk = openDesk(roster);
    desk.act(undefined, cover('次日班'), now);
    const { id } = desk.only();
    desk.act(id, { type: 'accept', ...desk.by('次日班') }, now);
    desk.act(id, { type: 'approve', ...desk.by('东局长') }, now);
    expect(desk.act(id, { type: 'undo', ...desk.by('次日班') }, now).refusal).toBe('notApprover');
    expect(desk.act(id, { type: 'undo', ...desk.by('东主班') }, saturday.from).refusal).toBe('begun');
    desk.act(undefined, { ...cover('东副班'), by: idOf('次日班'), holderId: idOf('次日班') }, now);
    const other = [...desk.requests.keys()][1]!;
    desk.act(other, { type: 'accept', ...desk.by('东副班') }, now);
    desk.act(other, { type: 'approve', ...desk.by('东局长') }, now);
    expect(desk.act(id, { type: 'undo', ...desk.by('东主班') }, now).refusal).toBe('passedOn');
    expect(desk.act(other, { type: 'undo', ...desk.by('次日班') }, now).refusal).toBeUndefined();
    expect(desk.act(id, { type: 'undo', ...desk.by('东主班') }, now).refusal).toBeUndefined();
    expect(standing(desk, '2021-08-28T12:00')).toBe(`onDuty ${idOf('东主班')}`);
  });

  it('of a standing contact leaves what they owe to the substitute, and of whomever they look after', () => {
    const desk = openDesk(roster);
    const away = { from: at('2021-08-28T00:00'), to: at('2021-08-30T00:00') };
    const leave = (name: Name, substitute: Name) =>
      ask({ kind: 'leave', by: idOf(name), holderId: idOf(name), substituteId: idOf(substitute), gives: [], standing: away });
    const agree = (id: string, substitute: Name) => {
      desk.act(id, { type: 'accept', ...desk.by(substitute) }, now);
      desk.act(id, { type: 'approve', ...desk.by('东局长') }, now);
    };
    desk.act(undefined, leave('东联络', '东联系'), now);
    agree(desk.only().id, '东联系');
    expect(standingAt(desk.directory(), idOf('东联络'), away.from)).toBe(idOf('东联系'));
    expect(desk.act(undefined, leave('东联络', '东副班'), now).refusal).toBe('overlaps');
    desk.act(undefined, leave('东联系', '东副班'), now + 1);
    agree([...desk.requests.keys()][1]!, '东副班');
    const who = [idOf('东联络'), idOf('东联系')].map((id) => standingAt(desk.directory(), id, away.from));
    expect(who).toEqual([idOf('东副班'), idOf('东副班')]);
    expect(desk.act(undefined, { ...leave('东主班', '东联络'), gives: [partOf(saturday, '东主班')] }, now + 2).broken?.[0]?.rule).toBe(
      'away',
    );
    expect(desk.act(desk.only().id, { type: 'undo', ...desk.by('东联络') }, now).refusal).toBe('passedOn');
  });
});

describe('consent', () => {
  const { directory } = openDesk(rosterOf(shift('p1', 28, '赵主班', '钱副班', '王带班'), saturday));
  const by = (kind: 'leave' | 'swap' | 'cover', name: Name, substitute?: Name, isOutside = false) => {
    const asked = {
      kind,
      holderId: idOf(name),
      ...(substitute ? { substituteId: idOf(substitute) } : {}),
      gives: directory()
        .roster.shifts.filter(({ holders }) => holders.some(({ personId }) => personId === idOf(name)))
        .map((one) => partOf(one, name)),
    };
    const { rule, of } = consentFor(directory(), asked, isOutside, shippedConsent, now);
    return `${rule} ${of}`;
  };

  it('is asked of the one whom the rules name, and one up where that is a party', () => {
    expect(by('leave', '陈干事')).toBe('leader g1');
    expect(by('leave', '赵主班')).toBe('leader u1');
    expect(by('cover', '东主班', '次日班')).toBe('leader u2');
    expect(by('cover', '东主班', '东局长')).toBe('office g1');
    expect(by('swap', '赵主班', '钱副班')).toBe(`shiftLeader ${idOf('王带班')}`);
    expect(by('swap', '赵主班', '王带班')).toBe('principal u1');
    expect(by('swap', '东主班', '次日班')).toBe('principal u2');
    expect(by('leave', '东局长')).toBe('office g1');
    expect(by('leave', '冯主任')).toBe('office g1');
    expect(by('cover', '东主班', '西主班', true)).toBe('office g1');
  });
});

describe('what a request waits for', () => {
  it('has a time of its own, sensible also where the shift is near or has begun', () => {
    const dueIn = (askedAt: number): number => {
      const desk = openDesk(roster);
      desk.act(undefined, cover('次日班'), askedAt);
      return (clocksOfRequest(desk.only())[0]!.deadlineAt - askedAt) / 60_000;
    };
    expect([now, saturday.from - hour, saturday.from - 60_000, saturday.from + hour].map(dueIn)).toEqual([240, 60, 15, 15]);
  });
});
