import { shortNameOf } from './unit-names.ts';
import { fault, warning } from './finding.ts';
import type { Finding, FindingCode } from './finding.ts';
import type { AppointmentRole, Organisation, Unit } from './organisation.ts';

const singles: readonly { readonly role: AppointmentRole; readonly missing: FindingCode; readonly twice: FindingCode }[] = [
  { role: 'liaison', missing: 'ZG_LIAISON_MISSING', twice: 'ZG_LIAISON_TWICE' },
  { role: 'contact', missing: 'ZG_CONTACT_MISSING', twice: 'ZG_CONTACT_TWICE' },
];

/** What is wrong with the organisation at an instant: each unit has exactly one liaison and one contact (plan, 四(二)). */
export const validateOrganisation = (organisation: Organisation, at: number): readonly Finding[] => {
  const holders = new Map<string, string[]>();
  for (const a of organisation.appointments) {
    if (a.from > at || (a.to !== undefined && at >= a.to)) continue;
    const key = `${a.role} ${a.of}`;
    holders.set(key, [...new Set([...(holders.get(key) ?? []), a.personId])]);
  }
  const heldBy = (role: AppointmentRole, of: string): readonly string[] => holders.get(`${role} ${of}`) ?? [];
  const ofUnit = (unit: Unit): readonly Finding[] => {
    const about = { unit: shortNameOf(unit) };
    const found = singles.flatMap(({ role, missing, twice }) => {
      const count = heldBy(role, unit.id).length;
      return count === 1 ? [] : [fault(count === 0 ? missing : twice, about)];
    });
    const [liaison] = heldBy('liaison', unit.id);
    const isBoth = liaison !== undefined && heldBy('contact', unit.id).includes(liaison);
    const extra = [
      ...(isBoth ? [warning('ZG_LIAISON_IS_CONTACT', about)] : []),
      ...(heldBy('principal', unit.id).length === 0 ? [warning('ZG_PRINCIPAL_MISSING', about)] : []),
    ];
    return [...found, ...extra];
  };
  const ofGroups = organisation.groups.flatMap((group) => {
    const count = heldBy('groupLeader', group.id).length;
    if (count === 0) return [warning('ZG_GROUP_LEADER_MISSING', { unit: group.name })];
    return count > 1 ? [warning('ZG_GROUP_LEADER_TWICE', { unit: group.name })] : [];
  });
  return [...organisation.units.filter((unit) => unit.kind !== 'bureau').flatMap(ofUnit), ...ofGroups];
};
