import { findOwnLinks } from '../logic/own-links.ts';

/** Words in which the addresses of this service can be followed. */
export const Linked = ({ text }: { readonly text: string }) => (
  <>
    {findOwnLinks(text, location.origin).map(({ text: words, href }) =>
      href === undefined ? (
        words
      ) : (
        <a key={href} href={href} target="_blank" rel="noopener">
          {words}
        </a>
      ),
    )}
  </>
);
