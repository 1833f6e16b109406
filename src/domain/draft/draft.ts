import type { PersonId } from '../organisation/organisation.ts';
import type { DutyRole, PostId, Shift } from '../roster/roster.ts';
import type { DayKind, DayTable, HoursRule } from '../roster/shift-hours.ts';
import type { RotationKind } from '../rotation/rotation.ts';

/** A roster in the making: from rules and from what was stood before, to shifts that everybody can check. */

/**
 * Teams that take turns at a post for ever, without regard to rest and days on end; whoever of a team is away or elsewhere
 * is replaced by the fairest other.
 */
export type TeamRotation = {
  readonly kind: RotationKind;
  readonly length: number;
  /** Epoch ms. */
  readonly startAt: number;
  readonly teams: readonly (readonly PersonId[])[];
};

/** What one post needs, and who may stand it. */
export type PostRules = {
  readonly postId: PostId;
  /** Rules of hours; several for one kind of day are several shifts of that day. */
  readonly hours: readonly HoursRule[];
  /** Officers of a shift, its leader not counted. */
  readonly officers: number;
  readonly hasLeader: boolean;
  /** Who may be `onDuty` or `coDuty`, in a fixed order. */
  readonly pool: readonly PersonId[];
  /** Who has the rank to lead a shift (带班领导), in a fixed order. */
  readonly leaders: readonly PersonId[];
  readonly rotation?: TeamRotation;
  /** Between two shifts of one officer, and of one leader, where the post is stood with less than the rest of all. */
  readonly restMs?: { readonly officers: number; readonly leaders: number };
};

/** Of a local date, `YYYY-MM-DD`. */
export type Wish = { readonly personId: PersonId; readonly date: string; readonly wants: boolean };

/** Nobody stands a shift while away: from (inclusive) to (exclusive), epoch ms. */
export type Away = { readonly personId: PersonId; readonly from: number; readonly to: number };

export type DraftRules = {
  readonly zone: string;
  readonly table: DayTable;
  readonly posts: readonly PostRules[];
  /** Between two shifts of one person. */
  readonly restMs: number;
  /** Days on end on which one person may begin a shift. */
  readonly mostInRow: number;
  readonly wishes: readonly Wish[];
  readonly away: readonly Away[];
  /** Somebody's terms: no shift may begin outside. Without an entry there is no limit. */
  readonly terms: ReadonlyMap<PersonId, (at: number) => boolean>;
  /** 0, or another number for another draft that is as fair. */
  readonly variant: number;
};

/** How much somebody has stood; a shift counts under each heading it falls under, by the day on which it begins. */
export type Load = {
  readonly shifts: number;
  readonly nights: number;
  readonly weekends: number;
  readonly holidays: number;
};

export const noLoad: Load = { shifts: 0, nights: 0, weekends: 0, holidays: 0 };

/** A shift that somebody must stand. */
export type Slot = {
  readonly postId: PostId;
  readonly date: string;
  /** The same, counted in days from 1970. */
  readonly day: number;
  readonly kind: DayKind;
  readonly from: number;
  readonly to: number;
  /** Whether it takes somebody's night. */
  readonly isNight: boolean;
};

/** One place in a slot. */
export type Seat = { readonly slot: Slot; readonly role: DutyRole };

/** Why somebody cannot have a seat; `already`: they have another one of the same shift. */
export type Obstacle = 'away' | 'already' | 'elsewhere' | 'rest' | 'inRow' | 'notInTerm';

/** A seat that nobody fits, and why not, person by person; an empty list means that there is nobody at all. */
export type Hole = {
  readonly postId: PostId;
  readonly date: string;
  readonly from: number;
  readonly to: number;
  readonly role: DutyRole;
  readonly because: readonly { readonly personId: PersonId; readonly obstacle: Obstacle }[];
};

/** No fault, but worth a look: somebody stands on a date that they asked to be free. */
export type Unwanted = { readonly personId: PersonId; readonly postId: PostId; readonly date: string };

export type Draft = {
  readonly shifts: readonly Shift[];
  /** Of everybody in a pool, by their order in it: what they bring, and what this adds. */
  readonly loads: readonly { readonly personId: PersonId; readonly before: Load; readonly added: Load }[];
  readonly holes: readonly Hole[];
  readonly unwanted: readonly Unwanted[];
};
