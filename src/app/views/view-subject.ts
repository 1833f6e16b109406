import type { Watch } from '../../domain/contact/watch.ts';
import { isEnded, type Obligation } from '../../domain/escalation/obligation.ts';
import { incomingAt } from '../../domain/escalation/resolve.ts';
import { appointedAt, type Directory, holdersAt, shiftAt } from '../../domain/organisation/directory.ts';
import type { PersonId } from '../../domain/organisation/organisation.ts';
import { isInTerm } from '../../domain/organisation/terms.ts';
import type { Holder, PostId, Shift } from '../../domain/roster/roster.ts';
import { isPostId, isUnitId, type SubjectId } from '../../domain/roster/subject.ts';
import { type Act, actsOnPosts } from './acts-on.ts';
import { shiftIdOf } from './shift-id.ts';
import { nameSubject, type ObligationView } from './view-obligations.ts';
import type { Iso } from './view-page.ts';
import { heardFromElse } from './view-wall.ts';

export type HolderView = { readonly role: string; readonly personId: PersonId; readonly name: string };

/** A shift that is stood or will be; instants ISO. */
export type ShiftView = {
  readonly id: string;
  readonly postId: PostId;
  readonly post: string;
  readonly from: string;
  readonly to: string;
  readonly isNow: boolean;
  readonly holders: readonly HolderView[];
  /** Who is to take it over and has not accepted. */
  readonly notHandedOverTo?: readonly HolderView[];
};

/** Everything about a post, a unit or a person that is worth a look, with what the one who looks may do. */
export type SubjectDetail = {
  readonly at: string;
  readonly subject: SubjectId;
  readonly kind: 'post' | 'unit' | 'person';
  readonly name: string;
  /** The unit of a post; what a person is and where. */
  readonly places: readonly { readonly id: string; readonly name: string; readonly role?: string }[];
  readonly landline?: string;
  /** Null: asked, and never heard of. Left out where it is not kept: whoever stands at a post is asked there, among others. */
  readonly lastContactAt?: string | null;
  /** Who gave it, by name, where that is nobody who stands the post now. */
  readonly lastContactBy?: string;
  readonly nextCheckAt: string | null;
  /** Those who answer for a unit, or for a post's unit. */
  readonly people: readonly HolderView[];
  readonly shifts: readonly ShiftView[];
  /** What is open about it, the oldest first. */
  readonly open: readonly ObligationView[];
  /** Ids that rows of the ledger about it bear. */
  readonly subjects: readonly SubjectId[];
  readonly acts: readonly Act[];
};

export type SubjectInput = {
  readonly directory: Directory;
  readonly watches: readonly Watch[];
  readonly obligations: readonly Obligation[];
  readonly toView: (obligation: Obligation) => ObligationView;
  readonly now: number;
  readonly iso: Iso;
  /** Who looks; nobody: nothing is offered. */
  readonly viewer?: PersonId | undefined;
};

const shiftsShown = 14;
const unitRoles = ['principal', 'liaison', 'contact'] as const;

export const named = (directory: Directory, role: string, personId: PersonId): HolderView => ({
  role,
  personId,
  name: directory.people.get(personId)?.name ?? personId,
});

export const answerableFor = (directory: Directory, unitId: string, now: number): readonly HolderView[] =>
  unitRoles.flatMap((role) => appointedAt(directory, role, unitId, now).map((personId) => named(directory, role, personId)));

export const toShift = (directory: Directory, shift: Shift, { now, iso }: Pick<SubjectInput, 'now' | 'iso'>): ShiftView => {
  const isNow = shiftAt(directory, shift.postId, now) === shift;
  const holders: readonly Holder[] = isNow ? holdersAt(directory, shift.postId, now) : shift.holders;
  const held = directory.held.get(shift.postId);
  const waiting = isNow && held !== undefined && held.from <= now ? incomingAt(directory, shift.postId, now) : [];
  return {
    id: shiftIdOf(shift),
    postId: shift.postId,
    post: nameSubject(directory, shift.postId),
    from: iso(shift.from),
    to: iso(shift.to),
    isNow,
    holders: holders.map(({ role, personId }) => named(directory, role, personId)),
    ...(waiting.length === 0 ? {} : { notHandedOverTo: waiting.map((personId) => named(directory, 'onDuty', personId)) }),
  };
};

const shiftsAhead = (directory: Directory, posts: readonly PostId[], now: number, isTheirs: (shift: Shift) => boolean): readonly Shift[] =>
  posts
    .flatMap((postId) => (directory.shiftsOf.get(postId) ?? []).filter((shift) => shift.to > now && isTheirs(shift)))
    .toSorted((a, b) => a.from - b.from)
    .slice(0, shiftsShown);

type Part = Pick<SubjectDetail, 'kind' | 'places' | 'people' | 'subjects' | 'acts'> & {
  readonly landline?: string;
  readonly shifts: readonly Shift[];
};

const partOfPost = (directory: Directory, postId: PostId, { now, viewer }: SubjectInput): Part | undefined => {
  const post = directory.posts.get(postId);
  if (!post) return undefined;
  return {
    kind: 'post',
    places: [{ id: post.unitId, name: nameSubject(directory, post.unitId) }],
    ...(post.landline === undefined ? {} : { landline: post.landline }),
    people: answerableFor(directory, post.unitId, now),
    subjects: [postId],
    shifts: shiftsAhead(directory, [postId], now, () => true),
    acts: viewer === undefined ? [] : actsOnPosts(directory, viewer, now),
  };
};

const partOfUnit = (directory: Directory, unitId: string, { now, viewer }: SubjectInput): Part | undefined => {
  if (!directory.units.has(unitId)) return undefined;
  const posts = directory.postsOfUnit.get(unitId) ?? [];
  return {
    kind: 'unit',
    places: posts.map((id) => ({ id, name: nameSubject(directory, id) })),
    people: answerableFor(directory, unitId, now),
    subjects: [unitId, ...posts],
    shifts: shiftsAhead(directory, posts, now, () => true),
    acts: viewer === undefined || posts.length === 0 ? [] : actsOnPosts(directory, viewer, now),
  };
};

const partOfPerson = (directory: Directory, personId: PersonId, { now }: SubjectInput): Part | undefined => {
  if (!directory.people.has(personId)) return undefined;
  const roles = (directory.appointmentsOf.get(personId) ?? []).filter((a) => isInTerm(a, now));
  const nameOf = (of: string): string =>
    directory.units.has(of) ? nameSubject(directory, of) : (directory.organisation.groups.find(({ id }) => id === of)?.name ?? of);
  const isTheirs = (shift: Shift): boolean => shift.holders.some((holder) => holder.personId === personId);
  return {
    kind: 'person',
    places: roles.map(({ role, of }) => ({ id: of, name: nameOf(of), role })),
    people: [],
    subjects: [personId],
    shifts: shiftsAhead(directory, directory.postsOf.get(personId) ?? [], now, isTheirs),
    acts: [],
  };
};

const partOf = (subject: SubjectId, input: SubjectInput): Part | undefined => {
  if (isPostId(subject)) return partOfPost(input.directory, subject, input);
  if (isUnitId(subject)) return partOfUnit(input.directory, subject, input);
  return partOfPerson(input.directory, subject, input);
};

/** Of a person also what they were the last to give at a post; undefined where neither that is kept nor a clock of their own. */
const lastHeardOf = (subject: SubjectId, watches: readonly Watch[], own: Watch | undefined): number | null | undefined => {
  const given = watches
    .flatMap(({ lastContactAt, lastContactBy, lastPresenceAt, lastPresenceBy }) => [
      (lastContactBy === subject ? lastContactAt : null) ?? [],
      (lastPresenceBy === subject ? lastPresenceAt : null) ?? [],
    ])
    .flat();
  const heard = own?.lastContactAt ?? null;
  if (given.length === 0) return own === undefined ? undefined : heard;
  return Math.max(...given, heard ?? Number.NEGATIVE_INFINITY);
};

/** Undefined where the campaign knows no such post, unit or person. */
export const viewSubject = (subject: SubjectId, input: SubjectInput): SubjectDetail | undefined => {
  const { directory, watches, obligations, toView, now, iso } = input;
  const part = partOf(subject, input);
  if (!part) return undefined;
  const about = new Set(part.subjects);
  const watch = watches.find((one) => one.subject === subject);
  const lastHeardAt = part.kind === 'person' ? lastHeardOf(subject, watches, watch) : (watch?.lastContactAt ?? null);
  const elseHeard = part.kind === 'post' ? heardFromElse(watch, holdersAt(directory, subject, now)) : undefined;
  const isOfThem = (o: Obligation): boolean =>
    !isEnded(o) && (about.has(o.subject) || (part.kind === 'person' && (o.asked.includes(subject) || o.told.includes(subject))));
  const { shifts, ...rest } = part;
  return {
    at: iso(now),
    subject,
    name: nameSubject(directory, subject),
    ...rest,
    ...(lastHeardAt === undefined ? {} : { lastContactAt: lastHeardAt === null ? null : iso(lastHeardAt) }),
    ...(elseHeard === undefined ? {} : { lastContactBy: named(directory, '', elseHeard).name }),
    nextCheckAt: typeof watch?.nextCheckAt === 'number' ? iso(watch.nextCheckAt) : null,
    shifts: shifts.map((shift) => toShift(directory, shift, input)),
    open: obligations
      .filter(isOfThem)
      .toSorted((a, b) => a.openedAt - b.openedAt)
      .map(toView),
  };
};
