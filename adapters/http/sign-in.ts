import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SignInDoor } from '../../src/app/sign-in/sign-in-door.ts';
import { Fault } from '../../src/ports/fault.ts';
import type { OpenId } from '../../src/ports/open-id.ts';
import { isLocalCaller } from '../bot/local-caller.ts';
import { type CookieSettings, dropCookie, isFromOurPage, readCookie, sessionCookie, writeCookie } from './cookies.ts';
import { limits } from './limits.ts';
import { createLinkWindow } from '../bot/link-window.ts';
import { sendSignInPage } from './sign-in-page.ts';
import { createWindow } from '../bot/window.ts';

export type SignInRoutes = CookieSettings & {
  readonly door: SignInDoor;
  readonly mode: 'demo' | 'production';
  /** Longest life of a session, s. */
  readonly sessionS: number;
  /** Undefined where the house has no sign-in of its own. */
  readonly openId: OpenId | undefined;
  /** Real ms. */
  readonly realNow: () => number;
};

/** Ties a sign-in elsewhere to the browser that began it. */
const stateCookie = 'open-id';

type WithToken = { Params: { token: string } };

const home = '../';

const isOver = (taken: Promise<void>): Promise<boolean> =>
  taken.then(
    () => false,
    (error: unknown) => {
      if (error instanceof Fault && error.code === 'ZG_TOO_OFTEN') return true;
      throw error;
    },
  );

/**
 * How people come in. A link is looked at as often as anybody likes, programs that preview links do; only the button under
 * it uses it up.
 */
export const registerSignIn = (server: FastifyInstance, deps: SignInRoutes): void => {
  const { door, mode, openId } = deps;
  const signIns = { most: limits.signInsPerWindow, windowMs: limits.signInsWindowMs, realNow: deps.realNow };
  const byLink = createLinkWindow({ of: 'signIns', ...signIns }, server.sharedLimits);
  // keeps a note for each, and asks somebody else's service
  const mayBegin = createWindow({ of: 'openId', ...signIns }, server.sharedLimits);

  const letIn = (request: FastifyRequest, reply: FastifyReply, secret: string): void =>
    writeCookie({ request, reply }, sessionCookie, secret, deps.sessionS, deps);

  server.register(async (scope) => {
    scope.addHook('onRequest', async (request) => {
      if (mode === 'demo' && !isLocalCaller(request.raw)) throw new Fault('ZG_NOT_LOCAL');
    });
    scope.get<WithToken>('/sign-in/:token', async (request, reply) => {
      const state = await door.look(request.params.token, readCookie(request, sessionCookie, deps));
      return sendSignInPage({ request, reply }, state.state, { home, ...('name' in state ? { name: state.name } : {}) });
    });
    scope.post<WithToken>('/sign-in/:token', async (request, reply) => {
      if (!isFromOurPage(request, deps)) return sendSignInPage({ request, reply }, 'crossSite', { home });
      const { token } = request.params;
      if (await isOver(byLink.opens(token))) return sendSignInPage({ request, reply }, 'tooOften', { home });
      const entered = await door.open(token, readCookie(request, sessionCookie, deps));
      if (entered.state !== 'in')
        return sendSignInPage({ request, reply }, (await isOver(byLink.misses(request.ip))) ? 'tooOften' : entered.state, { home });
      letIn(request, reply, entered.secret);
      return reply.code(303).header('cache-control', 'no-store').header('location', home).send();
    });
    if (openId === undefined) return;
    scope.get('/sign-in/openid', async (request, reply) => {
      try {
        await mayBegin(request.ip);
        const { url, state } = await openId.begin();
        writeCookie({ request, reply }, stateCookie, state, limits.openIdS, deps);
        return reply.code(302).header('cache-control', 'no-store').header('location', url).send();
      } catch (error) {
        const page = error instanceof Fault && error.code === 'ZG_TOO_OFTEN' ? 'tooOften' : 'openIdFailed';
        return sendSignInPage({ request, reply }, page, { home });
      }
    });
    scope.get('/sign-in/openid/callback', async (request, reply) => {
      const exchange = { request, reply };
      const state = readCookie(request, stateCookie, deps);
      dropCookie(exchange, stateCookie, deps);
      const query = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '';
      const found = await openId.finish(query, state);
      const before = readCookie(request, sessionCookie, deps);
      const secret = found.personId === undefined ? undefined : await door.enter(found.personId, before, found.proof);
      if (secret === undefined) {
        // whom the provider has vouched for is an event; what anybody could have typed is none
        if (found.reason !== 'failed') await door.refuse('openId', found.reason ?? 'noRole', found.personId);
        return sendSignInPage(exchange, found.reason === 'failed' ? 'openIdFailed' : 'openIdUnknown', { home: '../../' });
      }
      letIn(request, reply, secret);
      return reply.code(302).header('cache-control', 'no-store').header('location', '../../').send();
    });
  });
};
