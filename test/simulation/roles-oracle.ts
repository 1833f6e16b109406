import type { AppointmentRole, Organisation } from '../../src/domain/organisation/organisation.ts';
import type { Holder, Roster } from '../../src/domain/roster/roster.ts';
import { boundariesOf, holdersIn } from './duty-roster.ts';

/** Who may do what, read from the organisation and the roster without the product's own directory. */
export const createRolesOracle = (
  organisation: Organisation,
  roster: Roster,
  /** Whoever holds a post on that has not been handed over. */
  heldBy: (postId: string, at: number) => readonly Holder[] | undefined,
) => {
  const holders = (postId: string, at: number) => heldBy(postId, at) ?? holdersIn(roster, postId, at);
  const active = new Set(organisation.people.flatMap(({ id, isDisabled }) => (isDisabled ? [] : [id])));
  const isActive = (personId: string): boolean => active.has(personId);
  const officers = (postId: string, at: number): readonly string[] =>
    holders(postId, at)
      .filter(({ role }) => role !== 'shiftLeader')
      .map(({ personId }) => personId);
  /** Whoever answers for somebody's standing duty: themselves, or those who stand in during their leave. */
  const standsFor = (personId: string, at: number): readonly string[] => {
    const leaves = (roster.overrides ?? []).filter((one) => one.subject === personId && one.from <= at && at < one.to);
    // whoever stands in may go on leave too, and have somebody stand in for both: what was agreed last counts
    return [leaves.at(-1)?.in ?? personId];
  };
  /** Of whoever is away, their substitute is; but for what only the head of a unit may do. */
  const appointed = (of: string, roles: readonly AppointmentRole[], at: number): readonly string[] =>
    organisation.appointments
      .filter((a) => a.of === of && roles.includes(a.role) && a.from <= at && (a.to === undefined || at < a.to))
      .flatMap((a) => (a.role === 'principal' ? [a.personId] : standsFor(a.personId, at)));
  const office = (at: number): readonly string[] => appointed('g1', ['groupLeader', 'member'], at);
  const above = (subject: string, at: number): readonly string[] => {
    const post = roster.posts.find(({ id }) => id === subject);
    if (post) {
      const leaders = holders(subject, at).filter(({ role }) => role === 'shiftLeader');
      return [
        ...office(at),
        ...leaders.map(({ personId }) => personId),
        ...appointed(post.unitId, ['liaison', 'contact', 'principal'], at),
      ];
    }
    const homes = organisation.appointments.filter(({ personId }) => personId === subject).map(({ of }) => of);
    return [...office(at), ...homes.flatMap((of) => appointed(of, ['liaison', 'contact', 'principal', 'groupLeader'], at))];
  };
  return {
    isActive,
    /** In the role of the ladder's first step. */
    onDuty: (subject: string, at: number): readonly string[] =>
      subject.startsWith('p')
        ? holders(subject, at)
            .filter(({ role, personId }) => role === 'onDuty' && isActive(personId))
            .map(({ personId }) => personId)
        : standsFor(subject, at).filter(isActive),
    owes: (subject: string, at: number): readonly string[] => (subject.startsWith('p') ? officers(subject, at) : standsFor(subject, at)),
    above,
    office,
    /** For the unit of a post. */
    speaksFor: (personId: string, postId: string, at: number): boolean =>
      appointed(roster.posts.find(({ id }) => id === postId)?.unitId ?? '', ['liaison', 'principal'], at).includes(personId),
    /** Of a unit or group, or on one of its posts at some time, if only because nobody has relieved them. */
    belongsTo: (personId: string, bodyId: string, at: number): boolean =>
      organisation.appointments.some(
        (a) => a.personId === personId && a.of === bodyId && a.from <= at && (a.to === undefined || at < a.to),
      ) ||
      roster.posts.some(
        ({ id, unitId }) =>
          unitId === bodyId &&
          (holders(id, at).some((one) => one.personId === personId) ||
            boundariesOf(roster, id).some((from) => holdersIn(roster, id, from).some((one) => one.personId === personId))),
      ),
    maySummon: (personId: string, at: number): boolean =>
      office(at).includes(personId) ||
      roster.posts.some((post) => holders(post.id, at).some((holder) => holder.role === 'shiftLeader' && holder.personId === personId)),
    postIds: roster.posts.map(({ id }) => id),
  };
};

export type RolesOracle = ReturnType<typeof createRolesOracle>;
