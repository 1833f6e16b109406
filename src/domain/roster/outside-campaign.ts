import { fault, warning } from '../organisation/finding.ts';
import type { Finding } from '../organisation/finding.ts';
import type { PlannedShift, RosterRules } from './roster-rules.ts';

const dateIn = (zone: string, at: number): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();

/**
 * Shifts that no moment of the campaign falls into, said once for each sheet at its first such date: nobody is ever asked in
 * them, and most often the year is another one. Where none lies inside, the list is not for this campaign at all.
 */
export const outsideCampaign = (planned: readonly PlannedShift[], { campaign, zone }: RosterRules): readonly Finding[] => {
  if (!campaign) return [];
  const outside = planned.filter(({ shift }) => shift.to <= campaign.fromAt || shift.from >= campaign.toAt);
  const isWhole = outside.length === planned.length;
  return [...Map.groupBy(outside, ({ day }) => day.datePlace.sheet).values()].flatMap((shifts) => {
    const [first] = shifts.toSorted((one, other) => one.shift.from - other.shift.from);
    if (!first) return [];
    const last = shifts.reduce((latest, { day }) => (day.date > latest ? day.date : latest), first.day.date);
    const params = {
      count: shifts.length,
      last,
      from: dateIn(zone, campaign.fromAt),
      // an end at midnight belongs to the day before it
      to: dateIn(zone, campaign.toAt - 1),
    };
    const details = { place: first.day.datePlace, date: first.day.date, params };
    return [isWhole ? fault('ZG_OUTSIDE_CAMPAIGN', details) : warning('ZG_PARTLY_OUTSIDE_CAMPAIGN', details)];
  });
};
