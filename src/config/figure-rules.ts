import { z } from 'zod';
import type { CampaignSettings } from '../domain/campaign.ts';
import { durationMs, minuteOfDay } from './fields.ts';

/** Monday is the first. */
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** When reports are drafted by themselves; a `null` drafts none. */
export const reportTimes = z
  .strictObject({
    daily: minuteOfDay.nullable().prefault('17:00'),
    weekly: z
      .strictObject({ day: z.enum(weekdays).default('friday'), at: minuteOfDay.prefault('16:30') })
      .nullable()
      .prefault({}),
    campaign: z.boolean().default(true),
    within: durationMs({ from: 60_000, example: 'PT1H' }).prefault('PT1H'),
  })
  .transform(({ daily, weekly, campaign, within }): NonNullable<CampaignSettings['reports']> => ({
    ...(daily === null ? {} : { dailyMinute: daily }),
    ...(weekly === null ? {} : { weekly: { weekday: weekdays.indexOf(weekly.day) + 1, minute: weekly.at } }),
    hasCampaign: campaign,
    withinMs: within,
  }))
  .nullable()
  .prefault({});

/** How long the office has for a word about an appeal. */
export const appealRules = z.strictObject({ within: durationMs({ from: 60_000, example: 'PT24H' }).prefault('PT24H') }).prefault({});
