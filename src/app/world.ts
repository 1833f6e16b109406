import type { CampaignSettings } from '../domain/campaign.ts';
import { isUnreached, nobodyPaused, type Reach } from '../domain/contact/reach.ts';
import type { Draw } from '../domain/contact/schedule.ts';
import type { Context } from '../domain/escalation/fire.ts';
import { checkPolicy, type Policy } from '../domain/escalation/policy.ts';
import { minuteOfDay } from '../domain/local-time.ts';
import { buildDirectory, type Directory } from '../domain/organisation/directory.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { Calendar, Store } from '../ports/store.ts';

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
  readonly leaseMs: number;
  directory: Directory;
  campaignVersion: number;
  calendar: Calendar | undefined;
  /** Who has stopped a channel for themselves. */
  reach: Reach;
};

export const createWorld = (parts: Omit<World, 'directory' | 'campaignVersion' | 'calendar' | 'reach'>): World => ({
  ...parts,
  directory: buildDirectory({ version: 0, people: [], units: [], groups: [], appointments: [] }, { version: 0, posts: [], shifts: [] }),
  campaignVersion: -1,
  calendar: undefined,
  reach: nobodyPaused,
});

/** The id of the calendar, of which there is one. */
export const calendarId = 'k';
/** The id of what is kept of paused channels, of which there is one: few people ever stop one. */
export const reachId = 'n';
export const watchIdOf = (subject: string): string => `w${subject}`;
export const dialogueIdOf = (personId: string): string => `d${personId}`;

/** Looks whether organisation, roster, calendar or paused channels have moved on, and takes them in where they have. */
export const refreshWorld = async (world: World): Promise<void> => {
  if ((await world.store.campaignVersion()) !== world.campaignVersion) {
    const campaign = await world.store.loadCampaign();
    if (campaign.version !== world.campaignVersion) {
      world.directory = buildDirectory(campaign.organisation, campaign.roster);
      world.campaignVersion = campaign.version;
    }
  }
  const [stored, reach] = await world.store.load([calendarId, reachId]);
  if (stored?.aggregate.type === 'calendar') world.calendar = stored.aggregate.state;
  if (reach?.aggregate.type === 'reach') world.reach = reach.aggregate.state;
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
