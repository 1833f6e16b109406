import { describe, expect, it } from 'vitest';
import { nextRoundAt, planCalendar } from '../../../src/domain/contact/calendar.ts';
import { isMassFailure } from '../../../src/domain/contact/round.ts';
import { at, settings } from '../../support/invented.ts';

const hour = 3_600_000;
const twice = { ...settings, posts: { ...settings.posts, bands: [{ ...settings.posts.bands[0]!, fixedMinutes: [600, 610, 960] }] } };
const plan = (from: string, to: string, known: readonly string[] = ['2021-08-26', '2021-08-27', '2021-08-28']) =>
  planCalendar(twice, at(from), known, at(to));

describe('the calendar', () => {
  it('asks for a round at its minute, once, whoever looks when', () => {
    expect(plan('2021-08-27T09:59', '2021-08-27T09:59:59').rounds).toEqual([]);
    expect(plan('2021-08-27T09:59:59', '2021-08-27T10:00').rounds).toEqual([{ target: 'posts', at: at('2021-08-27T10:00') }]);
    expect(plan('2021-08-27T10:00', '2021-08-27T10:00:01').rounds).toEqual([]);
  });

  it('makes one of several that were missed, and none of what is older than an hour', () => {
    expect(plan('2021-08-27T09:00', '2021-08-27T10:15').rounds).toEqual([{ target: 'posts', at: at('2021-08-27T10:10') }]);
    expect(plan('2021-08-27T09:00', '2021-08-27T11:10').rounds).toEqual([]);
  });

  it('asks posts where the inspection team is at their own fixed times, and everybody in one round at a time of both', () => {
    const ownTimes = { ...twice, onSite: { ...twice.onSite, bands: [{ ...twice.onSite.bands[0]!, fixedMinutes: [605, 960] }] } };
    const rounds = (from: string, to: string, isOnSite = true) =>
      planCalendar(ownTimes, at(`2021-08-27T${from}`), [], at(`2021-08-27T${to}`), isOnSite).rounds;
    const [ten, five, four] = ['10:00', '10:05', '16:00'].map((time) => at(`2021-08-27T${time}`));
    expect(rounds('09:59', '10:00')).toEqual([{ target: 'posts', at: ten, where: 'elsewhere' }]);
    expect(rounds('10:04', '10:05')).toEqual([{ target: 'posts', at: five, where: 'onSite' }]);
    expect(rounds('15:59', '16:00')).toEqual([{ target: 'posts', at: four }]);
    expect(rounds('10:04', '10:05', false)).toEqual([]);
    expect(rounds('09:59', '10:00', false)).toEqual([{ target: 'posts', at: ten }]);
  });

  it('decides nothing before the campaign begins and after it has ended', () => {
    expect(planCalendar(twice, at('2021-08-25T09:00'), [], at('2021-08-25T10:30')).rounds).toEqual([]);
    expect(planCalendar(twice, at('2021-09-26T09:50'), [], at('2021-09-26T10:05')).rounds).toEqual([]);
  });

  it('has the seeds of today and tomorrow sealed, and shows those whose draws are over', () => {
    const { seedDates, pastDates } = plan('2021-08-27T00:00', '2021-08-27T00:01', ['2021-08-25', '2021-08-26', '2021-08-27']);
    expect(seedDates).toEqual(['2021-08-28']);
    expect(pastDates).toEqual(['2021-08-25']);
  });

  it('seals no seed for a day that the campaign does not touch, and shows the last all the same', () => {
    const seeds = (now: string, known: readonly string[] = []) => planCalendar(twice, at(now) - 1, known, at(now)).seedDates;
    expect(seeds('2021-08-20T12:00')).toEqual([]);
    expect(seeds('2021-08-25T12:00')).toEqual(['2021-08-26']);
    expect(seeds('2021-08-26T12:00')).toEqual(['2021-08-26', '2021-08-27']);
    expect(seeds('2021-09-26T08:00', ['2021-09-25'])).toEqual(['2021-09-26']);
    expect(seeds('2021-09-29T12:00')).toEqual([]);
    expect(plan('2021-09-29T12:00', '2021-09-29T12:01', ['2021-09-25', '2021-09-26']).pastDates).toEqual(['2021-09-25', '2021-09-26']);
  });

  it('seals the eve as well where a band runs through midnight into the campaign', () => {
    const night = { ...settings.posts.bands[0]!, fromMinute: 22 * 60, toMinute: 9 * 60 };
    const nightly = { ...twice, posts: { ...twice.posts, bands: [night] } };
    expect(planCalendar(nightly, 0, [], at('2021-08-25T12:00')).seedDates).toEqual(['2021-08-25', '2021-08-26']);
  });
});

describe('what the office gets by the clock', () => {
  const daily = { ...twice, digestMinutes: [17 * 60, 7 * 60] };
  const planned = (from: string, to: string) => {
    const { digestAt, auditAt } = planCalendar(daily, at(from), [], at(to));
    return { digestAt, auditAt };
  };

  it('is a digest at each of its minutes, and one audit of the roster at six', () => {
    expect(planned('2021-08-27T06:59', '2021-08-27T07:00')).toEqual({ digestAt: at('2021-08-27T07:00'), auditAt: undefined });
    expect(planned('2021-08-27T07:00', '2021-08-27T07:01')).toEqual({ digestAt: undefined, auditAt: undefined });
    expect(planned('2021-08-27T16:59', '2021-08-27T17:00')).toEqual({ digestAt: at('2021-08-27T17:00'), auditAt: undefined });
    expect(planned('2021-08-27T05:59', '2021-08-27T06:00')).toEqual({ digestAt: undefined, auditAt: at('2021-08-27T06:00') });
  });

  it('is the last of several that were missed', () => {
    const often = { ...daily, digestMinutes: [6 * 60 + 30, 7 * 60, 6 * 60 + 45] };
    const { digestAt, auditAt } = planCalendar(often, at('2021-08-27T05:30'), [], at('2021-08-27T06:50'));
    expect([digestAt, auditAt]).toEqual([at('2021-08-27T06:45'), at('2021-08-27T06:00')]);
  });

  it('comes at midnight as well', () => {
    const midnight = { ...daily, digestMinutes: [0] };
    expect(planCalendar(midnight, at('2021-08-27T23:59'), [], at('2021-08-28T00:00')).digestAt).toBe(at('2021-08-28T00:00'));
  });

  it('goes with rounds of standing contacts, which have times of their own', () => {
    const both = { ...twice, standing: { ...twice.standing, bands: [{ ...twice.standing.bands[0]!, fixedMinutes: [600, 620] }] } };
    const rounds = (from: string, to: string) => planCalendar(both, at(from), [], at(to)).rounds;
    expect(rounds('2021-08-27T09:59', '2021-08-27T10:00')).toEqual([
      { target: 'posts', at: at('2021-08-27T10:00') },
      { target: 'standing', at: at('2021-08-27T10:00') },
    ]);
    expect(rounds('2021-08-27T10:10', '2021-08-27T10:20')).toEqual([{ target: 'standing', at: at('2021-08-27T10:20') }]);
  });
});

describe('the edges of the campaign', () => {
  const times = (minutes: readonly number[]) => ({
    ...twice,
    posts: { ...twice.posts, bands: [{ ...twice.posts.bands[0]!, fixedMinutes: minutes }] },
  });
  const first = at('2021-08-26T08:30');
  const last = at('2021-09-26T08:30');

  it('are in it at the first minute, and not any more at the last', () => {
    const atEdges = times([8 * 60 + 30]);
    expect(planCalendar(atEdges, first - 1, [], first).rounds).toEqual([{ target: 'posts', at: first }]);
    expect(planCalendar(atEdges, first - hour, [], first + 1).rounds).toEqual([{ target: 'posts', at: first }]);
    expect(planCalendar(atEdges, last - 1, [], last).rounds).toEqual([]);
    expect(planCalendar(times([8 * 60 + 29]), last - hour, [], last).rounds).toEqual([{ target: 'posts', at: last - 60_000 }]);
  });

  it('bound the next round that is announced, and so does a week', () => {
    const atEdges = times([8 * 60 + 30]);
    expect(nextRoundAt(atEdges, first - 30 * hour)).toBe(first);
    expect(nextRoundAt(atEdges, first)).toBe(at('2021-08-27T08:30'));
    expect(nextRoundAt(atEdges, last - 24 * hour)).toBeUndefined();
    expect(nextRoundAt(atEdges, last)).toBeUndefined();
    expect(nextRoundAt(times([8 * 60 + 29]), last - 2 * hour)).toBe(last - 60_000);
    expect(nextRoundAt(times([]), first)).toBeUndefined();
    expect(nextRoundAt(twice, at('2021-08-27T10:00'))).toBe(at('2021-08-27T10:10'));
  });

  it('of days are touched by the campaign where a moment of theirs is', () => {
    const whole = { ...twice, fromAt: at('2021-08-26T00:00'), toAt: at('2021-08-28T00:00') };
    expect(planCalendar(whole, 0, [], at('2021-08-25T12:00')).seedDates).toEqual(['2021-08-26']);
    expect(planCalendar(whole, 0, [], at('2021-08-28T12:00')).seedDates).toEqual(['2021-08-27']);
  });
});

describe('a mass failure', () => {
  it.each([
    [10, 5, true],
    [10, 4, false],
    [100, 49, false],
    [100, 50, true],
    [8, 4, false],
    [5, 5, true],
  ])('of %i asked, %i silent: %s', (asked, silent, is) => {
    expect(isMassFailure(asked, silent, { share: 0.5, atLeast: 5 })).toBe(is);
  });

  it('can be set to nothing less than everybody', () => {
    expect(isMassFailure(6, 6, { share: 1, atLeast: 2 })).toBe(true);
    expect(isMassFailure(6, 5, { share: 1, atLeast: 2 })).toBe(false);
  });
});
