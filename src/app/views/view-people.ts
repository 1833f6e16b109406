import { type Directory, isOffice } from '../../domain/organisation/directory.ts';
import type { Appointment, AppointmentRole, Person } from '../../domain/organisation/organisation.ts';
import type { Clock } from '../../ports/clock.ts';
import { idKey, type Page, type PageQuery, toPage, type Seen } from './view-page.ts';

export type PersonView = {
  readonly id: string;
  readonly name: string;
  readonly mobile: string;
  readonly title?: string;
  readonly isOffice: boolean;
  readonly isDisabled: boolean;
  readonly roles: readonly { readonly role: AppointmentRole; readonly of: string; readonly name: string }[];
  /** Posts that the person stands at any time. */
  readonly posts: readonly { readonly id: string; readonly name: string; readonly unit: string }[];
};

const nameOf = (directory: Directory, of: string): string =>
  directory.units.get(of)?.name ?? directory.organisation.groups.find((group) => group.id === of)?.name ?? of;

const isInForce = (a: Appointment, at: number): boolean => a.from <= at && (a.to === undefined || at < a.to);

const toView = (directory: Directory, person: Person, at: number): PersonView => ({
  id: person.id,
  name: person.name,
  mobile: person.mobile,
  ...(person.title === undefined ? {} : { title: person.title }),
  isOffice: isOffice(directory, person.id, at),
  isDisabled: person.isDisabled ?? false,
  roles: (directory.appointmentsOf.get(person.id) ?? [])
    .filter((appointment) => isInForce(appointment, at))
    .map(({ role, of }) => ({ role, of, name: nameOf(directory, of) })),
  posts: (directory.postsOf.get(person.id) ?? []).map((id) => {
    const post = directory.posts.get(id);
    return { id, name: post?.name ?? id, unit: nameOf(directory, post?.unitId ?? '') };
  }),
});

const keyOf = (person: Person): string => idKey(person.id);

/** Everybody there is, with what they are now. */
export const viewPeople = (directory: Directory, clock: Clock, query: PageQuery & Seen<Person>): Page<PersonView> => {
  const page = toPage(directory.organisation.people, keyOf, query);
  return { items: page.items.map((person) => toView(directory, person, clock.now())), next: page.next };
};
