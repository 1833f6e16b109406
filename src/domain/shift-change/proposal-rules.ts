import { belongsToBody } from '../items/item-people.ts';
import type { Directory } from '../organisation/directory.ts';
import type { PersonId } from '../organisation/organisation.ts';
import { isInTerm } from '../organisation/terms.ts';
import { applyOverrides } from '../roster/apply-overrides.ts';
import type { PostId, Shift } from '../roster/roster.ts';
import { leftOf, overlap, type ShiftPart, type Span } from './duty-request.ts';
import { longestRow, restBefore } from './shifts-in-a-row.ts';
import { overridesOf, type Proposal } from './to-overrides.ts';

/**
 * What a change of shifts would break, each by its name. Pure. None of them counts heads: one comes for each who goes, or
 * nothing changes, so that a shift keeps as many as it had.
 */

export type DutyRule = 'partGone' | 'sameShift' | 'twoPosts' | 'inARow' | 'rest' | 'inactive' | 'away' | 'unreachable' | 'rank';

export type BrokenRule = {
  readonly rule: DutyRule;
  /** Whom it is about. */
  readonly personId?: PersonId;
  readonly postId?: PostId;
  /** Epoch ms: the shift that it is about begins. */
  readonly at?: number;
};

export type DutyLimits = {
  /** Most shifts that follow each other with less than a day between. */
  readonly consecutiveShifts: number;
  /** Least time between two shifts of one person. */
  readonly restMs: number;
};

export type RuleContext = {
  readonly directory: Directory;
  readonly limits: DutyLimits;
  /** Whether somebody has stopped every channel that knows them. */
  readonly isUnreached?: (personId: string) => boolean;
};

/** Who comes to which parts. */
type Coming = { readonly personId: PersonId; readonly goneId: PersonId | undefined; readonly parts: readonly ShiftPart[] };

const isOfficer = ({ role }: { readonly role: string }): boolean => role !== 'shiftLeader';

const shiftsIn = (shifts: readonly Shift[], span: Span): readonly Shift[] => shifts.filter((shift) => overlap(shift, span));

/** Whether somebody stands the whole of a part, in that role. */
const standsWhole = (shifts: readonly Shift[], personId: PersonId, part: ShiftPart): boolean => {
  let at = part.from;
  for (const shift of shiftsIn(shifts, part)) {
    if (shift.from > at || !shift.holders.some((holder) => holder.personId === personId && holder.role === part.role)) return false;
    at = shift.to;
  }
  return at >= part.to;
};

/** Whether somebody has come to a place that was empty. */
const isFilled = (shifts: readonly Shift[], part: ShiftPart): boolean =>
  shiftsIn(shifts, part).some(({ holders }) => holders.some((holder) => holder.role === part.role));

/** The posts that a proposal touches, as they would be stood. */
const shiftsAfter = ({ roster, shiftsOf }: Directory, proposal: Proposal, now: number): ReadonlyMap<PostId, readonly Shift[]> => {
  const touched = new Set([...proposal.gives, ...proposal.takes].map(({ postId }) => postId));
  const posts = roster.posts.filter(({ id }) => touched.has(id));
  const shifts = posts.flatMap(({ id }) => shiftsOf.get(id) ?? []);
  const { shifts: after } = applyOverrides({ version: 0, posts, shifts, overrides: overridesOf('v', proposal, [], now) });
  return Map.groupBy(after, ({ postId }) => postId);
};

const goneParts = ({ directory }: RuleContext, { personId: _, goneId, parts }: Coming): readonly BrokenRule[] =>
  parts
    .filter((part) => {
      const shifts = directory.shiftsOf.get(part.postId) ?? [];
      return goneId === undefined ? isFilled(shifts, part) : !standsWhole(shifts, goneId, part);
    })
    .map(({ postId, from }) => ({ rule: 'partGone', ...(goneId === undefined ? {} : { personId: goneId }), postId, at: from }));

/** What somebody stands, as it would be. */
const stoodBy = (directory: Directory, after: ReadonlyMap<PostId, readonly Shift[]>, personId: PersonId): readonly ShiftPart[] =>
  [...new Set([...(directory.postsOf.get(personId) ?? []), ...after.keys()])].flatMap((postId) =>
    (after.get(postId) ?? directory.shiftsOf.get(postId) ?? []).flatMap(({ from, to, holders }) =>
      holders.filter((holder) => holder.personId === personId).map(({ role }) => ({ postId, from, to, role })),
    ),
  );

const doubles = (
  { directory }: RuleContext,
  stood: readonly ShiftPart[],
  after: ReadonlyMap<PostId, readonly Shift[]>,
  coming: Coming,
): readonly BrokenRule[] =>
  coming.parts.flatMap((part): readonly BrokenRule[] => {
    const { personId } = coming;
    const about = { personId, postId: part.postId, at: part.from };
    // Whoever is there already would leave their own place empty.
    const isThere = shiftsIn(directory.shiftsOf.get(part.postId) ?? [], part).some(({ holders }) =>
      holders.some((holder) => holder.personId === personId),
    );
    if (isThere || !standsWhole(after.get(part.postId) ?? [], personId, part)) return [{ rule: 'sameShift', ...about }];
    const elsewhere = stood.find((other) => overlap(other, part) && other.postId !== part.postId && isOfficer(other) && isOfficer(part));
    return elsewhere ? [{ rule: 'twoPosts', personId, postId: elsewhere.postId, at: elsewhere.from }] : [];
  });

const overworked = (
  { directory, limits }: RuleContext,
  stood: readonly ShiftPart[],
  { personId, parts }: Coming,
): readonly BrokenRule[] => {
  const before = stoodBy(directory, new Map(), personId);
  return parts.flatMap((part): readonly BrokenRule[] => {
    const about = { personId, postId: part.postId, at: part.from };
    const row = longestRow(directory, stood, part);
    const isTooLong = row > limits.consecutiveShifts && row > longestRow(directory, before, part);
    const rest = restBefore(directory, stood, part);
    return [
      ...(isTooLong ? [{ rule: 'inARow' as const, ...about }] : []),
      ...(limits.restMs > 0 && rest < limits.restMs ? [{ rule: 'rest' as const, ...about }] : []),
    ];
  });
};

/** Who may lead a shift: so appointed, the head or the liaison of the unit, the leader of a group, or a leader on its roster. */
export const hasRank = (directory: Directory, personId: PersonId, { postId, from }: ShiftPart): boolean => {
  const unitId = directory.posts.get(postId)?.unitId;
  const isAppointed = (directory.appointmentsOf.get(personId) ?? []).some(
    (one) =>
      isInTerm(one, from) &&
      (one.role === 'groupLeader' || (one.of === unitId && ['shiftLeader', 'principal', 'liaison'].includes(one.role))),
  );
  const leads = () =>
    (directory.planned.shifts ?? []).some(
      (shift) =>
        directory.posts.get(shift.postId)?.unitId === unitId &&
        shift.holders.some((holder) => holder.personId === personId && holder.role === 'shiftLeader'),
    );
  return isAppointed || leads();
};

/** When somebody is on leave with consent. */
export const isAway = (directory: Directory, personId: PersonId, spans: readonly Span[]): boolean =>
  (directory.substitutes.get(personId) ?? []).some((leave) => spans.some((span) => overlap(span, leave)));

const ofPerson = (
  { directory, isUnreached }: RuleContext,
  { personId, parts }: Coming,
  standing: Span | undefined,
): readonly BrokenRule[] => {
  const person = directory.people.get(personId);
  if (!person || person.isDisabled) return [{ rule: 'inactive', personId }];
  const spans = [...parts, ...(standing ? [standing] : [])];
  const led = parts.find((part) => part.role === 'shiftLeader' && !hasRank(directory, personId, part));
  return [
    ...(isAway(directory, personId, spans) ? [{ rule: 'away' as const, personId }] : []),
    ...(isUnreached?.(personId) ? [{ rule: 'unreachable' as const, personId }] : []),
    ...(led ? [{ rule: 'rank' as const, personId, postId: led.postId, at: led.from }] : []),
  ];
};

/**
 * The rules that a proposal would break, as far as it lies ahead; each only once for a person. None where it may be.
 * `partGone`: the roster has moved on, and the one to be relieved does not stand there any more.
 */
export const brokenRules = (context: RuleContext, proposal: Proposal, now: number): readonly BrokenRule[] => {
  const { directory } = context;
  const left: Proposal = { ...proposal, gives: leftOf(proposal.gives, now), takes: leftOf(proposal.takes, now) };
  const [standing] = left.standing ? leftOf([left.standing], now) : [];
  const goes: Coming = { personId: left.substituteId, goneId: left.holderId, parts: left.gives };
  const returns = { personId: left.holderId, goneId: left.substituteId, parts: left.takes };
  const comings = returns.personId !== undefined && returns.parts.length > 0 ? [goes, { ...returns, personId: returns.personId }] : [goes];
  const gone = comings.flatMap((one) => goneParts(context, one));
  if (gone.length > 0) return gone.slice(0, 1);
  const after = shiftsAfter(directory, left, now);
  const found = comings.flatMap((one) => {
    const stood = stoodBy(directory, after, one.personId);
    return [
      ...ofPerson(context, one, one === goes ? standing : undefined),
      ...doubles(context, stood, after, one),
      ...overworked(context, stood, one),
    ];
  });
  return [...new Map(found.toReversed().map((one) => [`${one.rule} ${one.personId ?? ''}`, one])).values()].toReversed();
};

/** Whether the substitute is of another unit than the duty: that is for the office to allow. */
export const isFromOutside = (directory: Directory, proposal: Proposal, now: number): boolean => {
  const belongs = (body: string): boolean => belongsToBody(directory, proposal.substituteId, body, now);
  const bodies = new Set(proposal.gives.flatMap(({ postId }) => directory.posts.get(postId)?.unitId ?? []));
  if (bodies.size > 0) return ![...bodies].every((unitId) => belongs(unitId) || standsFor(directory, proposal.substituteId, unitId));
  const homes = (directory.appointmentsOf.get(proposal.holderId ?? '') ?? []).filter((one) => isInTerm(one, now)).map((one) => one.of);
  return homes.length > 0 && !homes.some(belongs);
};

const standsFor = (directory: Directory, personId: PersonId, unitId: string): boolean =>
  (directory.postsOf.get(personId) ?? []).some((postId) => directory.posts.get(postId)?.unitId === unitId);
