import type { z } from 'zod';
import { addressLike, secret, some, wholeOrNone } from './channel-fields.ts';
import type { Given } from './environment-rules.ts';
import type { Fault } from './faults.ts';
import { textField } from './fields.ts';

const within = (from: number, to: number, example: string) =>
  textField(`a whole number from ${from} to ${to}`, example, (text) =>
    /^\d+$/.test(text) && Number(text) >= from && Number(text) <= to ? Number(text) : undefined,
  );

/** How long somebody stays signed in on the page, and the house's own sign-in (OpenID Connect): its first three, or none. */
export const signInVariables = {
  SIGN_IN_IDLE_MINUTES: within(1, 1_440, '60').optional(),
  SIGN_IN_HOURS: within(1, 720, '24').optional(),
  OIDC_ISSUER: addressLike('https://sso.example.cn').optional(),
  OIDC_CLIENT_ID: some('the id of the client', 'zaigang').optional(),
  OIDC_CLIENT_SECRET: secret('the secret of the client').optional(),
  OIDC_SCOPE: some('scopes with blanks between', 'openid phone').optional(),
  OIDC_CLAIM: some('the name of a claim', 'phone_number').optional(),
  OIDC_ACCOUNTS: some('the name of a channel', 'wecom').optional(),
};

export type OpenIdSettings = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
  /** Which claim says who it is. */
  readonly claim: string;
  /** The claim is an account of this channel, bound as any other; null: it is a mobile number. */
  readonly accounts: string | null;
};

export type SignInSettings = {
  readonly idleMs: number;
  readonly mostMs: number;
  readonly openId: OpenIdSettings | null;
};

type Read = { readonly [name in keyof typeof signInVariables]?: z.output<(typeof signInVariables)[name]> };

const minuteMs = 60_000;

export const arrangeSignIn = (read: Read): SignInSettings => {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = read;
  const openId =
    issuer === undefined || clientId === undefined || clientSecret === undefined
      ? null
      : {
          issuer,
          clientId,
          clientSecret,
          scope: read.OIDC_SCOPE ?? 'openid phone',
          claim: read.OIDC_CLAIM ?? 'phone_number',
          accounts: read.OIDC_ACCOUNTS ?? null,
        };
  return { idleMs: (read.SIGN_IN_IDLE_MINUTES ?? 60) * minuteMs, mostMs: (read.SIGN_IN_HOURS ?? 24) * 60 * minuteMs, openId };
};

const isLoopback = (address: string): boolean => /^http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?(?:\/|$)/.test(address);

export const signInFaults = (given: Given): readonly Fault[] => {
  const issuer = given['OIDC_ISSUER'];
  return [
    ...wholeOrNone('OpenID Connect', 'OIDC_', ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'], given),
    ...(issuer?.startsWith('http://') === true && !isLoopback(issuer)
      ? [{ name: 'OIDC_ISSUER', problem: 'whoever listens on the way could sign in as anybody', example: 'https://sso.example.cn' }]
      : []),
  ];
};
