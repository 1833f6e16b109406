import type { Watch } from '../../domain/contact/watch.ts';
import { isEnded, type Obligation } from '../../domain/escalation/obligation.ts';
import { incomingAt } from '../../domain/escalation/resolve.ts';
import { type Directory, holdersAt } from '../../domain/organisation/directory.ts';
import type { PersonId } from '../../domain/organisation/organisation.ts';
import { isInTerm } from '../../domain/organisation/terms.ts';
import type { DutyRole, Holder, Post } from '../../domain/roster/roster.ts';
import type { SubjectId } from '../../domain/roster/subject.ts';
import { nameSubject, nextAtOf, type PolicyOf } from './view-obligations.ts';
import { idKey, type Iso } from './view-page.ts';

/** Worst last: what is said of a subject is the worst that is true of it. */
export const colors = ['green', 'waiting', 'escalated', 'empty', 'missed'] as const;
export type Color = (typeof colors)[number];

/** What is open about a subject; instants ISO. */
export type OpenView = {
  readonly id: string;
  readonly kind: Obligation['kind'];
  readonly stepNo: number;
  readonly openedAt: string;
  readonly answerBy: string;
  readonly nextAt: string | null;
  readonly status: Obligation['status'];
};

type SubjectView = {
  readonly subject: SubjectId;
  readonly color: Color;
  readonly lastContactAt: string | null;
  /** Who gave it, by name, where that is nobody who stands the post now. */
  readonly lastContactBy?: string;
  readonly nextCheckAt?: string;
  /** The worst of what is open. */
  readonly obligation?: OpenView;
};

/** Names, as people read them. */
export type PostView = SubjectView & {
  readonly unit: string;
  readonly post: string;
  readonly onDuty: readonly string[];
  readonly coDuty: readonly string[];
  readonly shiftLeader: readonly string[];
  /** Who is to take it over and has not accepted: until then the others stay. */
  readonly notHandedOverTo?: readonly string[];
};

export type StandingView = SubjectView & { readonly name: string; readonly roles: readonly string[] };

export type OfficeView = OpenView & { readonly subject: SubjectId; readonly subjectName: string };

export type WallView = {
  readonly at: string;
  readonly campaign: string;
  readonly mode: 'demo' | 'production';
  /** Campaign seconds to a real second. */
  readonly clockScale: number;
  /** When all posts are asked next, where the campaign still says so. */
  readonly nextRoundAt?: string;
  readonly posts: readonly PostView[];
  readonly standing: readonly StandingView[];
  /** What is open and about no post and no person: failing channels, gaps ahead in the roster. */
  readonly office: readonly OfficeView[];
  /** Over all posts and standing contacts, also where the lists are cut. */
  readonly counts: { readonly [color in Color]: number } & { readonly posts: number; readonly standing: number; readonly open: number };
};

export type WallInput = {
  readonly campaign: string;
  readonly mode: 'demo' | 'production';
  /** Campaign seconds to a real second. */
  readonly clockScale: number;
  /** Epoch ms. */
  readonly nextRoundAt?: number | undefined;
  readonly directory: Directory;
  /** Of some posts and people alone; without it everything, and what is the office's. */
  readonly isShown?: ((subject: SubjectId) => boolean) | undefined;
  readonly watches: readonly Watch[];
  readonly obligations: readonly Obligation[];
  readonly policyOf: PolicyOf;
  readonly now: number;
  readonly iso: Iso;
};

/** Everything has a limit; a wall beyond it is cut, the worst first. */
const mostShown = 20_000;

export const isAboutOffice = ({ kind }: Obligation): boolean => kind === 'channelFailure' || kind === 'rosterGap';

const colorOf = (obligation: Obligation): Color => {
  if (obligation.status === 'withOffice' || obligation.missedAt !== undefined) return 'missed';
  if (obligation.kind === 'postEmpty') return 'empty';
  return obligation.kind !== 'check' || obligation.told.length > 0 ? 'escalated' : 'waiting';
};

const isWorse = (a: Color, b: Color): boolean => colors.indexOf(a) > colors.indexOf(b);

const toOpen = (o: Obligation, policyOf: PolicyOf, iso: Iso, now: number): OpenView => ({
  id: o.id,
  kind: o.kind,
  stepNo: o.stepNo,
  openedAt: iso(o.openedAt),
  answerBy: iso(o.answerBy),
  nextAt: nextAtOf(o, policyOf, iso, now),
  status: o.status,
});

/** The worst of what is open about each subject. */
export const worstOf = (open: Iterable<Obligation>): ReadonlyMap<SubjectId, Obligation> => {
  const worst = new Map<SubjectId, Obligation>();
  for (const obligation of open) {
    const known = worst.get(obligation.subject);
    if (!known || isWorse(colorOf(obligation), colorOf(known))) worst.set(obligation.subject, obligation);
  }
  return worst;
};

/** What is known of each subject. */
export type Lookup = {
  readonly worst: Pick<ReadonlyMap<SubjectId, Obligation>, 'get'>;
  readonly watches: ReadonlyMap<SubjectId, Watch>;
  readonly policyOf: PolicyOf;
  readonly iso: Iso;
};

const toSubject = (subject: SubjectId, isManned: boolean, { worst, watches, policyOf, iso }: Lookup, now: number): SubjectView => {
  const watch = watches.get(subject);
  const obligation = worst.get(subject);
  const told = obligation ? colorOf(obligation) : 'green';
  const lastContactAt = watch?.lastContactAt ?? null;
  return {
    subject,
    color: !isManned && isWorse('empty', told) ? 'empty' : told,
    lastContactAt: lastContactAt === null ? null : iso(lastContactAt),
    ...(typeof watch?.nextCheckAt === 'number' ? { nextCheckAt: iso(watch.nextCheckAt) } : {}),
    ...(obligation ? { obligation: toOpen(obligation, policyOf, iso, now) } : {}),
  };
};

const worstFirst = <T extends SubjectView>(views: readonly T[]): readonly T[] =>
  views.length <= mostShown ? views : views.toSorted((a, b) => colors.indexOf(b.color) - colors.indexOf(a.color)).slice(0, mostShown);

export const countColors = (views: Iterable<Pick<SubjectView, 'color'>>): { [color in Color]: number } => {
  const counts = { green: 0, waiting: 0, escalated: 0, empty: 0, missed: 0 };
  for (const { color } of views) counts[color] += 1;
  return counts;
};

/** Who gave the last contact of a post, where it is nobody of those who stand it now. */
export const heardFromElse = (watch: Watch | undefined, holders: readonly Holder[]): PersonId | undefined =>
  holders.some(({ personId }) => personId === watch?.lastContactBy) ? undefined : watch?.lastContactBy;

export const viewPost = (directory: Directory, post: Post, lookup: Lookup, now: number): PostView => {
  const holders: readonly Holder[] = holdersAt(directory, post.id, now);
  const nameOf = (personId: string): string => directory.people.get(personId)?.name ?? personId;
  const heardFrom = heardFromElse(lookup.watches.get(post.id), holders);
  const names = (role: DutyRole): readonly string[] =>
    holders.filter((holder) => holder.role === role).map(({ personId }) => nameOf(personId));
  const unit = directory.units.get(post.unitId);
  const held = directory.held.get(post.id);
  return {
    ...toSubject(
      post.id,
      holders.some(({ role }) => role !== 'shiftLeader'),
      lookup,
      now,
    ),
    ...(heardFrom === undefined ? {} : { lastContactBy: nameOf(heardFrom) }),
    unit: unit?.aliases[0] ?? unit?.name ?? post.unitId,
    post: post.name,
    onDuty: names('onDuty'),
    coDuty: names('coDuty'),
    shiftLeader: names('shiftLeader'),
    ...(held !== undefined && held.from <= now ? { notHandedOverTo: incomingAt(directory, post.id, now).map(nameOf) } : {}),
  };
};

export const viewContact = (directory: Directory, subject: SubjectId, lookup: Lookup, now: number): StandingView => ({
  ...toSubject(subject, true, lookup, now),
  name: nameSubject(directory, subject),
  roles: (directory.appointmentsOf.get(subject) ?? []).filter((one) => isInTerm(one, now)).map(({ role }) => role),
});

/** Standing contacts are whoever is watched and is a person. */
export const contactsOf = (directory: Directory, watches: ReadonlyMap<SubjectId, Watch>): readonly SubjectId[] =>
  [...watches.keys()].filter((subject) => directory.people.has(subject)).sort((a, b) => (idKey(a) < idKey(b) ? -1 : 1));

export const viewOffice = (
  directory: Directory,
  o: Obligation,
  { policyOf, iso }: Pick<Lookup, 'policyOf' | 'iso'>,
  now: number,
): OfficeView => ({
  ...toOpen(o, policyOf, iso, now),
  subject: o.subject,
  subjectName: nameSubject(directory, o.subject),
});

/** The whole campaign at a glance. */
export const viewWall = ({
  campaign,
  mode,
  clockScale,
  nextRoundAt,
  directory,
  isShown,
  watches,
  obligations,
  policyOf,
  now,
  iso,
}: WallInput): WallView => {
  // What is owed about paper says nothing of who is on post.
  const open = obligations.filter((o) => !isEnded(o) && o.itemId === undefined && (isShown === undefined || isShown(o.subject)));
  const lookup: Lookup = {
    worst: worstOf(open.filter((o) => !isAboutOffice(o))),
    watches: new Map(watches.map((watch) => [watch.subject, watch])),
    policyOf,
    iso,
  };
  const isSeen = (subject: SubjectId): boolean => isShown === undefined || isShown(subject);
  const posts = directory.roster.posts.filter(({ id }) => isSeen(id)).map((post) => viewPost(directory, post, lookup, now));
  const standing = contactsOf(directory, lookup.watches)
    .filter(isSeen)
    .map((subject) => viewContact(directory, subject, lookup, now));
  return {
    at: iso(now),
    campaign,
    mode,
    clockScale,
    ...(nextRoundAt === undefined ? {} : { nextRoundAt: iso(nextRoundAt) }),
    posts: worstFirst(posts),
    standing: worstFirst(standing),
    office: open.filter(isAboutOffice).map((o) => viewOffice(directory, o, lookup, now)),
    counts: { ...countColors([...posts, ...standing]), posts: posts.length, standing: standing.length, open: open.length },
  };
};
