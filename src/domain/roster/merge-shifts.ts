import type { Post, PostId, Roster, Shift } from './roster.ts';

type Span = { readonly from: number; readonly to: number };

/** What of a shift lies outside a span. */
const outside = (shift: Shift, span: Span): readonly Shift[] => {
  if (shift.to <= span.from || shift.from >= span.to) return [shift];
  const before = shift.from < span.from ? [{ ...shift, to: span.from }] : [];
  const after = shift.to > span.to ? [{ ...shift, from: span.to }] : [];
  return [...before, ...after];
};

/** The new shifts replace what their posts had inside the span that they cover; other posts are left alone. */
export const mergeShifts = (
  roster: Roster,
  posts: readonly Post[],
  shifts: readonly Shift[],
): { readonly roster: Roster; readonly replaced: readonly Shift[] } => {
  const spans = new Map<PostId, Span>();
  for (const { postId, from, to } of shifts) {
    const span = spans.get(postId);
    spans.set(postId, span ? { from: Math.min(span.from, from), to: Math.max(span.to, to) } : { from, to });
  }
  const replaced: Shift[] = [];
  const kept = roster.shifts.flatMap((shift) => {
    const span = spans.get(shift.postId);
    const rest = span ? outside(shift, span) : [shift];
    if (rest.length !== 1 || rest[0] !== shift) replaced.push(shift);
    return rest;
  });
  const changed = new Map(posts.map((post) => [post.id, post]));
  const known = new Set(roster.posts.map(({ id }) => id));
  const allPosts = [...roster.posts.map((post) => changed.get(post.id) ?? post), ...posts.filter(({ id }) => !known.has(id))];
  const order = new Map(allPosts.map(({ id }, index) => [id, index]));
  const sorted = [...kept, ...shifts].toSorted((a, b) => (order.get(a.postId) ?? 0) - (order.get(b.postId) ?? 0) || a.from - b.from);
  return { roster: { version: roster.version + 1, posts: allPosts, shifts: sorted }, replaced };
};
