import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Access, actsOf, rolesOf } from '../../src/domain/access/access.ts';
import type { AccessAct, AccessRole } from '../../src/domain/access/rules.ts';
import type { Lasting } from '../../src/app/sign-in/sign-in-door.ts';
import { Fault } from '../../src/ports/fault.ts';
import { dropCookie, readCookie, sessionCookie } from './cookies.ts';
import type { SignInRoutes } from './sign-in.ts';

/** Who somebody is, for the page to say. */
export type Introduce = (access: Access) => { readonly name: string; readonly units: readonly string[] };

export type SessionView = {
  readonly mode: 'demo' | 'production';
  /** A demo that nobody has signed in to is open to whoever sits before it. */
  readonly isSignedIn: boolean;
  readonly personId?: string;
  readonly name?: string;
  /** Of those whose roles are a unit's. */
  readonly units?: readonly string[];
  readonly roles: readonly AccessRole[];
  readonly may: readonly AccessAct[];
  /** The house's own sign-in is there to be used. */
  readonly hasOpenId: boolean;
  /** Of whoever is signed in with a session, and not by a token. */
  readonly session?: { readonly beganAt: string; readonly endsAt: string; readonly idleMinutes: number; readonly devices: number };
};

export type ChatToken = { readonly token: string; readonly conversationId: string; readonly expires_in: number };

export type SessionDeps = SignInRoutes & {
  readonly introduce: Introduce;
  /** A token of Direct Line that speaks as somebody for as long as they are signed in. */
  readonly chatToken: (personId: string, isGroup: boolean, sessionKey: string) => ChatToken;
};

const End = z.object({ everywhere: z.boolean().default(false) }).prefault({});
const Chat = z.object({ conversation: z.literal('group').optional() }).prefault({});

const parseBody = <T>(schema: z.ZodType<T>, body: unknown): T => {
  const parsed = schema.safeParse(body ?? {});
  if (!parsed.success) throw new Fault('ZG_BAD_QUERY', parsed.error.issues[0]?.message);
  return parsed.data;
};

const minuteMs = 60_000;

const toView = ({ beganAt, endsAt, idleMs, devices }: Lasting): NonNullable<SessionView['session']> => ({
  beganAt: new Date(beganAt).toISOString(),
  endsAt: new Date(endsAt).toISOString(),
  idleMinutes: Math.floor(idleMs / minuteMs),
  devices,
});

/** Who one is here, and the way out. */
export const registerSession = (api: FastifyInstance, deps: SessionDeps): void => {
  const { door, mode, introduce } = deps;
  api.get('/session', { config: { may: 'anyone' } }, async (request, reply): Promise<SessionView> => {
    const { access } = request;
    reply.header('cache-control', 'no-store');
    const isSignedIn = access.personId !== undefined;
    const { name, units } = isSignedIn ? introduce(access) : { name: undefined, units: undefined };
    const secret = isSignedIn ? readCookie(request, sessionCookie, deps) : undefined;
    const lasting = secret === undefined ? undefined : await door.lasting(secret);
    return {
      mode,
      isSignedIn,
      ...(access.personId === undefined ? {} : { personId: access.personId }),
      ...(name === undefined ? {} : { name }),
      ...(units === undefined ? {} : { units }),
      roles: rolesOf(access),
      may: actsOf(access),
      hasOpenId: deps.openId !== undefined,
      ...(lasting === undefined ? {} : { session: toView(lasting) }),
    };
  });
  api.post('/session/end', { config: { may: 'anyone' } }, async (request, reply) => {
    const { everywhere } = parseBody(End, request.body);
    const secret = readCookie(request, sessionCookie, deps);
    const left = secret === undefined ? undefined : await (everywhere ? door.leaveEverywhere(secret) : door.leave(secret));
    dropCookie({ request, reply }, sessionCookie, deps);
    // whoever came in there would be in again with one press, and so would the next who sits down
    const leaveAt = left?.way === 'openId' ? await deps.openId?.leave(left.proof) : undefined;
    return { isSignedIn: false, ...(leaveAt === undefined ? {} : { leaveAt }) };
  });
  api.post('/session/chat', { config: { may: 'speak' } }, async (request) => {
    const { conversation } = parseBody(Chat, request.body);
    const { personId, held } = request.access;
    const secret = readCookie(request, sessionCookie, deps);
    if (personId === undefined || secret === undefined) throw new Fault('ZG_SIGNED_OUT');
    if (conversation === 'group' && !held.some(({ role }) => role === 'office')) throw new Fault('ZG_NOT_ALLOWED');
    return deps.chatToken(personId, conversation === 'group', door.keyOf(secret));
  });
};
