import type { LedgerEvent } from '../ledger/event.ts';
import type { SubjectId } from '../roster/subject.ts';

/** Why a check is asked for. */
export type CheckCause = 'round' | 'random' | 'silence' | 'manual' | 'restart';

/** The contact clock of one subject: when it was last heard of, and when it must be asked next. */
export type Watch = {
  readonly subject: SubjectId;
  /** Contact counts from here until the first is proven. */
  readonly startedAt: number;
  readonly lastContactAt: number | null;
  /** Who gave it: not always who stands the post now. */
  readonly lastContactBy?: string;
  readonly lastPresenceAt: number | null;
  /** Who proved it: only they can take it back. */
  readonly lastPresenceBy?: string;
  /** Null while an obligation about the subject is open: that one has the clock. */
  readonly nextCheckAt: number | null;
  readonly cause: CheckCause;
  readonly openObligationId: string | null;
};

/** Since when silence counts. */
export const silentSince = (watch: Watch): number => watch.lastContactAt ?? watch.startedAt;

const ends = new Set(['AnswerRecorded', 'ObligationTakenOver', 'ObligationWithdrawn']);
const carriesClock = new Set<unknown>(['check', 'postEmpty', 'restore']);

/** When the subject must be asked next, where the event says so. */
const planned = ({ data }: LedgerEvent): Partial<Watch> =>
  data['nextCheckAt'] === undefined ? {} : { nextCheckAt: data['nextCheckAt'] as number | null, cause: data['nextCause'] as CheckCause };

/** What came by a mobile phone proves that somebody is reached, and not where they are. */
const presenceOf = ({ at, data }: LedgerEvent): Partial<Pick<Watch, 'lastPresenceAt' | 'lastPresenceBy'>> =>
  data['proves'] === 'contact'
    ? {}
    : typeof data['by'] === 'string'
      ? { lastPresenceAt: at, lastPresenceBy: data['by'] }
      : { lastPresenceAt: at };

const heardOf = ({ lastContactBy: _, ...rest }: Watch, { at, data }: LedgerEvent): Watch => ({
  ...rest,
  lastContactAt: at,
  ...(typeof data['by'] === 'string' ? { lastContactBy: data['by'] } : {}),
});

/** What an event makes of the subject's watch; events of obligations count too, since they hold or free its clock. */
export const evolveWatch = (watch: Watch | undefined, event: LedgerEvent): Watch | undefined => {
  const { data } = event;
  if (event.event === 'WatchStarted') {
    if (watch) return watch;
    return {
      subject: data['subject'] as string,
      startedAt: event.at,
      lastContactAt: null,
      lastPresenceAt: null,
      nextCheckAt: (data['nextCheckAt'] as number | undefined) ?? null,
      cause: data['cause'] as CheckCause,
      openObligationId: null,
    };
  }
  if (!watch) return undefined;
  if (event.event === 'WatchEnded') return undefined;
  if (event.event === 'WatchMoved')
    return { ...watch, nextCheckAt: (data['nextCheckAt'] as number | null | undefined) ?? null, cause: data['cause'] as CheckCause };
  if (event.event === 'ContactProven') {
    const isPresence = data['proves'] === 'presence';
    const heard = { ...heardOf(watch, event), ...(isPresence ? presenceOf(event) : {}) };
    return watch.openObligationId === null ? { ...heard, ...planned(event) } : heard;
  }
  // What was heard is heard; but it proves nobody's presence any more.
  if (event.event === 'PresenceWithdrawn') {
    const { lastPresenceBy: _, ...rest } = watch;
    return { ...rest, lastPresenceAt: null, ...planned(event) };
  }
  if ((event.event === 'CheckOpened' || event.event === 'ObligationOpened') && carriesClock.has(data['kind'])) {
    return { ...watch, openObligationId: event.obligationId!, nextCheckAt: null };
  }
  // What is done about an item proves nothing about anybody's post.
  if (!ends.has(event.event) || event.itemId !== undefined) return watch;
  const heard = event.event === 'AnswerRecorded' ? { ...heardOf(watch, event), ...presenceOf(event) } : watch;
  if (heard.openObligationId !== event.obligationId) return heard;
  return { ...heard, openObligationId: null, nextCheckAt: null, ...planned(event) };
};
