import type { FastifyReply, FastifyRequest } from 'fastify';

/** Cookies of the page: read by nobody's script, sent to nobody else. */

export type CookieSettings = {
  /** Where people reach us, where that is known; an https address makes every cookie a secure one. */
  readonly publicUrl: () => string;
};

/** The cookie of a session. */
export const sessionCookie = 'session';

const isSecure = (request: FastifyRequest, { publicUrl }: CookieSettings): boolean =>
  request.protocol === 'https' || request.headers['x-forwarded-proto'] === 'https' || publicUrl().startsWith('https:');

/** The prefix keeps other hosts of the same domain, and plain http, from planting a cookie of this name. */
const nameOf = (name: string, isSafe: boolean): string => (isSafe ? `__Host-zaigang-${name}` : `zaigang-${name}`);

const valueForm = /^[\w.-]{1,200}$/u;

export const readCookie = (request: FastifyRequest, name: string, settings: CookieSettings): string | undefined => {
  const wanted = `${nameOf(name, isSecure(request, settings))}=`;
  const found = (request.headers.cookie ?? '').split(/; ?/u).find((pair) => pair.startsWith(wanted));
  const value = found?.slice(wanted.length);
  return value !== undefined && valueForm.test(value) ? value : undefined;
};

/** `lax`: a link in a chat or a sign-in elsewhere leads here with it, a form or a script of another site does not. */
export const writeCookie = (
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  name: string,
  value: string,
  maxAgeS: number,
  settings: CookieSettings,
): void => {
  const isSafe = isSecure(request, settings);
  const parts = [
    `${nameOf(name, isSafe)}=${value}`,
    'Path=/',
    `Max-Age=${maxAgeS}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(isSafe ? ['Secure'] : []),
  ];
  const before = reply.getHeader('set-cookie');
  reply.header('set-cookie', [...(Array.isArray(before) ? before : before === undefined ? [] : [String(before)]), parts.join('; ')]);
};

export const dropCookie = (
  exchange: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  name: string,
  settings: CookieSettings,
): void => writeCookie(exchange, name, '', 0, settings);

const hostOf = (address: string): string | undefined => {
  try {
    return new URL(address).host;
  } catch {
    return undefined;
  }
};

/**
 * Whether a request that changes something comes from a page of ours. Browsers say so in `Sec-Fetch-Site`, or, where the
 * page came over plain http, in `Origin`. Nothing said: no browser of today sent it.
 */
export const isFromOurPage = (request: FastifyRequest, { publicUrl }: CookieSettings): boolean => {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const host = hostOf(request.headers.origin ?? '');
  return host !== undefined && (host === request.headers.host || host === hostOf(publicUrl()));
};

/** A browser that names another site as where the request comes from. */
export const isFromElsewhere = (request: FastifyRequest, settings: CookieSettings): boolean => {
  const { origin } = request.headers;
  const isTold = request.headers['sec-fetch-site'] !== undefined || origin !== undefined;
  return isTold && request.headers['sec-fetch-site'] !== 'none' && !isFromOurPage(request, settings);
};
