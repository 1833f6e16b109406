import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bindAccount } from '../../../src/app/binding/bind-account.ts';
import type { OpenIdSettings } from '../../../src/config/sign-in.ts';
import { idOf } from '../../support/invented.ts';
import { client, createBrowserOf, type OpenIdProvider, signInAtProvider, startOpenIdProvider } from '../../support/open-id-provider.ts';
import { type SignInDesk, startSignInDesk } from '../../support/sign-in-desk.ts';

let provider: OpenIdProvider;
let desk: SignInDesk;
/** Where people reach the service: by https, so that its cookies are bound to the host. */
const publicUrl = 'https://zaigang.test/';
const callback = `${publicUrl}sign-in/openid/callback`;

const settingsOf = (more: Partial<OpenIdSettings> = {}): OpenIdSettings => ({
  issuer: provider.issuer,
  clientId: client.id,
  clientSecret: client.secret,
  scope: 'openid phone staff',
  claim: 'phone_number',
  accounts: null,
  ...more,
});

beforeAll(async () => {
  provider = await startOpenIdProvider(callback, publicUrl);
  desk = await startSignInDesk({ openId: settingsOf(), publicUrl });
});
afterAll(async () => {
  await desk.stop();
  await provider.stop();
});

/** Browsers of the test find the service where it listens. */
const here = (url: string, { origin } = desk): string => url.replace(publicUrl, `${origin}/`);

const signIn = async (account: string, browser = createBrowserOf()) => {
  const back = await signInAtProvider(browser, `${desk.origin}/sign-in/openid`, account, callback);
  const answer = await browser.send(here(back));
  return { browser, back, answer };
};
const stateOf = async (answer: Response): Promise<[number, string | undefined]> => [
  answer.status,
  /data-state="(\w+)"/u.exec(await answer.text())?.[1],
];

describe('the sign-in of the house', () => {
  it('lets in whom the provider names by their number, with a code that is tied to browser, verifier, state and nonce', async () => {
    provider.accounts.set('dong', { phone_number: '+86 138-0000-0009', phone_number_verified: true });
    const { answer, browser } = await signIn('dong');
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '../../']);
    const session = await browser.send(`${desk.origin}/api/session`);
    expect(await session.json()).toMatchObject({ isSignedIn: true, name: '东联络', roles: ['liaison'], hasOpenId: true });
    const asked = provider.asked.at(-1)!;
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect([asked.get('response_type'), asked.get('redirect_uri')]).toEqual(['code', callback]);
    for (const name of ['code_challenge', 'state', 'nonce']) expect([name, (asked.get(name) ?? '').length > 20]).toEqual([name, true]);
    expect(desk.events('SignedIn').at(-1)).toMatchObject({ actor: idOf('东联络'), data: { way: 'openId' } });
  });

  it('is worth nothing a second time, in another browser, or with another state', async () => {
    const first = createBrowserOf();
    const back = await signInAtProvider(first, `${desk.origin}/sign-in/openid`, 'dong', callback);
    expect(await stateOf(await createBrowserOf().send(here(back)))).toEqual([400, 'openIdFailed']);
    const other = new URL(back);
    other.searchParams.set('state', 'x'.repeat(43));
    const tampered = createBrowserOf();
    const own = await signInAtProvider(tampered, `${desk.origin}/sign-in/openid`, 'dong', callback);
    expect(await stateOf(await tampered.send(here(own).replace(/state=[^&]+/u, `state=${'x'.repeat(43)}`)))).toEqual([400, 'openIdFailed']);
    expect((await first.send(here(back))).status).toBe(302);
    expect(await stateOf(await first.send(here(back)))).toEqual([400, 'openIdFailed']);
    expect(await stateOf(await createBrowserOf().send(here(other.href)))).toEqual([400, 'openIdFailed']);
  });

  it('does not take the code of one sign-in for another', async () => {
    const [one, two] = [createBrowserOf(), createBrowserOf()];
    const backOne = new URL(await signInAtProvider(one, `${desk.origin}/sign-in/openid`, 'dong', callback));
    const backTwo = new URL(await signInAtProvider(two, `${desk.origin}/sign-in/openid`, 'dong', callback));
    backTwo.searchParams.set('code', backOne.searchParams.get('code')!);
    expect(await stateOf(await two.send(here(backTwo.href)))).toEqual([400, 'openIdFailed']);
    expect((await two.send(`${desk.origin}/api/people`)).status).toBe(401);
  });

  it('turns away whom the contact list does not know, and whose number was never checked', async () => {
    provider.accounts.set('stranger', { phone_number: '13900000000', phone_number_verified: true });
    provider.accounts.set('unchecked', { phone_number: '13800000009', phone_number_verified: false });
    provider.accounts.set('nameless', {});
    for (const account of ['stranger', 'unchecked', 'nameless']) {
      const { answer } = await signIn(account);
      expect([account, ...(await stateOf(answer))]).toEqual([account, 403, 'openIdUnknown']);
      expect(answer.headers.getSetCookie().join()).not.toContain('zaigang-session=');
    }
    expect(desk.events('SignInRefused').at(-1)).toMatchObject({ data: { way: 'openId', reason: 'unknown' } });
  });

  it('says so when the provider asks back with an error', async () => {
    const browser = createBrowserOf();
    await browser.send(`${desk.origin}/sign-in/openid`);
    const { state } = Object.fromEntries(provider.asked.at(-1) ?? []);
    expect(await stateOf(await browser.send(`${here(callback)}?error=access_denied&state=${state ?? ''}`))).toEqual([400, 'openIdFailed']);
  });
});

it('finds people by a staff number that is their account of a channel', async () => {
  const other = await startSignInDesk({ openId: settingsOf({ claim: 'employee_id', accounts: 'wecom' }), publicUrl });
  await bindAccount(other.world, { channel: 'wecom', account: 'S0042', personId: idOf('西局长'), way: 'directory' });
  provider.accounts.set('xi', { employee_id: 'S0042' });
  const browser = createBrowserOf();
  const back = await signInAtProvider(browser, `${other.origin}/sign-in/openid`, 'xi', callback);
  const answer = await browser.send(here(back, other));
  expect(answer.status).toBe(302);
  expect(await (await browser.send(`${other.origin}/api/session`)).json()).toMatchObject({ name: '西局长', roles: ['principal'] });
  await other.stop();
});

it('leaves the way by the chat open where the provider is away', async () => {
  const other = await startSignInDesk({ openId: settingsOf({ issuer: 'http://127.0.0.1:9' }) });
  expect(await stateOf(await fetch(`${other.origin}/sign-in/openid`, { redirect: 'manual' }))).toEqual([400, 'openIdFailed']);
  expect((await other.press(other.linkOf('西局长'))).status).toBe(303);
  await other.stop();
});

describe('signing out', () => {
  const end = async (browser: ReturnType<typeof createBrowserOf>, at = desk.origin): Promise<{ readonly leaveAt?: string }> =>
    (
      await browser.send(`${at}/api/session/end`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
        body: '{}',
      })
    ).json() as Promise<{ readonly leaveAt?: string }>;

  it('of the page leads to the provider’s own end, which knows who leaves and leads back; the next sign-in asks for a name again', async () => {
    const { browser } = await signIn('dong');
    const { leaveAt } = await end(browser);
    const url = new URL(leaveAt!);
    expect(url.origin).toBe(provider.issuer);
    expect([url.searchParams.get('post_logout_redirect_uri'), url.searchParams.get('client_id')]).toEqual([publicUrl, client.id]);
    expect(await (await browser.send(`${desk.origin}/api/session`)).json()).toMatchObject({ isSignedIn: false });
    const asked = await (await browser.send(leaveAt!)).text();
    const [, action] = /action="([^"]+)"/u.exec(asked) ?? [];
    const [, xsrf] = /name="xsrf" value="([^"]+)"/u.exec(asked) ?? [];
    const left = await browser.send(new URL(action!, leaveAt).href, {
      method: 'POST',
      body: new URLSearchParams({ xsrf: xsrf!, logout: 'yes' }),
    });
    expect([left.status, left.headers.get('location')]).toEqual([303, publicUrl]);
    const again = await browser.send(new URL((await browser.send(`${desk.origin}/sign-in/openid`)).headers.get('location')!).href);
    expect(await (await browser.send(new URL(again.headers.get('location')!, provider.issuer).href)).text()).toContain('name="login"');
  });

  it('tells how long a session lasts, and on how many devices there is one', async () => {
    const { browser } = await signIn('dong');
    await signIn('dong');
    const { session } = (await (await browser.send(`${desk.origin}/api/session`)).json()) as {
      session: { devices: number; idleMinutes: number };
    };
    expect(session).toMatchObject({ idleMinutes: 60 });
    expect(session.devices).toBeGreaterThanOrEqual(2);
  });

  it('of somebody who came by a link of the chat leads nowhere else', async () => {
    const cookie = await desk.enter('东局长');
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
    const answer = await desk.ask('/api/session/end', cookie, { method: 'POST', headers, body: '{"everywhere":true}' });
    expect(await answer.json()).toEqual({ isSignedIn: false });
  });

  it('works all the same where the provider has no such place', async () => {
    const bare = await startOpenIdProvider(callback);
    bare.accounts.set('dong', { phone_number: '13800000009', phone_number_verified: true });
    const other = await startSignInDesk({ openId: settingsOf({ issuer: bare.issuer }), publicUrl });
    const browser = createBrowserOf();
    const back = await signInAtProvider(browser, `${other.origin}/sign-in/openid`, 'dong', callback);
    expect((await browser.send(here(back, other))).status).toBe(302);
    expect(await end(browser, other.origin)).toEqual({ isSignedIn: false });
    expect(await (await browser.send(`${other.origin}/api/session`)).json()).toMatchObject({ isSignedIn: false });
    await other.stop();
    await bare.stop();
  });
});
