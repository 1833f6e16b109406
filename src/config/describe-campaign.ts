import type { Band, ContactPolicy } from '../domain/contact/contact-policy.ts';
import { weekdays } from './figure-rules.ts';
import type { CampaignSettings, ShiftHours } from '../domain/campaign.ts';
import type { CampaignWords } from '../domain/campaign-record/campaign-record.ts';
import { type LimitLevel, limitLevels } from '../domain/items/item.ts';
import type { Json } from '../domain/ledger/event.ts';

/** A campaign in the words of its file again, with everything said that the file leaves out. */

const two = (value: number): string => String(value).padStart(2, '0');
const timeOf = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
const hoursOf = ({ fromMinute, toMinute }: ShiftHours): Json => ({ from: timeOf(fromMinute), to: timeOf(toMinute) });

/** In the largest unit that it is a whole number of; hours of more than two days stay hours only where they are no days. */
export const durationOf = (ms: number): string => {
  const [days, hours, minutes] = [ms / 86_400_000, ms / 3_600_000, ms / 60_000];
  if (ms > 0 && Number.isInteger(days) && days > 2) return `P${days}D`;
  if (ms > 0 && Number.isInteger(hours)) return `PT${hours}H`;
  if (ms > 0 && Number.isInteger(minutes)) return `PT${minutes}M`;
  return `PT${ms / 1_000}S`;
};

const bandOf = ({ name, fromMinute, toMinute, fixedMinutes, random, answerWindowMs, silenceLimitMs }: Band): Json => ({
  name,
  from: timeOf(fromMinute),
  to: timeOf(toMinute),
  fixed: fixedMinutes.map(timeOf),
  random,
  answerWindow: durationOf(answerWindowMs),
  silenceLimit: durationOf(silenceLimitMs),
});

const checksOf = ({ bands, quietAfterPresenceMs, proof }: ContactPolicy): Json => ({
  bands: bands.map(bandOf),
  quietAfterPresence: durationOf(quietAfterPresenceMs),
  proof,
});

/** As the clock on the campaign's wall shows it. */
const momentIn = (zone: string, at: number): string => {
  const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime();
  return wall.toString({ smallestUnit: wall.second === 0 ? 'minute' : 'second' });
};

const phasesOf = ({ phases, timeZone }: CampaignSettings): Json =>
  phases.map(({ phase, fromAt, toAt, unit }) => ({
    phase,
    from: momentIn(timeZone, fromAt),
    ...(toAt === undefined ? {} : { to: momentIn(timeZone, toAt) }),
    ...(unit === undefined ? {} : { unit }),
  }));

/** Without any the settings have one of their own, which follows the campaign's beginning and end. */
const namesPhases = ({ phases }: CampaignWords): boolean => Array.isArray(phases) && phases.length > 0;

const chainOf = ({ chainDays }: CampaignSettings): Json =>
  Object.fromEntries(limitLevels.map((level: LimitLevel) => [level, chainDays[level] ?? null]));

const aheadOf = ({ ahead: { reminders, test } }: CampaignSettings): CampaignWords => ({
  shiftReminders: reminders.map(durationOf),
  reachTest:
    test === undefined
      ? null
      : { ahead: durationOf(test.aheadMs), answerBefore: durationOf(test.answerBeforeMs), again: durationOf(test.againMs) },
});

const usualAppealMs = 24 * 3_600_000;

const reportsOf = ({ reports }: CampaignSettings): Json =>
  reports === undefined
    ? null
    : {
        daily: reports.dailyMinute === undefined ? null : timeOf(reports.dailyMinute),
        weekly: reports.weekly === undefined ? null : { day: weekdays[reports.weekly.weekday - 1]!, at: timeOf(reports.weekly.minute) },
        campaign: reports.hasCampaign,
        within: durationOf(reports.withinMs),
      };

/** `words`: what the settings were read from; members that the form takes as they are (ladders, kinds) come from there. */
export const describeCampaign = (words: CampaignWords, settings: CampaignSettings): CampaignWords => {
  const { timeZone, handover, limits, consent, massFailure } = settings;
  return {
    ...words,
    name: settings.name,
    bureau: settings.bureau,
    timeZone,
    from: momentIn(timeZone, settings.fromAt),
    to: momentIn(timeZone, settings.toAt),
    shiftHours: hoursOf(settings.shiftHours),
    minimumHeadcount: settings.minimumHeadcount,
    checks: { posts: checksOf(settings.posts), onSite: checksOf(settings.onSite), standing: checksOf(settings.standing) },
    quietHours: hoursOf({ ...settings.quietHours }),
    workingHours: hoursOf(settings.workingHours),
    digestAt: settings.digestMinutes.map(timeOf),
    bundleWindow: durationOf(settings.bundleWindowMs),
    massFailure: { ...massFailure },
    phases: namesPhases(words) ? phasesOf(settings) : [],
    ...(settings.readiness === undefined
      ? {}
      : {
          readiness: {
            by: momentIn(timeZone, settings.readiness.dueAt),
            ahead: durationOf(settings.readiness.dueAt - settings.readiness.fromAt),
          },
        }),
    reports: reportsOf(settings),
    appeals: { within: durationOf(settings.appealWithinMs ?? usualAppealMs) },
    handover: {
      isRequired: handover.isRequired,
      lead: durationOf(handover.leadMs),
      window: durationOf(handover.windowMs),
      acceptance: handover.acceptance ?? 'one',
    },
    limits: { consecutiveShifts: limits.consecutiveShifts, rest: durationOf(limits.restMs) },
    consent: { ...consent },
    rosterChanges: settings.rosterChanges,
    ...aheadOf(settings),
    chainDays: chainOf(settings),
    holidays: [...settings.holidays],
    makeUpWorkdays: [...settings.makeUpWorkdays],
    auditors: [...(settings.auditors ?? [])],
    kinds: words['kinds'] ?? [],
    policies: words['policies'] ?? [],
    phasePolicies: words['phasePolicies'] ?? {},
  };
};
