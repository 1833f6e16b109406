import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Given } from './environment-rules.ts';
import type { Fault } from './faults.ts';
import { textField } from './fields.ts';

/** What the platforms' variables are made of. */

export const some = (form: string, example: string) => textField(form, example, (text) => text || undefined);

export const secret = (form: string) => textField(form, 'as the platform shows it', (text) => text || undefined, { isSecret: true });

export const addressLike = (example: string) =>
  textField('an address that begins with http:// or https://', example, (text) =>
    /^https?:\/\/[^\s/?#]+(?:\/[^\s?#]*)?$/.test(text) ? text.replace(/\/+$/, '') : undefined,
  );

/** Looked at before anything is started: the SDKs of some platforms read it when they first send. */
export const file = textField('the path of a file with the certificate of an authority (PEM)', './ca.pem', (text) => {
  const path = resolve(text);
  const content = readFileSync(path, 'utf8');
  const [first] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/u.exec(content) ?? [];
  // a server that vouches for itself is an authority too; what cannot be read as a certificate throws
  return first !== undefined && new X509Certificate(first).raw.length > 0 ? path : undefined;
});

/** Some of a few words, with commas between. */
export const someOf = <const T extends string>(words: readonly T[]) =>
  textField(`some of ${words.join(', ')}, with commas between`, words.join(','), (text) => {
    const said = text.split(',').map((word) => word.trim());
    const found = words.filter((word) => said.includes(word));
    return found.length === new Set(said).size ? found : undefined;
  });

/** Half a set of credentials is never started with. */
export const wholeOrNone = (channel: string, prefix: string, names: readonly string[], given: Given): readonly Fault[] => {
  if (!Object.keys(given).some((name) => name.startsWith(prefix))) return [];
  return names
    .filter((name) => given[name] === undefined)
    .map((name) => ({ name, problem: `missing; ${channel} needs it, or leave all ${prefix} variables out` }));
};
