import { z } from 'zod';
import { shippedConsent, type ConsentSettings } from '../domain/shift-change/consent.ts';
import type { ConsentRule } from '../domain/shift-change/duty-request.ts';
import type { DutyLimits } from '../domain/shift-change/proposal-rules.ts';
import { shippedLimits } from '../domain/shift-change/shipped-limits.ts';
import { durationMs, numberField, textField } from './fields.ts';

const mostInARow = 31;

/** What a leave, a swap or a cover must keep to. */
export const dutyLimits = z
  .strictObject({
    consecutiveShifts: numberField(
      `a whole number from 1 to ${mostInARow}`,
      shippedLimits.consecutiveShifts,
      (value) => Number.isInteger(value) && value >= 1 && value <= mostInARow,
    ).default(shippedLimits.consecutiveShifts),
    rest: durationMs({ from: 0, example: 'PT8H' }).prefault('PT0S'),
  })
  .transform(({ consecutiveShifts, rest }): DutyLimits => ({ consecutiveShifts, restMs: rest }))
  .prefault({});

const rule = z.enum(['leader', 'principal', 'shiftLeader', 'office'] as const satisfies readonly ConsentRule[]);

/** Whose consent each takes. */
export const consentRules = z
  .strictObject({
    leave: rule.default(shippedConsent.leave),
    swap: rule.default(shippedConsent.swap),
    cover: rule.default(shippedConsent.cover),
    ofLeaders: rule.default(shippedConsent.ofLeaders),
  })
  .transform((read): ConsentSettings => read)
  .prefault({});

/** More reminders of one shift than these are noise. */
const mostReminders = 6;

/** How long before each shift people are reminded. */
export const shiftReminders = z
  .array(durationMs({ from: 60_000, example: 'PT24H' }))
  .max(mostReminders, `at most ${mostReminders} reminders`)
  .prefault(['PT24H', 'PT1H'])
  .transform((read) => [...new Set(read)].toSorted((one, other) => other - one));

/** A sign of life that is asked for ahead of somebody's first shift; null asks nobody. */
export const reachTest = z
  .strictObject({
    ahead: durationMs({ from: 3_600_000, example: 'PT24H' }).prefault('PT24H'),
    answerBefore: durationMs({ from: 60_000, example: 'PT12H' }).prefault('PT12H'),
    again: durationMs({ from: 86_400_000, example: 'P14D' }).prefault('P14D'),
  })
  .refine(({ ahead, answerBefore }) => answerBefore < ahead, { path: ['answerBefore'], message: 'must be shorter than ahead' })
  .transform(({ ahead, answerBefore, again }) => ({ aheadMs: ahead, answerBeforeMs: answerBefore, againMs: again }))
  .nullable()
  .prefault({});

export const rosterChanges = z.enum(['office', 'unit']).default('office');

const mostAuditors = 50;

/** Digits of a mobile number; people write them with blanks and dashes. */
const mobile = textField('a mobile number', '138-0000-0001', (text) => {
  const digits = text.replaceAll(/[\s-]/g, '');
  return /^1\d{10}$/.test(digits) ? digits : undefined;
});

/** Who reads everything on the page and changes nothing, by the number on file. */
export const auditors = z.array(mobile).max(mostAuditors, `at most ${mostAuditors} auditors`).default([]);
