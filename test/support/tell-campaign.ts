import { organisationEvents, rosterEvents } from '../../src/app/contact/campaign-events.ts';
import type { LedgerEvent } from '../../src/domain/ledger/event.ts';
import { emptyOrganisation } from '../../src/domain/organisation/organisation.ts';
import { emptyRoster } from '../../src/domain/roster/roster.ts';
import type { Campaign } from '../../src/ports/store.ts';

type Kept = Omit<Campaign, 'version'>;

/** What `before` does not hold just so. */
const changed = <T>(after: readonly T[], before: readonly T[]): readonly T[] => {
  const known = new Set(before.map((one) => JSON.stringify(one)));
  return after.filter((one) => !known.has(JSON.stringify(one)));
};

/**
 * The events of a campaign that a test makes up, as an import tells them. Appointments may only be added, people only
 * changed or added; each post may have one run of new shifts. A post that is given up is told by nothing.
 */
export const tellCampaign = (
  after: Kept,
  at: number,
  before: Kept = { organisation: emptyOrganisation, roster: emptyRoster },
): LedgerEvent[] => {
  const { organisation, roster } = after;
  const events: LedgerEvent[] = [];
  if (organisation.version !== before.organisation.version) {
    const people = changed(organisation.people, before.organisation.people);
    const units = changed(organisation.units, before.organisation.units);
    const groups = changed(organisation.groups, before.organisation.groups);
    const opened = changed(organisation.appointments, before.organisation.appointments);
    events.push(...organisationEvents({ people, units, groups, opened, closed: [] }, organisation.version, at));
  }
  if (roster.version !== before.roster.version) {
    const posts = changed(roster.posts, before.roster.posts);
    const shifts = changed(roster.shifts, before.roster.shifts);
    const replaced = changed(before.roster.shifts, roster.shifts);
    events.push(...rosterEvents({ posts, shifts, replaced }, roster.version, at));
  }
  return events;
};
