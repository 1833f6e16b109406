import type { AppointmentRole } from '../../src/domain/organisation/organisation.ts';
import type { DutyRole } from '../../src/domain/roster/roster.ts';
import { appointmentWords, dutyRoleWords, headerWords, vocabulary } from '../../src/messages/workbook-vocabulary.ts';
import { compact } from './grid.ts';

/** What header cells and role words mean; the words themselves are vocabulary. */

export type ColumnKind = keyof typeof headerWords;

const includesOne = (text: string, words: readonly string[]): boolean => words.some((word) => text.includes(word));

/** In the order in which a more telling word wins: the second of a pair, the leader, then anybody on duty. */
export const dutyRoleIn = (text: string): DutyRole | undefined => {
  const bare = compact(text);
  for (const role of ['coDuty', 'shiftLeader', 'onDuty'] as const) if (includesOne(bare, dutyRoleWords[role])) return role;
  return undefined;
};

const appointmentOrder = ['contact', 'liaison', 'principal', 'member', 'groupLeader', 'shiftLeader', 'dutyOfficer'] as const;

export const appointmentRoleIn = (text: string): AppointmentRole | undefined => {
  const bare = compact(text);
  return appointmentOrder.find((role) => includesOne(bare, appointmentWords[role]));
};

/** Every role that a cell of a role column names. */
export const appointmentRolesIn = (text: string): readonly AppointmentRole[] => {
  const roles = compact(text)
    .split(/[\u3001,;/|]/)
    .flatMap((word) => appointmentRoleIn(word) ?? []);
  return [...new Set(roles)];
};

const trailingNumber = new RegExp(`[:\\d${vocabulary.numerals}]+$`);

const withoutRemark = (text: string): string =>
  compact(text)
    .replace(/\([^()]*\)/g, '')
    .replace(trailingNumber, '');

const exactOrder: readonly ColumnKind[] = [
  'number',
  'month',
  'day',
  'startDate',
  'endDate',
  'weekday',
  'date',
  'email',
  'landline',
  'mobile',
  'title',
  'section',
  'unit',
  'group',
  'person',
  'role',
  'shift',
  'remark',
];

const isExactly = (kind: ColumnKind, text: string): boolean => (headerWords[kind] as readonly string[]).includes(text.toLowerCase());

/** What a column holds, by a word that stands alone. */
export const exactKind = (text: string): ColumnKind | undefined => {
  const bare = withoutRemark(text);
  return exactOrder.find((kind) => isExactly(kind, bare));
};

const joints = new RegExp(`[${vocabulary.joiners.join('')}\\u3001,;/|+&:()\\[\\]-]`);

const namesPhone = (part: string): boolean => includesOne(part, headerWords.mobile) || includesOne(part, headerWords.landline);

const namesPerson = (part: string): boolean =>
  !namesPhone(part) &&
  !includesOne(part, headerWords.title) &&
  !vocabulary.placeEnds.some((end) => part.endsWith(end)) &&
  (includesOne(part, headerWords.person) || appointmentRoleIn(part) !== undefined || dutyRoleIn(part) !== undefined);

/** What a heading of a person and a number, with something between the two, says of the person; undefined for any other heading. */
export const personInJoint = (text: string): string | undefined => {
  const parts = compact(text).split(joints);
  return parts.some(namesPhone) ? parts.find(namesPerson) : undefined;
};

/** A heading without a part that says only that numbers stand there too; as it is where nothing else would be left. */
export const withoutPhone = (text: string): string => {
  const parts = compact(text).split(joints);
  const others = parts.filter((part) => part !== '' && !namesPhone(part));
  return others.length === 1 && parts.some(namesPhone) ? (others[0] ?? text) : text;
};

const partOrder: readonly ColumnKind[] = ['landline', 'mobile', 'email', 'person', 'title', 'section'];

/** What a column holds beside a role: a header that says whose number stands there names both. */
export const partKind = (text: string): ColumnKind | undefined => {
  const bare = withoutRemark(text);
  // A heading of a name and more beside it is about the name.
  if (bare.includes(headerWords.person[0])) return 'person';
  return partOrder.find((kind) => includesOne(bare.toLowerCase(), headerWords[kind]));
};

/** Whether a cell says that dates stand below or beside it. */
export const isDateHeader = (text: string): boolean => {
  const parts = compact(text).split(/[\\/|]/);
  return parts.some((part) => isExactly('date', withoutRemark(part)));
};

export const isExactKind = (kind: ColumnKind, text: string): boolean => isExactly(kind, withoutRemark(text));
