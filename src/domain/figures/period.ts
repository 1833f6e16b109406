import type { DayTable } from '../roster/shift-hours.ts';

/** From `fromAt` (inclusive) to `toAt` (exclusive), epoch ms. */
export type Period = { readonly fromAt: number; readonly toAt: number };

/** What the figures must know besides the ledger. */
export type FiguresContext = {
  /** IANA name. */
  readonly timeZone: string;
  readonly table: DayTable;
  /** The campaign: nobody owes anything outside it. */
  readonly campaign: Period;
  /** After the boundary, an acceptance of a shift is in time for so long. */
  readonly handoverWindowMs: number;
  /** Which units and groups are meant, by id. */
  readonly isWanted: (bodyId: string) => boolean;
};

export const overlapMs = (one: { readonly from: number; readonly to: number }, from: number, to: number): number =>
  Math.max(0, Math.min(one.to, to) - Math.max(one.from, from));
