import { createLinkSigner } from '../../adapters/calendar-feed/signer.ts';
import type { ApiDeps } from '../../adapters/http/api.ts';
import type { SessionDeps } from '../../adapters/http/session.ts';
import { createOpenId } from '../../adapters/open-id/open-id.ts';
import type { RedisClient } from '../../adapters/redis/connect.ts';
import { loadServerSecret } from '../../adapters/redis/server-secret.ts';
import { createSessions } from '../../adapters/redis/sessions.ts';
import { conversationOf, groupConversation } from '../../adapters/webchat/conversation-id.ts';
import { limits } from '../../adapters/webchat/limits.ts';
import type { Tokens } from '../../adapters/webchat/verify.ts';
import { createBindings } from '../app/binding/bindings.ts';
import type { SignInMaker } from '../app/sign-in/say-sign-in.ts';
import { createSignInDoor, type SignInDoor } from '../app/sign-in/sign-in-door.ts';
import type { World } from '../app/world.ts';
import type { Environment } from '../config/environment.ts';
import type { OpenIdSettings } from '../config/sign-in.ts';
import { accessOf } from '../domain/access/held-roles.ts';
import { shortNameOf } from '../domain/organisation/unit-names.ts';
import type { Sessions } from '../ports/sessions.ts';

export type SignIn = {
  readonly maker: SignInMaker;
  readonly door: SignInDoor;
  readonly http: Pick<ApiDeps, 'whoCalls' | 'onRefused' | 'onExport' | 'realNow'> & { readonly session: SessionDeps };
};

type SignInParts = {
  readonly world: World;
  readonly commands: RedisClient;
  readonly bureau: string;
  readonly env: Pick<Environment, 'mode' | 'signIn'>;
  readonly tokens: Tokens;
  /** Ends with `/`. */
  readonly publicUrl: () => string;
  /** Real epoch ms. */
  readonly realNow?: () => number;
};

/** A claim is a mobile number, or an account of a channel that is bound to somebody. */
const finderOf =
  (world: World, { accounts }: OpenIdSettings) =>
  async (value: string): Promise<string | undefined> => {
    if (accounts !== null) return createBindings(world).personOf(accounts, value);
    return world.directory.byMobile.get(value.replaceAll(/[\s-]/gu, '').replace(/^\+?86(?=1\d{10}$)/u, ''))?.id;
  };

const openIdOf = ({ world, env, publicUrl }: SignInParts, sessions: Sessions): SessionDeps['openId'] => {
  const settings = env.signIn.openId;
  if (settings === null) return undefined;
  return createOpenId({
    ...settings,
    callbackUrl: () => `${publicUrl()}sign-in/openid/callback`,
    homeUrl: publicUrl,
    notes: sessions,
    find: finderOf(world, settings),
    log: world.log,
  });
};

/** How people come in to the page, and what the doors know of them then. */
export const openSignIn = async (parts: SignInParts): Promise<SignIn> => {
  const { world, commands, bureau, env, tokens, publicUrl, realNow = Date.now } = parts;
  const signer = createLinkSigner(await loadServerSecret(commands, bureau, 'sign-in'));
  const sessions = createSessions(commands, bureau);
  const auditors = () => new Set(world.settings.auditors);
  const door = createSignInDoor({ world, sessions, signer, realNow, rules: env.signIn });
  const session: SessionDeps = {
    door,
    mode: env.mode,
    publicUrl,
    sessionS: Math.floor(env.signIn.mostMs / 1_000),
    openId: openIdOf(parts, sessions),
    realNow,
    introduce: ({ personId = '', held }) => ({
      name: world.directory.people.get(personId)?.name ?? '',
      units: [...new Set(held.flatMap(({ unitId }) => unitId ?? []))].flatMap((unitId) => {
        const unit = world.directory.units.get(unitId);
        return unit ? [shortNameOf(unit)] : [];
      }),
    }),
    chatToken: (personId, isGroup, sessionKey) => {
      const conversation = isGroup ? groupConversation : conversationOf(personId);
      const token = tokens.issue({ personId, conversation, sessionKey });
      return { token, conversationId: conversation, expires_in: limits.tokenLifeMs / 1_000 };
    },
  };
  const now = world.clock.now;
  return {
    maker: { signer, baseUrl: publicUrl, realNow },
    door,
    http: {
      session,
      realNow,
      whoCalls: async (token) => {
        const { personId, sessionKey } = tokens.check(token);
        if (sessionKey !== undefined && !(await door.lasts(sessionKey))) return undefined;
        return accessOf(world.directory, personId, now(), auditors());
      },
      onRefused: ({ personId = '' }, act) =>
        world.store.append([{ at: now(), event: 'AccessRefused', actor: personId, channel: 'page', data: { act } }]),
      onExport: ({ personId }, { what, id, asked }) =>
        world.store.append([
          {
            at: now(),
            event: 'DataExported',
            channel: 'api',
            data: { what, ...(id === undefined ? {} : { id }) },
            ...(personId === undefined ? {} : { actor: personId }),
            ...(asked === '' ? {} : { personal: { asked: asked.slice(0, 500) } }),
          },
        ]),
    },
  };
};
