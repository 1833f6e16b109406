import { describe, expect, it } from 'vitest';
import { onTurnAt, removeMember, rotationKinds, turnAt, turnsIn, type Rotation } from '../../../src/domain/rotation/rotation.ts';
import { fc } from '../../support/property.ts';

const at = (text: string): number => Temporal.ZonedDateTime.from(text).epochMilliseconds;
const wall = (zone: string, instant: number): string =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
const berlin = 'Europe/Berlin';
const newYork = 'America/New_York';

const rotationOf = (over: Partial<Rotation>): Rotation => ({
  kind: 'daily',
  length: 1,
  startAt: at('2021-03-26T09:00[Europe/Berlin]'),
  zone: berlin,
  members: ['m1', 'm2', 'm3'],
  ...over,
});

const whoAt = (rotation: Rotation, instant: number): string => {
  const turn = onTurnAt(rotation, instant);
  return turn.status === 'on' ? turn.personId : turn.reason;
};

describe('a rotation', () => {
  it('hands over on the boundary, and begins again after the last', () => {
    const weekly = rotationOf({ kind: 'weekly', startAt: at('2021-08-30T08:30[Europe/Berlin]') });
    expect(whoAt(weekly, at('2021-08-30T08:29:59.999[Europe/Berlin]'))).toBe('notBegun');
    expect(whoAt(weekly, at('2021-08-30T08:30[Europe/Berlin]'))).toBe('m1');
    expect(whoAt(weekly, at('2021-09-06T08:29:59.999[Europe/Berlin]'))).toBe('m1');
    expect(whoAt(weekly, at('2021-09-06T08:30[Europe/Berlin]'))).toBe('m2');
    expect(whoAt(weekly, at('2021-09-20T08:30[Europe/Berlin]'))).toBe('m1');
  });

  it.each([
    [berlin, '2021-03-26T09:00', 23],
    [berlin, '2021-10-29T09:00', 25],
    [newYork, '2021-03-12T09:00', 23],
    [newYork, '2021-11-05T09:00', 25],
  ])('of days keeps its wall-clock time in %s from %s on', (zone, start, hours) => {
    const daily = rotationOf({ zone, startAt: at(`${start}[${zone}]`) });
    const turns = turnsIn(daily, daily.startAt, daily.startAt + 5 * 86_400_000);
    expect(turns.every(({ from }) => wall(zone, from).endsWith('T09:00'))).toBe(true);
    expect(turns.map(({ from, to }) => (to - from) / 3_600_000)).toContain(hours);
  });

  it('of twelve hours changes at nine and nine through the change of the clock', () => {
    const hourly = rotationOf({ kind: 'hourly', length: 12, startAt: at('2021-10-30T09:00[Europe/Berlin]') });
    const turns = turnsIn(hourly, hourly.startAt, hourly.startAt + 48 * 3_600_000);
    expect(turns.map(({ from, to }) => [wall(berlin, from).slice(5), (to - from) / 3_600_000])).toEqual([
      ['10-30T09:00', 12],
      ['10-30T21:00', 13],
      ['10-31T09:00', 12],
      ['10-31T21:00', 12],
    ]);
  });

  it('of one hour loses nobody in the hour that the clock jumps over', () => {
    const hourly = rotationOf({ kind: 'hourly', startAt: at('2021-03-28T00:00[Europe/Berlin]') });
    const turns = turnsIn(hourly, hourly.startAt, at('2021-03-28T06:00[Europe/Berlin]'));
    expect(turns.map(({ from, personId }) => [wall(berlin, from).slice(11), personId])).toEqual([
      ['00:00', 'm1'],
      ['01:00', 'm2'],
      ['03:00', 'm3'],
      ['04:00', 'm1'],
      ['05:00', 'm2'],
    ]);
    expect(turns.map(({ from }) => whoAt(hourly, from))).toEqual(turns.map(({ personId }) => personId));
  });

  it('of two hours stays on even hours after one of them was jumped over', () => {
    const hourly = rotationOf({ kind: 'hourly', length: 2, startAt: at('2021-03-28T00:00[Europe/Berlin]') });
    const turns = turnsIn(hourly, hourly.startAt, at('2021-03-28T08:00[Europe/Berlin]'));
    expect(turns.map(({ from }) => wall(berlin, from).slice(11))).toEqual(['00:00', '03:00', '04:00', '06:00']);
  });

  it('of months begun on the 31st takes the last day of a short month and comes back to the 31st', () => {
    const monthly = rotationOf({ kind: 'monthly', startAt: at('2021-01-31T08:30[Europe/Berlin]') });
    const turns = turnsIn(monthly, monthly.startAt, at('2021-06-01T00:00[Europe/Berlin]'));
    expect(turns.map(({ from }) => wall(berlin, from))).toEqual([
      '2021-01-31T08:30',
      '2021-02-28T08:30',
      '2021-03-31T08:30',
      '2021-04-30T08:30',
      '2021-05-31T08:30',
    ]);
  });

  it('without members has nobody, and says so', () => {
    expect(onTurnAt(rotationOf({ members: [] }), at('2021-04-01T00:00[Europe/Berlin]'))).toEqual({ status: 'nobody', reason: 'noMembers' });
    expect(turnsIn(rotationOf({ members: [] }), 0, 2_000_000_000_000)).toEqual([]);
  });

  it('takes no length that is not a whole number from 1 on', () => {
    expect(() => turnAt(rotationOf({ length: 0 }), at('2021-04-01T00:00[Europe/Berlin]'))).toThrow(RangeError);
  });
});

describe('removing somebody', () => {
  const now = at('2021-03-30T12:00[Europe/Berlin]');

  it('leaves the holder where another goes', () => {
    const daily = rotationOf({ members: ['m1', 'm2', 'm3', 'm4', 'm5'] });
    const holder = whoAt(daily, now);
    expect(holder).toBe('m5');
    for (const gone of ['m1', 'm2', 'm3', 'm4']) expect(whoAt(removeMember(daily, gone, now), now)).toBe(holder);
  });

  it('puts the next one on where the holder goes', () => {
    const daily = rotationOf({ members: ['m1', 'm2', 'm3'] });
    expect(whoAt(daily, now)).toBe('m2');
    expect(whoAt(removeMember(daily, 'm2', now), now)).toBe('m3');
  });

  it('leaves nobody where the only one goes', () => {
    const alone = removeMember(rotationOf({ members: ['m1'] }), 'm1', now);
    expect(onTurnAt(alone, now)).toEqual({ status: 'nobody', reason: 'noMembers' });
  });
});

const anyRotation: fc.Arbitrary<Rotation> = fc.record({
  kind: fc.constantFrom(...rotationKinds),
  length: fc.integer({ min: 1, max: 30 }),
  startAt: fc
    .integer({ min: at('2019-01-01T00:00[UTC]') / 60_000, max: at('2021-12-31T00:00[UTC]') / 60_000 })
    .map((minute) => minute * 60_000),
  zone: fc.constantFrom(berlin, newYork, 'Asia/Shanghai', 'Australia/Lord_Howe'),
  members: fc.integer({ min: 1, max: 7 }).map((count) => Array.from({ length: count }, (_, index) => `m${index}`)),
});

describe('whatever the rotation', () => {
  it('every instant has exactly one turn, and turns follow each other', () => {
    fc.assert(
      fc.property(anyRotation, fc.integer({ min: 0, max: 20 * 86_400_000 }), (rotation, offset) => {
        const fromAt = rotation.startAt + offset * 10;
        const turns = turnsIn(rotation, fromAt, fromAt + 4 * 86_400_000);
        expect(turns[0]!.from).toBeLessThanOrEqual(fromAt);
        for (const [index, turn] of turns.entries()) {
          expect(turn.to).toBeGreaterThan(turn.from);
          expect(turnAt(rotation, turn.from)).toEqual({ no: turn.no, from: turn.from, to: turn.to });
          expect(turnAt(rotation, turn.to - 1)?.no).toBe(turn.no);
          const next = turns[index + 1];
          if (!next) continue;
          expect(next.from).toBe(turn.to);
          expect(next.no).toBe(turn.no + 1);
        }
        expect(turns.at(-1)!.to).toBeGreaterThanOrEqual(fromAt + 4 * 86_400_000);
      }),
      { numRuns: 60 },
    );
  });

  it('a handover of days, weeks or months has the time of the first', () => {
    fc.assert(
      fc.property(anyRotation, fc.integer({ min: 0, max: 400 }), (rotation, days) => {
        if (rotation.kind === 'hourly') return;
        const turn = turnAt(rotation, rotation.startAt + days * 86_400_000)!;
        const [time, wanted] = [wall(rotation.zone, turn.from).slice(11), wall(rotation.zone, rotation.startAt).slice(11)];
        // In the night of the change there may be no such time: then it is the moment of the change.
        const transition = Temporal.Instant.fromEpochMilliseconds(turn.from - 1)
          .toZonedDateTimeISO(rotation.zone)
          .getTimeZoneTransition('next');
        expect([wanted, ...(transition?.epochMilliseconds === turn.from ? [time] : [])]).toContain(time);
      }),
      { numRuns: 60 },
    );
  });

  it('removing somebody else never moves the holder', () => {
    fc.assert(
      fc.property(anyRotation, fc.integer({ min: 0, max: 300 }), fc.nat(6), (rotation, days, place) => {
        const now = rotation.startAt + days * 86_400_000;
        const gone = rotation.members[place % rotation.members.length]!;
        const before = whoAt(rotation, now);
        const after = removeMember(rotation, gone, now);
        expect(after.members).not.toContain(gone);
        const next = rotation.members[((place % rotation.members.length) + 1) % rotation.members.length]!;
        const successor = after.members.length === 0 ? 'noMembers' : next;
        expect(whoAt(after, now)).toBe(before === gone ? successor : before);
      }),
      { numRuns: 60 },
    );
  });
});
