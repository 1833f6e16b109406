import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { type Demo, startDemo } from '../support/demo.ts';

const patience = { timeout: 60_000 };
vi.setConfig({ testTimeout: 120_000 });

let browser: Browser;
let demo: Demo;
beforeAll(async () => {
  browser = await openBrowser();
  demo = await startDemo({ env: { CLOCK_SCALE: '300' } });
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

let complaints: string[] = [];
const visited: Page[] = [];
const visit = async (options: BrowserContextOptions = {}): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', ...options });
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('request', (request) => {
    const isOurs = request.url().startsWith(demo.url) || /^(?:data|blob):/u.test(request.url());
    if (!isOurs) complaints.push(`asked ${request.url()}`);
  });
  visited.push(page);
  await page.goto(`${demo.url}#/figures`);
  await page.locator('.figure-league').waitFor(patience);
  return page;
};
afterEach(async () => {
  await Promise.all(visited.splice(0).map((page) => page.context().close()));
  const heard = complaints;
  complaints = [];
  if (heard.length > 0) throw new Error(`the browser complained:\n${heard.join('\n')}`);
});

describe('the view of figures', () => {
  it('says for each figure what it is of what, and shows it as picture and as table by keyboard alone', async () => {
    const page = await visit();
    const coverage = page.locator('.figure-coverage');
    await coverage.locator('canvas').first().waitFor(patience);
    await coverage.locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await coverage.locator('dd').allInnerTexts()).toEqual([
      '有人值守的时长',
      expect.stringContaining('保障期已过去的时长') as string,
    ]);
    await coverage.getByRole('button', { name: /显示为表格/u }).focus();
    await page.keyboard.press('Enter');
    await coverage.getByRole('columnheader', { name: '应守时长' }).waitFor(patience);
    expect(await coverage.getByRole('row').count()).toBe(18);
    // the choice is kept
    await page.reload();
    await coverage.getByRole('columnheader', { name: '应守时长' }).waitFor(patience);
  });

  it('gives each picture to be kept, and reads it out', async () => {
    const page = await visit();
    const coverage = page.locator('.figure-coverage');
    await coverage.locator('canvas').first().waitFor(patience);
    expect(await coverage.getByRole('img').getAttribute('aria-label')).toMatch(/岗位覆盖. [\d.]+%/u);
    const saved = page.waitForEvent('download', patience);
    await coverage.getByRole('button', { name: /下载图片/u }).click();
    const file = await (await saved).path();
    expect((await readFile(file)).subarray(1, 4).toString()).toBe('PNG');
    const taken = await page.evaluate<{ items: { event: string; data: object }[] }>(
      "fetch('api/ledger?order=newest').then((r) => r.json())",
    );
    expect(taken.items.find(({ event }) => event === 'FiguresExported')?.data).toMatchObject({ kind: 'picture', figure: 'coverage' });
  });

  it('gives no picture that the ledger could not be told of, and says so', async () => {
    const page = await visit();
    const coverage = page.locator('.figure-coverage');
    await coverage.locator('canvas').first().waitFor(patience);
    const downloads: string[] = [];
    page.on('download', (download) => downloads.push(download.suggestedFilename()));
    await page.route('**/api/figures/pictures', (route) => route.fulfill({ status: 503 }));
    await coverage.getByRole('button', { name: /下载图片/u }).click();
    await coverage.getByRole('alert').filter({ hasText: '图片没有保存' }).waitFor(patience);
    expect(downloads).toEqual([]);
    complaints = complaints.filter((complaint) => !complaint.includes('503'));
  });

  it('loads the charts only when it is opened, and leads back to the wall', async () => {
    const scripts: string[] = [];
    const context = await browser.newContext({ locale: 'zh-CN' });
    const page = await context.newPage();
    visited.push(page);
    page.on('request', (request) => request.resourceType() === 'script' && scripts.push(request.url()));
    await page.goto(demo.url);
    await page.locator('.tile').first().waitFor(patience);
    expect(scripts.some((url) => url.includes('figures-view'))).toBe(false);
    await page.getByRole('link', { name: '数据', exact: true }).first().click();
    await page.locator('.figure-league').waitFor(patience);
    expect(scripts.some((url) => url.includes('figures-view'))).toBe(true);
    await page.getByRole('link', { name: '值守墙', exact: true }).click();
    await page.locator('.tile').first().waitFor(patience);
  });

  it('takes another period and one unit', async () => {
    const page = await visit();
    const answered = page.waitForResponse((response) => response.url().includes('unit='), patience);
    await page.locator('.period select').selectOption('历下区');
    const { coverage } = (await (await answered).json()) as { readonly coverage: readonly { readonly unit: string }[] };
    expect(coverage.map(({ unit }) => unit)).toEqual(['历下区']);
    const refused = page.waitForResponse((response) => response.status() === 400, patience);
    await page.evaluate("fetch('api/figures?from=2021-09-09&to=2021-09-01')");
    await refused;
    complaints = [];
  });

  it('gives the period that is shown as a report, and says on the spot what each key figure is', async () => {
    const page = await visit();
    const keys = await page.locator('.key').allInnerTexts();
    expect(keys[2]).toMatch(/95分位用时[\s\S]*中位用时[\s\S]*沉默和迟答按整个时限计/u);
    expect(keys.map((key) => key.split('\n').length)).toEqual([4, 4, 4, 4]);
    const link = page.getByRole('group', { name: '报告' }).getByRole('link', { name: 'Excel' });
    const asked = new URL((await link.getAttribute('href'))!, demo.url).searchParams;
    const [from, to] = [page.locator('.period input').first(), page.locator('.period input').last()];
    expect([asked.get('from'), asked.get('to'), asked.get('kind')]).toEqual([await from.inputValue(), await to.inputValue(), 'period']);
    const saved = page.waitForEvent('download', patience);
    await link.click();
    const file = await readFile(await (await saved).path());
    expect(file.subarray(0, 2).toString()).toBe('PK');
  });

  it('is printed with its period and every row, each picture within its frame, also from a wide dark screen', async () => {
    const page = await visit({ viewport: { width: 2560, height: 1440 }, colorScheme: 'dark' });
    await page.locator('.figure-heat canvas').first().waitFor(patience);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.setViewportSize({ width: 703, height: 1032 });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('.period-words').innerText()).toMatch(/[\d-]{10} 至 [\d-]{10}（含当日），全部单位/u);
    expect(await page.locator('.report-links, .period').filter({ visible: true }).count()).toBe(0);
    type Box = { readonly right: number; readonly bottom: number };
    const pictures = await page.evaluate<readonly { readonly picture: Box; readonly frame: Box; readonly height: number }[]>(
      "[...document.querySelectorAll('.figure')].flatMap((figure) => [...figure.querySelectorAll('canvas')].filter((one) => one.checkVisibility()).map((one) => ({ picture: one.getBoundingClientRect().toJSON(), frame: figure.getBoundingClientRect().toJSON(), height: one.getBoundingClientRect().height })))",
    );
    expect(pictures).toHaveLength(4);
    for (const { picture, frame, height } of pictures) {
      expect(picture.right).toBeLessThanOrEqual(frame.right);
      expect(picture.bottom).toBeLessThanOrEqual(frame.bottom);
      // on one sheet
      expect(height).toBeLessThan(1_000);
    }
    const cut = "[...document.querySelectorAll('.figure-table')].map((one) => one.scrollHeight - one.clientHeight)";
    for (const rest of await page.evaluate<readonly number[]>(cut)) expect(rest).toBeLessThanOrEqual(1);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await page.locator('.chart-sheet').count()).toBe(0);
  });

  it.each([
    ['phone', 390, 844, 'dark'],
    ['desk', 1440, 900, 'light'],
    ['wall', 2560, 1440, 'dark'],
  ] as const)('fits a %s, readable to programs that check it', async (_, width, height, colorScheme) => {
    const page = await visit({ viewport: { width, height }, colorScheme, bypassCSP: true });
    await page.locator('.figure-coverage canvas').first().waitFor(patience);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await page.addScriptTag({ path: join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js') });
    const found = await page.evaluate(
      "axe.run('.figures', { runOnly: ['wcag2a', 'wcag2aa'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ html }) => html).join(' ')))",
    );
    expect(found).toEqual([]);
  });
});
