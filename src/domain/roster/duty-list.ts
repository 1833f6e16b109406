import { holdersAt, type Directory } from '../organisation/directory.ts';
import type { PersonId } from '../organisation/organisation.ts';
import type { PostId } from './roster.ts';

/** Who stands each post, as ids joined by spaces in the order of their roles; empty where nobody does. */
export type DutyList = { readonly [postId in PostId]: string };

const roles = ['shiftLeader', 'onDuty', 'coDuty'] as const;

/** Ids of the people who stand a post, the shift leader first. */
export const dutyOf = (directory: Directory, postId: PostId, at: number): readonly PersonId[] => {
  const holders = holdersAt(directory, postId, at);
  return roles.flatMap((role) => holders.filter((holder) => holder.role === role).map(({ personId }) => personId));
};

export const dutyListAt = (directory: Directory, at: number): DutyList =>
  Object.fromEntries(directory.roster.posts.map(({ id }) => [id, dutyOf(directory, id, at).join(' ')]));

/** Posts that stand otherwise than they did, in the roster's order; a post that is new there too, if somebody stands it. */
export const changedPosts = (before: DutyList, after: DutyList): readonly PostId[] =>
  Object.keys(after).filter((postId) => (before[postId] ?? '') !== after[postId]);
