import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Wall } from '../../src/web/data/types.ts';
import { openBrowser } from '../support/browser.ts';
import { type Demo, startDemo } from '../support/demo.ts';
import { createVisitor, findBarriers } from '../support/visitor.ts';

/** A round that has just begun, a campaign minute in half a second. */
const env = { CLOCK_SCALE: '120', CLOCK_START: '2021-08-27T09:59:30+08:00' };
const patience = { timeout: 60_000 };
vi.setConfig({ testTimeout: 120_000 });

let browser: Browser;
let demo: Demo;
const { visit, leave } = createVisitor(() => browser);
beforeAll(async () => {
  browser = await openBrowser();
  demo = await startDemo({ env });
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});
afterEach(() => leave());

const readWall = async (): Promise<Wall> => (await fetch(`${demo.url}api/wall`)).json() as Promise<Wall>;

it('leads from a tile to its post, to a person who stands it, and back', async () => {
  const page = await visit(demo.url);
  const post = (await readWall()).posts[2]!;
  await page.locator('.tile .name-link', { hasText: post.unit }).first().click(patience);
  const detail = page.getByRole('region', { name: '详情' });
  await detail.getByRole('heading', { name: post.unit }).waitFor(patience);
  expect(await page.evaluate('document.activeElement.tagName')).toBe('H2');
  const holder = post.onDuty[0]!;
  await detail.locator('.shift.is-now', { hasText: holder }).waitFor(patience);
  await detail.locator('.shift.is-now .name-link', { hasText: holder }).click();
  await detail.getByRole('heading', { name: holder }).waitFor(patience);
  await page.goBack();
  await detail.getByRole('heading', { name: post.unit }).waitFor(patience);
  await page.keyboard.press('Escape');
  await detail.waitFor({ state: 'detached' });
  expect(new URL(page.url()).hash).toBe('');
});

it('tells an obligation hop by hop, as it goes on, and lets the office take it over', async () => {
  const page = await visit(demo.url);
  // the post whose people sleep through everything
  const { unit } = (await readWall()).posts[4]!;
  await page.locator('.tile.trouble', { hasText: unit }).locator('a.tile-step').click(patience);
  const detail = page.getByRole('region', { name: '详情' });
  const story = detail.locator('.story-row');
  await story.filter({ hasText: '第 1 步' }).first().waitFor(patience);
  await story.filter({ hasText: '已发送' }).first().waitFor(patience);
  await story.filter({ hasText: '第 4 步' }).first().waitFor(patience);
  const id = decodeURIComponent(new URL(page.url()).hash.split('/').at(-1) ?? '');
  await detail.getByRole('button', { name: '我来接管' }).click(patience);
  // said in the office's own conversation, and answered there
  await page.locator('.bubble.is-bot').last().waitFor(patience);
  await expect
    .poll(
      async () =>
        ((await (await fetch(`${demo.url}api/ledger?obligationId=${id}`)).json()) as { items: { event: string }[] }).items.map(
          ({ event }) => event,
        ),
      patience,
    )
    .toContain('ObligationTakenOver');
  expect(await detail.count()).toBe(0);
});

it('has a post checked from its page, and leaves what is to be changed for the office to finish', async () => {
  const post = (await readWall()).posts[6]!;
  const page = await visit(`${demo.url}#/post/${post.subject}`);
  const detail = page.getByRole('region', { name: '详情' });
  await detail.getByRole('button', { name: '现在查岗' }).click(patience);
  await page.locator('.bubble.is-mine', { hasText: `查岗${post.unit}` }).waitFor(patience);
  await page.goto(`${demo.url}#/post/${post.subject}`);
  await detail.getByRole('button', { name: '调整班次' }).click(patience);
  await expect.poll(() => page.locator('.writing-line input[type=text]').inputValue(), patience).toBe(`8月27日${post.unit}改为`);
});

it('lists what is open by its step, and what was handed over by its deadline', async () => {
  const page = await visit(demo.url);
  await page.getByRole('button', { name: '进行中' }).click();
  await page.locator('.entry a').first().waitFor(patience);
  expect(await page.locator('.wall-body .section-title').first().innerText()).toMatch(/第 \d 步|尚未升级/);
  await page.getByRole('button', { name: '交办事项' }).click();
  await page.locator('.wall-body .nothing', { hasText: '没有未办结的事项' }).waitFor(patience);
  const created = await fetch(`${demo.url}api/items`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'assigned', text: '工地扬尘', units: [(await readWall()).posts[1]!.unit], number: 'X1' }),
  });
  expect(created.status).toBe(201);
  await page.locator('.entry', { hasText: 'X1' }).locator('a').click(patience);
  const detail = page.getByRole('region', { name: '详情' });
  await detail.locator('.item-text', { hasText: '工地扬尘' }).waitFor(patience);
  await detail.getByRole('button', { name: '办理' }).click();
  await page.locator('.bubble.is-bot', { hasText: '工地扬尘' }).first().waitFor(patience);
});

it('says that what an address names is not there', async () => {
  const page = await visit(demo.url);
  await page.evaluate(`location.hash = '#/obligation/ocp1.zzz'`);
  const detail = page.getByRole('region', { name: '详情' });
  await detail.locator('.nothing').waitFor(patience);
  await page.evaluate(`location.hash = '#/nowhere/x'`);
  await detail.waitFor({ state: 'detached' });
  // the browser itself speaks of what is not there
  await leave(/404/);
});

it.each([
  ['phone', 390, 844, 'light'],
  ['desk', 1440, 900, 'dark'],
  ['wall', 2560, 1440, 'light'],
] as const)('has no barrier and nothing cut off at the size of a %s', async (_, width, height, colorScheme) => {
  const post = (await readWall()).posts[4]!;
  const page = await visit(demo.url, { viewport: { width, height }, colorScheme });
  await page.locator('.tile').first().waitFor(patience);
  expect(await findBarriers(page)).toEqual([]);
  await page.evaluate(`location.hash = '#/post/${post.subject}'`);
  await page.locator('.story-row').first().waitFor(patience);
  expect(await findBarriers(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
});
