import type { SubjectId } from '../roster/subject.ts';

/** Why a check is asked for. */
export type CheckCause = 'round' | 'random' | 'silence' | 'manual';

/** The contact clock of one subject: when it was last heard of, and when it must be asked next. */
export type Watch = {
  readonly subject: SubjectId;
  /** Contact counts from here until the first is proven. */
  readonly startedAt: number;
  readonly lastContactAt: number | null;
  readonly lastPresenceAt: number | null;
  /** Null while an obligation about the subject is open: that one has the clock. */
  readonly nextCheckAt: number | null;
  readonly cause: CheckCause;
  readonly openObligationId: string | null;
};
