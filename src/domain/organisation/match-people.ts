import type { ListedPerson } from './contact-list.ts';
import { fault, warning } from './finding.ts';
import type { Finding } from './finding.ts';
import { mergeById } from './merge-by-id.ts';
import type { Organisation, Person, PersonId } from './organisation.ts';

/** A listed person and the bodies (ids of units and groups) in whose rows the list names them. */
export type Mentioned = { readonly person: ListedPerson; readonly of: readonly string[] };

export type MatchedPeople = {
  /** For each mention, in order; undefined where a fault says why. */
  readonly ids: readonly (PersonId | undefined)[];
  readonly people: readonly Person[];
  readonly added: readonly Person[];
  readonly changed: readonly Person[];
  readonly findings: readonly Finding[];
};

/** One human of the list: a number, or a name that the list itself or the organisation must explain. */
type Human = { name: string; mobile?: string; of: Set<string>; person: ListedPerson; title?: string; officePhone?: string; email?: string };

export const nextNumber = (ids: readonly string[]): number => Math.max(0, ...ids.map((id) => Number(id.slice(1)) || 0)) + 1;

/**
 * Finds out who is meant, so that ids are stable over re-imports: the same name and number first, then the same
 * name in the same body (the number has changed), then the same number alone (the name was put right).
 */
export const matchPeople = (organisation: Organisation, mentions: readonly Mentioned[]): MatchedPeople => {
  const findings: Finding[] = [];
  const humans = gatherHumans(mentions, findings);
  const known = claimKnown(organisation, [...humans.byMobile.values()], findings);
  const added: Person[] = [];
  const changed: Person[] = [];
  let next = nextNumber(organisation.people.map(({ id }) => id));
  const idOf = new Map<Human, PersonId>();
  for (const human of humans.byMobile.values()) {
    const before = known.get(human);
    const id = before?.id ?? `m${next++}`;
    const after = personOf(id, human, before);
    idOf.set(human, id);
    if (!before) added.push(after);
    else if (JSON.stringify(after) !== JSON.stringify(before)) changed.push(after);
  }
  const people = mergeById(organisation.people, [...changed, ...added]);
  const nameless = nameIndex(organisation, humans, idOf);
  const ids = mentions.map(({ person, of }) => {
    if (person.mobile !== undefined) {
      const human = humans.byMobile.get(person.mobile);
      return human && human.name === person.name ? idOf.get(human) : undefined;
    }
    const id = nameless(person.name, of);
    if (id === undefined) findings.push(fault('ZG_PHONE_MISSING', { place: person.place, person: person.name }));
    return id;
  });
  return { ids, people, added, changed, findings };
};

const personOf = (id: PersonId, human: Human, before: Person | undefined): Person => {
  const title = human.title ?? before?.title;
  const officePhone = human.officePhone ?? before?.officePhone;
  const email = human.email ?? before?.email;
  return {
    id,
    name: human.name,
    mobile: human.mobile ?? '',
    ...(title === undefined ? {} : { title }),
    ...(officePhone === undefined ? {} : { officePhone }),
    ...(email === undefined ? {} : { email }),
    ...(before?.isDisabled === undefined ? {} : { isDisabled: before.isDisabled }),
  };
};

const gatherHumans = (mentions: readonly Mentioned[], findings: Finding[]): { byMobile: Map<string, Human> } => {
  const byMobile = new Map<string, Human>();
  for (const { person, of } of mentions) {
    if (person.mobile === undefined) continue;
    const human = byMobile.get(person.mobile);
    if (!human) {
      byMobile.set(person.mobile, { ...person, mobile: person.mobile, of: new Set(of), person });
    } else if (human.name !== person.name) {
      const params = { other: human.name, cell: human.person.place.cell, sheet: human.person.place.sheet };
      findings.push(fault('ZG_PHONE_SHARED', { place: person.place, person: person.name, params }));
    } else {
      for (const id of of) human.of.add(id);
      if (human.title === undefined && person.title !== undefined) human.title = person.title;
      if (human.officePhone === undefined && person.officePhone !== undefined) human.officePhone = person.officePhone;
      if (human.email === undefined && person.email !== undefined) human.email = person.email;
    }
  }
  const seen = new Map<string, Human>();
  for (const human of byMobile.values()) {
    for (const id of human.of) {
      const key = `${id} ${human.name}`;
      if (seen.has(key)) findings.push(warning('ZG_SAME_NAME_IN_UNIT', { place: human.person.place, person: human.name }));
      else seen.set(key, human);
    }
  }
  return { byMobile };
};

const bodiesOf = (organisation: Organisation): ReadonlyMap<PersonId, ReadonlySet<string>> => {
  const bodies = new Map<PersonId, Set<string>>();
  for (const { personId, of } of organisation.appointments) {
    const set = bodies.get(personId) ?? new Set<string>();
    bodies.set(personId, set.add(of));
  }
  return bodies;
};

const claimKnown = (organisation: Organisation, humans: readonly Human[], findings: Finding[]): ReadonlyMap<Human, Person> => {
  const claimed = new Map<Human, Person>();
  const taken = new Set<PersonId>();
  const claim = (human: Human, person: Person): void => {
    claimed.set(human, person);
    taken.add(person.id);
  };
  const byMobile = new Map(organisation.people.map((person) => [person.mobile, person]));
  for (const human of humans) {
    const person = byMobile.get(human.mobile ?? '');
    if (person && person.name === human.name) claim(human, person);
  }
  const bodies = bodiesOf(organisation);
  for (const human of humans) {
    if (claimed.has(human)) continue;
    const same = organisation.people.filter(
      (person) => person.name === human.name && !taken.has(person.id) && [...human.of].some((id) => bodies.get(person.id)?.has(id)),
    );
    const only = same.length === 1 ? same[0] : undefined;
    if (only) claim(human, only);
  }
  for (const human of humans) {
    const person = byMobile.get(human.mobile ?? '');
    if (claimed.has(human) || !person || taken.has(person.id)) continue;
    claim(human, person);
    findings.push(warning('ZG_NAME_CHANGED', { place: human.person.place, person: human.name, params: { before: person.name } }));
  }
  return claimed;
};

/** Names without a number: the same body first, then a name that only one person has. */
const nameIndex = (organisation: Organisation, humans: { byMobile: Map<string, Human> }, idOf: ReadonlyMap<Human, PersonId>) => {
  const bodies = bodiesOf(organisation);
  const named = new Map<string, { id: PersonId; of: Set<string> }[]>();
  const add = (name: string, id: PersonId, of: ReadonlySet<string>): void => {
    const list = named.get(name) ?? [];
    const entry = list.find((one) => one.id === id);
    if (entry) for (const body of of) entry.of.add(body);
    else list.push({ id, of: new Set(of) });
    named.set(name, list);
  };
  for (const human of humans.byMobile.values()) {
    const id = idOf.get(human);
    if (id !== undefined) add(human.name, id, human.of);
  }
  for (const person of organisation.people) add(person.name, person.id, bodies.get(person.id) ?? new Set());
  return (name: string, of: readonly string[]): PersonId | undefined => {
    const all = named.get(name) ?? [];
    const own = all.filter((entry) => of.some((id) => entry.of.has(id)));
    const pick = own.length > 0 ? own : all;
    return pick.length === 1 ? pick[0]?.id : undefined;
  };
};
