import { z } from 'zod';
import type { Callers } from '../../src/ports/callers.ts';
import { Fault } from '../../src/ports/fault.ts';
import { conversationOf, groupConversation } from './conversation-id.ts';
import { bearerOf, isSameSecret, type Session, type Tokens, type TokenUse } from './verify.ts';

export type DoorsDeps = {
  readonly callers: Callers;
  readonly tokens: Tokens;
  /** A demo lets any local program speak as any invented person; production wants the secret. */
  readonly mode: 'demo' | 'production';
  /** Given to the sign-in service that asks for tokens on behalf of people. */
  readonly directLineSecret?: string;
  /** Whether a session of the page still lasts; tokens that were given for one end with it. */
  readonly lasts?: (sessionKey: string) => Promise<boolean>;
};

export type Knock = { readonly isLocal: boolean; readonly authorization: string | undefined; readonly body: unknown };

const Asked = z.object({ user: z.object({ id: z.string().max(40) }), conversation: z.literal('group').optional() });

/** 138-0000-xxxx: numbers that belong to nobody. */
const invented = /^1380000\d{4}$/;

/** Who gets a token, and whom a token still speaks for. */
export const createDoors = ({ callers, tokens, mode, directLineSecret, lasts }: DoorsDeps) => {
  const mayAsk = ({ isLocal, authorization }: Knock): void => {
    if (mode === 'demo') {
      if (!isLocal) throw new Fault('ZG_NOT_LOCAL');
      return;
    }
    if (directLineSecret === undefined || !isSameSecret(bearerOf(authorization), directLineSecret)) throw new Fault('ZG_TOKEN_INVALID');
  };

  /** A still valid session, whose person is still known and may still be where they are. */
  const admit = async (session: Session, conversation?: string): Promise<Session> => {
    if (conversation !== undefined && conversation !== session.conversation) throw new Fault('ZG_WRONG_CONVERSATION');
    if (session.sessionKey !== undefined && !(await lasts?.(session.sessionKey))) throw new Fault('ZG_TOKEN_EXPIRED');
    const caller = await callers.findById(session.personId);
    if (!caller || (session.conversation === groupConversation && !caller.isOffice)) throw new Fault('ZG_NOT_ALLOWED');
    return session;
  };

  return {
    admit,
    /** One answer for everybody who does not get a token: it tells nobody which numbers are known. */
    open: async (knock: Knock): Promise<Session> => {
      mayAsk(knock);
      const asked = Asked.safeParse(knock.body);
      if (!asked.success)
        throw new Fault('ZG_BAD_ACTIVITY', 'user.id: a mobile number is wanted, for example {"user":{"id":"138-0000-0001"}}');
      const mobile = asked.data.user.id.replace(/[\s-]/g, '');
      if (mode === 'demo' && !invented.test(mobile)) throw new Fault('ZG_NOT_ALLOWED');
      const caller = await callers.findByMobile(mobile);
      const isGroup = asked.data.conversation === 'group';
      if (!caller || (isGroup && !caller.isOffice)) throw new Fault('ZG_NOT_ALLOWED');
      return { personId: caller.personId, conversation: isGroup ? groupConversation : conversationOf(caller.personId) };
    },
    enter: async (authorization: string | undefined, conversation?: string): Promise<Session> =>
      admit(tokens.check(bearerOf(authorization)), conversation),
    enterStream: async (token: string | null, conversation: string): Promise<Session> => {
      const uses: readonly TokenUse[] = ['session', 'stream'];
      if (token === null) throw new Fault('ZG_TOKEN_MISSING');
      return admit(tokens.check(token, uses), conversation);
    },
  };
};

export type Doors = ReturnType<typeof createDoors>;
