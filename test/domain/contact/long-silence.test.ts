import { describe, expect, it } from 'vitest';
import type { ContactPolicy } from '../../../src/domain/contact/contact-policy.ts';
import { silenceEndsAt } from '../../../src/domain/contact/schedule.ts';

const hour = 3_600_000;
const zone = 'Asia/Shanghai';
const at = (text: string): number => Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;

/** Standing contacts, by daylight only. */
const policy = (silenceHours: number): ContactPolicy => ({
  bands: [
    {
      name: 'day',
      fromMinute: 9 * 60,
      toMinute: 17 * 60,
      fixedMinutes: [],
      random: 0,
      answerWindowMs: 600_000,
      silenceLimitMs: silenceHours * hour,
    },
  ],
  quietAfterPresenceMs: 0,
  proof: 'acknowledge',
});

describe('a limit of silence that spans days', () => {
  const friday = at('2021-08-27T18:00');

  it.each([
    [36, '2021-08-29T09:00'],
    [48, '2021-08-30T09:00'],
    [72, '2021-08-31T09:00'],
    [120, '2021-09-02T09:00'],
    [1000, '2021-10-08T09:59'],
  ])('of %i hours is watched to its end', (hours, expected) => {
    expect(silenceEndsAt(policy(hours), zone, friday, friday)).toBe(at(expected));
  });

  it('that was reached long ago ends in the next band', () => {
    expect(silenceEndsAt(policy(120), zone, friday - 900 * hour, friday)).toBe(at('2021-08-28T09:00'));
  });
});
