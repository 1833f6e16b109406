import { getJson } from './api.ts';
import { recall, remember } from './remember.ts';
import type { Session } from './session-types.ts';
import { pageStore, usePage } from './store.ts';

export const getSession = (): Promise<Session> => getJson<Session>('api/session');

/** Whether the page was taken from whoever was signed in; said once. */
export const wasEnded = (): boolean => {
  const isEnded = recall('ended') === 'yes';
  if (isEnded) remember('ended', 'said');
  return isEnded;
};

/** A demo is open to whoever sits before it. */
export const isIn = (session: Session): boolean => session.isSignedIn || session.mode === 'demo';

const post = async (path: string, body: object): Promise<Response> => {
  const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response;
};

/** What was on the page goes with it. Whoever came through the sign-in of the house is signed out there as well. */
export const signOut = async (everywhere: boolean): Promise<void> => {
  const ended = (await (await post('api/session/end', { everywhere })).json()) as { readonly leaveAt?: string };
  location.assign(ended.leaveAt ?? location.pathname);
};

type OwnToken = { readonly token: string; readonly conversationId: string };

/** A token that speaks as whoever is signed in. */
export const fetchOwnToken = async (isGroup: boolean): Promise<OwnToken> =>
  (await post('api/session/chat', isGroup ? { conversation: 'group' } : {})).json() as Promise<OwnToken>;

/** Whether the page offers something; before it is known who looks, nothing. */
export const useMay = (act: string): boolean => usePage('session')?.may.includes(act) ?? false;

const lookEveryMs = 10_000;
/** Until the service has answered once. */
const retryMs = 2_000;

/**
 * Asks who is signed in until somebody is, and then whether it is still them. Whoever comes, goes or is another finds a
 * fresh page: nothing of the one before is left on it.
 */
export const followSession = (onIn: () => void): void => {
  let isBegun = false;
  let isLooking = false;
  const look = async (): Promise<void> => {
    const session = await getSession().catch(() => undefined);
    const before = pageStore.get().session;
    if (!session) return;
    if (before && (before.personId !== session.personId || before.roles.join() !== session.roles.join())) {
      if (before.isSignedIn && !session.isSignedIn) remember('ended', 'yes');
      location.reload();
      return;
    }
    if (JSON.stringify(before) !== JSON.stringify(session)) pageStore.set({ session });
    if (!isBegun && isIn(session)) {
      isBegun = true;
      onIn();
    }
  };
  const soon = (): void => void look();
  soon();
  setInterval(soon, lookEveryMs);
  const retrying = setInterval(() => {
    if (pageStore.get().session) clearInterval(retrying);
    else soon();
  }, retryMs);
  addEventListener('focus', soon);
  // as soon as something is refused: the session may be over
  pageStore.subscribe(() => {
    const { link } = pageStore.get();
    if (link === 'refused' && !isLooking) {
      isLooking = true;
      void look().finally(() => setTimeout(() => (isLooking = false), 1_000));
    }
  });
};
