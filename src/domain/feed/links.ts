import { isOffice, type Directory } from '../organisation/directory.ts';
import type { LedgerEvent } from '../ledger/event.ts';
import type { PersonId, UnitId } from '../organisation/organisation.ts';

/** Whose calendar: a person's, a unit's, or everybody's. */
export type FeedOwner = PersonId | UnitId | 'all';

/** How often somebody's link was taken back; a link names the count that it was made under. */
export type FeedLinks = { readonly [owner in FeedOwner]: number };

export const firstLinks: FeedLinks = {};

export const linkNoOf = (links: FeedLinks, owner: FeedOwner): number => links[owner] ?? 0;

/** `CalendarLinkReset` tells the count from then on. */
export const evolveFeedLinks = (links: FeedLinks, { event, data }: LedgerEvent): FeedLinks =>
  event === 'CalendarLinkReset' ? { ...links, [data['owner'] as FeedOwner]: data['no'] as number } : links;

/** One's own is everybody's; what is about others is the office's to hand out and to take back. */
export const mayHandOut = (directory: Directory, personId: PersonId, owner: FeedOwner, at: number): boolean => {
  if (owner === personId) return true;
  return isOffice(directory, personId, at) && (owner === 'all' || directory.units.has(owner));
};

/** Somebody who is gone, or may not come in any more, has no calendar. */
export const hasFeed = (directory: Directory, owner: FeedOwner): boolean => {
  if (owner === 'all' || directory.units.has(owner)) return true;
  const person = directory.people.get(owner);
  return person !== undefined && person.isDisabled !== true;
};
