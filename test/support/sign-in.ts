import type { SessionDeps } from '../../adapters/http/session.ts';
import { Fault } from '../../src/ports/fault.ts';

const nobody = async (): Promise<never> => {
  throw new Fault('ZG_SIGNED_OUT');
};

/** A sign-in that lets nobody in, for tests of everything else. */
export const signInWithoutAnybody: SessionDeps = {
  mode: 'demo',
  publicUrl: () => 'http://127.0.0.1:3978/',
  sessionS: 3_600,
  openId: undefined,
  realNow: () => performance.now(),
  introduce: () => ({ name: '', units: [] }),
  chatToken: () => ({ token: '', conversationId: '', expires_in: 0 }),
  door: {
    look: async () => ({ state: 'unknown' }),
    open: async () => ({ state: 'unknown' }),
    enter: async () => undefined,
    refuse: async () => {},
    who: nobody,
    lasts: async () => false,
    keyOf: (secret) => secret,
    leave: async () => undefined,
    leaveEverywhere: async () => undefined,
    lasting: async () => undefined,
  },
};
