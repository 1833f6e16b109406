import { createHmac, createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { Fault } from '../../src/ports/fault.ts';
import { limits } from './limits.ts';

/** `stream` opens a socket and nothing else. */
export type TokenUse = 'session' | 'stream';

/** Who speaks in which conversation. */
export type Session = {
  readonly personId: string;
  readonly conversation: string;
  /** Of whoever is signed in on the page: the token ends with their session. */
  readonly sessionKey?: string | undefined;
};

const Claims = z.object({
  user: z.string(),
  conv: z.string(),
  use: z.enum(['session', 'stream']),
  exp: z.number(),
  sid: z.string().optional(),
});

const header = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT' })).toString('base64url');
const shape = /^([\w-]+)\.([\w-]+)\.([\w-]{43})$/;

type Claims = z.infer<typeof Claims>;

/** Tokens whose signature was found right are remembered: one comes with every message, and checking costs more than the rest. */
const mostRemembered = 10_000;

/**
 * Session tokens: JWTs, because the client reads the user's id out of them. The algorithm is ours and never taken
 * from the token. `nowMs` is the real time: a demo's clock may run faster than people.
 */
export const createTokens = (secret: Buffer, nowMs: () => number = Date.now) => {
  const remembered = new Map<string, Claims>();
  const sign = (body: string): Buffer => createHmac('sha256', secret).update(body).digest();

  const readClaims = (token: string): Claims => {
    const parts = shape.exec(token);
    if (!parts || parts[1] !== header) throw new Fault('ZG_TOKEN_INVALID');
    const signature = Buffer.from(parts[3] ?? '', 'base64url');
    const expected = sign(`${parts[1]}.${parts[2]}`);
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) throw new Fault('ZG_TOKEN_INVALID');
    // signed by us, so it is what we wrote, unless it is from another version of us
    const claims = Claims.safeParse(JSON.parse(Buffer.from(parts[2] ?? '', 'base64url').toString()));
    if (!claims.success) throw new Fault('ZG_TOKEN_INVALID');
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(token, claims.data);
    return claims.data;
  };

  return {
    issue: ({ personId, conversation, sessionKey }: Session, use: TokenUse = 'session'): string => {
      const life = use === 'session' ? limits.tokenLifeMs : limits.streamTokenLifeMs;
      const claims: Claims = {
        user: personId,
        conv: conversation,
        use,
        exp: Math.floor((nowMs() + life) / 1_000),
        ...(sessionKey === undefined ? {} : { sid: sessionKey }),
      };
      const body = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
      return `${body}.${sign(body).toString('base64url')}`;
    },
    /** Throws ZG_TOKEN_INVALID or ZG_TOKEN_EXPIRED. */
    check: (token: string, uses: readonly TokenUse[] = ['session']): Session => {
      const { user, conv, use, exp, sid } = remembered.get(token) ?? readClaims(token);
      if (!uses.includes(use)) throw new Fault('ZG_TOKEN_INVALID');
      if (exp * 1_000 <= nowMs()) throw new Fault('ZG_TOKEN_EXPIRED');
      return { personId: user, conversation: conv, ...(sid === undefined ? {} : { sessionKey: sid }) };
    },
  };
};

export type Tokens = ReturnType<typeof createTokens>;

/** The token of an `Authorization: Bearer …` header. Throws ZG_TOKEN_MISSING. */
export const bearerOf = (authorization: string | undefined): string => {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new Fault('ZG_TOKEN_MISSING');
  return token;
};

/** Of digests, because a comparison in constant time wants equal lengths. */
export const isSameSecret = (given: string, expected: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
};
