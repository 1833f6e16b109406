import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SignInDoor } from '../../src/app/sign-in/sign-in-door.ts';
import { type Access, may, openAccess, stampOf } from '../../src/domain/access/access.ts';
import { accessRules, type AccessAct } from '../../src/domain/access/rules.ts';
import { Fault } from '../../src/ports/fault.ts';
import type { RateLimits } from '../../src/ports/rate-limits.ts';
import { isLocalCaller } from '../bot/local-caller.ts';
import { type CookieSettings, isFromElsewhere, isFromOurPage, readCookie, sessionCookie } from './cookies.ts';
import { limits } from './limits.ts';
import { createWindow } from '../bot/window.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call it: an act of the table of roles; `anyone` is also whoever has not signed in. */
    may?: AccessAct | 'anyone';
    /** An export that writes its own row into the ledger. */
    tellsItself?: boolean;
  }
  interface FastifyRequest {
    /** Whoever calls, below `/api`: what they see follows from it. */
    access: Access;
  }
}

/** What was taken away: the route, the thing it names, and how it was asked for, which may name people. */
export type Taken = { readonly what: string; readonly id?: string; readonly asked: string };

export type ApiGuardDeps = {
  readonly mode: 'demo' | 'production';
  /** Undefined for somebody who is nothing here any more. Throws ZG_TOKEN_… where the token does not hold. */
  readonly whoCalls: (token: string) => Promise<Access | undefined>;
  /** Without it nobody is signed in on the page. */
  readonly session?: CookieSettings & { readonly door: Pick<SignInDoor, 'who'> };
  /** Somebody known has asked for what is not theirs. */
  readonly onRefused?: (access: Access, act: AccessAct) => Promise<void>;
  /** Somebody takes a file away: in the ledger before it leaves. */
  readonly onExport?: (access: Access, taken: Taken) => Promise<void>;
  /** What all processes count together; without it each counts for itself. */
  readonly limits?: RateLimits;
  /** Real ms. */
  readonly realNow?: () => number;
};

/** A browser's event stream cannot carry a header, so its token may come in the query. */
const tokenOf = (request: FastifyRequest): string | undefined => {
  const query = request.query as { readonly t?: unknown };
  const inHeader = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return inHeader ?? (request.routeOptions.url?.endsWith('/live') && typeof query.t === 'string' ? query.t : undefined);
};

const nobody: Access = { held: [] };
const changes = ({ method }: FastifyRequest): boolean => method !== 'GET' && method !== 'HEAD';

/** Whoever the cookie's session is of; undefined where there is none, or it is over. */
const whoIsIn = async (request: FastifyRequest, { session }: ApiGuardDeps): Promise<Access | undefined> => {
  const secret = session && readCookie(request, sessionCookie, session);
  if (session === undefined || secret === undefined) return undefined;
  if (changes(request) && !isFromOurPage(request, session)) throw new Fault('ZG_CROSS_SITE');
  try {
    return await session.door.who(secret);
  } catch (error) {
    if (error instanceof Fault && error.code === 'ZG_SIGNED_OUT') return undefined;
    throw error;
  }
};

const ofDemo = async (request: FastifyRequest, deps: ApiGuardDeps): Promise<Access> => {
  if (!isLocalCaller(request.raw)) throw new Fault('ZG_NOT_LOCAL');
  // open to this machine, which runs other people's pages too
  if (changes(request) && deps.session && isFromElsewhere(request, deps.session)) throw new Fault('ZG_CROSS_SITE');
  return (await whoIsIn(request, deps)) ?? openAccess;
};

const whoAsks = async (request: FastifyRequest, deps: ApiGuardDeps): Promise<Access> => {
  if (deps.mode === 'demo') return ofDemo(request, deps);
  const token = tokenOf(request);
  const access = await (token === undefined ? whoIsIn(request, deps) : deps.whoCalls(token));
  if (access) return access;
  if (request.routeOptions.config.may === 'anyone') return nobody;
  if (token !== undefined) throw new Fault('ZG_NOT_ALLOWED');
  throw new Fault(deps.session && readCookie(request, sessionCookie, deps.session) !== undefined ? 'ZG_SIGNED_OUT' : 'ZG_TOKEN_MISSING');
};

const rolesFor = (act: AccessAct): string => Object.keys(accessRules[act]).join(', ');

/** What is below `/api`: in a demo for this machine, in production for people by their roles. */
export const createApiGuard = (deps: ApiGuardDeps) => {
  const { onRefused, realNow = () => performance.now() } = deps;
  const windowOf = (of: string, most: number) => createWindow({ of, most, windowMs: limits.windowMs, realNow }, deps.limits);
  const mayAsk = windowOf('requests', limits.requestsPerWindow);
  const mayTake = windowOf('exports', limits.exportsPerWindow);
  const seenRefused = windowOf('refused', 1);

  const refuse = async (access: Access, act: AccessAct): Promise<never> => {
    const isNews = await isTaken(() => seenRefused(`${access.personId ?? ''} ${act}`));
    if (access.personId !== undefined && isNews) await onRefused?.(access, act);
    throw new Fault('ZG_NOT_ALLOWED', `${act} is open to these roles: ${rolesFor(act)}`);
  };

  const guard = async (request: FastifyRequest): Promise<void> => {
    request.access = await whoAsks(request, deps);
    const { personId } = request.access;
    const act = request.routeOptions.config.may;
    if (personId !== undefined) await mayAsk(personId);
    if (act === 'anyone') return;
    if (act === undefined) throw new Fault('ZG_NOT_ALLOWED');
    if (!may(request.access, act)) return refuse(request.access, act);
    if (personId !== undefined && act.startsWith('export')) await mayTake(personId);
  };

  return {
    guard,
    recordExport: async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      const { url = '', config } = request.routeOptions;
      if (config.may?.startsWith('export') !== true || config.tellsItself === true || reply.statusCode !== 200) return;
      const { id } = request.params as { readonly id?: string };
      const asked = request.url.split('?')[1] ?? '';
      await deps.onExport?.(request.access, { what: url, asked, ...(id === undefined ? {} : { id }) });
    },
    /** Whether whoever came in by this request may still be where they are. */
    stillMay: async (request: FastifyRequest): Promise<boolean> => {
      try {
        const access = await whoAsks(request, deps);
        const act = request.routeOptions.config.may;
        return act === 'anyone' || (act !== undefined && stampOf(access) === stampOf(request.access) && may(access, act));
      } catch {
        return false;
      }
    },
  };
};

const isTaken = async (take: () => Promise<void>): Promise<boolean> => {
  try {
    await take();
    return true;
  } catch {
    return false;
  }
};

/** A route that nobody has said the callers of is a mistake of ours: the service does not start with it. */
export const refuseUnruledRoutes = (api: FastifyInstance): void => {
  api.addHook('onRoute', ({ url, config }) => {
    if (config?.may === undefined) throw new Error(`${url} says nothing of who may call it: config: { may: … }`);
  });
};
