import { saysNothingNew, withoutPutOff, type CampaignPhase, type PhaseSpan } from '../../../domain/items/phase.ts';
import type { Calendar } from '../../../ports/store.ts';
import { applyAll, planNext, put, watchIn, type Change } from '../../change.ts';
import { calendarId, watchIdOf, type World } from '../../world.ts';
import { readAll } from '../change-item.ts';

export type PhaseNews = {
  readonly phase: CampaignPhase;
  readonly unitId?: string;
  readonly fromAt: number;
  readonly toAt?: number;
  readonly by: { readonly personId: string; readonly channel: string };
};

/** Announcements that are kept at most; the oldest are over long before. */
const mostKept = 200;

/**
 * A phase begins: kept, and the posts it is about are asked by its rules from then on. Announced again just as it is,
 * it changes nothing; put off before it has begun, the later date takes the place of the earlier.
 */
export const announcePhase = async (world: World, change: Change, news: PhaseNews): Promise<void> => {
  const { by, ...said } = news;
  const { phase, unitId, fromAt, toAt } = said;
  await readAll(world, change, [calendarId]);
  const read = change.entries.get(calendarId)?.aggregate;
  const calendar: Calendar = read?.type === 'calendar' ? read.state : { throughAt: change.now - 1, seeds: {} };
  const span: PhaseSpan = said;
  const kept = calendar.phases ?? [];
  if (saysNothingNew(kept, span, change.now)) return;
  const phases = [...withoutPutOff(kept, span, change.now), span].slice(-mostKept);
  put(change, calendarId, { type: 'calendar', state: { ...calendar, phases } }, null);
  const data = { phase, fromAt, ...(unitId === undefined ? {} : { unitId }), ...(toAt === undefined ? {} : { toAt }) };
  change.events.push({ at: change.now, event: 'PhaseAnnounced', actor: by.personId, channel: by.channel, data });
  await moveWatches(world, change, phases, unitId);
};

/** Only forward: a closer watch begins at once, a looser one with each post's next check. */
const moveWatches = async (world: World, change: Change, phases: readonly PhaseSpan[], unitId: string | undefined): Promise<void> => {
  const posts = world.directory.roster.posts.filter((post) => unitId === undefined || post.unitId === unitId);
  await readAll(
    world,
    change,
    posts.map(({ id }) => watchIdOf(id)),
  );
  const announced: World = { ...world, calendar: { ...(world.calendar ?? { throughAt: change.now, seeds: {} }), phases } };
  for (const { id } of posts) {
    const watch = watchIn(change, id);
    if (!watch || watch.openObligationId !== null) continue;
    const plan = planNext(announced, watch, change.now);
    if (!plan || (watch.nextCheckAt !== null && plan.at >= watch.nextCheckAt)) continue;
    applyAll(announced, change, [{ at: change.now, event: 'WatchMoved', data: { subject: id, cause: plan.cause, nextCheckAt: plan.at } }]);
  }
};
