import { fetchOwnToken } from '../data/session.ts';
import { pageStore } from '../data/store.ts';

export type Token = { readonly token: string; readonly conversationId: string };

/** As whoever is signed in; in a demo that nobody signed in to, as anybody. Rejects where the person may not be spoken as. */
export const fetchToken = async (mobile: string, isGroup: boolean): Promise<Token> => {
  if (pageStore.get().session?.isSignedIn) return fetchOwnToken(isGroup);
  const response = await fetch('v3/directline/tokens/generate', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: { id: mobile }, ...(isGroup ? { conversation: 'group' } : {}) }),
  });
  if (!response.ok) throw new Error(`status ${response.status}`);
  const token: Token = await response.json();
  return token;
};
