/** A platform's token for our application: one at a time, fetched once by all instances together. */
export type SharedTokens = {
  /** The one that is kept, or a fresh one. Rejects with what `fetchFresh` rejects with, and with ZG_STORE_AWAY. */
  get(name: string, fetchFresh: () => Promise<FreshToken>): Promise<string>;
  /** The platform does not take it any more: it is forgotten, unless another has come meanwhile. */
  drop(name: string, token: string): Promise<void>;
};

export type FreshToken = { readonly token: string; readonly expiresInMs: number };
