import type { Browser } from 'playwright-core';
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

it('keeps a form open that is refused because somebody was quicker, with why, and with what was filled in', async () => {
  const { posts } = (await (await fetch(`${demo.url}api/wall`)).json()) as { readonly posts: readonly { readonly subject: string }[] };
  const open = async () => {
    const page = await visit(`${demo.url}#/post/${posts[6]!.subject}`);
    const detail = page.getByRole('region', { name: '详情' });
    await detail.locator('.shift:not(.is-now) .shift-time a').first().click(patience);
    await detail.getByRole('button', { name: '调整人员' }).click(patience);
    const form = detail.locator('.offer-form');
    await form.locator('select[name=out]').selectOption({ index: 1 });
    await form.locator('select[name=in]').selectOption({ index: 1 });
    return { page, detail, form, chosen: await form.locator('select[name=in]').inputValue() };
  };
  const [late, quick] = [await open(), await open()];
  await quick.form.getByRole('button', { name: '提交' }).click();
  await quick.detail.locator('.answer .offer.is-first').click(patience);
  await quick.detail.locator('.answer', { hasText: '已调整' }).waitFor(patience);
  // what is taken in closes
  expect(await quick.form.count()).toBe(0);

  await late.form.getByRole('button', { name: '提交' }).click();
  await late.detail.locator('.answer', { hasText: '未调整值班表' }).waitFor(patience);
  expect(await late.form.locator('select[name=in]').inputValue()).toBe(late.chosen);
  expect(await late.form.getByRole('button', { name: '提交' }).isEnabled()).toBe(true);
  expect(await findBarriers(late.page)).toEqual([]);
});
