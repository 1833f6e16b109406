import type { CampaignSettings } from '../domain/campaign.ts';
import { isUnreached, nobodyPaused, type Reach } from '../domain/contact/reach.ts';
import type { Draw } from '../domain/contact/schedule.ts';
import type { Context } from '../domain/escalation/fire.ts';
import { checkPolicy, type Policy } from '../domain/escalation/policy.ts';
import { advanceBook, heldOf, type HandoverBook, type HandoverRules } from '../domain/handover/advance.ts';
import { minuteOfDay } from '../domain/local-time.ts';
import { buildDirectory, type Directory } from '../domain/organisation/directory.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { Calendar, Store, Stored } from '../ports/store.ts';

/** What the use cases stand on. One for each service instance; `directory` and `calendar` are its last look at them. */
export type World = {
  readonly store: Store;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly log: Log;
  readonly settings: CampaignSettings;
  /** Whether some channel can ring a phone. */
  readonly hasVoice: boolean;
  /** Whether some channel sends short messages; taken for granted unless it is denied. */
  readonly hasSms?: boolean;
  /** How long what is due is lent to one instance, campaign ms. */
  /** From here on a message is called late, campaign ms: a fast clock makes minutes of what nobody notices. */
  readonly lateFromMs?: number;
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

/** What waits to be handed over. */
export type Handovers = {
  /** Of the book in the store; 0 where there is none. */
  readonly version: number;
  readonly book: HandoverBook | undefined;
  /** Looked at, and nothing changes by itself before this instant. */
  readonly untilAt: number;
};

const noHandovers: Handovers = { version: 0, book: undefined, untilAt: Number.NEGATIVE_INFINITY };

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

/** Who really stands what from now on, as the book that was read and the roster have it together. */
export const takeInHandovers = (world: World, stored: Stored | undefined, now: number): void => {
  const book = stored?.aggregate.type === 'handovers' ? stored.aggregate.state : undefined;
  const rules = handoverRulesOf(world);
  world.handovers = { version: stored?.version ?? 0, book, untilAt: Number.NEGATIVE_INFINITY };
  if (!needsHandovers(world)) {
    world.directory = world.byRoster;
    return;
  }
  world.directory = holdOn(world.byRoster, book, now, rules);
};

/** The directory with whoever stays because nobody has accepted. */
export const holdOn = (byRoster: Directory, book: HandoverBook | undefined, now: number, rules: HandoverRules): Directory => {
  const held = heldOf(advanceBook(book, byRoster, now, rules));
  return held.size === 0 ? byRoster : { ...byRoster, held };
};

/** What waits to be handed over, looked at anew. */
export const refreshHandovers = async (world: World): Promise<void> =>
  takeInHandovers(world, (await world.store.load([handoversId]))[0], world.clock.now());

/** Looks whether organisation, roster, calendar, paused channels or handovers have moved on, and takes them in where they have. */
export const refreshWorld = async (world: World): Promise<void> => {
  if ((await world.store.campaignVersion()) !== world.campaignVersion) {
    const campaign = await world.store.loadCampaign();
    if (campaign.version !== world.campaignVersion) {
      world.byRoster = buildDirectory(campaign.organisation, campaign.roster);
      world.directory = world.byRoster;
      world.campaignVersion = campaign.version;
    }
  }
  const [stored, reach, handovers] = await world.store.load([calendarId, reachId, handoversId]);
  if (stored?.aggregate.type === 'calendar') world.calendar = stored.aggregate.state;
  if (reach?.aggregate.type === 'reach') world.reach = reach.aggregate.state;
  takeInHandovers(world, handovers, world.clock.now());
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
  isUnreached: (personId) => isUnreached(world.reach, personId),
});

/** Draws from the sealed seeds; nothing for a day whose seed is not sealed yet. */
export const drawOf =
  (world: World): Draw =>
  (date, label) => {
    const seed = world.calendar?.seeds[date];
    return seed === undefined ? undefined : world.secrets.draw(seed, label);
  };
  ...(world.lateFromMs === undefined ? {} : { lateFromMs: world.lateFromMs }),
