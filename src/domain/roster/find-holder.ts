import { fault, warning } from '../organisation/finding.ts';
import type { Finding } from '../organisation/finding.ts';
import type { Organisation, Person, PersonId, UnitId } from '../organisation/organisation.ts';
import type { ListedDay, ListedHolder } from './roster-list.ts';

export type FoundHolder = { readonly personId: PersonId | undefined; readonly findings: readonly Finding[] };

export type HolderFinder = (holder: ListedHolder, day: ListedDay, unit: string) => FoundHolder;

const push = <V>(map: Map<string, V[]>, key: string, value: V): void => {
  const list = map.get(key);
  if (!list) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
};

/** By number first, then by name within the unit, then by a name that only one person has. What is unclear is a fault. */
export const buildHolderFinder = (organisation: Organisation): HolderFinder => {
  const byMobile = new Map(organisation.people.map((person) => [person.mobile, person]));
  const people = new Map(organisation.people.map((person) => [person.id, person]));
  const byName = new Map<string, Person[]>();
  const byUnitAndName = new Map<string, Person[]>();
  const unitsOf = new Map<PersonId, Set<UnitId>>();
  const known = new Set(organisation.units.map(({ id }) => id));
  for (const person of organisation.people) push(byName, person.name, person);
  for (const { personId, of } of organisation.appointments) {
    const person = people.get(personId);
    if (!person || !known.has(of)) continue;
    push(byUnitAndName, `${of} ${person.name}`, person);
    unitsOf.set(personId, (unitsOf.get(personId) ?? new Set<UnitId>()).add(of));
  }
  const named = (name: string, unitId: UnitId): readonly Person[] => {
    const own = byUnitAndName.get(`${unitId} ${name}`) ?? [];
    return own.length > 0 ? own : (byName.get(name) ?? []);
  };
  const choose = (holder: ListedHolder, day: ListedDay, details: Details): { person?: Person; findings: readonly Finding[] } => {
    const byNumber = holder.mobile === undefined ? undefined : byMobile.get(holder.mobile);
    const own = byUnitAndName.get(`${day.unitId} ${holder.name}`) ?? [];
    if (byNumber) {
      if (byNumber.name === holder.name) return { person: byNumber, findings: [] };
      if (holder.name !== '' && own.length > 0) {
        return { findings: [fault('ZG_PERSON_UNCLEAR', { ...details, params: { other: byNumber.name } })] };
      }
      const findings = holder.name === '' ? [] : [warning('ZG_NAME_DIFFERS', { ...details, params: { other: byNumber.name } })];
      return { person: byNumber, findings };
    }
    const candidates = named(holder.name, day.unitId);
    const [person] = candidates;
    if (!person) return { findings: [fault('ZG_PERSON_UNKNOWN', details)] };
    if (candidates.length > 1) return { findings: [fault('ZG_PERSON_AMBIGUOUS', { ...details, params: { count: candidates.length } })] };
    return { person, findings: holder.mobile === undefined ? [] : [warning('ZG_PHONE_DIFFERS', details)] };
  };
  return (holder, day, unit) => {
    const details: Details = { place: holder.place, date: day.date, unit, person: holder.name || (holder.mobile ?? '') };
    const { person, findings } = choose(holder, day, details);
    if (!person) return { personId: undefined, findings };
    const isOther = unitsOf.get(person.id)?.has(day.unitId) !== true;
    return { personId: person.id, findings: isOther ? [...findings, warning('ZG_NOT_OF_UNIT', details)] : findings };
  };
};

type Details = Omit<Finding, 'code' | 'severity'>;
