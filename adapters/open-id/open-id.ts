import { createHash } from 'node:crypto';
import type * as OpenIdClient from 'openid-client';
import { z } from 'zod';
import type { Log } from '../../src/ports/log.ts';
import type { OpenId } from '../../src/ports/open-id.ts';
import type { Sessions } from '../../src/ports/sessions.ts';

/**
 * The house's own sign-in: OpenID Connect, authorization code with PKCE, state and nonce.
 * Source: openid.net, "OpenID Connect Core 1.0", "OpenID Connect RP-Initiated Logout 1.0"; RFC 7636; RFC 9700, "Best Current Practice for OAuth 2.0 Security".
 */

export type OpenIdDeps = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
  readonly claim: string;
  /** Where the provider sends people back to. */
  readonly callbackUrl: () => string;
  /** Where the provider sends them once they have signed out there. */
  readonly homeUrl: () => string;
  readonly notes: Pick<Sessions, 'put' | 'take'>;
  /** Who a claim's value means. */
  readonly find: (value: string) => Promise<string | undefined>;
  readonly log: Log;
};

/** How long somebody may take at the provider. */
const patienceMs = 10 * 60_000;
/** A provider that was away is asked again by the next who comes. */
const requestS = 10;

/** A token that is longer is not kept for signing out: it would not fit into an address. */
const longestProof = 4_000;

type Claimed = { readonly value?: string; readonly proof?: string };

const Begun = z.object({ verifier: z.string(), nonce: z.string() });

const nameOf = (state: string): string => `open-id:${createHash('sha256').update(state).digest('hex')}`;

/** Whoever says of a number that it was never checked is not believed. */
const valueOf = (claims: { readonly [name: string]: unknown }, claim: string): string | undefined => {
  if (claim === 'phone_number' && claims['phone_number_verified'] === false) return undefined;
  const value = claims[claim];
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined;
};

export const createOpenId = (deps: OpenIdDeps): OpenId => {
  const { notes, log, callbackUrl, homeUrl } = deps;
  let found: Promise<{ readonly client: typeof OpenIdClient; readonly config: OpenIdClient.Configuration }> | undefined;

  const discover = async () => {
    const client = await import('openid-client');
    const issuer = new URL(deps.issuer);
    const execute = issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [];
    const auth = client.ClientSecretBasic(deps.clientSecret);
    return { client, config: await client.discovery(issuer, deps.clientId, undefined, auth, { execute, timeout: requestS }) };
  };
  /** Asked of the provider once; a failure is forgotten. */
  const provider = () => {
    found ??= discover().catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  };

  /** What the provider says of whoever came back, from the signed token, or else from where it tells more. */
  const readClaim = async (url: URL, begun: z.infer<typeof Begun>, state: string): Promise<Claimed> => {
    const { client, config } = await provider();
    const checks = { pkceCodeVerifier: begun.verifier, expectedNonce: begun.nonce, expectedState: state, idTokenExpected: true };
    const tokens = await client.authorizationCodeGrant(config, url, checks);
    const claims = tokens.claims();
    const inToken = claims && valueOf(claims, deps.claim);
    const { id_token } = tokens;
    const proof = id_token !== undefined && id_token.length <= longestProof ? { proof: id_token } : {};
    if (inToken !== undefined) return { value: inToken, ...proof };
    if (!claims || config.serverMetadata().userinfo_endpoint === undefined) return {};
    const told = valueOf(await client.fetchUserInfo(config, tokens.access_token, claims.sub), deps.claim);
    return told === undefined ? {} : { value: told, ...proof };
  };

  return {
    begin: async () => {
      const { client, config } = await provider();
      const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
      await notes.put(nameOf(state), JSON.stringify({ verifier, nonce }), patienceMs);
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: callbackUrl(),
        scope: deps.scope,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      return { url: url.href, state };
    },
    finish: async (query, state) => {
      // another browser than the one that began, or one that comes a second time
      const text = state === undefined ? undefined : await notes.take(nameOf(state));
      const begun = text === undefined ? undefined : Begun.safeParse(JSON.parse(text));
      if (state === undefined || !begun?.success) return { reason: 'failed' };
      try {
        const { value, proof } = await readClaim(new URL(`${callbackUrl()}${query}`), begun.data, state);
        const personId = value === undefined ? undefined : await deps.find(value);
        return personId === undefined ? { reason: 'unknown' } : { personId, ...(proof === undefined ? {} : { proof }) };
      } catch (error) {
        log.warn(
          { error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) },
          'a sign-in through the provider failed',
        );
        return { reason: 'failed' };
      }
    },
    leave: async (proof) => {
      try {
        const { client, config } = await provider();
        if (config.serverMetadata().end_session_endpoint === undefined) return undefined;
        const hint = proof === undefined ? {} : { id_token_hint: proof };
        return client.buildEndSessionUrl(config, { post_logout_redirect_uri: homeUrl(), ...hint }).href;
      } catch (error) {
        // out of the page they are all the same
        log.warn({ error: error instanceof Error ? error.message : String(error) }, 'nobody could be signed out at the provider');
        return undefined;
      }
    },
  };
};
