import { z } from 'zod';
import { shippedConsent, type ConsentSettings } from '../domain/shift-change/consent.ts';
import type { ConsentRule } from '../domain/shift-change/duty-request.ts';
import type { DutyLimits } from '../domain/shift-change/proposal-rules.ts';
import { shippedLimits } from '../domain/shift-change/shipped-limits.ts';
import { durationMs, numberField } from './fields.ts';

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
