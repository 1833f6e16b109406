import { foldText } from './grid.ts';

/** As people may write them: letters of any script in front of the `@` do not travel well, and no office has them. */
const addressPattern = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,63}$/i;

/** An address that mail can be sent to, its domain in lower case; undefined for anything else. */
const toEmail = (text: string): string | undefined => {
  const bare = text.replace(/^mailto:/i, '').replace(/^<(.*)>$/, '$1');
  if (!addressPattern.test(bare)) return undefined;
  const at = bare.lastIndexOf('@');
  return `${bare.slice(0, at)}${bare.slice(at).toLowerCase()}`;
};

/** The addresses of a cell, in order; undefined where anything else stands there. */
export const readEmails = (text: string): readonly string[] | undefined => {
  const words = foldText(text)
    .split(/[\s\u3001,;|]+/)
    .filter((word) => word !== '');
  const addresses = words.flatMap((word) => toEmail(word) ?? []);
  return addresses.length === words.length ? addresses : undefined;
};
