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

export type Roster = {
  /** Grows by one with every change. */
  readonly version: number;
  readonly posts: readonly Post[];
  /** Sorted by post, then by `from`. */
  readonly shifts: readonly Shift[];
};

export const emptyRoster: Roster = { version: 0, posts: [], shifts: [] };
