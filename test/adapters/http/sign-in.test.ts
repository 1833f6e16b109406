import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../../adapters/http/limits.ts';
import { type SignInDesk, startSignInDesk } from '../../support/sign-in-desk.ts';
import { idOf } from '../../support/invented.ts';

const minuteMs = 60_000;
let desk: SignInDesk;
beforeAll(async () => {
  desk = await startSignInDesk();
});
afterAll(() => desk.stop());
// windows of limits pass, and no test stands in another's
afterEach(() => desk.realPasses(2 * minuteMs));

const stateOf = async (answer: Response): Promise<[number, string | undefined]> => [
  answer.status,
  /data-state="(\w+)"/u.exec(await answer.text())?.[1],
];
const session = async (
  cookie: string,
): Promise<{ readonly isSignedIn: boolean; readonly name?: string; readonly may: readonly string[] }> =>
  (await desk.ask('/api/session', cookie)).json() as never;
const codeOf = async (answer: Response): Promise<[number, string | undefined]> => [
  answer.status,
  ((await answer.json()) as { readonly error?: { readonly code: string } }).error?.code,
];

describe('a link of the chat', () => {
  it('is looked at as often as a platform likes, and opens once', async () => {
    const link = desk.linkOf('东联络');
    for (const method of ['GET', 'HEAD', 'GET']) expect((await fetch(link, { method })).status).toBe(200);
    const page = await (await fetch(link)).text();
    expect(page).toContain('东联络，您好');
    expect(page).not.toContain(link.split('/').at(-1));
    const opened = await desk.press(link);
    expect([opened.status, opened.headers.get('location')]).toEqual([303, '../']);
    expect(await session(desk.cookieOf(opened))).toMatchObject({ isSignedIn: true, name: '东联络' });
    expect(await stateOf(await desk.press(link))).toEqual([410, 'used']);
    expect(await stateOf(await fetch(link))).toEqual([410, 'used']);
    expect(desk.events('SignedIn').at(-1)).toMatchObject({ actor: idOf('东联络'), data: { way: 'link', roles: ['liaison'] } });
    expect(desk.events('SignInRefused').at(-1)).toMatchObject({ actor: idOf('东联络'), data: { reason: 'used' } });
  });

  it('lets one in of twenty who press it together', async () => {
    const link = desk.linkOf('西联络');
    const answers = await Promise.all(Array.from({ length: 20 }, () => desk.press(link)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(19);
    expect(answers.flatMap((answer) => answer.headers.getSetCookie())).toHaveLength(1);
  });

  it('opens for five minutes', async () => {
    const [early, late] = [desk.linkOf('东主班'), desk.linkOf('东主班')];
    desk.realPasses(5 * minuteMs - 1);
    expect((await desk.press(early)).status).toBe(303);
    desk.realPasses(1);
    expect(await stateOf(await fetch(late))).toEqual([410, 'expired']);
    expect(await stateOf(await desk.press(late))).toEqual([410, 'expired']);
    expect(desk.events('SignInRefused').at(-1)).toMatchObject({ data: { reason: 'expired' } });
  });

  it('is worth nothing changed, made up or cut, and then leaves no row', async () => {
    const link = desk.linkOf('西联络');
    const before = desk.events('SignInRefused').length;
    const made = [
      link.slice(0, -1),
      link.replace(/m\d+\./u, `${idOf('冯主任')}.`),
      `${desk.origin}/sign-in/x`,
      `${desk.origin}/sign-in/m1.a.b.c`,
    ];
    for (const wrong of made) {
      expect(await stateOf(await fetch(wrong))).toEqual([404, 'unknown']);
      expect(await stateOf(await desk.press(wrong))).toEqual([404, 'unknown']);
    }
    expect(desk.events('SignInRefused')).toHaveLength(before);
  });

  it('is not used up where somebody else is signed in, and says whose move it is', async () => {
    const cookie = await desk.enter('西主班');
    const link = desk.linkOf('冯主任');
    expect(await stateOf(await fetch(link, { headers: { cookie } }))).toEqual([403, 'otherPerson']);
    expect(await stateOf(await desk.press(link, { cookie }))).toEqual([403, 'otherPerson']);
    expect((await session(cookie)).name).toBe('西主班');
    expect((await desk.press(link)).status).toBe(303);
  });

  it('is nothing for somebody who has no role any more', async () => {
    const link = desk.linkOf('次日班');
    const { people } = desk.world.directory;
    (people as Map<string, unknown>).set(idOf('次日班'), { ...people.get(idOf('次日班')), isDisabled: true });
    expect(await stateOf(await fetch(link))).toEqual([403, 'noRole']);
    expect(await stateOf(await desk.press(link))).toEqual([403, 'noRole']);
  });

  it('is not pressed by pages of others, whatever the browser says of itself', async () => {
    const link = desk.linkOf('东局长');
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': '', origin: 'https://elsewhere.example' },
    ]) {
      const answer = await fetch(link, {
        method: 'POST',
        headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== '')),
      });
      expect(await stateOf(answer)).toEqual([403, 'crossSite']);
    }
    expect(await stateOf(await fetch(link, { method: 'POST' }))).toEqual([403, 'crossSite']);
    // plain http: no Sec-Fetch headers, an origin all the same
    const own = await fetch(link, { method: 'POST', redirect: 'manual', headers: { origin: desk.origin } });
    expect(own.status).toBe(303);
  });

  it('cannot be tried without end', async () => {
    for (let times = 0; times < limits.signInsPerWindow; times += 1) await (await desk.press(`${desk.origin}/sign-in/x`)).text();
    expect(await stateOf(await desk.press(`${desk.origin}/sign-in/y`))).toEqual([429, 'tooOften']);
  });

  it('lets in whoever holds one while somebody else tries them out, and tells the same one no more than so often that it is used', async () => {
    const link = desk.linkOf('东联络');
    expect((await desk.press(link)).status).toBe(303);
    const before = desk.events('SignInRefused').length;
    for (let times = 0; times < limits.signInsPerWindow + 5; times += 1) await (await desk.press(link)).text();
    expect(await stateOf(await desk.press(link))).toEqual([429, 'tooOften']);
    expect(desk.events('SignInRefused').length - before).toBeLessThan(limits.signInsPerWindow);
    expect((await desk.press(desk.linkOf('东主班'))).status).toBe(303);
  });

  it('answers with a page that frames, sniffs and loads nothing, in the language of the browser', async () => {
    const answer = await fetch(desk.linkOf('东联络'), { headers: { 'accept-language': 'en-GB,en' } });
    const policy = answer.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect([answer.headers.get('cache-control'), answer.headers.get('x-content-type-options')]).toEqual(['no-store', 'nosniff']);
    const page = await answer.text();
    expect(page).toContain('Open the control room');
    expect(page).not.toMatch(/<script|\s(?:src|href|action)="(?!data:)/u);
  });
});

describe('a session', () => {
  it('is kept by a cookie that no script reads, and in Redis as a digest alone', async () => {
    const opened = await desk.press(desk.linkOf('东联系'));
    const [cookie] = opened.headers.getSetCookie();
    expect(cookie).toMatch(/^zaigang-session=[\w-]{43,64}; Path=\/; Max-Age=86400; HttpOnly; SameSite=Lax$/u);
    const secret = /=([\w-]{43,64})/u.exec(cookie ?? '')?.[1] ?? '';
    const keys = await desk.redis.keys('*');
    const kept = await Promise.all(keys.filter((key) => key.includes(':session:')).map((key) => desk.redis.get(key)));
    expect(kept.length).toBeGreaterThan(0);
    expect(`${keys.join()} ${kept.join()}`).not.toContain(secret);
  });

  it('is bound to the host, and to https, where people come by https', async () => {
    const link = desk.linkOf('东联系');
    const opened = await desk.press(link, { 'x-forwarded-proto': 'https' });
    const [cookie] = opened.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-zaigang-session=[\w-]{43,64}; Path=\/; Max-Age=86400; HttpOnly; SameSite=Lax; Secure$/u);
    const planted = (cookie ?? '').split(';')[0]!.replace('__Host-', '');
    const asked = await desk.ask('/api/people', planted, { headers: { 'x-forwarded-proto': 'https' } });
    expect(await codeOf(asked)).toEqual([401, 'ZG_TOKEN_MISSING']);
  });

  it('never takes over a secret that somebody has planted', async () => {
    const planted = `zaigang-session=${'A'.repeat(43)}`;
    const opened = await desk.press(desk.linkOf('东联系'), { cookie: planted });
    expect(desk.cookieOf(opened)).not.toContain(planted);
    expect(await codeOf(await desk.ask('/api/people', planted))).toEqual([401, 'ZG_SIGNED_OUT']);
  });

  it('takes the place of an older one in the same browser', async () => {
    const first = await desk.enter('东联系');
    const opened = await desk.press(desk.linkOf('东联系'), { cookie: first });
    expect(opened.status).toBe(303);
    expect((await session(first)).isSignedIn).toBe(false);
    expect((await session(desk.cookieOf(opened))).isSignedIn).toBe(true);
    expect(desk.events('SignedOut').at(-1)).toMatchObject({ data: { reason: 'replaced' } });
  });

  it('ends an hour after the last request, and a day after it began whatever happens in it', async () => {
    const [idle, busy] = [await desk.enter('东局长'), await desk.enter('西局长')];
    const isBusyIn = async (): Promise<boolean> => {
      const { isSignedIn } = await session(busy);
      desk.realPasses(30 * minuteMs);
      return isSignedIn;
    };
    expect([await isBusyIn(), await isBusyIn()]).toEqual([true, true]);
    expect(await codeOf(await desk.ask('/api/people', idle))).toEqual([401, 'ZG_SIGNED_OUT']);
    for (let half = 2; half < 48; half += 1) expect([half, await isBusyIn()]).toEqual([half, true]);
    expect(await codeOf(await desk.ask('/api/people', busy))).toEqual([401, 'ZG_SIGNED_OUT']);
    expect(desk.events('SignedOut').slice(-2)).toMatchObject([
      { actor: idOf('东局长'), data: { reason: 'idle' } },
      { actor: idOf('西局长'), data: { reason: 'over' } },
    ]);
  });

  it('ends with the role that it began with, once, however many requests find it so', async () => {
    const cookie = await desk.enter('陈干事');
    expect((await desk.ask('/api/people', cookie)).status).toBe(200);
    const before = desk.world.directory;
    const held = (before.appointedTo.get('member g1') ?? []).filter(({ personId }) => personId !== idOf('陈干事'));
    const appointmentsOf = new Map(before.appointmentsOf).set(idOf('陈干事'), [
      { role: 'liaison', of: 'u2', personId: idOf('陈干事'), from: 0 },
    ]);
    desk.world.directory = { ...before, appointedTo: new Map(before.appointedTo).set('member g1', held), appointmentsOf };
    const answers = await Promise.all([1, 2, 3].map(() => desk.ask('/api/people', cookie)));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(desk.events('SignedOut').filter(({ data }) => data['reason'] === 'roleChanged')).toMatchObject([{ actor: idOf('陈干事') }]);
    desk.world.directory = before;
  });

  it('ends where one signs out, and everywhere, with the links that were not used yet', async () => {
    const [here, there, other] = [await desk.enter('周局长'), await desk.enter('周局长'), await desk.enter('孙联络')];
    const link = desk.linkOf('周局长');
    const end = (cookie: string, body: object, headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' }) =>
      desk.ask('/api/session/end', cookie, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      });
    expect(await codeOf(await end(here, {}, { 'sec-fetch-site': 'cross-site' }))).toEqual([403, 'ZG_CROSS_SITE']);
    expect(await codeOf(await end(here, {}, {}))).toEqual([403, 'ZG_CROSS_SITE']);
    expect((await session(here)).isSignedIn).toBe(true);
    const out = await end(here, {});
    expect(out.headers.getSetCookie()[0]).toMatch(/^zaigang-session=; Path=\/; Max-Age=0/u);
    expect([(await session(here)).isSignedIn, (await session(there)).isSignedIn]).toEqual([false, true]);
    expect((await end(there, { everywhere: true })).status).toBe(200);
    expect([(await session(there)).isSignedIn, (await session(other)).isSignedIn]).toEqual([false, true]);
    expect(await stateOf(await desk.press(link))).toEqual([410, 'expired']);
    desk.realPasses(1);
    expect((await desk.press(desk.linkOf('周局长'))).status).toBe(303);
    expect(desk.events('SignedOut').slice(-2)).toMatchObject([
      { data: { reason: 'asked' } },
      { data: { reason: 'everywhere', sessions: 1 } },
    ]);
  });

  it('gives the chat of the page a token that ends with it', async () => {
    const cookie = await desk.enter('东联络');
    const chat = (body: object, from = cookie) =>
      desk.ask('/api/session/chat', from, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      });
    const { token, conversationId } = (await (await chat({})).json()) as { readonly token: string; readonly conversationId: string };
    expect(conversationId).toBe(`c-${idOf('东联络')}`);
    expect(await codeOf(await chat({ conversation: 'group' }))).toEqual([403, 'ZG_NOT_ALLOWED']);
    expect((await chat({ conversation: 'group' }, await desk.enter('冯主任'))).status).toBe(200);
    const asToken = { headers: { authorization: `Bearer ${token}` } };
    expect((await desk.ask('/api/people', '', asToken)).status).toBe(200);
    await desk.ask('/api/session/end', cookie, { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' } });
    expect(await codeOf(await desk.ask('/api/people', '', asToken))).toEqual([403, 'ZG_NOT_ALLOWED']);
  });

  it('is not asked for more than its share', async () => {
    const cookie = await desk.enter('西联系');
    for (let times = 0; times < limits.exportsPerWindow; times += 1)
      expect((await desk.ask('/api/reports/handovers', cookie)).status).toBe(200);
    expect(await codeOf(await desk.ask('/api/reports/handovers', cookie))).toEqual([429, 'ZG_TOO_OFTEN']);
    expect((await desk.ask('/api/people', cookie)).status).toBe(200);
    desk.realPasses(limits.windowMs);
    expect((await desk.ask('/api/reports/handovers', cookie)).status).toBe(200);
  });
});
