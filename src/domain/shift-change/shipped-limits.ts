import type { DutyLimits } from './proposal-rules.ts';

/** Ours, and only defaults: the work plan names no number. */
export const shippedLimits: DutyLimits = { consecutiveShifts: 3, restMs: 0 };
