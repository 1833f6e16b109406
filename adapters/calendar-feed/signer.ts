import { createHmac, timingSafeEqual } from 'node:crypto';
import type { LinkSigner } from '../../src/ports/links.ts';

/** `secret`: 32 random bytes that every instance of the service shares. */
export const createLinkSigner = (secret: Uint8Array): LinkSigner => {
  const digest = (text: string): Buffer => createHmac('sha256', secret).update(text).digest();
  return {
    sign: (text) => digest(text).toString('base64url'),
    isSigned: (text, signature) => {
      const [wanted, given] = [digest(text), Buffer.from(signature, 'base64url')];
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    },
  };
};
