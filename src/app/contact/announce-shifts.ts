import type { Notice } from '../../domain/escalation/notice.ts';
import { officeGroup } from '../../domain/escalation/resolve.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import { nextChangeAt } from '../../domain/handover/look.ts';
import { holdersAt, type Directory } from '../../domain/organisation/directory.ts';
import { changedPosts, dutyListAt, type DutyList } from '../../domain/roster/duty-list.ts';
import { rosterTextsFor } from '../../messages/roster-texts.ts';
import type { Calendar } from '../../ports/store.ts';
import { nameOf } from '../acts/speaker.ts';
import { contextOf, isInForce, type World } from '../world.ts';

/** Of more posts than these no group wants to hear one by one: they are on the wall. */
const mostPosts = 2_000;
/** Lines of one announcement; how many more there are is said in a figure. */
const mostLines = 20;

/** Since when this process has seen a change that nobody has been told of. */
const seenAt = new WeakMap<World, number>();

/** Until when everybody stands as was announced, as long as nobody takes over and the roster stays as it is. */
const stillUntil = new WeakMap<World, { readonly directory: Directory; readonly announced: DutyList; readonly untilAt: number }>();

const holdersText = (world: World, postId: string, now: number): string => {
  const words = rosterTextsFor(undefined);
  const texts = holdersAt(world.directory, postId, now).map(({ role, personId }) => `${words.roles[role]} ${nameOf(world, personId)}`);
  return texts.length === 0 ? words.nobody : texts.join(words.holderSeparator);
};

const noticeOf = (world: World, changed: readonly string[], now: number): Notice => {
  const lines = changed.slice(0, mostLines).map((postId) =>
    rosterTextsFor(undefined)
      .row.replace('{post}', nameOf(world, postId))
      .replace('{holders}', holdersText(world, postId, now)),
  );
  const rest = changed.length - lines.length;
  return {
    to: officeGroup,
    via: 'card',
    template: 'group.shift',
    params: { count: changed.length, lines, ...(rest > 0 ? { rest } : {}) },
  };
};

export type ShiftNews = { readonly announced: DutyList; readonly events: readonly LedgerEvent[]; readonly notices: readonly Notice[] };

/**
 * Tells the group who stands where, after a change of shift or of the roster. What changes within the bundle window is
 * one announcement; so is everything that changed while the group was to be left in peace or the service was away:
 * it is compared with what was announced last, not with the moment before. Undefined where there is nothing to do.
 */
export const announceShifts = (world: World, { announced }: Pick<Calendar, 'announced'>, now: number): ShiftNews | undefined => {
  const { settings, directory } = world;
  const count = directory.roster.posts.length;
  if (count === 0 || count > mostPosts || !isInForce(settings, now)) return undefined;
  const still = stillUntil.get(world);
  if (still?.directory === directory && still.announced === announced && now < still.untilAt) return undefined;
  const duty = dutyListAt(directory, now);
  // Whoever stands there when the service first looks is no news.
  if (announced === undefined) return { announced: duty, events: [], notices: [] };
  const changed = changedPosts(announced, duty);
  if (changed.length === 0) {
    seenAt.delete(world);
    stillUntil.set(world, { directory, announced, untilAt: nextChangeAt(directory, now) });
    return undefined;
  }
  const since = seenAt.get(world) ?? now;
  seenAt.set(world, since);
  if (contextOf(world).isQuiet(now) || now - since < settings.bundleWindowMs) return undefined;
  const posts = changed.map((postId) => [postId, duty[postId]!.split(' ').filter(Boolean)] as const);
  return {
    announced: duty,
    events: [{ at: now, event: 'ShiftsAnnounced', data: { posts } }],
    notices: [noticeOf(world, changed, now)],
  };
};
