import type { LedgerEvent } from '../ledger/event.ts';
import { mergeById } from './merge-by-id.ts';
import { tellAnew, type Nameless } from './nameless.ts';
import { emptyOrganisation, type Appointment, type Group, type Organisation, type Person, type Unit } from './organisation.ts';
import { isInTerm } from './terms.ts';

/** The organisation as the ledger tells it. */
export type ToldOrganisation = {
  readonly organisation: Organisation;
  /** People, units and groups. */
  readonly nameless: Nameless;
};

export const untoldOrganisation: ToldOrganisation = { organisation: emptyOrganisation, nameless: new Set() };

type Data = { readonly [key: string]: unknown };
type Entry = readonly [role: Appointment['role'], of: string, personId: string, from: number, to: number | null];
type Removable = { readonly people: readonly Person[]; readonly units: readonly Unit[]; readonly groups: readonly Group[] };

const blankPerson = (id: string): Person => ({ id, name: '', mobile: '' });
const blankUnit = (id: string): Unit => ({ id, name: '', aliases: [], kind: 'district' });
const blankGroup = (id: string): Group => ({ id, name: '', isOffice: false });

/** Everybody named by id, whole where it is still there, blank where it was removed. */
const wholeOf = <T extends { readonly id: string }>(ids: unknown, whole: readonly T[] | undefined, blank: (id: string) => T) => {
  const byId = new Map((whole ?? []).map((one) => [one.id, one]));
  return ((ids ?? []) as readonly string[]).map((id) => byId.get(id) ?? blank(id));
};

const toAppointment = ([role, of, personId, from, to]: Entry): Appointment => ({
  role,
  of,
  personId,
  from,
  ...(to === null ? {} : { to }),
});

/** Of several that began at the same instant the one before was closed at once: the last is meant. */
const closeAll = (appointments: readonly Appointment[], closed: readonly Entry[]): readonly Appointment[] => {
  const next = [...appointments];
  for (const entry of closed) {
    const { role, of, personId, from } = toAppointment(entry);
    const at = next.findLastIndex((a) => a.role === role && a.of === of && a.personId === personId && a.from === from);
    if (at >= 0) next[at] = toAppointment(entry);
  }
  return next;
};

const listChanged = ({ organisation, nameless }: ToldOrganisation, { data, personal }: LedgerEvent): ToldOrganisation => {
  const told: Data = data;
  const removable = (personal ?? {}) as unknown as Partial<Removable>;
  const people = wholeOf(told['people'], removable.people, blankPerson);
  const units = wholeOf(told['units'], removable.units, blankUnit);
  const groups = wholeOf(told['groups'], removable.groups, blankGroup);
  const entries = (which: string): readonly Entry[] => (told[which] ?? []) as readonly Entry[];
  return {
    organisation: {
      version: told['version'] as number,
      people: mergeById(organisation.people, people),
      units: mergeById(organisation.units, units),
      groups: mergeById(organisation.groups, groups),
      appointments: [...closeAll(organisation.appointments, entries('closed')), ...entries('opened').map(toAppointment)],
    },
    nameless: tellAnew(nameless, [...people, ...units, ...groups]),
  };
};

const appointmentChanged = ({ organisation, nameless }: ToldOrganisation, data: Data): ToldOrganisation => {
  const { version, role, of, personId, from, to } = data as unknown as Appointment & { readonly version: number };
  const closed = ((data['closed'] ?? []) as readonly (readonly [string, number, number])[]).map(([person, since, until]): Entry => [
    role,
    of,
    person,
    since,
    until,
  ]);
  const appointments = closeAll(organisation.appointments, closed);
  // of several who held it at once one may have been kept: nothing was opened then
  const isKept = appointments.some((a) => a.role === role && a.of === of && a.personId === personId && isInTerm(a, from));
  const opened = isKept ? [] : [toAppointment([role, of, personId, from, to ?? null])];
  return { organisation: { ...organisation, version, appointments: [...appointments, ...opened] }, nameless };
};

/** What an event makes of the organisation; pure, from what the event itself holds. */
export const evolveOrganisation = (before: ToldOrganisation, event: LedgerEvent): ToldOrganisation => {
  if (event.event === 'OrganisationChanged') return listChanged(before, event);
  if (event.event === 'AppointmentChanged') return appointmentChanged(before, event.data);
  return before;
};
