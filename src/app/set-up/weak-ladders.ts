import type { Policy, Role } from '../../domain/escalation/policy.ts';
import type { Directory } from '../../domain/organisation/directory.ts';
import { findWeakLadders } from '../rehearsal/find-thin.ts';

/** What a ladder leaves open by the roster as it is, whoever answers or not. */
export type Weakness = {
  readonly policy: string;
  /**
   * `endsWithNobody`: at these posts nobody who could go there is ever told; `noOffice`: the office is told only when the
   * ladder is through; `noSteps`: nobody is asked at all; `emptyStep`: a step of it names nobody.
   */
  readonly what: 'endsWithNobody' | 'noOffice' | 'noSteps' | 'emptyStep';
  readonly posts: readonly string[];
};

const aheadMs = 7 * 86_400_000;

/** Whoever is silent themselves, and whoever sits elsewhere. */
const neverGoes: ReadonlySet<Role> = new Set<Role>(['onDuty', 'landline', 'office', 'groupChat']);

/** Posts of which the ladder tells nobody who could go there: by what it says, or by the roster of the days to come. */
const postsLeftAlone = (policy: Policy, directory: Directory, now: number): readonly string[] => {
  if (policy.steps.every(({ notify }) => notify.every((role) => neverGoes.has(role)))) return directory.roster.posts.map(({ id }) => id);
  const weak = findWeakLadders(directory, policy, now, now + aheadMs).filter(({ left }) => left.every((role) => neverGoes.has(role)));
  return [...new Set(weak.map(({ postId }) => postId))];
};

const weaknessesOf = (policy: Policy, directory: Directory, now: number): readonly Weakness[] => {
  const { name, steps } = policy;
  if (steps.length === 0) return [{ policy: name, what: 'noSteps', posts: [] }];
  const posts = postsLeftAlone(policy, directory, now).map((postId) => directory.posts.get(postId)?.name ?? postId);
  return [
    ...(steps.some(({ notify }) => notify.length === 0) ? [{ policy: name, what: 'emptyStep', posts: [] } as const] : []),
    ...(steps.some(({ notify }) => notify.includes('office')) ? [] : [{ policy: name, what: 'noOffice', posts: [] } as const]),
    ...(posts.length === 0 ? [] : [{ policy: name, what: 'endsWithNobody', posts } as const]),
  ];
};

/** Of ladders that ask posts: those of items end with a unit's own people, whatever its posts. */
export const findWeaknesses = (policies: readonly Policy[], directory: Directory, now: number): readonly Weakness[] =>
  policies.flatMap((policy) => weaknessesOf(policy, directory, now));
