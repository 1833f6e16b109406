/** As far as the tests use it; the package brings no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export type Configuration = {
    readonly clients: readonly object[];
    readonly pkce: { readonly required: () => boolean };
    readonly claims: { readonly [scope: string]: readonly string[] };
    readonly scopes: readonly string[];
    readonly cookies: { readonly keys: readonly string[] };
    readonly findAccount: (context: unknown, id: string) => { readonly accountId: string; readonly claims: () => Promise<object> };
    readonly ttl: { readonly [artifact: string]: number };
    readonly features: {
      readonly devInteractions: { readonly enabled: boolean };
      readonly rpInitiatedLogout: { readonly enabled: boolean };
    };
  };

  export default class Provider {
    constructor(issuer: string, configuration: Configuration);
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  }
}
