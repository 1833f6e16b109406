export type Token = { readonly token: string; readonly conversationId: string };

/** Rejects where the person may not be spoken as. */
export const fetchToken = async (mobile: string, isGroup: boolean): Promise<Token> => {
  const response = await fetch('v3/directline/tokens/generate', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: { id: mobile }, ...(isGroup ? { conversation: 'group' } : {}) }),
  });
  if (!response.ok) throw new Error(`status ${response.status}`);
  const token: Token = await response.json();
  return token;
};
