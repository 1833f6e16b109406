import type { Notice } from '../domain/escalation/notice.ts';
import { isEnded } from '../domain/escalation/obligation.ts';
import type { LedgerEvent } from '../domain/ledger/event.ts';
import { findGaps, type Gap } from '../domain/roster/find-gaps.ts';
import type { Transition } from '../ports/store.ts';
import { beginChange, openIn, toTransition } from './change.ts';
import { scanAll } from './scan-all.ts';
import type { World } from './world.ts';

/** How far ahead the daily audit looks for posts without officers. */
const aheadMs = 72 * 3_600_000;

/** The next gap of each post that has one. */
const nextGaps = (world: World, now: number): readonly Gap[] => {
  const gaps = findGaps(world.directory.roster, now, Math.min(now + aheadMs, world.settings.toAt));
  return gaps.filter((gap, index) => gaps[index - 1]?.postId !== gap.postId);
};

/** The daily audit: the office owes an answer for every post that would stand empty in the days ahead. */
export const auditRoster = async (
  world: World,
  now: number,
): Promise<{ readonly audited: LedgerEvent; readonly obligations: readonly Transition[]; readonly said: readonly Notice[] }> => {
  const gaps = nextGaps(world, now);
  // What the office still owes from an earlier day is reminded by itself, and not asked for twice.
  const owed = new Set(
    (await scanAll(world.store, 'obligation')).flatMap((o) => (o.kind === 'rosterGap' && !isEnded(o) ? [o.subject] : [])),
  );
  const fresh = gaps.filter((gap) => !owed.has(gap.postId));
  const obligations = fresh.map((gap) => {
    const change = beginChange(world, now);
    openIn(world, change, { type: 'open', kind: 'rosterGap', subject: gap.postId, policy: 'office', cause: `${gap.from} ${gap.to}` });
    return toTransition(change);
  });
  const audited: LedgerEvent = { at: now, event: 'RosterAudited', data: { posts: world.directory.roster.posts.length, gaps: gaps.length } };
  return { audited, obligations, said: obligations.flatMap((one) => one.notices) };
};
