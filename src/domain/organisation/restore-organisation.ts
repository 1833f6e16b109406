import type { OrganisationChanges } from './apply-contacts.ts';
import type { Nameless } from './nameless.ts';
import type { Appointment, Organisation } from './organisation.ts';

/** What makes an organisation again what an earlier list said: nobody is forgotten, terms end and begin. Pure. */

type Known = { readonly id: string };

/** Those that read otherwise now; of whom the ledger has forgotten the name, what is known today stays. */
const differing = <T extends Known>(before: readonly T[], now: readonly T[], nameless: Nameless): readonly T[] => {
  const known = new Map(now.map((one) => [one.id, JSON.stringify(one)]));
  return before.filter((one) => !nameless.has(one.id) && known.get(one.id) !== JSON.stringify(one));
};

const keyOf = ({ role, of, personId }: Appointment): string => `${role} ${of} ${personId}`;

/** In force at an instant or later. */
const lasting = ({ appointments }: Pick<Organisation, 'appointments'>, at: number): readonly Appointment[] =>
  appointments.filter(({ to }) => to === undefined || to > at);

export const changesBackTo = (
  { organisation: before, nameless }: { readonly organisation: Organisation; readonly nameless: Nameless },
  now: Organisation,
  at: number,
): OrganisationChanges => {
  const [had, has] = [lasting(before, at), lasting(now, at)];
  const [wanted, known] = [new Set(had.map(keyOf)), new Set(has.map(keyOf))];
  return {
    people: differing(before.people, now.people, nameless),
    units: differing(before.units, now.units, nameless),
    groups: differing(before.groups, now.groups, nameless),
    closed: has.filter((one) => !wanted.has(keyOf(one))).map((one) => ({ ...one, to: Math.max(one.from, at) })),
    opened: had.filter((one) => !known.has(keyOf(one))).map((one) => ({ ...one, from: Math.max(one.from, at) })),
  };
};

export const isNothing = ({ people, units, groups, closed, opened }: OrganisationChanges): boolean =>
  people.length + units.length + groups.length + closed.length + opened.length === 0;
