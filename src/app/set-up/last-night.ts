import type { CampaignSettings } from '../../domain/campaign.ts';
import { instantOf, localDay, minuteOfDay } from '../../domain/local-time.ts';
import type { Period } from '../../domain/what-if/gather-stories.ts';

type Clocked = Pick<CampaignSettings, 'quietHours' | 'timeZone'>;

/** From some time before the night until some time after it: a question of the evening may climb into it. */
const aroundMs = 3_600_000;
const halfDayMs = 12 * 3_600_000;

/** The newest night that has begun: from an hour before the quiet hours to an hour after them, or until now. */
export const lastNight = ({ quietHours, timeZone }: Clocked, now: number): Period => {
  const { fromMinute, toMinute } = quietHours;
  const beginsOn = (date: string): number => instantOf(timeZone, date, fromMinute);
  const today = localDay(timeZone, now);
  const before = localDay(timeZone, today.startAt - 1);
  const day = beginsOn(today.date) <= now ? today : before;
  const endDate = toMinute > fromMinute ? day.date : localDay(timeZone, day.endAt).date;
  const fromAt = beginsOn(day.date) - aroundMs;
  return { fromAt, toAt: Math.min(now, instantOf(timeZone, endDate, toMinute) + aroundMs) };
};

/** Names the night that an instant belongs to by its evening; undefined by day. */
export const nightOf =
  ({ quietHours, timeZone }: Clocked) =>
  (at: number): string | undefined => {
    const { fromMinute, toMinute } = quietHours;
    const minute = minuteOfDay(timeZone, at);
    const isNight = fromMinute <= toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute;
    return isNight ? localDay(timeZone, at - halfDayMs).date : undefined;
  };
