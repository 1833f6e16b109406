import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Wall } from '../../src/web/data/types.ts';
import { openBrowser } from '../support/browser.ts';
import { type Demo, startDemo } from '../support/demo.ts';
import { askingForMore, openStreamOf } from './chat-stream.ts';

/** Two campaign hours in a minute, beginning so long before the round that a slow browser is there for it. */
const env = { CLOCK_SCALE: '120', CLOCK_START: '2021-08-27T09:42:00+08:00' };
const patience = { timeout: 60_000 };
vi.setConfig({ testTimeout: 120_000 });

let browser: Browser;
let demo: Demo;
beforeAll(async () => {
  // one after the other: without a browser there is nobody to end the service
  browser = await openBrowser();
  demo = await startDemo({ env });
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

/** Everything that a visitor's browser complained about or asked for elsewhere. */
let complaints: string[] = [];
const visited: Page[] = [];
const visit = async (options: BrowserContextOptions = {}, url = demo.url): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', ...options });
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('request', (request) => {
    const { origin } = new URL(request.url());
    if (origin !== new URL(url).origin && !request.url().startsWith('data:')) complaints.push(`asked ${origin}`);
  });
  visited.push(page);
  await page.goto(url);
  return page;
};
afterEach(async () => {
  await Promise.all(visited.splice(0).map((page) => page.context().close()));
  const heard = complaints;
  complaints = [];
  if (heard.length > 0) throw new Error(`the browser complained:\n${heard.join('\n')}`);
});

const readWall = async (): Promise<Wall> => (await fetch(`${demo.url}api/wall`)).json() as Promise<Wall>;
/** The post whose people sleep through everything, by its place on the roster. */
const asleep = async () => {
  const post = (await readWall()).posts[4];
  if (!post) throw new Error('the demo has no fifth post');
  return post;
};

describe('what a newcomer sees', () => {
  it('a round, a post that nobody answers climb to the group, and one answer that ends it', { timeout: 180_000 }, async () => {
    const page = await visit();
    const { unit, onDuty } = await asleep();
    const tile = page.locator('.tile', { has: page.getByRole('heading', { name: unit, exact: true }) });
    await tile.filter({ hasText: '待应答' }).waitFor(patience);
    // others answer and turn green, this one climbs
    await page.locator('.tile.calm').first().waitFor(patience);
    await tile.filter({ hasText: '升级中' }).waitFor(patience);
    await tile.filter({ hasText: '失联' }).waitFor(patience);
    expect(await page.locator('.troubles .tile').first().innerText()).toContain(unit);
    await page.locator('.ledger .row', { hasText: '判定失联' }).filter({ hasText: unit }).waitFor(patience);
    await page.locator('.ledger .row', { hasText: '发卡片给工作群' }).filter({ hasText: unit }).waitFor(patience);

    await page.getByRole('button', { name: '办公室工作群' }).click();
    await page.locator('.messages .card', { hasText: unit }).first().waitFor(patience);
    expect(await page.locator('.writing').count()).toBe(0);
    await page.getByRole('button', { name: '换一个人' }).click();

    await tile.getByRole('button', { name: onDuty[0] ?? '' }).click();
    const asking = page.locator('.messages .card', { hasText: '应答截止' }).last();
    await asking.getByRole('button', { name: '在岗', exact: true }).click(patience);
    await page.locator('.bubble.is-mine', { hasText: '在岗' }).waitFor(patience);
    // the card changes where it stands and has no buttons any more, the post is green, and the ledger says by whom
    await page
      .locator('.bubble', { has: page.locator('.bubble-foot') })
      .filter({ hasText: '已应答' })
      .first()
      .waitFor(patience);
    await page.locator('.tile.calm', { has: page.getByRole('heading', { name: unit, exact: true }) }).waitFor(patience);
    await page
      .locator('.ledger .row', { hasText: '在岗' })
      .filter({ hasText: unit })
      .filter({ hasText: onDuty[0] ?? '' })
      .first()
      .waitFor(patience);
  });
});

describe('the page itself', () => {
  it('loads one small script, and the chat only when a conversation is opened', async () => {
    const scripts: string[] = [];
    const page = await visit();
    page.on('request', (request) => request.resourceType() === 'script' && scripts.push(request.url()));
    await page.locator('.tile').first().waitFor(patience);
    const folder = join(import.meta.dirname, '../../dist/web');
    const first = (await readFile(join(folder, 'index.html'), 'utf8')).match(/assets\/[\w-]+\.js/)?.[0] ?? '';
    expect(gzipSync(await readFile(join(folder, first))).length).toBeLessThan(60_000);
    expect(scripts).toEqual([]);
    await page.locator('.picker .person').nth(1).click();
    await page.locator('.messages').waitFor(patience);
    expect(scripts.length).toBeGreaterThan(0);
    expect(await readdir(join(folder, 'assets'))).toEqual(expect.arrayContaining([scripts[0]?.split('/').at(-1)]));
  });

  it('speaks English when asked, and remembers it', async () => {
    const page = await visit();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Ledger' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
    await page.reload();
    await page.getByRole('heading', { name: 'Ledger' }).waitFor();
  });

  it('begins in the language that the browser asks for, with no moment of the other, until another is chosen', async () => {
    const page = await visit({ locale: 'en-GB' });
    await page.addInitScript(`
      globalThis.drawn = [];
      new MutationObserver(() => drawn.push(...[...document.querySelectorAll('h2')].map(({ textContent }) => textContent)))
        .observe(document, { childList: true, subtree: true });
    `);
    await page.reload();
    await page.getByRole('heading', { name: 'Ledger' }).waitFor();
    const drawn = await page.evaluate<readonly string[]>('[...new Set(drawn)]');
    expect([drawn.includes('Ledger'), drawn.includes('台账')]).toEqual([true, false]);
    await page.getByRole('button', { name: '中文' }).click();
    await page.reload();
    await page.getByRole('heading', { name: '台账' }).waitFor();
  });

  it.each([
    ['phone', 390, 844],
    ['small phone', 320, 640],
    ['desk', 1440, 900],
    ['wall', 2560, 1440],
  ])('fits a %s without sideways scrolling', async (_, width, height) => {
    const page = await visit({ viewport: { width, height } });
    await page.locator('.tile').first().waitFor(patience);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(await page.locator('.ledger').isVisible()).toBe(width > 860);
    expect(await page.locator('.tabs').isVisible()).toBe(width <= 860);
  });

  it('shows one view at a time on a phone, and opens the conversation from a tile', async () => {
    const page = await visit({ viewport: { width: 390, height: 844 } });
    await page.getByRole('navigation').getByRole('button', { name: '台账' }).click();
    await page.locator('.ledger').waitFor();
    expect(await page.locator('.wall').isVisible()).toBe(false);
    await page.getByRole('navigation').getByRole('button', { name: '值守墙' }).click();
    await page.locator('.tile .name-button').first().click();
    await page.locator('.messages').waitFor(patience);
    expect(await page.locator('.wall').isVisible()).toBe(false);
  });

  it('keeps what was said last in sight when a keyboard takes half of the screen', async () => {
    const page = await visit({ viewport: { width: 390, height: 844 } });
    await page.locator('.tile .name-button').first().click();
    await page.locator('.messages').waitFor(patience);
    for (const said of ['我的班次', '我的班次', '值班表']) {
      await page.getByRole('textbox').last().fill(said);
      await page.keyboard.press('Enter');
      await page.locator('.bubble.is-mine', { hasText: said }).last().waitFor(patience);
    }
    const left = (): Promise<number> =>
      page
        .locator('.messages')
        .evaluate((list) => (list.scrollHeight > list.clientHeight + 100 ? list.scrollHeight - list.scrollTop - list.clientHeight : -1));
    await expect.poll(left).toBe(0);
    await page.setViewportSize({ width: 390, height: 460 });
    await expect.poll(async () => Math.abs(await left())).toBeLessThan(2);
    // a card that is drawn, or grows, after the list has been scrolled
    await page.evaluate(`document.querySelector('.bubble:last-child').style.minHeight = '900px'`);
    await expect.poll(async () => Math.abs(await left())).toBeLessThan(2);
  });

  it('leaves whoever has scrolled up where they are, until they say something', async () => {
    const page = await visit({ viewport: { width: 390, height: 460 } });
    await page.locator('.tile .name-button').first().click();
    const list = page.locator('.messages');
    await list.waitFor(patience);
    const say = async (said: string): Promise<void> => {
      await page.getByRole('textbox').last().fill(said);
      await page.keyboard.press('Enter');
      await page.locator('.bubble.is-mine', { hasText: said }).last().waitFor(patience);
    };
    const left = (): Promise<number> => list.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight);
    await say('值班表');
    await expect.poll(() => page.locator('.bubble.is-bot').count()).toBeGreaterThan(1);
    await page.evaluate(`document.querySelector('.bubble:last-child').style.minHeight = '1200px'`);
    await expect.poll(left).toBeLessThan(2);
    await list.evaluate((box) => box.scrollTo(0, 0));
    await expect.poll(left).toBeGreaterThan(500);
    await page.evaluate(`document.querySelector('.bubble:last-child').style.minHeight = '1500px'`);
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
    expect(await list.evaluate((box) => box.scrollTop)).toBe(0);
    await say('我的班次');
    await expect.poll(left).toBeLessThan(2);
  });

  it('is walked by keyboard: skip link, switches, a name, a message', async () => {
    const page = await visit();
    await page.locator('.tile .name-button').first().waitFor(patience);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('wall');
    await page.locator('.tile .name-button').first().press('Enter');
    await page.getByPlaceholder('身份发言').fill('帮助');
    await page.keyboard.press('Enter');
    await page.locator('.bubble.is-mine', { hasText: '帮助' }).waitFor(patience);
    expect(await page.getByPlaceholder('身份发言').inputValue()).toBe('');
  });

  it('shows what the switches choose: contacts, one state, everything in the ledger, one unit', async () => {
    const page = await visit();
    const wall = await readWall();
    await page.getByRole('button', { name: /^常设联络人/ }).click();
    await expect.poll(() => page.locator('.tile').count()).toBe(wall.standing.length);
    await page.getByRole('button', { name: /^岗位/ }).click();
    const count = page.locator('.count.is-missed');
    await count.click();
    expect(await count.getAttribute('aria-pressed')).toBe('true');
    await page.locator('.tile.calm').first().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '全部', exact: true }).click();
    await page.locator('.row', { hasText: '已发送' }).first().waitFor();
    const unit = wall.posts[1]?.unit ?? '';
    await page.getByLabel('单位', { exact: true }).selectOption(unit);
    await expect.poll(async () => new Set(await page.locator('.row-about').allInnerTexts())).toEqual(new Set([unit]));
  });
});

describe('the conversation', () => {
  const chatAs = async (page: Page): Promise<void> => {
    await page.locator('.picker .person').nth(2).click();
    await page.locator('.messages').waitFor(patience);
  };
  const pdf = (name: string, content = '%PDF-1.7 ') => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(content.padEnd(2_048)) });

  it('takes files from the chooser and dropped, says which cannot be taken, and shows what was sent, to be saved', async () => {
    const page = await visit();
    await chatAs(page);
    const chooser = page.locator('.writing input[type=file]');
    await chooser.setInputFiles([pdf('整改报告.pdf'), { name: '程序.exe', mimeType: '', buffer: Buffer.from('MZ') }]);
    await page.getByRole('alert').filter({ hasText: '“程序.exe”这类文件不收' }).waitFor();
    expect(await page.locator('.draft-files .file').allInnerTexts()).toEqual([expect.stringMatching(/整改报告\.pdf\s+2\.0 KB/)]);
    await page.evaluate(`{
      const carried = new DataTransfer();
      carried.items.add(new File(['cleared'], 'note.txt', { type: 'text/plain' }));
      const drag = (type) => new DragEvent(type, { dataTransfer: carried, bubbles: true, cancelable: true });
      for (const type of ['dragover', 'drop']) document.querySelector('.messages').dispatchEvent(drag(type));
    }`);
    await page.locator('.draft-files .file', { hasText: 'note.txt' }).waitFor();
    await page.getByPlaceholder('身份发言').fill('已清运');
    await page.getByRole('button', { name: '发送', exact: true }).click();
    const bubble = page.locator('.bubble.is-mine', { hasText: '已清运' });
    await bubble.locator('.file', { hasText: /整改报告\.pdf\s*2\.0 KB/ }).waitFor(patience);
    await page.locator('.draft-files').waitFor({ state: 'detached' });
    const download = page.waitForEvent('download');
    await bubble.locator('.file', { hasText: 'note.txt' }).click();
    expect(await readFile(await (await download).path(), 'utf8')).toBe('cleared');
    expect((await download).suggestedFilename()).toBe('note.txt');
  });

  it('says why the service did not take a file, and keeps it in the draft', async () => {
    const page = await visit();
    await chatAs(page);
    await page.locator('.writing input[type=file]').setInputFiles([pdf('扫描件.pdf', 'MZ no PDF')]);
    await page.getByRole('button', { name: '发送', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: '“扫描件.pdf”是空的，或内容与文件名不符' }).waitFor(patience);
    await page.getByRole('button', { name: '移除 扫描件.pdf' }).click();
    await page.locator('.draft-files').waitFor({ state: 'detached' });
    complaints = complaints.filter((text) => !text.includes('400'));
  });

  it('lets a card be filled in: what is missing is said, what was put in stays when the card changes, and all is sent', async () => {
    const page = await visit();
    const stream = await openStreamOf(page);
    await chatAs(page);
    await stream.shows(askingForMore('申请延期'));
    const card = page.locator('.messages .card', { hasText: '申请延期' });
    await card.getByLabel('延期到').fill('2021-08-30');
    await card.getByRole('button', { name: '提交' }).click();
    await card.getByText('请填写“原因”').waitFor();
    await card.getByLabel('原因').fill('等检测报告\n周一出');
    await card.getByLabel('是否属实').selectOption('部分属实');
    await stream.shows(askingForMore('申请延期（催办）'), 'messageUpdate');
    const changed = page.locator('.messages .card', { hasText: '申请延期（催办）' });
    await changed.waitFor();
    const posted = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/activities'));
    await changed.getByRole('button', { name: '提交' }).click();
    expect(((await posted).postDataJSON() as { value: unknown }).value).toEqual({
      action: 'extend',
      itemId: 'iD2SD202108280012',
      toDate: '2021-08-30',
      reason: '等检测报告\n周一出',
      finding: 'partlyTrue',
    });
    const cancelled = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/activities'));
    await changed.getByRole('button', { name: '不延期' }).click();
    expect(((await cancelled).postDataJSON() as { value: unknown }).value).toEqual({ action: 'keep', itemId: 'iD2SD202108280012' });
  });
});

describe('somebody at the keyboard while the wall moves', () => {
  it('keeps their place when the tile that they are on turns green', { timeout: 150_000 }, async () => {
    // slowly enough that some still wait when the page is there, however long a busy machine takes for it
    const other = await startDemo({ env: { CLOCK_SCALE: '30', CLOCK_START: '2021-08-27T09:54:00+08:00' } });
    const page = await visit({}, other.url);
    // it is answered, and moves to the others that are
    const waiting = page.locator('.tile.is-waiting .name-button').first();
    await waiting.waitFor(patience);
    // in one breath: between two looks the first one may have been answered
    const key = await waiting.evaluate((button: { focus(): void; readonly dataset: { readonly key?: string } }) => {
      button.focus();
      return button.dataset.key;
    });
    await page.locator(`.tile.calm [data-key="${key}"]`).waitFor(patience);
    await expect.poll(() => page.evaluate('document.activeElement.dataset.key')).toBe(key);
    await page.context().close();
    await other.stop();
  });
});

describe('when the service goes away', () => {
  it('the page says so and how old its picture is, and comes back by itself', { timeout: 120_000 }, async () => {
    const other = await startDemo({ env });
    const page = await visit({}, other.url);
    await page.getByRole('status').filter({ hasText: '实时' }).waitFor(patience);
    await page.locator('.tile').first().waitFor(patience);
    const { port } = new URL(other.url);
    await other.kill();
    await page.getByRole('status').filter({ hasText: '连接中断' }).waitFor(patience);
    await page.getByText(/数据已过 \d+ 秒/).waitFor(patience);
    const time = await page.locator('.clock-time').innerText();
    const again = await startDemo({ env: { ...env, PORT: port }, dataDir: other.dataDir });
    await page.getByRole('status').filter({ hasText: '实时' }).waitFor(patience);
    await expect.poll(() => page.locator('.clock-time').innerText()).not.toBe(time);
    await again.stop();
    complaints = complaints.filter((text) => !/ERR_|Failed to load/.test(text));
  });
});
