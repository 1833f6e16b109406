import type { Place } from '../organisation/finding.ts';
import type { UnitId } from '../organisation/organisation.ts';
import type { DutyRole } from './roster.ts';
import type { DayKind, HoursRule } from './shift-hours.ts';

/** A roster as it was read: days and names, people not yet found. */

export type ListedHolder = { readonly role: DutyRole; readonly name: string; readonly mobile?: string; readonly place: Place };

/** One shift of one unit on one day. */
export type ListedDay = {
  readonly unitId: UnitId;
  /** ISO date of the day on which the shift begins. */
  readonly date: string;
  /** Where the row, the header or the sheet says so; else the campaign's hours count. */
  readonly hours?: readonly HoursRule[];
  readonly holders: readonly ListedHolder[];
  /** Something stands there that could not be read, and has been reported: no other fault about it. */
  readonly isUnclear?: boolean;
  readonly landline?: string;
  /** The cell that ought to name who is on duty. */
  readonly place: Place;
  /** The cell that says the date: rows under one date cell make one shift. */
  readonly datePlace: Place;
  /** Where a remark says what kind of day it is. */
  readonly kind?: DayKind;
};

export type RosterList = { readonly days: readonly ListedDay[] };
