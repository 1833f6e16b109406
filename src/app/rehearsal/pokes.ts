import type { CampaignSettings } from '../../domain/campaign.ts';
import { instantOf, localDay } from '../../domain/local-time.ts';

/** Times of day at which the calendar has something to do, in minutes. */
export const fixedMinutesOf = ({ posts, standing, onSite, digestMinutes }: CampaignSettings): readonly number[] => {
  const bands = [posts, standing, onSite].flatMap((policy) => policy.bands);
  return [...new Set([...digestMinutes, ...bands.flatMap(({ fixedMinutes }) => fixedMinutes)])].toSorted((a, b) => a - b);
};

/** The first instant after `now` that is one of these local minutes; infinity where there is none today, for midnight comes anyway. */
export const nextLocalMinute = (timeZone: string, minutes: readonly number[], now: number): number => {
  const { date } = localDay(timeZone, now);
  for (const minute of minutes) {
    const at = instantOf(timeZone, date, minute);
    if (at > now) return at;
  }
  return Number.POSITIVE_INFINITY;
};
