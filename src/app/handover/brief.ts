import { isEnded, isItemClock, type Obligation } from '../../domain/escalation/obligation.ts';
import type { DueMatter, OpenMatter } from '../../domain/handover/handover.ts';
import type { PostId } from '../../domain/roster/roster.ts';
import { scanAll } from '../ledger/scan-all.ts';
import type { World } from '../world.ts';

export type Briefing = { readonly open: readonly OpenMatter[]; readonly due: readonly DueMatter[] };

/** Nobody reads more at a change of shift; the rest is on the unit's own list. */
const mostMatters = 30;

type BySubject = ReadonlyMap<string, readonly Obligation[]>;

const openOf = (open: BySubject, subjects: readonly string[]): readonly OpenMatter[] =>
  subjects
    .flatMap((subject) => open.get(subject) ?? [])
    .filter((o) => o.itemId === undefined)
    .toSorted((a, b) => a.openedAt - b.openedAt)
    .slice(0, mostMatters)
    .map(({ kind, subject, openedAt }) => ({ kind, subject, at: openedAt }));

const dueOf = (open: BySubject, unitId: string, endsAt: number): readonly DueMatter[] =>
  (open.get(unitId) ?? [])
    .filter((o) => isItemClock(o) && o.answerBy <= endsAt)
    .toSorted((a, b) => a.answerBy - b.answerBy || (a.id < b.id ? -1 : 1))
    .slice(0, mostMatters)
    .map(({ itemId, kind, answerBy }) => ({ itemId: itemId!, kind, dueAt: answerBy }));

/** What those who come must know of each post: what is open about it and its unit, and what the unit owes in the next shift. One look for all of them. */
export const briefOn = async (
  world: World,
  posts: readonly { readonly postId: PostId; readonly endsAt: number }[],
): Promise<ReadonlyMap<PostId, Briefing>> => {
  if (posts.length === 0) return new Map();
  const all = (await scanAll(world.store, 'obligation')).filter((o) => !isEnded(o));
  const open = Map.groupBy(all, ({ subject }) => subject);
  const unitOf = (postId: PostId): string => world.byRoster.posts.get(postId)?.unitId ?? '';
  return new Map(
    posts.map(({ postId, endsAt }) => [postId, { open: openOf(open, [postId, unitOf(postId)]), due: dueOf(open, unitOf(postId), endsAt) }]),
  );
};
