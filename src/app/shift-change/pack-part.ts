import type { DutyRole } from '../../domain/roster/roster.ts';
import type { ShiftPart } from '../../domain/shift-change/duty-request.ts';

/** A shift as a button carries it. */

const roles: readonly DutyRole[] = ['shiftLeader', 'onDuty', 'coDuty'];
const radix = 36;

export const packPart = ({ postId, from, to, role }: ShiftPart): string =>
  [postId, from.toString(radix), to.toString(radix), role].join(' ');

/** Undefined for what is no shift. */
export const readPart = (text: string): ShiftPart | undefined => {
  const [postId = '', from = '', to = '', role] = text.split(' ');
  const known = roles.find((one) => one === role);
  const span = { from: Number.parseInt(from, radix), to: Number.parseInt(to, radix) };
  return known && postId.startsWith('p') && span.from < span.to ? { postId, ...span, role: known } : undefined;
};
