import type { LedgerEvent } from '../../domain/ledger/event.ts';
import { nextTermChange } from '../../domain/organisation/terms.ts';
import { isPostId } from '../../domain/roster/subject.ts';
import type { Stored, Transition } from '../../ports/store.ts';
import { standingContacts } from './advance-round.ts';
import { applyAll, beginChange, decideIn, planNext, readInto, toTransition } from '../change.ts';
import { refreshWorld, watchIdOf, type World } from '../world.ts';

const chunkSize = 250;

export type Synced = {
  readonly started: number;
  readonly ended: number;
  /** When somebody's appointment begins or ends next. */
  readonly untilAt: number | undefined;
};

/**
 * Everybody who must be watched has a watch, and nobody else. Called after organisation or roster have changed, and
 * when an appointment begins or ends.
 */
export const syncWatches = async (world: World): Promise<Synced> => {
  await refreshWorld(world);
  // Looked at first: whoever is appointed while this goes on is seen at once again.
  const untilAt = nextTermChange(world.directory.organisation, world.clock.now());
  const wanted = new Set([...world.directory.roster.posts.map((post) => post.id), ...standingContacts(world)]);
  const subjects = [...wanted];
  let started = 0;
  for (let from = 0; from < subjects.length; from += chunkSize) {
    started += await startWatches(world, subjects.slice(from, from + chunkSize));
  }
  return { started, ended: await endWatches(world, wanted), untilAt };
};

/** A campaign that was prolonged, or a limit that was shortened, brings forward whoever is free. */
const moveWatch = (world: World, stored: Stored, now: number): readonly Transition[] => {
  if (stored.aggregate.type !== 'watch' || stored.aggregate.state.openObligationId !== null) return [];
  const watch = stored.aggregate.state;
  const plan = planNext(world, watch, now);
  const isEarlier = plan !== undefined && (watch.nextCheckAt === null || (isPostId(watch.subject) && plan.at < watch.nextCheckAt));
  if (!isEarlier) return [];
  const change = beginChange(world, now);
  readInto(change, stored.id, stored);
  applyAll(world, change, [{ at: now, event: 'WatchMoved', data: { subject: watch.subject, cause: plan.cause, nextCheckAt: plan.at } }]);
  return [toTransition(change)];
};

const startWatches = async (world: World, subjects: readonly string[]): Promise<number> => {
  const now = world.clock.now();
  const found = await world.store.load(subjects.map(watchIdOf));
  const transitions = subjects.flatMap((subject, index): readonly Transition[] => {
    if (found[index]) return moveWatch(world, found[index], now);
    const startedAt = Math.max(now, world.settings.fromAt);
    const plan = planNext(world, { subject, startedAt, lastContactAt: null, lastPresenceAt: null }, now);
    const event: LedgerEvent = {
      at: startedAt,
      event: 'WatchStarted',
      data: { subject, cause: plan?.cause ?? 'silence', nextCheckAt: plan?.at ?? null },
    };
    const state = {
      subject,
      startedAt,
      lastContactAt: null,
      lastPresenceAt: null,
      nextCheckAt: plan?.at ?? null,
      cause: plan?.cause ?? 'silence',
      openObligationId: null,
    } as const;
    return [
      {
        writes: [{ id: watchIdOf(subject), expected: 0, aggregate: { type: 'watch', state }, dueAt: state.nextCheckAt }],
        events: [event],
        notices: [],
      },
    ];
  });
  if (transitions.length === 0) return 0;
  const results = await world.store.commit(transitions, world.campaignVersion);
  return results.filter((result) => result === 'committed').length;
};

/** Someone who need not be watched any more: an open obligation about them is withdrawn with its reason. */
const endWatches = async (world: World, wanted: ReadonlySet<string>): Promise<number> => {
  let ended = 0;
  for (let cursor: string | null = '0'; cursor !== null;) {
    const page = await world.store.scan('watch', cursor);
    cursor = page.cursor;
    for (const stored of page.items) {
      if (stored.aggregate.type !== 'watch' || wanted.has(stored.aggregate.state.subject)) continue;
      const { subject, openObligationId } = stored.aggregate.state;
      const now = world.clock.now();
      const change = beginChange(world, now);
      readInto(change, stored.id, stored);
      applyAll(world, change, [{ at: now, event: 'WatchEnded', data: { subject } }]);
      if (openObligationId !== null) {
        const [obligation] = await world.store.load([openObligationId]);
        if (obligation) readInto(change, obligation.id, obligation);
        decideIn(world, change, openObligationId, { type: 'withdraw', reason: 'notWatched' });
      }
      const [result] = await world.store.commit([toTransition(change)], world.campaignVersion);
      if (result === 'committed') ended += 1;
    }
  }
  return ended;
};
