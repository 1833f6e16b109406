import type { Appointment, AppointmentRole, Organisation, PersonId, UnitId } from './organisation.ts';

/** Exactly one person holds each of these in a unit at each instant. */
export type SingleRole = Extract<AppointmentRole, 'liaison' | 'contact'>;

export type AppointmentChange = {
  readonly role: SingleRole;
  readonly unitId: UnitId;
  readonly personId: PersonId;
  /** Epoch ms. */
  readonly from: number;
};

export type ChangeResult =
  | {
      readonly status: 'changed';
      readonly organisation: Organisation;
      readonly opened: readonly Appointment[];
      readonly closed: readonly Appointment[];
    }
  | { readonly status: 'unchanged' }
  | { readonly status: 'refused'; readonly reason: 'unknownUnit' | 'unknownPerson' | 'disabledPerson' };

const isLasting = (a: Appointment): boolean => a.to === undefined || a.to > a.from;

const holdsAt = (a: Appointment, at: number): boolean => a.from <= at && (a.to === undefined || at < a.to);

/**
 * Puts somebody in a single role from an instant on, until the next change that is already planned. What was in
 * force is closed, never erased.
 */
export const replaceHolder = (
  appointments: readonly Appointment[],
  change: { role: AppointmentRole; of: string; personId: PersonId; from: number },
): { readonly appointments: readonly Appointment[]; readonly opened: readonly Appointment[]; readonly closed: readonly Appointment[] } => {
  const { role, of, personId, from } = change;
  const isSame = (a: Appointment): boolean => a.role === role && a.of === of;
  const held = appointments.filter((a) => isSame(a) && holdsAt(a, from));
  if (held.length === 1 && held[0]?.personId === personId) return { appointments, opened: [], closed: [] };
  const closed = held.filter((a) => a.personId !== personId);
  const later = appointments.filter((a) => isSame(a) && isLasting(a) && a.from > from).map((a) => a.from);
  const isKept = held.some((a) => a.personId === personId);
  const opened: Appointment[] = isKept ? [] : [{ role, of, personId, from, ...(later.length > 0 ? { to: Math.min(...later) } : {}) }];
  const next = appointments.map((a) => (closed.includes(a) ? { ...a, to: from } : a));
  return { appointments: [...next, ...opened], opened, closed: closed.map((a) => ({ ...a, to: from })) };
};

/** The command: a unit's one liaison or one contact changes at an instant. */
export const changeAppointment = (organisation: Organisation, change: AppointmentChange): ChangeResult => {
  if (!organisation.units.some((unit) => unit.id === change.unitId)) return { status: 'refused', reason: 'unknownUnit' };
  const person = organisation.people.find(({ id }) => id === change.personId);
  if (!person) return { status: 'refused', reason: 'unknownPerson' };
  if (person.isDisabled) return { status: 'refused', reason: 'disabledPerson' };
  const { appointments, opened, closed } = replaceHolder(organisation.appointments, { ...change, of: change.unitId });
  if (opened.length === 0 && closed.length === 0) return { status: 'unchanged' };
  return { status: 'changed', organisation: { ...organisation, version: organisation.version + 1, appointments }, opened, closed };
};
