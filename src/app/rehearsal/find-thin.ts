import { resolveRole } from '../../domain/escalation/resolve.ts';
import type { Policy, Role } from '../../domain/escalation/policy.ts';
import { officersOf } from '../../domain/handover/relief.ts';
import { shiftAt, type Directory } from '../../domain/organisation/directory.ts';
import type { PostId } from '../../domain/roster/roster.ts';

/**
 * `alone`: one officer and nobody beside or above them, so that whoever falls ill leaves the post empty; `twoPosts`: an
 * officer stands another post at the same time.
 */
export type ThinReason = 'alone' | 'twoPosts';

/** From `from` (inclusive) to `to` (exclusive), epoch ms. */
export type Thin = { readonly postId: PostId; readonly from: number; readonly to: number; readonly reason: ThinReason };

/** A ladder of a post that names nobody at a step for some time, or nobody at all but the group. */
export type WeakLadder = {
  readonly postId: PostId;
  readonly policy: string;
  /** Steps of these roles name nobody. */
  readonly missing: readonly Role[];
  /** Who is left, besides the group. */
  readonly left: readonly Role[];
  readonly from: number;
  readonly to: number;
};

/** Instants between which nothing changes at a post. */
const spansOf = (directory: Directory, postId: PostId, fromAt: number, toAt: number): readonly (readonly [number, number])[] => {
  const shifts = directory.shiftsOf.get(postId) ?? [];
  const inside = shifts.flatMap(({ from, to }) => [from, to]).filter((at) => fromAt < at && at < toAt);
  const all = [...new Set([fromAt, ...inside, toAt])].toSorted((a, b) => a - b);
  return all.slice(1).map((to, index) => [all[index]!, to] as const);
};

type Span<T> = T & { readonly from: number; readonly to: number };

/** What goes on without a change is one. */
const joined = <T extends object>(spans: readonly Span<T>[], isSame: (one: T, other: T) => boolean): readonly Span<T>[] => {
  const out: Span<T>[] = [];
  for (const span of spans) {
    const last = out.at(-1);
    if (last && last.to === span.from && isSame(last, span)) out[out.length - 1] = { ...last, to: span.to };
    else out.push(span);
  }
  return out;
};

/** Everybody's stretches on duty: on which post, from when to when. */
const stretchesOf = ({
  roster,
}: Directory): ReadonlyMap<string, readonly { readonly postId: PostId; readonly from: number; readonly to: number }[]> =>
  Map.groupBy(
    roster.shifts.flatMap(({ postId, from, to, holders }) => officersOf(holders).map((personId) => ({ personId, postId, from, to }))),
    ({ personId }) => personId,
  );

export const findThin = (directory: Directory, fromAt: number, toAt: number): readonly Thin[] => {
  const stretches = stretchesOf(directory);
  const reasonOf = (postId: PostId, at: number): ThinReason | undefined => {
    const holders = shiftAt(directory, postId, at)?.holders ?? [];
    const officers = officersOf(holders);
    const isElsewhere = (personId: string): boolean =>
      (stretches.get(personId) ?? []).some((one) => one.postId !== postId && one.from <= at && at < one.to);
    if (officers.length > 0 && officers.every(isElsewhere)) return 'twoPosts';
    return officers.length === 1 && holders.length === 1 ? 'alone' : undefined;
  };
  return directory.roster.posts.flatMap(({ id: postId }) =>
    joined(
      spansOf(directory, postId, fromAt, toAt).flatMap(([from, to]) => {
        const reason = reasonOf(postId, from);
        return reason === undefined ? [] : [{ postId, from, to, reason }];
      }),
      (one, other) => one.reason === other.reason,
    ),
  );
};

const weaknessOf = (directory: Directory, policy: Policy, postId: PostId, at: number) => {
  const roles = [...new Set(policy.steps.flatMap(({ notify }) => notify))].filter((role) => role !== 'groupChat');
  const left = roles.filter((role) => resolveRole(directory, role, postId, at).some((to) => to.startsWith('m')));
  return { missing: roles.filter((role) => !left.includes(role) && role !== 'landline'), left };
};

/**
 * Ladders with steps that name nobody, by the roster alone: whoever answers or not changes nothing about it. One that has
 * nobody left but the office, or nobody at all, ends with nobody who could go there.
 */
export const findWeakLadders = (directory: Directory, policy: Policy, fromAt: number, toAt: number): readonly WeakLadder[] =>
  directory.roster.posts.flatMap(({ id: postId }) =>
    joined(
      spansOf(directory, postId, fromAt, toAt).flatMap(([from, to]) => {
        // an empty post is a gap, and is told as that
        if (officersOf(shiftAt(directory, postId, from)?.holders ?? []).length === 0) return [];
        const { missing, left } = weaknessOf(directory, policy, postId, from);
        return missing.length === 0 ? [] : [{ postId, policy: policy.name, missing, left, from, to }];
      }),
      (one, other) => one.missing.join() === other.missing.join(),
    ),
  );
