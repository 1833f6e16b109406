import { mergeById } from '../organisation/merge-by-id.ts';
import type { Post, PostId, Roster, Shift } from './roster.ts';

export type Span = { readonly from: number; readonly to: number };

/** From the first shift's begin to the last one's end, for each post. */
export const spansOf = (shifts: readonly Shift[]): ReadonlyMap<PostId, Span> => {
  const spans = new Map<PostId, Span>();
  for (const { postId, from, to } of shifts) {
    const span = spans.get(postId);
    spans.set(postId, span ? { from: Math.min(span.from, from), to: Math.max(span.to, to) } : { from, to });
  }
  return spans;
};

/** What of a shift lies outside a span. */
export const outside = (shift: Shift, span: Span): readonly Shift[] => {
  if (shift.to <= span.from || shift.from >= span.to) return [shift];
  const before = shift.from < span.from ? [{ ...shift, to: span.from }] : [];
  const after = shift.to > span.to ? [{ ...shift, from: span.to }] : [];
  return [...before, ...after];
};

export const toRoster = (version: number, posts: readonly Post[], shifts: readonly Shift[], overrides: Roster['overrides']): Roster => {
  const order = new Map(posts.map(({ id }, index) => [id, index]));
  const sorted = shifts.toSorted((a, b) => (order.get(a.postId) ?? 0) - (order.get(b.postId) ?? 0) || a.from - b.from);
  return { version, posts, shifts: sorted, ...(overrides === undefined ? {} : { overrides }) };
};

/** The new shifts replace what their posts had inside the span that they cover; other posts are left alone. */
export const mergeShifts = (
  roster: Roster,
  posts: readonly Post[],
  shifts: readonly Shift[],
): { readonly roster: Roster; readonly replaced: readonly Shift[] } => {
  const spans = spansOf(shifts);
  const replaced: Shift[] = [];
  const kept = roster.shifts.flatMap((shift) => {
    const span = spans.get(shift.postId);
    const rest = span ? outside(shift, span) : [shift];
    if (rest.length !== 1 || rest[0] !== shift) replaced.push(shift);
    return rest;
  });
  return { roster: toRoster(roster.version + 1, mergeById(roster.posts, posts), [...kept, ...shifts], roster.overrides), replaced };
};
