import type { Directory } from '../organisation/directory.ts';
import { shiftAt } from '../organisation/directory.ts';
import type { PersonId } from '../organisation/organisation.ts';
import type { Holder, PostId, Shift } from '../roster/roster.ts';
import { hasAccepted, type Handover } from './handover.ts';

/** Who relieves whom. The shift leader leads and neither hands over nor accepts. */

export const officersOf = (holders: readonly Holder[]): readonly PersonId[] =>
  holders.filter(({ role }) => role !== 'shiftLeader').map(({ personId }) => personId);

/** Those who come and were not there before: any one of them accepts for the post. */
export const newcomersOf = (incoming: readonly Holder[], outgoing: readonly Holder[]): readonly PersonId[] => {
  const there = officersOf(outgoing);
  return officersOf(incoming).filter((personId) => !there.includes(personId));
};

const isAnybodyThere = (directory: Directory, holders: readonly Holder[]): boolean =>
  officersOf(holders).some((personId) => directory.people.get(personId)?.isDisabled !== true && directory.people.has(personId));

/** A change of shift that needs no word: nobody new comes, nobody is left to wait for, or nobody is planned. */
export const needsNoWord = (directory: Directory, stands: readonly Holder[], planned: readonly Holder[]): boolean =>
  officersOf(planned).length === 0 || !isAnybodyThere(directory, stands) || newcomersOf(planned, stands).length === 0;

/** Whether enough of those who are planned have accepted: those who were exchanged since do not count. */
export const isAcceptedFor = (handover: Handover, planned: readonly Holder[]): boolean => {
  const coming = newcomersOf(planned, handover.outgoing);
  const come = coming.filter((personId) => hasAccepted(handover, personId));
  return come.length >= Math.max(1, Math.min(handover.needed ?? 1, coming.length));
};

/** A change of shift that must be accepted. */
export type Wanted = { readonly at: number; readonly endsAt: number; readonly incoming: readonly Holder[] };

const wantedOf = ({ from, to, holders }: Shift): Wanted => ({ at: from, endsAt: to, incoming: holders });

/** What must be handed over now, or within `leadMs`, by those who stand a post; only where the next shift follows without a gap. */
export const wantedAt = (
  directory: Directory,
  postId: PostId,
  stands: readonly Holder[],
  now: number,
  leadMs: number,
): Wanted | undefined => {
  const plan = shiftAt(directory, postId, now);
  if (!plan) return undefined;
  if (!needsNoWord(directory, stands, plan.holders)) return wantedOf(plan);
  const next = plan.to - leadMs <= now ? shiftAt(directory, postId, plan.to) : undefined;
  return next && !needsNoWord(directory, plan.holders, next.holders) ? wantedOf(next) : undefined;
};
