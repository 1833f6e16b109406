import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller } from '../../src/ports/callers.ts';
import { Fault } from '../../src/ports/fault.ts';
import { isLocalCaller } from '../bot/local-caller.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whoever is behind the token; nobody in a demo. */
    caller?: Caller;
  }
}

/** Nothing comes from elsewhere. Cards are styled through the object model; inline styles are for markup in them. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  // blob: is how the chat's client reads a file that somebody chose
  "connect-src 'self' ws: wss: blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** What is posted is answered to programs, thousands of times a second: no browser ever shows it as a page. */
export const addSecurityHeaders = (server: FastifyInstance): void => {
  server.addHook('onRequest', (request, reply, done) => {
    if (request.method === 'POST') reply.header('x-content-type-options', 'nosniff');
    else reply.headers(securityHeaders);
    done();
  });
};

export type ApiGuardDeps = {
  readonly mode: 'demo' | 'production';
  /** Throws ZG_TOKEN_… where the token does not hold. */
  readonly whoCalls: (token: string) => Promise<Caller | undefined>;
};

/** A browser's event stream cannot carry a header, so its token may come in the query. */
const tokenOf = (request: FastifyRequest): string => {
  const query = request.query as { readonly t?: unknown };
  const inHeader = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const inQuery = request.routeOptions.url === '/api/live' && typeof query.t === 'string' ? query.t : undefined;
  const token = inHeader ?? inQuery;
  if (token === undefined) throw new Fault('ZG_TOKEN_MISSING');
  return token;
};

/** What is below `/api`: in a demo for this machine, in production for people of the office. */
export const createApiGuard =
  ({ mode, whoCalls }: ApiGuardDeps) =>
  async (request: FastifyRequest): Promise<void> => {
    if (mode === 'demo') {
      if (!isLocalCaller(request.raw)) throw new Fault('ZG_NOT_LOCAL');
      return;
    }
    const caller = await whoCalls(tokenOf(request));
    if (!caller?.isOffice) throw new Fault('ZG_NOT_ALLOWED');
    request.caller = caller;
  };
