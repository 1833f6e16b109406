import { firstLinks, hasFeed, linkNoOf, type FeedLinks, type FeedOwner } from '../../domain/feed/links.ts';
import type { Directory } from '../../domain/organisation/directory.ts';
import type { LinkSigner } from '../../ports/links.ts';
import type { Store } from '../../ports/store.ts';

/** The id of what is kept of links that were taken back, of which there is one. */
export const linksId = 'l';

const signed = (owner: FeedOwner, no: number): string => `calendar ${owner} ${no}`;

/**
 * What stands in a link: the owner's id, which says nothing to anybody, and 256 bits that only this service can make.
 * Nothing is kept for a link; taking it back raises the owner's count, under which the old one was made.
 */
export const feedTokenOf = (signer: LinkSigner, links: FeedLinks, owner: FeedOwner): string =>
  `${owner}.${signer.sign(signed(owner, linkNoOf(links, owner)))}`;

const tokenForm = /^(all|[mu]\d{1,9})\.([\w-]{43})$/u;

export const readLinks = async (store: Pick<Store, 'load'>): Promise<FeedLinks> => {
  const [stored] = await store.load([linksId]);
  return stored?.aggregate.type === 'links' ? stored.aggregate.state : firstLinks;
};

/** Whose calendar a link opens; undefined for one that is wrong, was taken back, or whose owner is gone. */
export const ownerOfToken = async (
  { signer, store, directory }: { readonly signer: LinkSigner; readonly store: Pick<Store, 'load'>; readonly directory: Directory },
  token: string,
): Promise<FeedOwner | undefined> => {
  const [, owner, signature] = tokenForm.exec(token) ?? [];
  if (owner === undefined || signature === undefined) return undefined;
  const links = await readLinks(store);
  return signer.isSigned(signed(owner, linkNoOf(links, owner)), signature) && hasFeed(directory, owner) ? owner : undefined;
};
