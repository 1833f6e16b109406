import type { CampaignSettings } from '../domain/campaign.ts';
import type { CampaignWords } from '../domain/campaign-record/campaign-record.ts';
import { isUnreached, nobodyPaused, type Reach } from '../domain/contact/reach.ts';
import type { Draw } from '../domain/contact/schedule.ts';
import type { Context } from '../domain/escalation/fire.ts';
import { checkPolicy, type Policy } from '../domain/escalation/policy.ts';
import { advanceBook, heldOf, type HandoverBook, type HandoverRules } from '../domain/handover/advance.ts';
import type { Handover } from '../domain/handover/handover.ts';
import { minuteOfDay } from '../domain/local-time.ts';
import { buildDirectory, type Directory } from '../domain/organisation/directory.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { Calendar, Store, Stored } from '../ports/store.ts';
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

/** What waits to be handed over, and how it was read. */
export type Handovers = {
  /** Undefined where there is none. */
  readonly book: HandoverBook | undefined;
  /** The book as it is kept. */
  readonly stored: Stored | undefined;
  /** What waits, by post. */
  readonly waiting: ReadonlyMap<string, Stored>;
  /** Looked at, and nothing changes by itself before this instant. */
  readonly untilAt: number;
};

const noHandovers: Handovers = { book: undefined, stored: undefined, waiting: new Map(), untilAt: Number.NEGATIVE_INFINITY };

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
/** The id of the book of handovers, of which there is one. */
export const handoversId = 'h';
/** The id of the list of requests for leave, swaps and covers, of which there is one. */
export const requestsId = 'q';
export const watchIdOf = (subject: string): string => `w${subject}`;
export const dialogueIdOf = (personId: string): string => `d${personId}`;

/** Of more posts than these nobody is asked to hand over: the book is one, and is written with every acceptance. */
const mostPosts = 2_000;

export const needsHandovers = ({ settings, byRoster }: World): boolean =>
  settings.handover.isRequired && byRoster.roster.posts.length > 0 && byRoster.roster.posts.length <= mostPosts;

export const handoverRulesOf = ({ settings }: Pick<World, 'settings'>): HandoverRules => ({
  leadMs: settings.handover.leadMs,
  fromAt: settings.fromAt,
  toAt: settings.toAt,
});

const readHandovers = async ({ store }: Pick<World, 'store'>, stored: Stored | undefined): Promise<Omit<Handovers, 'untilAt'>> => {
  if (stored?.aggregate.type !== 'handovers') return { book: undefined, stored, waiting: new Map() };
  const { pending: ids, ...kept } = stored.aggregate.state;
  const posts = Object.keys(ids);
  const found = posts.length === 0 ? [] : await store.load(Object.values(ids));
  const waiting = new Map<string, Stored>();
  const pending: Record<string, Handover> = {};
  for (const [index, postId] of posts.entries()) {
    const one = found[index];
    if (one?.aggregate.type !== 'handover') continue;
    waiting.set(postId, one);
    pending[postId] = one.aggregate.state;
  }
  return { book: { ...kept, pending }, stored, waiting };
};

/** Who really stands what from now on, as the book that was read and the roster have it together. */
const takeInHandovers = async (world: World, stored: Stored | undefined, now: number): Promise<void> => {
  const read = await readHandovers(world, stored);
  world.handovers = { ...read, untilAt: Number.NEGATIVE_INFINITY };
  world.directory = needsHandovers(world) ? holdOn(world.byRoster, read.book, now, handoverRulesOf(world)) : world.byRoster;
};

/** The directory with whoever stays because nobody has accepted. */
const holdOn = (byRoster: Directory, book: HandoverBook | undefined, now: number, rules: HandoverRules): Directory => {
  const held = heldOf(advanceBook(book, byRoster, now, rules));
  return held.size === 0 ? byRoster : { ...byRoster, held };
};

/** What waits to be handed over, looked at anew, at this instant. */
export const refreshHandovers = async (world: World, now = world.clock.now()): Promise<void> =>
  takeInHandovers(world, (await world.store.load([handoversId]))[0], now);

/** The same for whoever has no world to keep. */
export const directoryNow = async (
  { store, settings }: Pick<World, 'store' | 'settings'>,
  byRoster: Directory,
  now: number,
): Promise<Directory> => {
  const { book } = await readHandovers({ store }, (await store.load([handoversId]))[0]);
  return book === undefined || !settings.handover.isRequired ? byRoster : holdOn(byRoster, book, now, handoverRulesOf({ settings }));
};

/** Looks whether organisation, roster, calendar, paused channels or handovers have moved on, and takes them in where they have. */
export const refreshWorld = async (world: World): Promise<void> => {
  if ((await world.store.campaignVersion()) !== world.campaignVersion) {
    const campaign = await world.store.loadCampaign();
    if (campaign.version !== world.campaignVersion) {
      world.byRoster = buildDirectory(campaign.organisation, campaign.roster);
      world.directory = world.byRoster;
      await takeInCampaign(world);
      world.campaignVersion = campaign.version;
    }
  }
  const [stored, reach, handovers] = await world.store.load([calendarId, reachId, handoversId]);
  if (stored?.aggregate.type === 'calendar') world.calendar = stored.aggregate.state;
  if (reach?.aggregate.type === 'reach') world.reach = reach.aggregate.state;
  await takeInHandovers(world, handovers, world.clock.now());
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
