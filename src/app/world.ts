import type { CampaignSettings } from '../domain/campaign.ts';
import type { CampaignWords } from '../domain/campaign-record/campaign-record.ts';
import { isUnreached, nobodyPaused, type Reach } from '../domain/contact/reach.ts';
import type { Draw } from '../domain/contact/schedule.ts';
import type { Context } from '../domain/escalation/fire.ts';
import { checkPolicy, type Policy } from '../domain/escalation/policy.ts';
import type { HandoverRules } from '../domain/handover/advance.ts';
import { minuteOfDay } from '../domain/local-time.ts';
import { buildDirectory, type Directory } from '../domain/organisation/directory.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { Calendar, Store } from '../ports/store.ts';
import { inTurn } from './handover/in-turn.ts';
import { lookAt, noHandovers, readOn, type Handovers } from './handover/waiting.ts';
import { takeInCampaign } from './set-up/take-in-campaign.ts';

/** What the use cases stand on. One for each service instance; `directory` and `calendar` are its last look at them. */
export type World = {
  readonly store: Store;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly log: Log;
  /** The campaign as it counts now: the same object all the time, so that whoever holds it has what counts. */
  readonly settings: CampaignSettings;
  /** Reads the campaign of record; without it, what the page may have changed is not looked at. Throws where its words are at fault. */
  readonly readCampaign?: (words: CampaignWords) => CampaignSettings;
  /** Whether some channel can ring a phone. */
  readonly hasVoice: boolean;
  /** Whether some channel sends short messages; taken for granted unless it is denied. */
  readonly hasSms?: boolean;
  /** From here on a message is called late, campaign ms: a fast clock makes minutes of what nobody notices. */
  readonly lateFromMs?: number;
  /** How long what is due is lent to one instance, campaign ms. */
  readonly leaseMs: number;
  /** Who really stands what: with whoever stays because nobody has accepted. */
  directory: Directory;
  /** The same as the roster alone has it. */
  byRoster: Directory;
  /** As they were last read. */
  handovers: Handovers;
  campaignVersion: number;
  calendar: Calendar | undefined;
  /** Who has stopped a channel for themselves. */
  reach: Reach;
};

const nobody = buildDirectory({ version: 0, people: [], units: [], groups: [], appointments: [] }, { version: 0, posts: [], shifts: [] });

export const createWorld = (
  parts: Omit<World, 'directory' | 'byRoster' | 'handovers' | 'campaignVersion' | 'calendar' | 'reach'>,
): World => ({
  ...parts,
  directory: nobody,
  byRoster: nobody,
  handovers: noHandovers,
  campaignVersion: -1,
  calendar: undefined,
  reach: nobodyPaused,
});

/** The id of the calendar, of which there is one. */
export const calendarId = 'k';
/** The id of what is kept of paused channels, of which there is one: few people ever stop one. */
export const reachId = 'n';
/** The id of the list of requests for leave, swaps and covers, of which there is one. */
export const requestsId = 'q';
export const watchIdOf = (subject: string): string => `w${subject}`;
export const dialogueIdOf = (personId: string): string => `d${personId}`;

/** Of more posts than these nobody is asked to hand over: the book of who stands what is one. */
const mostPosts = 10_000;

export const needsHandovers = ({ settings, byRoster }: Pick<World, 'settings' | 'byRoster'>): boolean =>
  settings.handover.isRequired && byRoster.roster.posts.length > 0 && byRoster.roster.posts.length <= mostPosts;

export const handoverRulesOf = ({ settings }: Pick<World, 'settings'>): HandoverRules => ({
  leadMs: settings.handover.leadMs,
  fromAt: settings.fromAt,
  toAt: settings.toAt,
});

/** Theirs is the post too where no list names them on it any more. */
const postsHeld = ({ postsOf }: Directory, held: Directory['held']): Directory['postsOf'] => {
  const unlisted = [...held].flatMap(([postId, { holders }]) =>
    holders.flatMap(({ personId }) => (postsOf.get(personId)?.includes(postId) ? [] : [{ personId, postId }])),
  );
  if (unlisted.length === 0) return postsOf;
  const all = new Map(postsOf);
  for (const { personId, postId } of unlisted) all.set(personId, [...(all.get(personId) ?? []), postId]);
  return all;
};

/** The directory with whoever stays because nobody has accepted. */
const heldOn = (byRoster: Directory, held: Directory['held']): Directory =>
  held.size === 0 ? byRoster : { ...byRoster, held, postsOf: postsHeld(byRoster, held) };

/** Who really stands what from now on, as what was read and the roster have it together. */
const takeInHandovers = (world: World, read: Awaited<ReturnType<typeof readOn>>): void => {
  if (!needsHandovers(world)) {
    world.handovers = read.handovers;
    world.directory = world.byRoster;
    return;
  }
  const before = world.handovers.look;
  const seen = lookAt(read, world.byRoster, world.clock.now(), handoverRulesOf(world));
  world.handovers = seen;
  const { held } = seen.look.found;
  // The same as long as it says the same: much is kept by it.
  if (before?.directory !== world.byRoster || before.found.held !== held) world.directory = heldOn(world.byRoster, held);
};

const doubted = new WeakSet<World>();

const readInTurn = new WeakMap<World, () => Promise<void>>();

const readHandovers = async (world: World): Promise<void> => {
  const known = doubted.delete(world) ? { ...world.handovers, mark: undefined } : world.handovers;
  takeInHandovers(world, await readOn(world.store, known, world.clock.now()));
};

/** What waits to be handed over, looked at anew: what has moved since the last look, or all of it where that is doubted. */
export const refreshHandovers = async (world: World, isDoubted = false): Promise<void> => {
  if (isDoubted) doubted.add(world);
  const read = readInTurn.get(world) ?? inTurn(() => readHandovers(world));
  readInTurn.set(world, read);
  await read();
};

/** The same for whoever has no world to keep. */
export const directoryNow = async (
  { store, settings }: Pick<World, 'store' | 'settings'>,
  byRoster: Directory,
  now: number,
): Promise<Directory> => {
  if (!needsHandovers({ settings, byRoster })) return byRoster;
  const read = await readOn(store, noHandovers, now);
  if (read.handovers.stored === undefined) return byRoster;
  return heldOn(byRoster, lookAt(read, byRoster, now, handoverRulesOf({ settings })).look.found.held);
};

/**
 * Looks whether organisation, roster, calendar, paused channels or handovers have moved on, and takes them in where they
 * have. `isDoubted`: something was decided on what is not so any more, though none of it was known to have moved.
 */
export const refreshWorld = async (world: World, isDoubted = false): Promise<void> => {
  const before = world.campaignVersion;
  if ((await world.store.campaignVersion()) !== world.campaignVersion) {
    const campaign = await world.store.loadCampaign();
    if (campaign.version !== world.campaignVersion) {
      world.byRoster = buildDirectory(campaign.organisation, campaign.roster);
      world.directory = world.byRoster;
      await takeInCampaign(world);
      world.campaignVersion = campaign.version;
    }
  }
  const [stored, reach] = await world.store.load([calendarId, reachId]);
  if (stored?.aggregate.type === 'calendar') world.calendar = stored.aggregate.state;
  if (reach?.aggregate.type === 'reach') world.reach = reach.aggregate.state;
  await refreshHandovers(world, isDoubted && world.campaignVersion === before);
};

export const isInForce = (settings: CampaignSettings, at: number): boolean => settings.fromAt <= at && at < settings.toAt;

const isQuietAt = (settings: CampaignSettings, at: number): boolean => {
  const { fromMinute, toMinute } = settings.quietHours;
  const minute = minuteOfDay(settings.timeZone, at);
  return fromMinute <= toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute;
};

/** An obligation whose policy was taken out of the campaign goes on under the one for checks. */
const policyOf = (settings: CampaignSettings, name: string): Policy => settings.policies[name] ?? checkPolicy;

export type AppContext = Context & { readonly hasVoice: boolean };

export const contextOf = (world: World, isMassFailure = false): AppContext => ({
  directory: world.directory,
  policyOf: (name) => policyOf(world.settings, name),
  isQuiet: (at) => isQuietAt(world.settings, at),
  isMassFailure,
  hasVoice: world.hasVoice,
  hasSms: world.hasSms ?? true,
  ...(world.lateFromMs === undefined ? {} : { lateFromMs: world.lateFromMs }),
  isUnreached: (personId) => isUnreached(world.reach, personId),
});

/** Draws from the sealed seeds; nothing for a day whose seed is not sealed yet. */
export const drawOf =
  (world: World): Draw =>
  (date, label) => {
    const seed = world.calendar?.seeds[date];
    return seed === undefined ? undefined : world.secrets.draw(seed, label);
  };
