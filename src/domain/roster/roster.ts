import type { PersonId, UnitId } from '../organisation/organisation.ts';

/** `p` and a number. */
export type PostId = string;

/** A seat of duty that must never be empty. A unit has one or more. */
export type Post = {
  readonly id: PostId;
  readonly unitId: UnitId;
  /** Shown to people; the unit's short name where the unit has one post. */
  readonly name: string;
  /** Digits and dashes; a key pressed there proves presence. */
  readonly landline?: string;
  /** Fewest officers (`onDuty` and `coDuty`, the shift leader not counted) a shift must have. */
  readonly minimumHeadcount: number;
};

/** 带班领导, 主班, 副班. In 双人双岗 the first is `onDuty`, every other `coDuty`. */
export type DutyRole = 'shiftLeader' | 'onDuty' | 'coDuty';

export type Holder = { readonly role: DutyRole; readonly personId: PersonId };

/** From `from` (inclusive) to `to` (exclusive), epoch ms. */
export type Shift = {
  readonly postId: PostId;
  readonly from: number;
  readonly to: number;
  readonly holders: readonly Holder[];
};

/**
 * Who stands in for whom, inside a window only: from `from` (inclusive) to `to` (exclusive), epoch ms. With `out` and
 * `in` one replaces the other; with `out` alone somebody goes; with `in` alone somebody is added. Where `out` is not
 * there to be relieved it has no effect.
 */
export type Override = {
  /** `v`, and what it came from. */
  readonly id: string;
  /** A post, or the person whose duty as a standing contact it is. */
  readonly subject: PostId | PersonId;
  readonly from: number;
  readonly to: number;
  readonly out?: PersonId;
  readonly in?: PersonId;
  /** Of somebody who is added; who replaces stands in the role of the one replaced. */
  readonly role?: DutyRole;
  /** Without effect where whoever comes stands there already: a list that came in since may say so, and one person fills one place. */
  readonly keepsPlaces?: true;
};

export type Roster = {
  /** Grows by one with every change. */
  readonly version: number;
  readonly posts: readonly Post[];
  /** As planned. Sorted by post, then by `from`. */
  readonly shifts: readonly Shift[];
  /** What was changed on top of the plan, in the order in which it was agreed. */
  readonly overrides?: readonly Override[];
};

export const emptyRoster: Roster = { version: 0, posts: [], shifts: [] };
