import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { setupHref } from '../../src/web/logic/route.ts';
import { newsOf, postOf, startStubWall, wallOf } from '../support/stub-wall.ts';
import { createVisitor, findBarriers } from '../support/visitor.ts';

const patience = { timeout: 60_000 };
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
const visitor = createVisitor(() => browser);
afterEach(() => visitor.leave(/ERR_|Failed to load/));

const numbers = Array.from({ length: 10_000 }, (_, index) => index + 1);
const stretches = [
  { at: '2021-08-27T08:00:00+08:00', rounds: 1, asked: 17, answered: 15, late: 1, undelivered: 1, steps: { 3: 2 } },
  { at: '2021-08-27T09:50:00+08:00', asked: 2, answered: 2, handovers: 3 },
];
const moments = [
  { seq: 7, at: '2021-08-27T08:29:00+08:00', what: 'undelivered', subject: 'p3', obligationId: 'o3' },
  { seq: 9, at: '2021-08-27T09:10:00+08:00', what: 'itemsOverdue', subject: 'u1', itemId: 'iD2SD202108260001' },
] as const;

const assets = join(import.meta.dirname, '../../dist/web');
const packedBytes = (name: string): number => readFileSync(join(assets, `${name}.br`)).length;

describe('a wall with nothing on it yet', () => {
  it.each([
    ['phone', 390],
    ['wall', 2560],
  ])('leads whoever sets up to what has to be there first, and nobody else, on a %s', async (_, width) => {
    const linkOn = async (may: readonly string[]) => {
      const stub = await startStubWall(wallOf([]), may);
      const page = await visitor.visit(stub.url, { viewport: { width, height: 844 } });
      await page.locator('.all-calm', { hasText: '还没有岗位' }).waitFor(patience);
      return { stub, page, link: page.locator('.all-calm a') };
    };
    const { stub, page, link } = await linkOn(['seeWall', 'setUp']);
    expect(await link.getAttribute('href')).toBe(setupHref('start'));
    expect(await link.innerText()).not.toBe('');
    await link.focus();
    expect(await findBarriers(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await stub.stop();
    const others = await linkOn(['seeWall']);
    expect(await others.link.count()).toBe(0);
    await others.stub.stop();
  });
});

it('calls no post settled that nobody has taken over, and says how many there are', async () => {
  const posts = [postOf(1), { ...postOf(2), notHandedOverTo: ['丙2'] }];
  const stub = await startStubWall(wallOf(posts));
  for (const options of [{ viewport: { width: 390, height: 844 } }, { colorScheme: 'dark' }] as const) {
    const page = await visitor.visit(stub.url, options);
    await page.locator('.all-calm', { hasText: '2 个岗位，其中 1 个到点未交接班。' }).waitFor(patience);
    expect(await page.locator('.tile-waiting').allInnerTexts()).toEqual(['未交接：丙2']);
    const [waiting, role] = await page.evaluate<readonly string[]>(
      `['.tile-waiting', '.tile .holder-role'].map((one) => getComputedStyle(document.querySelector(one)).color)`,
    );
    expect(waiting).not.toBe(role);
    expect(await findBarriers(page)).toEqual([]);
  }
  await stub.stop();
});

it('says in its title how much is lost or empty, and nothing where all is well', async () => {
  const posts = [postOf(1, 'missed'), postOf(2, 'empty'), postOf(3, 'waiting'), postOf(4)];
  const stub = await startStubWall(wallOf(posts));
  const page = await visitor.visit(stub.url);
  await expect.poll(() => page.title(), patience).toMatch(/^\(2\) 在岗/u);
  stub.tell(newsOf({ posts: [postOf(1), postOf(2)] }));
  await expect.poll(() => page.title(), patience).toMatch(/^在岗/u);
  await stub.stop();
});

describe('a wall on which all is calm', () => {
  const unproven = { ...postOf(2), lastContactAt: null };

  it.each([
    ['phone, light', { viewport: { width: 390, height: 844 } }],
    ['desk, dark', { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' }],
  ] as const)('says of nobody that they have answered who was never heard of: %s', async (_, options) => {
    const stub = await startStubWall(wallOf([postOf(1), unproven, postOf(3)]));
    const page = await visitor.visit(stub.url, options);
    const calm = page.locator('.all-calm');
    await calm.filter({ hasText: '没有岗位失联' }).waitFor(patience);
    expect(await calm.innerText()).toContain('3 个岗位，没有未应答的查岗。 其中 1 个还没有应答过。');
    expect(await page.locator('.tile.is-unproven').innerText()).toContain('岗2');
    expect(await page.locator('.tile.is-green').count()).toBe(2);
    const numbers = await page.locator('.count.is-green, .count.is-unproven').allInnerTexts();
    expect(numbers.map((text) => text.replaceAll(/\s/gu, ''))).toEqual(['1尚未应答', '2在岗']);
    await page.locator('.count.is-unproven').press('Enter');
    await expect.poll(() => page.locator('.tile').allInnerTexts(), patience).toEqual([expect.stringContaining('岗2')]);
    expect(await findBarriers(page)).toEqual([]);
    await page.locator('.count.is-unproven').press('Enter');
    stub.tell(newsOf({ posts: [postOf(2)] }));
    await calm.filter({ hasText: '各岗均有应答' }).waitFor(patience);
    await stub.stop();
  });

  it('says what is open and which items are overdue all the same, and leads there', async () => {
    const item = {
      number: 'D2SD202108270001',
      status: 'handedOver',
      heat: 'overdue',
      dueAt: '2021-08-27T00:00:00+08:00',
      units: [],
      text: '',
    };
    const wall = wallOf([postOf(1)]);
    const overdue = [
      { ...item, id: 'i1' },
      { ...item, id: 'i2' },
    ];
    const stub = await startStubWall({ ...wall, counts: { ...wall.counts, open: 7 } }, [], { '/api/items': overdue });
    const page = await visitor.visit(stub.url, { viewport: { width: 390, height: 844 } });
    const line = page.locator('.overdue-items');
    await line.filter({ hasText: '交办事项逾期 2 件' }).waitFor(patience);
    expect(await page.locator('.switch .badge').allInnerTexts()).toEqual(['7', '2']);
    expect(await findBarriers(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await line.press('Enter');
    await page.locator('.entry', { hasText: '08/26 24:00' }).first().waitFor(patience);
    expect(await line.count()).toBe(0);
    await stub.stop();
  });
});

describe('a wall of ten thousand posts', () => {
  it('shows what is wrong in full and sums up what is not, and each unit opens by keyboard', async () => {
    const posts = numbers.map((number) => postOf(number, number === 4_321 ? 'missed' : number % 2_000 === 0 ? 'escalated' : 'green'));
    const stub = await startStubWall(wallOf(posts));
    const page = await visitor.visit(stub.url);
    await page.locator('.tile').first().waitFor(patience);
    expect(await page.locator('.troubles .tile').count()).toBe(6);
    expect(await page.locator('.troubles .tile').first().innerText()).toContain('岗4321');
    expect(await page.locator('.count.is-green .count-number').innerText()).toBe('9994');
    expect(await page.locator('.unit').count()).toBe(100);
    expect(await page.locator('.unit', { hasText: /^第44区/u }).innerText()).toMatch(/99$/u);
    const unit = page.locator('.unit').nth(2);
    await unit.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.calms .tile').count(), patience).toBe(100);
    expect(await page.evaluate('document.activeElement.dataset.key')).toBe('unit 第3区');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.calms .tile').count(), patience).toBe(0);
    await stub.stop();
  });

  it('is drawn in part where all of it is wrong, and goes on as somebody scrolls', async () => {
    const stub = await startStubWall(wallOf(numbers.map((number) => postOf(number, 'missed'))));
    const page = await visitor.visit(stub.url);
    await page.locator('.tile').first().waitFor(patience);
    const drawn = (): Promise<number> => page.locator('.tile').count();
    expect(await drawn()).toBeLessThan(1_000);
    const before = await drawn();
    await page.locator('.more-tiles').scrollIntoViewIfNeeded();
    await expect.poll(drawn, patience).toBeGreaterThan(before);
    const more = await drawn();
    await page.locator('.more-tiles').press('Enter');
    await expect.poll(drawn, patience).toBeGreaterThan(more);
    await stub.stop();
  });

  it('sums up whole units that have only just been asked, and draws nothing anew that is as it was', async () => {
    const stub = await startStubWall(wallOf(numbers.map((number) => postOf(number, number === 1 ? 'missed' : 'waiting'))));
    const page = await visitor.visit(stub.url);
    await page.locator('.unit').first().waitFor(patience);
    expect(await page.locator('.tile').count()).toBe(1);
    await page.evaluate(`
      window.changes = [];
      new MutationObserver((all) => window.changes.push(...all.map(({ target }) => target.closest?.('li')?.innerText ?? '')))
        .observe(document.querySelector('.units'), { subtree: true, childList: true, characterData: true });
    `);
    stub.tell(newsOf({ posts: [postOf(250, 'green')] }));
    await expect.poll(() => page.locator('.count.is-green .count-number').innerText(), patience).toBe('1');
    await expect.poll(() => page.locator('.unit.is-waiting', { hasText: '第3区' }).innerText(), patience).toMatch(/99$/u);
    expect((await page.evaluate<readonly string[]>('window.changes')).filter((text) => text !== '' && !text.includes('第3区'))).toEqual([]);
    await stub.stop();
  });
});

describe('the last hours on the wall', () => {
  it('stand in figures, bars and a table, move with the news, and lead to what happened', async () => {
    const stub = await startStubWall(wallOf([postOf(3, 'missed', '东城区')], { timeline: { stretches, moments } }));
    const page = await visitor.visit(stub.url);
    const strip = page.locator('.strip');
    // a screen this low belongs to the posts: the picture is there for whoever wants it, and then stays
    await page.locator('.timeline-sums').waitFor(patience);
    expect(await strip.count()).toBe(0);
    await page.getByRole('button', { name: '展开' }).press('Enter');
    await strip.waitFor(patience);
    await page.reload();
    await strip.waitFor(patience);
    expect(await strip.getAttribute('aria-label')).toContain('查岗 19，在岗应答 17，迟答 1，未送达 1');
    expect(await page.locator('.bar').count()).toBe(72);
    await page.locator('.timeline-table summary').press('Enter');
    const rows = await page.locator('.timeline-table tbody tr').allInnerTexts();
    expect(rows.map((text) => text.replace(/\s+/gu, ' ').trim())).toEqual([
      '8月27日 周五 09:00 2 2 3',
      '8月27日 周五 08:00 1 17 15 1 1 第 4 步 × 2',
    ]);
    const news = { stretches: [{ at: '2021-08-27T09:50:00+08:00', asked: 2, answered: 2, handovers: 4 }], moments: [] };
    stub.tell(newsOf({ timeline: news }));
    await page.locator('.timeline-sums li', { hasText: /交接班\s*4/u }).waitFor(patience);
    await page.getByRole('button', { name: '6 小时' }).click();
    await expect.poll(() => page.locator('.bar').count()).toBe(36);
    const links = page.locator('a.moment');
    expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))).toEqual([
      '#/item/iD2SD202108260001',
      '#/obligation/o3',
    ]);
    expect(await links.last().innerText()).toMatch(/08:29\s*未送达\s*东城区/u);
    await links.last().press('Enter');
    await expect.poll(() => page.evaluate('location.hash')).toBe('#/obligation/o3');
    await page.getByRole('region', { name: '详情' }).getByRole('heading', { level: 2 }).waitFor(patience);
    await stub.stop();
  });

  it('say what could not be fetched when the connection was lost on the way there, and bring it once it is back', async () => {
    const stub = await startStubWall(wallOf([postOf(3, 'missed', '东城区')], { timeline: { stretches, moments } }));
    const page = await visitor.visit(stub.url);
    await page.route('**/assets/detail-panel-*.js', (route) => route.abort());
    await page.getByRole('button', { name: '展开' }).press('Enter', patience);
    await page.locator('a.moment').last().press('Enter', patience);
    const detail = page.getByRole('region', { name: '详情' });
    await detail.getByText('没有取到').waitFor(patience);
    expect(await detail.getByRole('button', { name: '刷新页面' }).isVisible()).toBe(true);
    await page.unroute('**/assets/detail-panel-*.js');
    await detail.getByRole('heading', { level: 2 }).waitFor(patience);
    await stub.stop();
  });

  it.each([
    [390, 844, 'light'],
    [390, 844, 'dark'],
    [1440, 900, 'dark'],
    [2560, 1440, 'light'],
  ] as const)('are for everybody to read at %i × %i, %s', async (width, height, colorScheme) => {
    const many = numbers.slice(0, 400).map((number) => postOf(number, number % 90 === 0 ? 'missed' : 'green'));
    const stub = await startStubWall(wallOf(many, { timeline: { stretches, moments } }));
    const page = await visitor.visit(stub.url, { viewport: { width, height }, colorScheme });
    await page.locator('.unit').first().waitFor(patience);
    const isLow = width === 1440;
    expect(await page.locator('.timeline-fold').getAttribute('aria-expanded')).toBe(String(!isLow));
    if (isLow) await page.locator('.timeline-fold').click();
    await page.locator('.timeline-table summary').click();
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(await findBarriers(page)).toEqual([]);
    await stub.stop();
  });
});

describe('what is loaded', () => {
  it('stays below 150 kB of packed script with all that comes at once, without the charts; each file packed is what it packs', () => {
    const names = readdirSync(join(assets, 'assets')).map((name) => `assets/${name}`);
    const scripts = names.filter((name) => name.endsWith('.js'));
    const charts = scripts.filter((name) => name.includes('figures-view'));
    expect(charts).toHaveLength(1);
    const first = scripts.filter((name) => readFileSync(join(assets, 'index.html'), 'utf8').includes(name));
    expect(first.reduce((sum, name) => sum + packedBytes(name), 0)).toBeLessThan(60_000);
    // for whoever is signed in their conversation comes at once too
    const atOnce = scripts.filter((name) => first.includes(name) || /conversation|orders|runtime/iu.test(name));
    expect(atOnce.reduce((sum, name) => sum + packedBytes(name), 0)).toBeLessThan(150_000);
    for (const name of [...scripts, 'index.html']) {
      const bytes = readFileSync(join(assets, name));
      expect(brotliDecompressSync(readFileSync(join(assets, `${name}.br`))).equals(bytes)).toBe(true);
      expect(gunzipSync(readFileSync(join(assets, `${name}.gz`))).equals(bytes)).toBe(true);
    }
  });
});

describe('a wall that was cut off', () => {
  it('comes back by itself as it was, and takes another page where the service has one by then', async () => {
    const stub = await startStubWall(wallOf([postOf(1)]));
    const page = await visitor.visit(stub.url);
    await page.locator('.tile').first().waitFor(patience);
    await page.evaluate('window.isSame = true');
    stub.breakOff();
    await expect.poll(() => stub.asked('/api/wall/live'), patience).toBe(2);
    await page.locator('.link-live').waitFor(patience);
    await expect.poll(() => stub.asked('/'), patience).toBe(2);
    expect(await page.evaluate('window.isSame')).toBe(true);
    stub.renew('assets/index-another.js');
    stub.breakOff();
    await expect.poll(() => page.evaluate('window.isSame').catch(() => null), patience).toBeUndefined();
    await stub.stop();
  });

  it('says so where somebody is signed in no longer, and how to come in again', async () => {
    const stub = await startStubWall(wallOf([postOf(1)]));
    const page = await visitor.visit(stub.url);
    await page.locator('.tile').first().waitFor(patience);
    stub.endSession();
    await page.getByRole('heading', { name: '请登录值守大屏' }).waitFor(patience);
    await page.getByRole('status').filter({ hasText: '刚才的登录已经结束' }).waitFor(patience);
    expect(await page.locator('.tile').count()).toBe(0);
    expect(await page.locator('body').innerText()).toContain('发送“看板”');
    await page.reload();
    await page.getByRole('heading', { name: '请登录值守大屏' }).waitFor(patience);
    expect(await page.locator('body').innerText()).not.toContain('刚才的登录已经结束');
    await stub.stop();
  });

  it('leaves a sentence that somebody is writing, and says that another page is there', async () => {
    const stub = await startStubWall(wallOf([postOf(1)]));
    const page = await visitor.visit(stub.url);
    await page.locator('.tile').first().waitFor(patience);
    await page.evaluate(`{
      const field = document.createElement('input');
      field.value = 'half a sentence';
      field.setAttribute('aria-label', 'draft');
      document.querySelector('main').append(field);
    }`);
    stub.renew('assets/index-another.js');
    stub.breakOff();
    await page.getByRole('button', { name: '页面有更新，点此刷新' }).waitFor(patience);
    await stub.stop();
  });
});
