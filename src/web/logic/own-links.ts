export type Piece = { readonly text: string; readonly href?: string };

const address = /https?:\/\/[\w.:[\]-]+\/[\w.~%/?=&+-]*/gu;

/** Calendars want the whole address pasted; of everything else its beginning says enough. */
const shownAs = ({ host, pathname }: URL, whole: string): string => {
  const [, first = '', ...rest] = pathname.split('/');
  return first === 'calendar' || rest.join('').length === 0 ? whole : `${host}/${first}/…`;
};

/** A text in pieces, of which the addresses of this very service lead there. Anybody else's stay words: people write them too. */
export const findOwnLinks = (text: string, origin: string): readonly Piece[] => {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: whole, index } of text.matchAll(address)) {
    const url = URL.parse(whole);
    if (url?.origin !== origin) continue;
    if (index > end) pieces.push({ text: text.slice(end, index) });
    pieces.push({ text: shownAs(url, whole), href: whole });
    end = index + whole.length;
  }
  return end < text.length || pieces.length === 0 ? [...pieces, { text: text.slice(end) }] : pieces;
};
