import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { type Demo, startDemo } from '../support/demo.ts';
import type { WhatIf } from '../../src/web/setup/policy-types.ts';
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
  await page.getByRole('button', { name: '修改', exact: true }).click();
  await page.getByLabel('分钟', { exact: true }).nth(1).fill('6');
  await page.getByLabel('天数').selectOption('2');
  await page.getByLabel('从不应答的人（%）').fill('20');
  const asking = page.waitForRequest('**/policies/rehearse');
  await page.getByRole('button', { name: '开始演练' }).click();
  expect((await asking).postDataJSON()).toMatchObject({
    policies: [{ name: 'check', steps: expect.arrayContaining([expect.objectContaining({ after: 'PT6M' })]) as unknown }],
    shipped: [],
    days: 2,
    silent: 0.2,
  });
  await page.getByText('收到消息最多的人').waitFor({ timeout: 120_000 });
  expect(await page.locator('.way table tbody tr').count()).toBeGreaterThan(5);
  // what is said of one ladder is not said of the next
  const earlier = page.getByText('以下是改动之前的结果');
  expect(await earlier.count()).toBe(0);
  await page.getByLabel('分钟', { exact: true }).nth(1).fill('7');
  await earlier.waitFor(patience);
});

it('says what is wrong with a ladder at its own step, and rehearses none that the service refuses', async () => {
  const page = await open('policies');
  await page.getByRole('button', { name: '修改', exact: true }).click();
  const steps = page.locator('.form-step');
  await steps.nth(2).getByLabel('分钟', { exact: true }).fill('soon');
  await steps.nth(2).getByText('时间须是不小于 0 的数。').waitFor(patience);
  expect(await page.locator('.form-step.has-faults').count()).toBe(1);
  await page.getByRole('button', { name: '放弃修改' }).click();
  await steps.nth(1).getByLabel('每隔（分钟）再提醒').fill('1');
  // the service alone knows how often is too often; it is asked before it has looked by itself
  await page.route('**/policies/check', () => {});
  await steps.nth(1).getByLabel('次数').fill('999');
  await page.getByRole('button', { name: '开始演练' }).click();
  await steps.nth(1).getByText('次数须是 0 到 144 的整数。').waitFor(patience);
  expect(await page.locator('.form-step.has-faults').count()).toBe(1);
});

it('moves a step before another, and each keeps its place in time', async () => {
  const page = await open('policies');
  await page.getByRole('button', { name: '修改', exact: true }).click();
  const read = () =>
    page.locator('.form-step').evaluateAll((steps) =>
      steps.slice(0, 3).map((step) => {
        const [minutes, via] = [step.querySelector('input')!, step.querySelector('select')!];
        return [minutes.value, via.value, step.querySelectorAll('input:checked').length];
      }),
    );
  const [first, second, third] = await read();
  await page.locator('.form-step').nth(2).getByRole('button', { name: '提前一步' }).click();
  expect(await read()).toEqual([first, [second![0], ...third!.slice(1)], [third![0], ...second!.slice(1)]]);
  await page.getByRole('button', { name: '放弃修改' }).click();
  expect(await read()).toEqual([first, second, third]);
});

it('tries ladders on the days that were chosen, and tells of before and after what the service says', async () => {
  const page = await open('policies');
  await page.getByRole('button', { name: '修改', exact: true }).click();
  await page.locator('.form-step').first().getByRole('button', { name: '删除此步' }).click();
  await page.getByLabel('自选').check();
  await page.getByLabel('起', { exact: true }).fill('2021-08-27T08:00');
  await page.getByLabel('止', { exact: true }).fill('2021-08-28T23:30');
  const asked = page.waitForRequest('**/policies/try');
  const answered = page.waitForResponse('**/policies/try');
  await page.getByRole('button', { name: '看看会怎样' }).click();
  expect((await asked).postDataJSON()).toMatchObject({
    policies: [{ name: 'check' }],
    from: '2021-08-27T08:00:00+08:00',
    to: '2021-08-28T23:30:00+08:00',
  });
  const { result } = (await (await answered).json()) as { readonly result: WhatIf };
  await page.locator('.what-if-summary').waitFor(patience);
  expect(await page.locator('.what-if-summary').innerText()).toMatch(/^08-27 08:00 至/u);
  const { before, after } = result;
  const cells = await page.locator('.totals tbody tr').first().locator('td').allInnerTexts();
  expect(cells.slice(0, 2)).toEqual([before, after].map(({ messages }) => String(messages.day)));
  expect(before.messages.day).not.toBe(after.messages.day);
});

it('puts a shipped ladder back in the place of an own one', async () => {
  const page = await open('policies');
  const receipt = page.getByRole('button', { name: /^签收(?!（)/u });
  await receipt.click();
  await page.getByRole('button', { name: '修改', exact: true }).click();
  await page.getByLabel('分钟', { exact: true }).first().fill('77');
  await page.getByRole('button', { name: '启用修改' }).click();
  await page.getByText('已启用').waitFor(patience);
  await page.getByRole('button', { name: '恢复为自带策略' }).click(patience);
  await page.getByRole('button', { name: '启用修改' }).click();
  await page.getByText('已启用').waitFor(patience);
  await page.getByRole('button', { name: '恢复为自带策略' }).waitFor({ ...patience, state: 'detached' });
  expect(await receipt.innerText()).not.toContain('本保障期自定');
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
