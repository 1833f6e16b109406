import type { Directory } from '../../domain/organisation/directory.ts';
import { nextInstant } from '../../domain/escalation/fire.ts';
import { isEnded, type Obligation } from '../../domain/escalation/obligation.ts';
import type { Policy } from '../../domain/escalation/policy.ts';
import type { SubjectId } from '../../domain/roster/subject.ts';
import { type Iso, type Page, type PageQuery, toPage, type Seen } from './view-page.ts';

export type ObligationView = Omit<
  Obligation,
  'openedAt' | 'answerBy' | 'baseAt' | 'missedAt' | 'endedAt' | 'code' | 'reminders' | 'remindedAt' | 'throughMs'
> & {
  readonly subjectName: string;
  readonly openedAt: string;
  readonly answerBy: string;
  readonly nextAt: string | null;
  readonly missedAt?: string;
  readonly endedAt?: string;
};

/** A post with its unit, a person, a group, or the id itself for what is none of them. */
export const nameSubject = (directory: Directory, subject: SubjectId): string => {
  const post = directory.posts.get(subject);
  const body = directory.units.get(subject);
  if (body) return body.aliases[0] ?? body.name;
  const group = () => directory.organisation.groups.find(({ id }) => id === subject)?.name;
  if (!post) return directory.people.get(subject)?.name ?? group() ?? subject;
  const unit = directory.units.get(post.unitId);
  const unitName = unit?.aliases[0] ?? unit?.name ?? post.unitId;
  return unitName === post.name ? unitName : `${unitName} ${post.name}`;
};

export type PolicyOf = (name: string) => Policy;

/** When the next step or reminder falls due; null once it is over. By night what is overdue may wait for working hours. */
export const nextAtOf = (o: Obligation, policyOf: PolicyOf, iso: Iso, now: number): string | null => {
  if (isEnded(o)) return null;
  const policy = policyOf(o.policy);
  const at = nextInstant(o, policy, now);
  // what is due already stays at its instant: it would be other news at each look
  return iso(at > now ? at : nextInstant(o, policy));
};

/** The code to be repeated is a proof, so it is shown to nobody but the person who was asked. */
export const toObligationView = (
  directory: Directory,
  obligation: Obligation,
  policyOf: PolicyOf,
  iso: Iso,
  now: number,
): ObligationView => {
  const {
    openedAt,
    answerBy,
    missedAt,
    endedAt,
    baseAt: _baseAt,
    code: _code,
    reminders: _reminders,
    remindedAt: _remindedAt,
    throughMs: _throughMs,
    ...rest
  } = obligation;
  return {
    ...rest,
    subjectName: nameSubject(directory, obligation.subject),
    openedAt: iso(openedAt),
    answerBy: iso(answerBy),
    nextAt: nextAtOf(obligation, policyOf, iso, now),
    ...(missedAt === undefined ? {} : { missedAt: iso(missedAt) }),
    ...(endedAt === undefined ? {} : { endedAt: iso(endedAt) }),
  };
};

const keyOf = ({ openedAt, id }: Obligation): string => `${String(openedAt).padStart(15, '0')}.${id}`;

/** Oldest first. */
export const viewObligations = (
  directory: Directory,
  obligations: readonly Obligation[],
  policyOf: PolicyOf,
  iso: Iso,
  now: number,
  query: PageQuery & Seen<Obligation>,
): Page<ObligationView> => {
  const page = toPage(obligations, keyOf, query);
  return { items: page.items.map((obligation) => toObligationView(directory, obligation, policyOf, iso, now)), next: page.next };
};
