import type { Holder, Post, PostId, Roster, Shift } from '../roster/roster.ts';
import type { Appointment, AppointmentRole, Organisation, Person, PersonId, Unit } from './organisation.ts';
import { isInTerm } from './terms.ts';

/** Organisation and roster arranged for asking: built once per version, never changed. */
export type Directory = {
  readonly organisation: Organisation;
  readonly roster: Roster;
  readonly people: ReadonlyMap<PersonId, Person>;
  readonly byMobile: ReadonlyMap<string, Person>;
  readonly units: ReadonlyMap<string, Unit>;
  readonly posts: ReadonlyMap<PostId, Post>;
  /** Sorted by `from`. */
  readonly shiftsOf: ReadonlyMap<PostId, readonly Shift[]>;
  /** A unit's posts, in the roster's order. */
  readonly postsOfUnit: ReadonlyMap<string, readonly PostId[]>;
  /** Posts a person holds at any time, in the roster's order. */
  readonly postsOf: ReadonlyMap<PersonId, readonly PostId[]>;
  readonly appointmentsOf: ReadonlyMap<PersonId, readonly Appointment[]>;
  /** `role` and the id of a unit or group, joined by a space. */
  readonly appointedTo: ReadonlyMap<string, readonly Appointment[]>;
  readonly officeId: string | undefined;
};

const push = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
};

export const buildDirectory = (organisation: Organisation, roster: Roster): Directory => {
  const shiftsOf = new Map<PostId, Shift[]>();
  const postsOf = new Map<PersonId, PostId[]>();
  for (const shift of roster.shifts) {
    push(shiftsOf, shift.postId, shift);
    for (const holder of shift.holders) {
      const posts = postsOf.get(holder.personId);
      if (!posts) postsOf.set(holder.personId, [shift.postId]);
      else if (!posts.includes(shift.postId)) posts.push(shift.postId);
    }
  }
  const postsOfUnit = new Map<string, PostId[]>();
  for (const post of roster.posts) push(postsOfUnit, post.unitId, post.id);
  const appointmentsOf = new Map<PersonId, Appointment[]>();
  const appointedTo = new Map<string, Appointment[]>();
  for (const appointment of organisation.appointments) {
    push(appointmentsOf, appointment.personId, appointment);
    push(appointedTo, `${appointment.role} ${appointment.of}`, appointment);
  }
  return {
    organisation,
    roster,
    people: new Map(organisation.people.map((person) => [person.id, person])),
    byMobile: new Map(organisation.people.map((person) => [person.mobile, person])),
    units: new Map(organisation.units.map((unit) => [unit.id, unit])),
    posts: new Map(roster.posts.map((post) => [post.id, post])),
    shiftsOf,
    postsOfUnit,
    postsOf,
    appointmentsOf,
    appointedTo,
    officeId: organisation.groups.find((group) => group.isOffice)?.id,
  };
};

/** Who is in a role of a unit or group at an instant. */
export const appointedAt = (directory: Directory, role: AppointmentRole, of: string, at: number): readonly PersonId[] =>
  (directory.appointedTo.get(`${role} ${of}`) ?? []).filter((a) => isInTerm(a, at)).map((a) => a.personId);

/** Leader and members of the liaison group's office. */
export const officePeople = (directory: Directory, at: number): readonly PersonId[] => {
  const { officeId } = directory;
  if (officeId === undefined) return [];
  return [...new Set([...appointedAt(directory, 'groupLeader', officeId, at), ...appointedAt(directory, 'member', officeId, at)])];
};

export const isOffice = (directory: Directory, personId: PersonId, at: number): boolean => officePeople(directory, at).includes(personId);

/** The shift of a post that an instant belongs to: its start does, its end does not. */
export const shiftAt = (directory: Directory, postId: PostId, at: number): Shift | undefined => {
  const shifts = directory.shiftsOf.get(postId);
  if (!shifts) return undefined;
  let low = 0;
  let high = shifts.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const shift = shifts[middle]!;
    if (at < shift.from) high = middle - 1;
    else if (at >= shift.to) low = middle + 1;
    else return shift;
  }
  return undefined;
};

/** Who stands a post at an instant, nobody where there is no shift. */
export const holdersAt = (directory: Directory, postId: PostId, at: number): readonly Holder[] =>
  shiftAt(directory, postId, at)?.holders ?? [];
