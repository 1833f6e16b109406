import type { Json, LedgerEvent } from '../../domain/ledger/event.ts';
import type { OrganisationChanges } from '../../domain/organisation/apply-contacts.ts';
import type { Appointment } from '../../domain/organisation/organisation.ts';
import type { AppliedChange } from '../../domain/roster-change/applied-change.ts';
import type { RosterChanges } from '../../domain/roster/apply-roster.ts';
import type { Shift } from '../../domain/roster/roster.ts';

/** Entries of one kind that one event holds. */
const mostEntries = 200;

const pageOf = <T>(list: readonly T[], page: number): readonly T[] => list.slice(page * mostEntries, (page + 1) * mostEntries);

const pagesFor = (...lists: readonly (readonly unknown[])[]): number =>
  Math.max(1, ...lists.map(({ length }) => Math.ceil(length / mostEntries)));

const toAppointment = ({ role, of, personId, from, to }: Appointment): Json => [role, of, personId, from, to ?? null];

const toShift = ({ postId, from, to, holders }: Shift): Json => [postId, from, to, holders.map(({ role, personId }) => [role, personId])];

const asJson = (list: readonly object[]): readonly Json[] => list.map((one) => ({ ...one }));

/** What an import did to the organisation, whole: enough to follow it, with names and numbers kept apart. */
export const organisationEvents = (changes: OrganisationChanges, version: number, at: number): readonly LedgerEvent[] => {
  const { people, units, groups, opened, closed } = changes;
  const pages = pagesFor(people, units, groups, opened, closed);
  return Array.from({ length: pages }, (_, page) => ({
    at,
    event: 'OrganisationChanged' as const,
    data: {
      version,
      part: page + 1,
      parts: pages,
      people: pageOf(people, page).map(({ id }) => id),
      units: pageOf(units, page).map(({ id }) => id),
      groups: pageOf(groups, page).map(({ id }) => id),
      opened: pageOf(opened, page).map(toAppointment),
      closed: pageOf(closed, page).map(toAppointment),
    },
    personal: { people: asJson(pageOf(people, page)), units: asJson(pageOf(units, page)), groups: asJson(pageOf(groups, page)) },
  }));
};

/** Posts as they were before an import, whole: what undoes it. */
export const restoredEvents = (
  { posts, shifts, fresh }: NonNullable<AppliedChange['before']>,
  version: number,
  at: number,
): readonly LedgerEvent[] => {
  const pages = pagesFor(posts, shifts, fresh);
  return Array.from({ length: pages }, (_, page) => ({
    at,
    event: 'RosterRestored' as const,
    data: {
      version,
      part: page + 1,
      parts: pages,
      posts: pageOf(posts, page).map(({ id, unitId, minimumHeadcount }) => [id, unitId, minimumHeadcount]),
      fresh: pageOf(fresh, page),
      shifts: pageOf(shifts, page).map(toShift),
    },
    personal: { posts: asJson(pageOf(posts, page)) },
  }));
};

/** What an import did to the roster: shifts as ids, at most 200 in one event. */
export const rosterEvents = (changes: RosterChanges, version: number, at: number): readonly LedgerEvent[] => {
  const { posts, shifts, replaced } = changes;
  const pages = pagesFor(posts, shifts, replaced);
  return Array.from({ length: pages }, (_, page) => ({
    at,
    event: 'RosterChanged' as const,
    data: {
      version,
      part: page + 1,
      parts: pages,
      posts: pageOf(posts, page).map(({ id, unitId, minimumHeadcount }) => [id, unitId, minimumHeadcount]),
      shifts: pageOf(shifts, page).map(toShift),
      replaced: pageOf(replaced, page).map(({ postId, from, to }) => [postId, from, to]),
    },
    personal: { posts: asJson(pageOf(posts, page)) },
  }));
};
