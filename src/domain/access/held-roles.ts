import { isOffice, type Directory } from '../organisation/directory.ts';
import type { Appointment, PersonId, UnitId } from '../organisation/organisation.ts';
import { isInTerm } from '../organisation/terms.ts';
import type { Access, HeldRole } from './access.ts';
import { accessRoles } from './rules.ts';

/** A unit's contact is its second named person, and does what its liaison does. */
const roleIn = ({ role, of }: Appointment): HeldRole | undefined => {
  if (role === 'principal') return { role: 'principal', unitId: of };
  if (role === 'liaison' || role === 'contact') return { role: 'liaison', unitId: of };
  return role === 'dutyOfficer' || role === 'shiftLeader' || role === 'member' ? { role: 'officer', unitId: of } : undefined;
};

const distinct = (held: readonly HeldRole[]): readonly HeldRole[] => {
  const byKey = new Map(held.map((one) => [`${one.role} ${one.unitId ?? ''}`, one]));
  return [...byKey.values()].toSorted((one, other) => accessRoles.indexOf(one.role) - accessRoles.indexOf(other.role));
};

/**
 * What somebody is to the doors at an instant, by the organisation and the roster; undefined for whoever is unknown,
 * disabled, or nothing at all. `auditors`: mobile numbers, digits only. Whoever audits is nothing else there: they would
 * check what they had done.
 */
export const accessOf = (directory: Directory, personId: PersonId, at: number, auditors: ReadonlySet<string>): Access | undefined => {
  const person = directory.people.get(personId);
  if (!person || person.isDisabled) return undefined;
  if (auditors.has(person.mobile)) return { personId, held: [{ role: 'auditor' }] };
  const ofOffice = isOffice(directory, personId, at);
  const inTerm = (directory.appointmentsOf.get(personId) ?? []).filter((one) => isInTerm(one, at) && one.of !== directory.officeId);
  const bureaus = new Set(directory.organisation.units.filter(({ kind }) => kind === 'bureau').map(({ id }) => id));
  const leads = inTerm.some(
    ({ role, of }) => (role === 'groupLeader' && !directory.units.has(of)) || (role === 'principal' && bureaus.has(of)),
  );
  const stands = (directory.postsOf.get(personId) ?? []).flatMap((postId): readonly UnitId[] => {
    const unitId = directory.posts.get(postId)?.unitId;
    return unitId === undefined ? [] : [unitId];
  });
  const held = distinct([
    ...(ofOffice ? [{ role: 'office' } as const] : []),
    ...(leads ? [{ role: 'groupLeader' } as const] : []),
    ...inTerm.flatMap((one) => (directory.units.has(one.of) ? (roleIn(one) ?? []) : ofGroup(one, bureaus))),
    ...stands.map((unitId) => ({ role: 'officer', unitId }) as const),
  ]);
  return held.length === 0 ? undefined : { personId, held };
};

/** Members of the bureau's working groups are its people. */
const ofGroup = ({ role }: Appointment, bureaus: ReadonlySet<UnitId>): readonly HeldRole[] =>
  role === 'member' ? [...bureaus].map((unitId) => ({ role: 'officer', unitId })) : [];
