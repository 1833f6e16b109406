import { applyOverrides } from '../roster/apply-overrides.ts';
import type { Holder, Override, Post, PostId, Roster, Shift } from '../roster/roster.ts';
import type { Appointment, AppointmentRole, Organisation, Person, PersonId, Unit } from './organisation.ts';
import { isInTerm } from './terms.ts';

/** A post that has not been handed over yet: whoever stood it stands it on, from `from` (inclusive, epoch ms) without end. */
export type Held = {
  readonly from: number;
  readonly holders: readonly Holder[];
  /** Who has come already, where others must too before the post is handed over. */
  readonly come?: readonly PersonId[];
};

/** Organisation and roster arranged for asking: built once per version, never changed. */
export type Directory = {
  readonly organisation: Organisation;
  /** As it is stood: with what was agreed on top of the plan. */
  readonly roster: Roster;
  /** The plan, and what was agreed on top of it. */
  readonly planned: Roster;
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
  /** Who looks after the duty of a standing contact, by the one who is away. */
  readonly substitutes: ReadonlyMap<PersonId, readonly Override[]>;
  /** Posts whose last shift has ended and that nobody has taken over yet. */
  readonly held: ReadonlyMap<PostId, Held>;
};

const push = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
};

const nothingHeld: ReadonlyMap<PostId, Held> = new Map();

export const buildDirectory = (organisation: Organisation, planned: Roster): Directory => {
  const roster = applyOverrides(planned);
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
    planned,
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
    substitutes: Map.groupBy(
      (roster.overrides ?? []).filter(({ out, subject }) => out === subject),
      ({ subject }) => subject,
    ),
    held: nothingHeld,
  };
};

/** Whom a standing contact's duty falls to at an instant: themselves, unless they are away. */
export const standingAt = (directory: Directory, personId: PersonId, at: number): PersonId => {
  const override = directory.substitutes.get(personId)?.findLast(({ from, to }) => from <= at && at < to);
  return override?.in ?? personId;
};

/** Duties of being reachable that another can look after; what only the head of a unit may do is no such duty. */
const isStanding = (role: AppointmentRole): boolean => role !== 'principal' && role !== 'shiftLeader' && role !== 'dutyOfficer';

/** Who is in a role of a unit or group at an instant, or looks after it for them. */
export const appointedAt = (directory: Directory, role: AppointmentRole, of: string, at: number): readonly PersonId[] => {
  const people = (directory.appointedTo.get(`${role} ${of}`) ?? []).filter((a) => isInTerm(a, at)).map((a) => a.personId);
  if (directory.substitutes.size === 0 || !isStanding(role)) return people;
  return [...new Set(people.map((personId) => standingAt(directory, personId, at)))];
};

/** Leader and members of the liaison group's office. */
export const officePeople = (directory: Directory, at: number): readonly PersonId[] => {
  const { officeId } = directory;
  if (officeId === undefined) return [];
  return [...new Set([...appointedAt(directory, 'groupLeader', officeId, at), ...appointedAt(directory, 'member', officeId, at)])];
};

export const isOffice = (directory: Directory, personId: PersonId, at: number): boolean =>
  // nobody is of the office whom no term makes so and who looks after nobody's: known without looking at all of it
  (directory.appointmentsOf.has(personId) || directory.substitutes.size > 0) && officePeople(directory, at).includes(personId);

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

/** The same as the roster alone has it: nobody knows who will accept what is still ahead. */
export const asPlanned = (directory: Directory): Directory => (directory.held.size === 0 ? directory : { ...directory, held: nothingHeld });

/** Who stands a post at an instant: until it is handed over whoever stood it last, nobody where there is no shift. */
export const holdersAt = (directory: Directory, postId: PostId, at: number): readonly Holder[] => {
  const held = directory.held.get(postId);
  return held && held.from <= at ? held.holders : (shiftAt(directory, postId, at)?.holders ?? []);
};
