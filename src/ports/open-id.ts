/** A sign-in of the house's own (OpenID Connect). */
export type OpenId = {
  /** Where to send the browser, and what ties its way back to it. Rejects where the provider is away. */
  begin(): Promise<{ readonly url: string; readonly state: string }>;
  /**
   * What the provider sent the browser back with, from `?` on; `state` is what the browser itself has kept. `failed`: no
   * proof came of it; `unknown`: somebody who is not in the organisation.
   */
  finish(query: string, state: string | undefined): Promise<OpenIdFound>;
  /**
   * Where the browser is sent to be signed out at the provider too; undefined where the provider has no such place, or is
   * away. `proof`: what came of `finish` for whoever leaves.
   */
  leave(proof: string | undefined): Promise<string | undefined>;
};

export type OpenIdFound =
  /** `proof`: says to the provider who leaves, later on; it opens nothing here. */
  | { readonly personId: string; readonly proof?: string; readonly reason?: undefined }
  | { readonly personId?: undefined; readonly reason: 'failed' | 'unknown' };
