import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Access, openAccess, sightOf } from '../../src/domain/access/access.ts';
import type { AccessAct } from '../../src/domain/access/rules.ts';
import { Fault } from '../../src/ports/fault.ts';
import { isLocalCaller } from '../bot/local-caller.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call it: an act of the table of roles; `anyone` is also whoever has not signed in. */
    may?: AccessAct | 'anyone';
  }
  interface FastifyRequest {
    /** Whoever calls, below `/api`: what they see follows from it. */
    access: Access;
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
  /** Undefined for somebody who is nothing here any more. Throws ZG_TOKEN_… where the token does not hold. */
  readonly whoCalls: (token: string) => Promise<Access | undefined>;
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

const nobody: Access = { held: [] };

const whoAsks = async (request: FastifyRequest, { mode, whoCalls }: ApiGuardDeps): Promise<Access> => {
  if (mode === 'demo') {
    if (!isLocalCaller(request.raw)) throw new Fault('ZG_NOT_LOCAL');
    return openAccess;
  }
  if (request.routeOptions.config.may === 'anyone') return nobody;
  const access = await whoCalls(tokenOf(request));
  if (!access) throw new Fault('ZG_NOT_ALLOWED');
  return access;
};

/** What is below `/api`: in a demo for this machine, in production for people by their roles. */
export const createApiGuard =
  (deps: ApiGuardDeps) =>
  async (request: FastifyRequest): Promise<void> => {
    request.access = await whoAsks(request, deps);
    const act = request.routeOptions.config.may;
    // what is shown is not divided by units yet, so only those come in who may see all of it
    if (act !== 'anyone' && (act === undefined || sightOf(request.access, act) !== 'all')) throw new Fault('ZG_NOT_ALLOWED');
  };

/** A route that nobody has said the callers of is a mistake of ours: the service does not start with it. */
export const refuseUnruledRoutes = (api: FastifyInstance): void => {
  api.addHook('onRoute', ({ url, config }) => {
    if (config?.may === undefined) throw new Error(`${url} says nothing of who may call it: config: { may: … }`);
  });
};
