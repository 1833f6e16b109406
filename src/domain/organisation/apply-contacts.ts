import type { ContactList, ListedAppointment } from './contact-list.ts';
import { replaceHolder } from './change-appointment.ts';
import { fault } from './finding.ts';
import type { Finding, Place } from './finding.ts';
import { matchPeople, nextNumber } from './match-people.ts';
import type { Mentioned } from './match-people.ts';
import type { Appointment, AppointmentRole, Group, Organisation, Person, PersonId, Unit, UnitId } from './organisation.ts';
import { aliasesOf, buildUnitNames, findUnit, foldName, kindOfName, shortNameOf } from './unit-names.ts';
import type { UnitMatch, UnitNames, UnitVocabulary } from './unit-names.ts';
import { validateOrganisation } from './validate-organisation.ts';

export type ContactRules = {
  /** From when what changes is in force, epoch ms. */
  readonly at: number;
  readonly vocabulary: UnitVocabulary;
  /** Answers to names that are unknown or ambiguous: text to a unit's name. */
  readonly map: Readonly<Record<string, string>>;
};

export type ContactCounts = {
  readonly units: number;
  readonly districtUnits: number;
  readonly departments: number;
  readonly principals: number;
  readonly liaisons: number;
  readonly contacts: number;
  readonly groups: number;
  readonly groupLeaders: number;
  readonly groupMembers: number;
  readonly dutyOfficers: number;
  readonly shiftLeaders: number;
  readonly people: number;
};

export type OrganisationChanges = {
  readonly people: readonly Person[];
  readonly units: readonly Unit[];
  readonly groups: readonly Group[];
  readonly opened: readonly Appointment[];
  readonly closed: readonly Appointment[];
};

export type AppliedContacts = {
  readonly organisation: Organisation;
  readonly changes: OrganisationChanges;
  readonly counts: ContactCounts;
  readonly findings: readonly Finding[];
};

/** Follows `map` before it looks among the units. */
export const resolveUnit = (names: UnitNames, text: string, map: Readonly<Record<string, string>>): UnitMatch => {
  const target = Object.entries(map).find(([name]) => foldName(name) === foldName(text))?.[1];
  return findUnit(names, target ?? text);
};

/** The organisation as a contact list says it is from an instant on. Pure; with a fault in `findings` it must not be used. */
export const applyContacts = (organisation: Organisation, list: ContactList, rules: ContactRules): AppliedContacts => {
  const findings: Finding[] = [];
  const bodies = applyBodies(organisation, list, rules, findings);
  const names = buildUnitNames(bodies.units, bodies.groups, rules.vocabulary);
  const placed = placeAppointments(list.appointments, names, bodies.groups, rules, findings);
  const matched = matchPeople(organisation, mentionsOf(placed));
  findings.push(...matched.findings);
  const wanted = placed.flatMap(({ listed, of }, index) => {
    const personId = matched.ids[index];
    return personId === undefined ? [] : [{ role: listed.role, of, personId, place: listed.person.place }];
  });
  const { appointments, opened, closed } = applyAppointments(organisation.appointments, wanted, rules.at);
  const next: Organisation = {
    version: organisation.version + 1,
    people: matched.people,
    units: bodies.units,
    groups: bodies.groups,
    appointments,
  };
  findings.push(...validated(next, placed, list, names, rules, matched.ids));
  const changes = {
    people: [...matched.added, ...matched.changed],
    units: bodies.changedUnits,
    groups: bodies.addedGroups,
    opened,
    closed,
  };
  return { organisation: next, changes, counts: countsOf(next, wanted), findings };
};

type Placed = { readonly listed: ListedAppointment; readonly of: string };
type Wanted = { readonly role: AppointmentRole; readonly of: string; readonly personId: string; readonly place: Place };

const mentionsOf = (placed: readonly Placed[]): readonly Mentioned[] =>
  placed.map(({ listed, of }) => ({ person: listed.person, of: [of] }));

const applyBodies = (organisation: Organisation, list: ContactList, rules: ContactRules, findings: Finding[]) => {
  const units: Unit[] = [...organisation.units];
  const changedUnits: Unit[] = [];
  const groups: Group[] = [...organisation.groups];
  const addedGroups: Group[] = [];
  const allNames = [...organisation.units.map(({ name }) => name), ...list.units.map(({ name }) => name)];
  const names = buildUnitNames(units, [], rules.vocabulary);
  const byName = new Map<string, Unit>();
  const remember = (unit: Unit): void => {
    for (const form of [foldName(unit.name), shortNameOf(unit)]) if (!byName.has(form)) byName.set(form, unit);
  };
  for (const unit of units) remember(unit);
  const seen = new Map<UnitId, Place>();
  for (const { name, kind, place } of list.units) {
    const known = resolveUnit(names, name, rules.map);
    const exact = byName.get(foldName(name)) ?? byName.get(aliasesOf(name, allNames, rules.vocabulary)[0] ?? '');
    if (known.status === 'ambiguous' && !exact) {
      findings.push(fault('ZG_UNIT_AMBIGUOUS', { place, unit: name, params: { candidates: known.candidates.join('\u3001') } }));
      continue;
    }
    const before = exact ?? (known.status === 'found' && isSameBody(known.unit, name, rules.vocabulary) ? known.unit : undefined);
    if (!before) {
      const unit: Unit = {
        id: `u${nextNumber(units.map(({ id }) => id))}`,
        name: foldName(name),
        aliases: aliasesOf(name, allNames, rules.vocabulary),
        kind: kind ?? kindOfName(name, rules.vocabulary),
      };
      units.push(unit);
      changedUnits.push(unit);
      remember(unit);
      seen.set(unit.id, place);
    } else if (seen.has(before.id) && before.kind !== 'bureau') {
      const first = seen.get(before.id);
      findings.push(
        fault('ZG_UNIT_TWICE', { place, unit: shortNameOf(before), params: { cell: first?.cell ?? '', sheet: first?.sheet ?? '' } }),
      );
    } else seen.set(before.id, place);
  }
  for (const { name, isOffice } of list.groups) {
    if (groups.some((group) => foldName(group.name) === foldName(name))) continue;
    const group: Group = { id: `g${nextNumber(groups.map(({ id }) => id))}`, name, isOffice };
    groups.push(group);
    addedGroups.push(group);
  }
  return { units, changedUnits, groups, addedGroups };
};

/** A region's name alone means the body there; a department's name never means a region's body. */
const isSameBody = (unit: Unit, name: string, vocabulary: UnitVocabulary): boolean => unit.kind === kindOfName(name, vocabulary);

const placeAppointments = (
  listed: readonly ListedAppointment[],
  names: UnitNames,
  groups: readonly Group[],
  rules: ContactRules,
  findings: Finding[],
): readonly Placed[] => {
  const reported = new Set<string>();
  return listed.flatMap((one) => {
    const group = one.isGroup ? groups.find(({ name }) => foldName(name) === foldName(one.of)) : undefined;
    if (group) return [{ listed: one, of: group.id }];
    const match = resolveUnit(names, one.of, rules.map);
    if (match.status === 'found') return [{ listed: one, of: match.unit.id }];
    const key = `${one.person.place.sheet} ${one.of}`;
    if (reported.has(key)) return [];
    reported.add(key);
    const details = { place: one.person.place, unit: one.of };
    findings.push(
      match.status === 'ambiguous'
        ? fault('ZG_UNIT_AMBIGUOUS', { ...details, params: { candidates: match.candidates.join('\u3001') } })
        : fault('ZG_UNIT_UNKNOWN', details),
    );
    return [];
  });
};

const isSingle = (role: AppointmentRole): boolean => role === 'liaison' || role === 'contact';

/** What the list covers, by role and body, is as the list says from `at` on; everything else stays. */
const applyAppointments = (before: readonly Appointment[], wanted: readonly Wanted[], at: number) => {
  const opened: Appointment[] = [];
  const closed: Appointment[] = [];
  let appointments = before;
  const covered = new Map<string, Wanted[]>();
  for (const one of wanted) {
    const key = `${one.role} ${one.of}`;
    covered.set(key, [...(covered.get(key) ?? []), one]);
  }
  for (const group of covered.values()) {
    const [first] = group;
    if (!first) continue;
    const { role, of } = first;
    const earlier = appointments.filter((a) => a.role === role && a.of === of);
    // Nothing was known before: it is in force as far back as anybody may ask.
    const from = earlier.length === 0 ? 0 : at;
    if (isSingle(role) && group.length === 1) {
      const change = replaceHolder(appointments, { role, of, personId: first.personId, from });
      appointments = change.appointments;
      opened.push(...change.opened);
      closed.push(...change.closed);
      continue;
    }
    const people = new Set(group.map(({ personId }) => personId));
    const current = earlier.filter((a) => a.to === undefined || a.to > at);
    const gone = current.filter((a) => !people.has(a.personId));
    const held = new Set(current.filter((a) => a.from <= from).map((a) => a.personId));
    const fresh = [...people].filter((id) => !held.has(id)).map((personId): Appointment => ({ role, of, personId, from }));
    const end = (a: Appointment): Appointment => ({ ...a, to: Math.max(a.from, at) });
    appointments = [...appointments.map((a) => (gone.includes(a) ? end(a) : a)), ...fresh];
    opened.push(...fresh);
    closed.push(...gone.map(end));
  }
  return { appointments, opened, closed };
};

const twiceOf: Partial<Record<AppointmentRole, Finding['code']>> = { liaison: 'ZG_LIAISON_TWICE', contact: 'ZG_CONTACT_TWICE' };

/** Somebody stands there who could not be found, which has been told: the post is not missing as well. */
const missingOf: Partial<Record<AppointmentRole, Finding['code']>> = {
  liaison: 'ZG_LIAISON_MISSING',
  contact: 'ZG_CONTACT_MISSING',
  principal: 'ZG_PRINCIPAL_MISSING',
};

/** The organisation's own rules, each finding beside the cell that it is about. */
const validated = (
  next: Organisation,
  placed: readonly Placed[],
  list: ContactList,
  names: UnitNames,
  rules: ContactRules,
  ids: readonly (PersonId | undefined)[],
): readonly Finding[] => {
  const isAbout = (one: Placed, finding: Finding): boolean => shortNameById(next, one.of) === finding.unit;
  const placeOf = new Map<string, Place>();
  for (const { name, place } of list.units) {
    const match = resolveUnit(names, name, rules.map);
    if (match.status === 'found') placeOf.set(shortNameOf(match.unit), place);
  }
  return validateOrganisation(next, rules.at).flatMap((finding) => {
    const place = finding.unit === undefined ? undefined : placeOf.get(finding.unit);
    const twice = placed.filter((one) => twiceOf[one.listed.role] === finding.code && isAbout(one, finding));
    const at = twice[1]?.listed.person.place ?? place;
    if (placed.some((one, index) => ids[index] === undefined && missingOf[one.listed.role] === finding.code && isAbout(one, finding)))
      return [];
    return [at ? { ...finding, place: at } : finding];
  });
};

const shortNameById = (organisation: Organisation, id: string): string | undefined => {
  const unit = organisation.units.find((one) => one.id === id);
  return unit && shortNameOf(unit);
};

const countsOf = (next: Organisation, wanted: readonly Wanted[]): ContactCounts => {
  const count = (role: AppointmentRole): number =>
    new Set(wanted.filter((one) => one.role === role).map((one) => `${one.of} ${one.personId}`)).size;
  const units = next.units.filter(({ kind }) => kind !== 'bureau');
  return {
    units: units.length,
    districtUnits: units.filter(({ kind }) => kind === 'district').length,
    departments: units.filter(({ kind }) => kind === 'department').length,
    principals: count('principal'),
    liaisons: count('liaison'),
    contacts: count('contact'),
    groups: next.groups.length,
    groupLeaders: count('groupLeader'),
    groupMembers: count('member'),
    dutyOfficers: count('dutyOfficer'),
    shiftLeaders: count('shiftLeader'),
    people: next.people.length,
  };
};
