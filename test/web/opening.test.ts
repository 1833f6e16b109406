import type { Browser, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { type Demo, startDemo } from '../support/demo.ts';
import { createVisitor, findBarriers } from '../support/visitor.ts';

const patience = { timeout: 60_000 };
vi.setConfig({ testTimeout: 120_000 });

let browser: Browser;
let demo: Demo;
const { visit, leave } = createVisitor(() => browser);
beforeAll(async () => {
  browser = await openBrowser();
  demo = await startDemo({ env: { CLOCK_SCALE: '1' } });
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});
afterEach(() => leave());

it.each([
  ['light', 'rgb(243, 245, 241)'],
  ['dark', 'rgb(12, 18, 16)'],
] as const)('says in %s that it opens before anything of the page itself has come, and makes way for it', async (colorScheme, paper) => {
  const page = await visit(demo.url, { colorScheme, viewport: { width: 390, height: 844 } });
  const held: { [type: string]: PromiseWithResolvers<void> } = {};
  const hold = async (route: Route): Promise<void> => {
    const name = route.request().resourceType();
    held[name] = Promise.withResolvers();
    await held[name].promise;
    await route.continue();
  };
  await page.route('**/assets/index-*', hold);
  await page.reload({ waitUntil: 'commit' });
  await page.getByText('正在打开').waitFor(patience);
  await expect.poll(() => Object.keys(held).toSorted(), patience).toEqual(['script', 'stylesheet']);
  expect(await page.locator('h1').innerText()).toBe('在岗');
  expect(await page.locator('.opening').evaluate((one) => getComputedStyle(one).backgroundColor)).toBe(paper);
  expect(await findBarriers(page)).toEqual([]);
  // a page without its sheet is no sight: whatever comes first waits for the other
  held['script']!.resolve();
  await expect.poll(() => page.locator('#page-sheet').getAttribute('media'), patience).toBe('all');
  expect(await page.locator('.opening').isVisible()).toBe(true);
  held['stylesheet']!.resolve();
  await page.locator('.tile').first().waitFor(patience);
  expect(await page.locator('.opening').count()).toBe(0);
  expect(await page.locator('body').evaluate((one) => getComputedStyle(one).backgroundColor)).toBe(paper);
});

it('shows the page also where its sheet is lost on the way', async () => {
  const page = await visit(demo.url);
  await page.route('**/assets/index-*.css', (route) => route.abort());
  await page.reload();
  await page.locator('.tile').first().waitFor(patience);
  await leave(/ERR_FAILED/);
});
