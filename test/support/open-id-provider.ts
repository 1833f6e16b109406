import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';

export type OpenIdProvider = {
  readonly issuer: string;
  /** Of what it says about whoever signs in: their account, and the claims. */
  readonly accounts: Map<string, { readonly [claim: string]: unknown }>;
  /** Every authorization request that it got. */
  readonly asked: URLSearchParams[];
  readonly stop: () => Promise<void>;
};

export const client = { id: 'zaigang', secret: 'a-secret-of-the-test-that-is-long-enough' };

/** A real OpenID Connect provider on the loopback address; its own login page takes any name that `accounts` knows. */
export const startOpenIdProvider = async (redirectUri: string, homeUri?: string): Promise<OpenIdProvider> => {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const accounts = new Map<string, { readonly [claim: string]: unknown }>();
  const asked: URLSearchParams[] = [];
  const configuration: Configuration = {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [redirectUri],
        ...(homeUri === undefined ? {} : { post_logout_redirect_uris: [homeUri] }),
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], phone: ['phone_number', 'phone_number_verified'], staff: ['employee_id'] },
    scopes: ['openid', 'phone', 'staff'],
    cookies: { keys: ['a key of the test'] },
    findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id, ...accounts.get(id) }) }),
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: homeUri !== undefined } },
  };
  const provider = new Provider(issuer, configuration);
  const handle = provider.callback();
  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    if (url.pathname === '/auth') asked.push(url.searchParams);
    void handle(request, response);
  });
  return {
    issuer,
    accounts,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};

/** A browser as far as a sign-in needs one: it keeps cookies by host, and follows redirects. */
export const createBrowserOf = () => {
  const jars = new Map<string, Map<string, string>>();
  const send = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const { host } = new URL(url);
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/u.exec(set) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  const cookieOf = (url: string): string => [...(jars.get(new URL(url).host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  return { send, cookieOf };
};

type Browser = ReturnType<typeof createBrowserOf>;

const mostSteps = 12;

/** Signs in at the provider's own page, from the address that begins it; gives the address that the provider leads back to. */
export const signInAtProvider = async ({ send }: Browser, startUrl: string, account: string, callback: string): Promise<string> => {
  let url = startUrl;
  let init: RequestInit = {};
  for (let step = 0; step < mostSteps; step += 1) {
    const answer = await send(url, init);
    const location = answer.headers.get('location');
    init = {};
    if (location !== null) {
      url = new URL(location, url).href;
      if (url.startsWith(callback)) return url;
      continue;
    }
    const page = await answer.text();
    const [, action] = /action="([^"]+)"/u.exec(page) ?? [];
    const [, prompt] = /name="prompt" value="(\w+)"/u.exec(page) ?? [];
    if (action === undefined || prompt === undefined) throw new Error(`${answer.status} ${url}: ${page.slice(0, 500)}`);
    url = new URL(action, url).href;
    const body = new URLSearchParams({ prompt, ...(prompt === 'login' ? { login: account, password: 'any' } : {}) });
    init = { method: 'POST', body };
  }
  throw new Error('the provider leads nowhere');
};
