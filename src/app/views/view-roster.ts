import { incomingAt } from '../../domain/escalation/resolve.ts';
import { type Directory, holdersAt, shiftAt } from '../../domain/organisation/directory.ts';
import type { DutyRole, Post } from '../../domain/roster/roster.ts';
import { idKey, type Iso, type Page, type PageQuery, toPage, type Seen } from './view-page.ts';

export type RosterRow = {
  readonly postId: string;
  readonly post: string;
  readonly unit: string;
  /** ISO; null where nobody stands the post at that instant. */
  readonly from: string | null;
  readonly to: string | null;
  readonly holders: readonly { readonly role: DutyRole; readonly personId: string; readonly name: string }[];
  /** Who is to take it over and has not accepted: until then the holders stay. */
  readonly notHandedOverTo?: readonly { readonly personId: string; readonly name: string }[];
};

const toRow = (directory: Directory, post: Post, at: number, iso: Iso): RosterRow => {
  const shift = shiftAt(directory, post.id, at);
  const held = directory.held.get(post.id);
  const nameOf = (personId: string): string => directory.people.get(personId)?.name ?? personId;
  return {
    postId: post.id,
    post: post.name,
    unit: directory.units.get(post.unitId)?.name ?? post.unitId,
    from: shift ? iso(shift.from) : null,
    to: shift ? iso(shift.to) : null,
    holders: holdersAt(directory, post.id, at).map(({ role, personId }) => ({ role, personId, name: nameOf(personId) })),
    ...(held !== undefined && held.from <= at
      ? { notHandedOverTo: incomingAt(directory, post.id, at).map((personId) => ({ personId, name: nameOf(personId) })) }
      : {}),
  };
};

const keyOf = (post: Post): string => idKey(post.id);

/** Who stands each post at an instant. */
export const viewRoster = (
  directory: Directory,
  at: number,
  iso: Iso,
  query: PageQuery & Seen<Post>,
): Page<RosterRow> & { readonly at: string } => {
  const page = toPage(directory.roster.posts, keyOf, query);
  return { at: iso(at), items: page.items.map((post) => toRow(directory, post, at, iso)), next: page.next };
};
