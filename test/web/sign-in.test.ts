import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { idOf } from '../support/invented.ts';
import { type SignInDesk, startSignInDesk } from '../support/sign-in-desk.ts';
import { findBarriers } from '../support/visitor.ts';

const patience = { timeout: 60_000 };
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const webRoot = fileURLToPath(new URL('../../dist/web/', import.meta.url));

let browser: Browser;
let desk: SignInDesk;
beforeAll(async () => {
  browser = await openBrowser();
  desk = await startSignInDesk({ webRoot, settings: { auditors: ['13800000004'] } });
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

const contexts: BrowserContext[] = [];
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
});

/** A browser of its own, with nothing in it; whatever it asks of others is refused by failing. */
const open = async (url: string, context?: BrowserContext): Promise<Page> => {
  const own = context ?? (await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' }));
  if (!context) contexts.push(own);
  const page = await own.newPage();
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== desk.origin && protocol !== 'data:') throw new Error(`asked ${origin}`);
  });
  await page.goto(url);
  return page;
};

const signOut = async (page: Page, name: string): Promise<void> => {
  await page.locator('.account summary').click();
  await page.getByRole('button', { name }).click();
};

describe('whoever has not signed in', () => {
  it('is shown pages that ask for nothing that is not there', async () => {
    for (const url of [desk.origin, desk.linkOf('东联络')]) {
      const page = await open('about:blank');
      const missing: string[] = [];
      page.on('response', (response) => response.status() >= 400 && missing.push(`${response.status()} ${response.url()}`));
      page.on('console', (message) => message.type() === 'error' && missing.push(message.text()));
      await page.goto(url);
      await page.locator('h1:not(.opening h1)').first().waitFor(patience);
      // without an icon of its own, browsers ask for one at the root
      const icon = await page.evaluate<string>(`document.querySelector('link[rel=icon]')?.href ?? new URL('/favicon.ico', location).href`);
      expect(icon.startsWith('data:') || (await fetch(icon)).ok).toBe(true);
      expect(missing).toEqual([]);
    }
  });

  it('is told how, sees nothing of anybody, and is let in where the link was opened beside', async () => {
    const page = await open(desk.origin);
    await page.getByRole('heading', { name: '请登录值守大屏' }).waitFor(patience);
    expect(await page.locator('.tile').count()).toBe(0);
    expect(await page.locator('body').innerText()).toContain('在值守机器人里发送“看板”');
    const beside = await open(desk.linkOf('东联络'), page.context());
    await beside.getByRole('heading', { name: '东联络，您好' }).waitFor(patience);
    await beside.getByRole('button', { name: '进入值守大屏' }).click();
    await beside.locator('.account summary', { hasText: '东联络' }).waitFor(patience);
    expect(await beside.locator('.account-role').innerText()).toBe('联络人');
    expect(new URL(beside.url()).pathname).toBe('/');
    // the first one finds out by itself, or as soon as it is looked at
    await page.bringToFront();
    await page.locator('.account summary', { hasText: '东联络' }).waitFor(patience);
  });
});

describe('whoever has signed in', () => {
  it('speaks as nobody else, and is out once they sign out, with nothing left on the page', async () => {
    const page = await open(desk.linkOf('东局长'));
    await page.getByRole('button', { name: '进入值守大屏' }).click();
    await page.locator('.account summary', { hasText: '东局长' }).waitFor(patience);
    await page.locator('.chat-who h2', { hasText: '东局长' }).waitFor(patience);
    // whoever walks by keyboard begins at the top, and not in the middle of the conversation
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('跳到值守墙');
    expect(await page.locator('.picker').count()).toBe(0);
    await signOut(page, '退出登录');
    await page.getByRole('heading', { name: '请登录值守大屏' }).waitFor(patience);
    expect(await page.locator('body').innerText()).not.toContain('东局长');
    await page.goBack();
    await page.getByRole('heading', { name: '这个链接已经用过了' }).waitFor(patience);
    expect(await page.context().cookies()).toEqual([]);
  });

  it('is out on every device at once where they say so', async () => {
    const [here, there] = [await open(desk.linkOf('西局长')), await open(desk.linkOf('西局长'))];
    for (const page of [here, there]) {
      await page.getByRole('button', { name: '进入值守大屏' }).click();
      await page.locator('.account summary', { hasText: '西局长' }).waitFor(patience);
    }
    await signOut(here, '在所有设备上退出');
    for (const page of [here, there]) await page.getByRole('heading', { name: '请登录值守大屏' }).waitFor(patience);
  });

  it('is offered nothing that their role may not do', async () => {
    const page = await open(desk.linkOf('孙联络'));
    await page.getByRole('button', { name: '进入值守大屏' }).click();
    await page.locator('.account summary', { hasText: '审计' }).waitFor(patience);
    expect(await page.locator('.chat').count()).toBe(0);
    expect(await page.locator('.chat-toggle').count()).toBe(0);
    const status = await page.evaluate(async () => (await fetch('api/session/chat', { method: 'POST' })).status);
    expect(status).toBe(403);
  });
});

const sizes = [
  [390, 844, 'dark'],
  [1440, 900, 'light'],
  [2560, 1440, 'light'],
] as const;

describe.each(sizes)('without being signed in, at %i px', (width, height, colorScheme) => {
  it('nothing stands in anybody’s way, on the page, behind a link, and behind one that opens nothing', async () => {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale: 'zh-CN' });
    contexts.push(context);
    const page = await open(desk.origin, context);
    await page.getByRole('heading', { name: '请登录值守大屏' }).waitFor(patience);
    expect(await findBarriers(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    for (const [link, state] of [
      [desk.linkOf('东联络'), 'ready'],
      [`${desk.origin}/sign-in/mistyped`, 'unknown'],
    ] as const) {
      const behind = await open(link, context);
      await behind.locator(`main[data-state=${state}]`).waitFor(patience);
      expect(await findBarriers(behind)).toEqual([]);
      expect(await behind.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    }
  });
});

const enterAs = async (name: Parameters<SignInDesk['linkOf']>[0], options: BrowserContextOptions = {}): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', ...options });
  contexts.push(context);
  const page = await open(desk.linkOf(name), context);
  await page.getByRole('button', { name: '进入值守大屏' }).click();
  await page.locator('.account summary').waitFor(patience);
  return page;
};

describe('whoever is signed in and', () => {
  it('looks at what somebody else has copied to them is told that there is nothing of that name for them', async () => {
    const page = await enterAs('西主班');
    for (const hash of ['#/post/p2', '#/person/m9', '#/shift/p2.ksv1rgw0', '#/handover/hp2.x', '#/item/iD2SD1']) {
      await page.evaluate(`location.hash = '${hash}'`);
      const detail = page.getByRole('region', { name: '详情' });
      await detail.locator('.nothing', { hasText: '没有找到' }).waitFor(patience);
      expect(await detail.innerText()).not.toContain('东');
    }
    expect(await findBarriers(page)).toEqual([]);
  });

  it('is not of the office finds no form in the room for setting up, and asks for nothing of it', async () => {
    for (const name of ['东联络', '西主班'] as const) {
      const page = await enterAs(name);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      for (const section of ['start', 'campaign', 'import', 'policies', 'channels']) {
        await page.evaluate(`location.hash = '#/setup/${section}'`);
        await page.getByText('设置只对局联络组办公室和审计人员开放').waitFor(patience);
        expect(await page.locator('#setup').locator('form, input, select, button, .setup-body').count()).toBe(0);
      }
      expect(asked.filter((path) => path.includes('/set-up/'))).toEqual([]);
      expect(await page.locator(`a[href^='#/setup']`).count()).toBe(0);
    }
  });

  it('audits reads all of it, and finds nothing anywhere that would change it', async () => {
    const page = await enterAs('孙联络');
    await page.evaluate(`location.hash = '#/post/p2'`);
    const detail = page.getByRole('region', { name: '详情' });
    await detail.getByRole('heading', { name: '东城区' }).waitFor(patience);
    await detail.locator('.shift a').first().click(patience);
    await detail.locator('.facts').waitFor(patience);
    expect(await page.locator('.offer').count()).toBe(0);
    expect(await page.locator('.chat').count()).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
  });

  it('decides an appeal reads what it says beside the buttons, and the unit what became of it on its check', async () => {
    const says = (name: Parameters<typeof idOf>[0], text: string): Promise<void> => {
      const from = idOf(name);
      const receivedAt = desk.clock.now();
      return desk.deliverMessage({
        id: `s-${name}-${text}`,
        channel: 'webchat',
        conversation: from,
        isGroup: false,
        from,
        receivedAt,
        text,
      });
    };
    await says('冯主任', '查岗西城区');
    await says('西主班', '不在');
    const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
    const unit = await desk.enter('西联络');
    const { items } = (await (await desk.ask('/api/appeals?status=appealable', unit)).json()) as { items: { obligationId: string }[] };
    const { obligationId } = items[0]!;
    const body = JSON.stringify({ obligationId, reason: '在现场处置，电话无信号' });
    expect((await desk.ask('/api/appeals', unit, { method: 'POST', headers, body })).status).toBe(201);
    const clock = desk.store.all().find(({ aggregate }) => aggregate.type === 'obligation' && aggregate.state.kind === 'appeal')!;

    const office = await enterAs('陈干事', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    await office.evaluate(`location.hash = '#/obligation/${clock.id}'`);
    const detail = office.getByRole('region', { name: '详情' });
    await detail.getByRole('button', { name: '认可申诉' }).waitFor(patience);
    const facts = detail.locator('.facts', { hasText: '在现场处置，电话无信号' });
    await facts.waitFor(patience);
    expect(await facts.innerText()).toMatch(/西城区 08\/27 \d\d:\d\d 不在岗[\s\S]*西联络[\s\S]*待办公室答复/u);
    expect(await findBarriers(office)).toEqual([]);

    const path = `/api/appeals/${encodeURIComponent(`e${obligationId}`)}/uphold`;
    expect((await desk.ask(path, await desk.enter('冯主任'), { method: 'POST', headers, body: '{}' })).status).toBe(200);
    await facts.getByRole('link').click();
    await detail.locator('.facts', { hasText: '已认可，不计入数据' }).waitFor(patience);
  });

  it('is away longer than a session lasts finds the way in again, and nothing of what was there', async () => {
    const page = await enterAs('西联系', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    await page.locator('.account summary').click();
    await page.locator('.account-lasting').waitFor(patience);
    expect(await page.locator('.account-lasting').innerText()).toContain('页面关闭1小时后自动退出');
    expect(await findBarriers(page)).toEqual([]);
    desk.realPasses(25 * 3_600_000);
    await page.getByRole('heading', { name: '请登录值守大屏' }).waitFor(patience);
    expect(await page.locator('.tile').count()).toBe(0);
    expect(await page.locator('body').innerText()).not.toContain('西');
    expect(await findBarriers(page)).toEqual([]);
  });
});

describe('a link that opens nothing', () => {
  it('says what became of it: used, expired, somebody else’s', async () => {
    const link = desk.linkOf('陈干事');
    const owner = await open(link);
    const copied = await open(link);
    await owner.getByRole('button', { name: '进入值守大屏' }).click();
    await owner.locator('.account summary', { hasText: '局联络组办公室' }).waitFor(patience);
    await copied.getByRole('button', { name: '进入值守大屏' }).click();
    await copied.getByRole('heading', { name: '这个链接已经用过了' }).waitFor(patience);
    expect(await copied.locator('main').innerText()).toContain('重新发送“看板”');
    await copied.getByRole('link', { name: '打开值守大屏' }).click();
    await copied.getByRole('heading', { name: '请登录值守大屏' }).waitFor(patience);

    const others = await open(desk.linkOf('东联络'), owner.context());
    await others.getByRole('heading', { name: '这个链接是给另一位同志的' }).waitFor(patience);

    const late = desk.linkOf('东主班');
    desk.realPasses(6 * 60_000);
    await (await open(late)).getByRole('heading', { name: '这个链接已经过期' }).waitFor(patience);
  });
});
