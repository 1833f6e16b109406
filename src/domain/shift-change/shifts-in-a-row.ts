import type { Directory } from '../organisation/directory.ts';
import { shiftsByPost } from '../roster/shifts-by-post.ts';
import { overlap, type ShiftPart, type Span } from './duty-request.ts';

/** How many shifts somebody stands in a row, and how long they rest; a shift of which another stands a part is one still. */

/** Shifts with less than this between them follow each other. */
const dayMs = 24 * 3_600_000;
/** Further away than this nothing belongs to the same row that anybody would allow. */
const nearMs = 60 * dayMs;

/** The shifts as planned that some stood pieces belong to, one for each beginning, in order. */
const wholeShifts = (directory: Directory, stood: readonly ShiftPart[], near: Span): readonly Span[] => {
  const planned = shiftsByPost(directory.planned);
  const found = new Map<number, Span>();
  for (const piece of stood) {
    if (!overlap(piece, { from: near.from - nearMs, to: near.to + nearMs })) continue;
    const whole = (planned.get(piece.postId) ?? []).filter((shift) => overlap(shift, piece));
    for (const { from, to } of whole.length > 0 ? whole : [piece]) {
      const known = found.get(from);
      if (!known || known.to < to) found.set(from, { from, to });
    }
  }
  return [...found.values()].toSorted((a, b) => a.from - b.from);
};

/** The length of the row of shifts that a part lies in. */
export const longestRow = (directory: Directory, stood: readonly ShiftPart[], part: ShiftPart): number => {
  let longest = 0;
  let row: Span[] = [];
  for (const shift of wholeShifts(directory, stood, part)) {
    const last = row.at(-1);
    row = last && shift.from - last.to < dayMs ? [...row, shift] : [shift];
    if (row.some((one) => overlap(one, part))) longest = Math.max(longest, row.length);
  }
  return longest;
};

/** The shortest time between a part and another shift of the same person. */
export const restBefore = (directory: Directory, stood: readonly ShiftPart[], part: ShiftPart): number => {
  const shifts = wholeShifts(directory, stood, part);
  const others = shifts.filter((shift) => !overlap(shift, part));
  return Math.min(
    Number.POSITIVE_INFINITY,
    ...others.map((other) => (other.from >= part.to ? other.from - part.to : part.from - other.to)).filter((ms) => ms >= 0),
  );
};
