import type { PersonId } from '../../domain/organisation/organisation.ts';
import type { LinkSigner } from '../../ports/links.ts';
import type { Secrets } from '../../ports/secrets.ts';

/** How long a link of the chat opens the page, real ms. */
export const linkLifeMs = 5 * 60_000;

/** What a link says, signed: whom it lets in, until when (real epoch ms), and what tells it from every other. */
export type LinkClaim = { readonly personId: PersonId; readonly untilAt: number; readonly nonce: string };

const form = /^(m\d{1,9})\.([\da-z]{6,11})\.([\w-]{43,64})\.([\w-]{43})$/u;

const signed = (body: string): string => `sign-in ${body}`;

/**
 * Nothing is kept for a link that is only asked for: it is signed, and what is kept is that it was used. So a turn that
 * is decided again leaves nothing behind.
 */
export const makeLinkToken = (signer: LinkSigner, secrets: Pick<Secrets, 'newSeed'>, personId: PersonId, realNow: number): string => {
  const body = `${personId}.${Math.ceil(realNow + linkLifeMs).toString(36)}.${secrets.newSeed()}`;
  return `${body}.${signer.sign(signed(body))}`;
};

/** Undefined for what we never gave out. */
export const readLinkToken = (signer: LinkSigner, token: string): LinkClaim | undefined => {
  const [, personId, until, nonce, signature] = form.exec(token) ?? [];
  if (personId === undefined || until === undefined || nonce === undefined || signature === undefined) return undefined;
  if (!signer.isSigned(signed(`${personId}.${until}.${nonce}`), signature)) return undefined;
  return { personId, untilAt: Number.parseInt(until, 36), nonce };
};
