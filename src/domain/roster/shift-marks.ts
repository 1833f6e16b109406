import type { Shift } from './roster.ts';

/** How often a shift was changed after it was first put on the roster, and when that was last, epoch ms. */
export type ShiftMark = { readonly sequence: number; readonly modifiedAt: number };

/** A shift is the same one as long as its post and its beginning are. */
export const shiftKey = ({ postId, from }: Pick<Shift, 'postId' | 'from'>): string => `${postId}-${from}`;

type Marked = { readonly mark: ShiftMark; readonly says: string };

/** By `shiftKey`; what is gone is remembered, for it may come back. */
export type ShiftMarks = ReadonlyMap<string, Marked>;

const saysOf = ({ to, holders }: Shift): string => `${to} ${holders.map(({ role, personId }) => `${role}${personId}`).join(' ')}`;

/** What a change of the roster at an instant does to the marks; `after` as it is stood. */
export const markShifts = (marks: ShiftMarks, after: readonly Shift[], at: number): ShiftMarks => {
  const next = new Map(marks);
  const there = new Set<string>();
  for (const shift of after) {
    const key = shiftKey(shift);
    const known = marks.get(key);
    const says = saysOf(shift);
    there.add(key);
    if (!known) next.set(key, { mark: { sequence: 0, modifiedAt: at }, says });
    else if (known.says !== says) next.set(key, { mark: { sequence: known.mark.sequence + 1, modifiedAt: at }, says });
  }
  for (const [key, { mark, says }] of marks)
    if (!there.has(key) && says !== '') next.set(key, { mark: { sequence: mark.sequence + 1, modifiedAt: at }, says: '' });
  return next;
};
