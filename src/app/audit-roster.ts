import type { Notice } from '../domain/escalation/notice.ts';
import type { LedgerEvent } from '../domain/ledger/event.ts';
import type { Transition } from '../ports/store.ts';
import { beginChange, openIn, toTransition } from './change.ts';
import type { World } from './world.ts';

/** How far ahead the daily audit looks for posts without officers. */
const aheadMs = 72 * 3_600_000;

type Gap = { readonly postId: string; readonly fromAt: number; readonly toAt: number };

/** Stretches of a span in which a post has fewer officers than it must have. */
const gapsOf = (world: World, postId: string, fromAt: number, toAt: number): readonly Gap[] => {
  const least = world.directory.posts.get(postId)?.minimumHeadcount ?? 1;
  const gaps: Gap[] = [];
  let at = fromAt;
  for (const shift of world.directory.shiftsOf.get(postId) ?? []) {
    if (shift.to <= at) continue;
    if (shift.from >= toAt) break;
    if (shift.from > at) gaps.push({ postId, fromAt: at, toAt: shift.from });
    const officers = shift.holders.filter((holder) => holder.role !== 'shiftLeader').length;
    if (officers < least) gaps.push({ postId, fromAt: Math.max(at, shift.from), toAt: Math.min(shift.to, toAt) });
    at = shift.to;
  }
  if (at < toAt) gaps.push({ postId, fromAt: at, toAt });
  return gaps;
};

/** The daily audit: the office owes an answer for every post that would stand empty in the days ahead. */
export const findGapsAhead = (
  world: World,
  now: number,
): { readonly audited: LedgerEvent; readonly obligations: readonly Transition[]; readonly said: readonly Notice[] } => {
  const toAt = Math.min(now + aheadMs, world.settings.toAt);
  const gaps = world.directory.roster.posts.flatMap((post) => gapsOf(world, post.id, now, toAt).slice(0, 1));
  const obligations = gaps.map((gap) => {
    const change = beginChange(world, now);
    openIn(world, change, { type: 'open', kind: 'rosterGap', subject: gap.postId, policy: 'office', cause: `${gap.fromAt} ${gap.toAt}` });
    return toTransition(change);
  });
  const audited: LedgerEvent = { at: now, event: 'RosterAudited', data: { posts: world.directory.roster.posts.length, gaps: gaps.length } };
  return { audited, obligations, said: obligations.flatMap((one) => one.notices) };
};
