/**
 * Who answers for what: people, units, working groups and the appointments that tie them.
 * Source: the work plan, parts two (organisation) and four (one liaison and one contact per unit).
 */

/** `m` and a number, given at first import and kept for good; it says nothing about the person. */
export type PersonId = string;
/** `u` and a number. */
export type UnitId = string;
/** `g` and a number. */
export type GroupId = string;

export type Person = {
  readonly id: PersonId;
  /** Without spaces, as people write it: `赵明`. */
  readonly name: string;
  /** Digits only, 11 of them for a mainland mobile. */
  readonly mobile: string;
  readonly title?: string;
  readonly officePhone?: string;
  /** Where mail reaches them; in lower case after the `@`. */
  readonly email?: string;
  /** A disabled person has no effect in any channel. */
  readonly isDisabled?: boolean;
};

/** `bureau` is the tenant's own body; it stands a post but is not one of the units that answer to the office. */
export type UnitKind = 'bureau' | 'district' | 'department';

export type Unit = {
  readonly id: UnitId;
  /** The full official name. */
  readonly name: string;
  /** Other names that people really use; the first is shown where room is short. */
  readonly aliases: readonly string[];
  readonly kind: UnitKind;
};

export type Group = {
  readonly id: GroupId;
  readonly name: string;
  /** The liaison group's office: sees everything, last human rung. */
  readonly isOffice: boolean;
};

export type AppointmentRole = 'principal' | 'liaison' | 'contact' | 'groupLeader' | 'member' | 'shiftLeader' | 'dutyOfficer';

/**
 * One person in one role of one unit or group, from `from` (inclusive) to `to` (exclusive), epoch ms.
 * `shiftLeader` and `dutyOfficer` say who may be put on a roster, not who is on duty.
 */
export type Appointment = {
  readonly role: AppointmentRole;
  /** A unit's or a group's id. */
  readonly of: UnitId | GroupId;
  readonly personId: PersonId;
  readonly from: number;
  readonly to?: number;
};

export type Organisation = {
  /** Grows by one with every change. */
  readonly version: number;
  readonly people: readonly Person[];
  readonly units: readonly Unit[];
  readonly groups: readonly Group[];
  readonly appointments: readonly Appointment[];
};

export const emptyOrganisation: Organisation = { version: 0, people: [], units: [], groups: [], appointments: [] };
