import type { CampaignSettings } from '../campaign.ts';
import { addDays, instantOf, localDay } from '../local-time.ts';
import type { Round } from './round.ts';
import { fixedTimesBetween } from './schedule.ts';

export type PlannedRound = Pick<Round, 'target' | 'where'> & { readonly at: number };

/** What the calendar asks for at one look at the clock: everything since the last look, several of a kind as one. */
export type CalendarPlan = {
  readonly rounds: readonly PlannedRound[];
  readonly digestAt?: number;
  readonly auditAt?: number;
  /** Local dates of the campaign whose seed must be sealed by now: yesterday, today and tomorrow. */
  readonly seedDates: readonly string[];
  /** Local dates whose draws are all over: their seeds are shown. */
  readonly pastDates: readonly string[];
};

/** A fixed time missed by more than this is not made up for: every watch has its own limit of silence. */
export const catchUpMs = 3_600_000;
const auditMinute = 6 * 60;
const aheadMs = 7 * 24 * 3_600_000;

const lastOf = (times: readonly number[]): number | undefined => times.at(-1);

const minutesBetween = (timeZone: string, minutes: readonly number[], afterAt: number, throughAt: number): readonly number[] => {
  const times: number[] = [];
  for (let { date } = localDay(timeZone, afterAt); instantOf(timeZone, date, 0) <= throughAt; date = addDays(date, 1)) {
    for (const minute of minutes) times.push(instantOf(timeZone, date, minute));
  }
  return times.filter((at) => at > afterAt && at <= throughAt).toSorted((one, other) => one - other);
};

/** A band that runs through midnight belongs to the date it begins on. */
const endOf = ({ timeZone, posts, standing }: CampaignSettings, date: string): number =>
  Math.max(
    ...[...posts.bands, ...standing.bands].map(({ fromMinute, toMinute }) =>
      toMinute <= fromMinute ? instantOf(timeZone, addDays(date, 1), toMinute) : 0,
    ),
    instantOf(timeZone, addDays(date, 1), 0),
  );

/** Nothing is drawn from the seed of any other day. */
const isTouched = (settings: CampaignSettings, date: string): boolean =>
  instantOf(settings.timeZone, date, 0) < settings.toAt && endOf(settings, date) > settings.fromAt;

/** When all posts are asked next by the clock; undefined where the campaign has no such time ahead within a week. */
export const nextRoundAt = ({ posts, timeZone, fromAt, toAt }: CampaignSettings, now: number): number | undefined => {
  const afterAt = Math.max(now, fromAt - 1);
  return fixedTimesBetween(posts, timeZone, afterAt, Math.min(afterAt + aheadMs, toAt - 1))[0];
};

/** Posts where the inspection team is on site have fixed times of their own; at a time of both everybody is asked in one round. */
const postRounds = (elsewhereAt: number | undefined, onSiteAt: number | undefined): readonly PlannedRound[] => {
  const target = 'posts';
  if (elsewhereAt === onSiteAt) return elsewhereAt === undefined ? [] : [{ target, at: elsewhereAt }];
  return [
    ...(elsewhereAt === undefined ? [] : [{ target, at: elsewhereAt, where: 'elsewhere' } as const]),
    ...(onSiteAt === undefined ? [] : [{ target, at: onSiteAt, where: 'onSite' } as const]),
  ];
};

/** Decides what falls between the last look (exclusive) and now (inclusive); pure. `isOnSite`: the inspection team is somewhere. */
export const planCalendar = (
  settings: CampaignSettings,
  throughAt: number,
  knownDates: readonly string[],
  now: number,
  isOnSite = false,
): CalendarPlan => {
  const { timeZone } = settings;
  const afterAt = Math.max(throughAt, now - catchUpMs, settings.fromAt - 1);
  const untilAt = Math.min(now, settings.toAt - 1);
  const today = localDay(timeZone, now).date;
  const seedDates = [addDays(today, -1), today, addDays(today, 1)].filter(
    (date) => !knownDates.includes(date) && isTouched(settings, date),
  );
  const pastDates = knownDates.filter((date) => date < addDays(today, -1));
  if (untilAt <= afterAt) return { rounds: [], seedDates, pastDates };
  const lastFixed = (of: 'posts' | 'onSite' | 'standing'): number | undefined =>
    lastOf(fixedTimesBetween(settings[of], timeZone, afterAt, untilAt));
  const postsAt = lastFixed('posts');
  const standingAt = lastFixed('standing');
  const rounds: readonly PlannedRound[] = [
    ...postRounds(postsAt, isOnSite ? lastFixed('onSite') : postsAt),
    ...(standingAt === undefined ? [] : [{ target: 'standing', at: standingAt } as const]),
  ];
  const digestAt = lastOf(minutesBetween(timeZone, settings.digestMinutes, afterAt, untilAt));
  const auditAt = lastOf(minutesBetween(timeZone, [auditMinute], afterAt, untilAt));
  return { rounds, seedDates, pastDates, ...(digestAt === undefined ? {} : { digestAt }), ...(auditAt === undefined ? {} : { auditAt }) };
};
