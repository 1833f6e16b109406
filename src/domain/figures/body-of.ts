import type { LedgerEvent } from '../ledger/event.ts';
import { evolveOrganisation, untoldOrganisation, type ToldOrganisation } from '../organisation/evolve-organisation.ts';
import type { Appointment, Organisation, PersonId } from '../organisation/organisation.ts';
import { isInTerm } from '../organisation/terms.ts';
import type { Post, PostId } from '../roster/roster.ts';
import { isPostId } from '../roster/subject.ts';
import type { BodyOf } from './fold-checks.ts';

const bound = new Set<Appointment['role']>(['liaison', 'contact', 'member', 'groupLeader']);

/** The organisation as the ledger tells it, and which unit or group answers for whom. */
export const foldOrganisation = (posts: () => ReadonlyMap<PostId, Post>) => {
  let told: ToldOrganisation = untoldOrganisation;
  let byPerson: ReadonlyMap<PersonId, readonly Appointment[]> = new Map();
  const take = (event: LedgerEvent): void => {
    if (event.event !== 'OrganisationChanged' && event.event !== 'AppointmentChanged') return;
    told = evolveOrganisation(told, event);
    byPerson = Map.groupBy(told.organisation.appointments, ({ personId }) => personId);
  };
  /** A unit before a group: who is liaison of a unit and member of a working group answers as the unit's. */
  const bodyOfPerson = (personId: PersonId, at: number): string | undefined => {
    const terms = (byPerson.get(personId) ?? []).filter((one) => isInTerm(one, at));
    const duties = terms.filter(({ role }) => bound.has(role));
    const bodies = (duties.length > 0 ? duties : terms).map(({ of }) => of);
    return bodies.find((id) => id.startsWith('u')) ?? bodies[0];
  };
  const bodyOf: BodyOf = (subject, at) => (isPostId(subject) ? posts().get(subject)?.unitId : bodyOfPerson(subject, at));
  return { take, bodyOf, organisation: (): Organisation => told.organisation };
};
