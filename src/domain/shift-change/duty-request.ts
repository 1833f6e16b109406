import type { PersonId } from '../organisation/organisation.ts';
import type { DutyRole, PostId } from '../roster/roster.ts';
import type { SubjectId } from '../roster/subject.ts';

/**
 * Somebody wants to be relieved: for a leave, against a shift in return, or because a colleague stands in. Nothing
 * changes before the other one has accepted and the right person has approved; until then whoever stands the post
 * stands it on. Source: the work plan, part four, clause three.
 */

/** 请假, 换班, 替班. */
export type RequestKind = 'leave' | 'swap' | 'cover';

/**
 * `asked`: the other one has not accepted, or nobody is named. `accepted`: the approval is wanted still. All that follow
 * are final, but for `effective`, which can be undone until its first shift starts.
 */
export type RequestStatus = 'asked' | 'accepted' | 'effective' | 'refused' | 'withdrawn' | 'expired' | 'undone';

/** From `from` (inclusive) to `to` (exclusive), epoch ms. */
export type Span = { readonly from: number; readonly to: number };

/** What somebody stands of one shift. */
export type ShiftPart = Span & { readonly postId: PostId; readonly role: DutyRole };

/** `leader`: of the working group, or else the head of the unit. `shiftLeader`: whoever leads the first shift. */
export type ConsentRule = 'leader' | 'principal' | 'shiftLeader' | 'office';

/** Who is asked for consent: by the rule that was found, and the group, unit or person that it means. */
export type Consent = { readonly rule: ConsentRule; readonly of: SubjectId };

export type DutyRequest = {
  /** `q`, the holder and the instant of asking. */
  readonly id: string;
  readonly kind: RequestKind;
  /** The holder, or whoever offers to stand in for them. */
  readonly askedBy: PersonId;
  readonly askedAt: number;
  /** Who goes. */
  readonly holderId: PersonId;
  /** Who comes. */
  readonly substituteId?: PersonId;
  /** When this substitute was named; before that, when somebody was asked to name one. */
  readonly namedAt: number;
  /** What the holder hands to the substitute, by its beginning. */
  readonly gives: readonly ShiftPart[];
  /** What the holder stands in return. */
  readonly takes: readonly ShiftPart[];
  /** Of a leave: for how long the holder is not to be reached, and the substitute looks after all that is theirs. */
  readonly standing?: Span;
  readonly reason?: string;
  readonly consent: Consent;
  /** The substitute is of another unit: that takes the office. */
  readonly isOutside?: boolean;
  readonly status: RequestStatus;
  readonly statusAt: number;
  readonly acceptedAt?: number;
  readonly acceptedBy?: PersonId;
  readonly approvedAt?: number;
  readonly approvedBy?: PersonId;
  /** A shift began while it was open: the holder has been told to stay. */
  readonly keptOnAt?: number;
  /** What it put on top of the plan. */
  readonly overrideIds?: readonly string[];
  /** Of these, what a later plan has left without effect. */
  readonly voided?: readonly string[];
  readonly endedBy?: PersonId;
  /** A code where the rules ended it; what somebody said stands in `endText`. */
  readonly endReason?: string;
  readonly endText?: string;
};

export const isOpen = ({ status }: Pick<DutyRequest, 'status'>): boolean => status === 'asked' || status === 'accepted';

export const isRequestId = (id: string): boolean => id.startsWith('q') && id.length > 1;

export const requestIdOf = (holderId: PersonId, askedAt: number): string => `q${holderId}.${askedAt.toString(36)}`;

/** Who must accept: nobody accepts for another, and whoever asked has said yes already. */
export const counterpartOf = ({ askedBy, holderId, substituteId }: DutyRequest): PersonId | undefined =>
  askedBy === substituteId ? holderId : substituteId;

const partsOf = ({ gives, takes, standing }: Pick<DutyRequest, 'gives' | 'takes' | 'standing'>): readonly Span[] => [
  ...gives,
  ...takes,
  ...(standing ? [standing] : []),
];

/** When its shifts begin; a leave without any begins with its days. */
const startsOf = (request: Pick<DutyRequest, 'gives' | 'takes' | 'standing'>): readonly number[] => {
  const shifts = [...request.gives, ...request.takes];
  return (shifts.length > 0 ? shifts : partsOf(request)).map(({ from }) => from);
};

/** When the first of it begins: shifts first, for a leave counts whole days. */
export const firstStartOf = (request: Pick<DutyRequest, 'gives' | 'takes' | 'standing'>): number => Math.min(...startsOf(request));

/** When all of it is over. */
export const lastEndOf = (request: Pick<DutyRequest, 'gives' | 'takes' | 'standing'>): number =>
  Math.max(...partsOf(request).map(({ to }) => to));

/** What of some parts is left from an instant on. */
export const leftOf = <S extends Span>(parts: readonly S[], now: number): readonly S[] =>
  parts.filter(({ to }) => to > now).map((part) => (part.from < now ? { ...part, from: now } : part));

export const overlap = (one: Span, other: Span): boolean => one.from < other.to && other.from < one.to;

/** Whether two requests are about some of the same duty. */
export const isAboutSame = (one: Pick<DutyRequest, 'gives' | 'takes' | 'standing' | 'holderId'>, other: DutyRequest): boolean => {
  const isShared = (a: readonly ShiftPart[], b: readonly ShiftPart[]) =>
    a.some((part) => b.some((known) => known.postId === part.postId && known.role === part.role && overlap(part, known)));
  const isSameAway =
    one.holderId === other.holderId && one.standing !== undefined && other.standing !== undefined && overlap(one.standing, other.standing);
  return isSameAway || isShared([...one.gives, ...one.takes], [...other.gives, ...other.takes]);
};

/** Of its shifts that begin while it is open: those nobody has been told about yet. */
const startsAhead = (request: DutyRequest): readonly number[] =>
  startsOf(request).filter((from) => from > (request.keptOnAt ?? request.askedAt));

/** Whether a shift has begun of which the holder has not been told to stay. */
export const hasBegun = (request: DutyRequest, now: number): boolean => startsAhead(request).some((from) => from <= now);

/** When it must be looked at by itself: each shift that begins while it is open, and its end. */
export const nextLookAt = (request: DutyRequest): number | null =>
  isOpen(request) ? Math.min(...startsAhead(request), lastEndOf(request)) : null;
