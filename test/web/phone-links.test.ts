import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { idOf, type Name } from '../support/invented.ts';
import { type SignInDesk, startSignInDesk } from '../support/sign-in-desk.ts';
import { createVisitor, findBarriers } from '../support/visitor.ts';

const patience = { timeout: 60_000 };
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let browser: Browser;
let desk: SignInDesk;
let checks: ReadonlyMap<unknown, unknown>;
const auditor = '孙联络';
const { visit, leave } = createVisitor(() => browser);
beforeAll(async () => {
  browser = await openBrowser();
  desk = await startSignInDesk({
    webRoot: fileURLToPath(new URL('../../dist/web/', import.meta.url)),
    settings: { auditors: ['13800000004'] },
  });
  // the round of ten has been asked by then, and nobody has answered
  await desk.passTo(desk.clock.now() + 20 * 60_000);
  const answer = await desk.ask('/api/obligations?open=true', await desk.enter('冯主任'));
  const { items } = (await answer.json()) as { readonly items: readonly { readonly id: string; readonly subject: string }[] };
  checks = new Map(items.map(({ id, subject }) => [subject, id]));
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});
// whoever may speak asks for their conversation, and nobody serves any here
afterEach(() => leave(/status of 404/));

const comeIn = async (name: Name): Promise<Page> => {
  const page = await visit(desk.linkOf(name), { locale: 'zh-CN' });
  await page.getByRole('button', { name: '进入值守大屏' }).click(patience);
  await page.locator('.account summary', { hasText: name }).waitFor(patience);
  return page;
};

/** Every number that a page of the detail shows, and what its link dials. */
const numbersAt = async (page: Page, hash: string, fact: string): Promise<readonly (readonly [string, string | null])[]> => {
  await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
  await page.locator('.detail .facts dt', { hasText: fact }).waitFor(patience);
  const numbers = page.locator('.detail .phone');
  await numbers.first().waitFor(patience);
  return Promise.all((await numbers.all()).map(async (one) => [await one.innerText(), await one.getAttribute('href')] as const));
};

/** The address of the first shift of the post that is looked at. */
const shiftAt = async (page: Page): Promise<string> => (await page.locator('.detail .shift a').first().getAttribute('href'))!;

it('gives the office a link that rings whoever was asked, their post and anybody in person', async () => {
  const page = await comeIn('冯主任');
  expect(await numbersAt(page, `#/obligation/${String(checks.get('p2'))}`, '应答人')).toContainEqual(['138-0000-0007', 'tel:13800000007']);
  expect(await findBarriers(page)).toEqual([]);
  expect(await numbersAt(page, `#/obligation/${String(checks.get('p1'))}`, '值班电话')).toEqual(
    expect.arrayContaining([
      ['138-0000-0002', 'tel:13800000002'],
      ['0531-8000-0001', 'tel:053180000001'],
    ]),
  );
  expect(await numbersAt(page, `#/person/${idOf('东主班')}`, '手机')).toEqual([['138-0000-0007', 'tel:13800000007']]);
  expect(await numbersAt(page, '#/post/p1', '值班电话')).toContainEqual(['0531-8000-0001', 'tel:053180000001']);
  expect(await numbersAt(page, await shiftAt(page), '值班电话')).toContainEqual(['0531-8000-0001', 'tel:053180000001']);
});

it('gives an auditor no telephone of a post', async () => {
  const page = await comeIn(auditor);
  expect(await numbersAt(page, '#/post/p1', '值班电话')).toEqual([['********', null]]);
  expect(await numbersAt(page, await shiftAt(page), '值班电话')).toEqual([['********', null]]);
});

it.each(['周局长', auditor] as const)('gives %s, who calls nobody there, the number masked and no link', async (name) => {
  const page = await comeIn(name);
  const asked = await numbersAt(page, `#/obligation/${String(checks.get('p2'))}`, '应答人');
  expect(asked).toContainEqual(['138-****-0007', null]);
  expect(asked.filter(([, href]) => href !== null)).toEqual([]);
  expect(await numbersAt(page, `#/person/${idOf('东主班')}`, '手机')).toEqual([['138-****-0007', null]]);
  expect(await page.locator('a[href^="tel:"]').count()).toBe(0);
});
