import type { Notice } from '../../domain/escalation/notice.ts';
import { isEnded } from '../../domain/escalation/obligation.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import { findGaps, type Gap } from '../../domain/roster/find-gaps.ts';
import type { Stored, Write } from '../../ports/store.ts';
import { beginChange, decideIn, openIn, readInto, toTransition } from '../change.ts';
import type { World } from '../world.ts';

/** How far ahead the audit looks for posts without officers. */
const aheadMs = 72 * 3_600_000;
/** A roster with more holes than this is not finished: the office hears of the first ones and of their number. */
const mostGaps = 200;

/** The next gap of each post that has one. */
const nextGaps = (world: World, now: number): readonly Gap[] => {
  const { settings, directory } = world;
  const gaps = findGaps(directory.roster, Math.max(now, settings.fromAt), Math.min(now + aheadMs, settings.toAt));
  return gaps.filter((gap, index) => gaps[index - 1]?.postId !== gap.postId);
};

/** The instant at which a gap that the office answers for is over. */
const gapEndOf = ({ aggregate }: Stored): number =>
  aggregate.type === 'obligation' ? Number(aggregate.state.cause?.split(' ')[1] ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;

const openGaps = async (world: World): Promise<ReadonlyMap<string, Stored>> => {
  const open = new Map<string, Stored>();
  for (let cursor: string | null = '0'; cursor !== null;) {
    const page = await world.store.scan('obligation', cursor);
    cursor = page.cursor;
    for (const stored of page.items) {
      const { aggregate } = stored;
      if (aggregate.type === 'obligation' && aggregate.state.kind === 'rosterGap' && !isEnded(aggregate.state))
        open.set(aggregate.state.subject, stored);
    }
  }
  return open;
};

/**
 * The roster's audit, daily and after each change of it: the office owes an answer for every post that would stand
 * empty or short in the days ahead, once; a gap that has been filled is withdrawn, and one that has simply passed too.
 */
export const auditRoster = async (
  world: World,
  now: number,
): Promise<{ readonly events: readonly LedgerEvent[]; readonly writes: readonly Write[]; readonly notices: readonly Notice[] }> => {
  const known = await openGaps(world);
  const gaps = nextGaps(world, now);
  const empty = new Set(gaps.map((gap) => gap.postId));
  const change = beginChange(world, now);
  const passed = new Set([...known].flatMap(([postId, stored]) => (gapEndOf(stored) <= now ? [postId] : [])));
  for (const gap of gaps.filter((one) => !known.has(one.postId) || passed.has(one.postId)).slice(0, mostGaps)) {
    openIn(world, change, { type: 'open', kind: 'rosterGap', subject: gap.postId, policy: 'office', cause: `${gap.from} ${gap.to}` });
  }
  for (const [postId, stored] of known) {
    const isPassed = passed.has(postId);
    if (empty.has(postId) && !isPassed) continue;
    readInto(change, stored.id, stored);
    decideIn(world, change, stored.id, { type: 'withdraw', reason: isPassed ? 'passed' : 'filled' });
  }
  const audited: LedgerEvent = { at: now, event: 'RosterAudited', data: { posts: world.directory.roster.posts.length, gaps: gaps.length } };
  const { writes, events, notices } = toTransition(change);
  return { events: [audited, ...events], writes, notices };
};
