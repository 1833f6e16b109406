import { type Directory, shiftAt } from '../../domain/organisation/directory.ts';
import type { DutyRole, Post } from '../../domain/roster/roster.ts';
import { idKey, type Iso, type Page, type PageQuery, toPage } from './view-page.ts';

export type RosterRow = {
  readonly postId: string;
  readonly post: string;
  readonly unit: string;
  /** ISO; null where nobody stands the post at that instant. */
  readonly from: string | null;
  readonly to: string | null;
  readonly holders: readonly { readonly role: DutyRole; readonly personId: string; readonly name: string }[];
};

const toRow = (directory: Directory, post: Post, at: number, iso: Iso): RosterRow => {
  const shift = shiftAt(directory, post.id, at);
  return {
    postId: post.id,
    post: post.name,
    unit: directory.units.get(post.unitId)?.name ?? post.unitId,
    from: shift ? iso(shift.from) : null,
    to: shift ? iso(shift.to) : null,
    holders: (shift?.holders ?? []).map(({ role, personId }) => ({
      role,
      personId,
      name: directory.people.get(personId)?.name ?? personId,
    })),
  };
};

/** Who stands each post at an instant. */
export const viewRoster = (directory: Directory, at: number, iso: Iso, query: PageQuery): Page<RosterRow> & { readonly at: string } => {
  const page = toPage(directory.roster.posts, (post) => idKey(post.id), query);
  return { at: iso(at), items: page.items.map((post) => toRow(directory, post, at, iso)), next: page.next };
};
