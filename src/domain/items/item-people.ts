import { appointedAt, holdersAt, isOffice, type Directory } from '../organisation/directory.ts';
import type { AppointmentRole, PersonId } from '../organisation/organisation.ts';
import type { Item } from './item.ts';

/** Who may do what with an item: by role at this instant, and never with one's own work. */

const holdsPostOf = (directory: Directory, personId: PersonId, body: string, at: number): boolean =>
  (directory.postsOf.get(personId) ?? []).some(
    (postId) =>
      directory.posts.get(postId)?.unitId === body && holdersAt(directory, postId, at).some((holder) => holder.personId === personId),
  );

const isAppointed = (directory: Directory, personId: PersonId, roles: readonly AppointmentRole[], of: string, at: number): boolean =>
  roles.some((role) => appointedAt(directory, role, of, at).includes(personId));

/** Answers for a unit or a working group: its named people, and whoever stands its post at the moment. */
export const isOfBody = (directory: Directory, personId: PersonId, body: string, at: number): boolean =>
  isAppointed(directory, personId, ['principal', 'liaison', 'contact', 'groupLeader', 'member'], body, at) ||
  holdsPostOf(directory, personId, body, at);

/** May be named for a piece of work: anybody of the unit, on duty now or not. */
export const belongsToBody = (directory: Directory, personId: PersonId, body: string, at: number): boolean =>
  directory.people.get(personId)?.isDisabled !== true &&
  (isAppointed(directory, personId, ['dutyOfficer', 'shiftLeader'], body, at) || isOfBody(directory, personId, body, at));

/** Plans for a unit and asks for its dates: more than standing its post tonight. */
export const leadsBody = (directory: Directory, personId: PersonId, body: string, at: number): boolean =>
  isAppointed(directory, personId, ['principal', 'liaison', 'contact', 'groupLeader'], body, at);

/** Head of a unit (主要负责人), leader of a group. */
export const principalOf = (directory: Directory, body: string, at: number): PersonId | undefined =>
  appointedAt(directory, 'principal', body, at)[0] ?? appointedAt(directory, 'groupLeader', body, at)[0];

export const isOfOffice = (directory: Directory, personId: PersonId, at: number): boolean => isOffice(directory, personId, at);

/** The unit of this item that somebody speaks for; the lead's where it could be both. */
export const partOfPerson = (directory: Directory, item: Item, personId: PersonId, at: number): string | undefined =>
  item.parts
    .toSorted((one, other) => Number(other.isLead) - Number(one.isLead))
    .find((part) => isOfBody(directory, personId, part.unitId, at))?.unitId;

/** Leads or belongs to a working group of the bureau. */
export const isGroupMember = (directory: Directory, personId: PersonId, at: number): boolean =>
  directory.organisation.groups.some((group) => isAppointed(directory, personId, ['groupLeader', 'member'], group.id, at));

/** Looks after closed ones (后督察): the office, the working groups, and the districts themselves. */
export const mayFollowUp = (directory: Directory, item: Item, personId: PersonId, at: number): boolean =>
  isOfOffice(directory, personId, at) ||
  isGroupMember(directory, personId, at) ||
  partOfPerson(directory, item, personId, at) !== undefined;

/**
 * Everybody whose own work this item is (the same person, not the same unit): who does a piece of it, reports on it,
 * prepares a hand-in, or puts their name to one. Whoever checks the data looks at others' work, and whoever registers
 * a signature or hands in carries it: so three people can bring to its end what an office owes itself.
 */
export const workersOn = (item: Item): ReadonlySet<PersonId> =>
  new Set([
    ...item.subtasks.map(({ ownerId }) => ownerId),
    ...item.reports.map(({ by }) => by),
    ...item.versions.flatMap(({ draftedBy, signedBy }) => (signedBy === undefined ? [draftedBy] : [draftedBy, signedBy])),
  ]);
