import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { type Demo, startDemo } from '../support/demo.ts';
import { createVisitor, findBarriers } from '../support/visitor.ts';

const patience = { timeout: 60_000 };
vi.setConfig({ testTimeout: 150_000, hookTimeout: 150_000 });

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

const { visit, leave } = createVisitor(() => browser);
afterEach(() => leave());

const open = async (section: string, options = {}): Promise<Page> => {
  const page = await visit(`${demo.url}#/setup/${section}`, options);
  await page.locator('.setup-card').first().waitFor(patience);
  return page;
};

const overflow = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth - innerWidth');

it('shows a ladder, has it changed and tried on what was by keyboard alone, and makes it count', async () => {
  const page = await open('policies');
  await page.getByText('判定失联').first().waitFor(patience);
  expect(await page.locator('.ladder .rung').count()).toBe(9);
  const edit = page.getByRole('button', { name: '修改', exact: true });
  await edit.focus();
  await page.keyboard.press('Enter');
  const minutes = page.getByLabel('分钟', { exact: true });
  const next = String(Number(await minutes.nth(1).inputValue()) + 1);
  await minutes.nth(1).focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('soon');
  await page.getByText('时间须是不小于 0 的数。').waitFor(patience);
  expect(await page.getByRole('button', { name: '启用修改' }).isDisabled()).toBe(true);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(next);
  expect(await findBarriers(page)).toEqual([]);
  await page.getByLabel('近 24 小时').check();
  await page.getByRole('button', { name: '看看会怎样' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('.what-if-summary').waitFor(patience);
  expect(await page.locator('.totals tbody tr').count()).toBe(4);
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole('button', { name: '启用修改' }).click();
  await page.getByText('已启用').waitFor(patience);
  await page.getByRole('button', { name: /查岗\s*本保障期自定/u }).waitFor(patience);
  await page
    .locator('.rung-time', { hasText: `+${next} 分钟` })
    .first()
    .waitFor(patience);
});

it('rehearses the day to come, and tells who would get how much', async () => {
  const page = await open('policies');
  await page.getByRole('button', { name: '开始演练' }).click();
  await page.getByText('收到消息最多的人').waitFor({ timeout: 120_000 });
  expect(await page.locator('.way table tbody tr').count()).toBeGreaterThan(5);
});

it('tells of each channel what it lacks, and tries one on somebody', async () => {
  const page = await open('channels', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  await page.getByText('WECOM_CORP_ID').first().waitFor(patience);
  const test = page.locator('.channel-test').first();
  await test.locator('select').selectOption({ index: 2 });
  await test.getByRole('button').click();
  await test.getByText('本次测试已记入台账。').waitFor(patience);
  expect(await overflow(page)).toBe(0);
  expect(await findBarriers(page)).toEqual([]);
});
