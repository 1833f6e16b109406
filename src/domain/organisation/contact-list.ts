import type { Place } from './finding.ts';
import type { AppointmentRole, UnitKind } from './organisation.ts';

/** A contact list as it was read: names and texts, nothing resolved yet. */

export type ListedPerson = {
  /** Without spaces. */
  readonly name: string;
  /** 11 digits. A person may stand without one where the same list or the organisation knows it. */
  readonly mobile?: string;
  readonly title?: string;
  readonly officePhone?: string;
  readonly email?: string;
  readonly place: Place;
};

export type ListedUnit = { readonly name: string; readonly kind?: UnitKind; readonly place: Place };

export type ListedGroup = { readonly name: string; readonly isOffice: boolean; readonly place: Place };

export type ListedAppointment = {
  readonly role: AppointmentRole;
  /** A unit's name in any form, or a group's as it stands in `groups`. */
  readonly of: string;
  readonly isGroup: boolean;
  readonly person: ListedPerson;
};

export type ContactList = {
  /** Units that the list introduces; appointments may name others that are known already. */
  readonly units: readonly ListedUnit[];
  readonly groups: readonly ListedGroup[];
  readonly appointments: readonly ListedAppointment[];
};
