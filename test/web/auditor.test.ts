import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Person, Wall } from '../../src/web/data/types.ts';
import { openBrowser } from '../support/browser.ts';
import { comeIn, inEnglish } from '../support/come-in.ts';
import { type Demo, startDemo } from '../support/demo.ts';
import { findFlaws } from '../support/look.ts';
import { createVisitor, findBarriers } from '../support/visitor.ts';

/** Whoever audits finds everything that the office has set up, and nothing there to set up with. */

const patience = { timeout: 60_000 };
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

let browser: Browser;
let demo: Demo;
let auditor: Person;
let people: readonly Person[];
let posts: Wall['posts'];
const { visit, leave } = createVisitor(() => browser);

const get = async <T>(path: string): Promise<T> => (await (await fetch(`${demo.url}api/${path}`)).json()) as T;
const post = async <T>(path: string, body: object): Promise<T> => {
  const headers = { 'content-type': 'application/json' };
  return (await (await fetch(`${demo.url}api/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json()) as T;
};

beforeAll(async () => {
  browser = await openBrowser();
  demo = await startDemo({ env: { CLOCK_SCALE: '1', CLOCK_START: '2021-08-27T10:40+08:00' } });
  people = (await get<{ readonly items: readonly Person[] }>('people?limit=500')).items;
  ({ posts } = await get<Wall>('wall'));
  auditor = people.find(({ roles, isOffice }) => !isOffice && roles.some(({ role }) => role === 'liaison'))!;
  const { shown } = await get<{ readonly shown: object }>('set-up/campaign');
  const draft = { ...shown, auditors: [auditor.mobile] };
  const { version, hash } = await post<{ readonly version: number; readonly hash: string }>('set-up/campaign/preview', { draft });
  await post('set-up/campaign', { draft, version, hash });
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});
afterEach(() => leave());

/** What is Chinese in every language: names. */
const data = (): readonly string[] => [
  ...people.flatMap(({ name, roles }) => [name, ...roles.map((held) => held.name)]),
  ...posts.flatMap(({ unit, post: name }) => [unit, name]),
];

const open = async (page: Page, section: string): Promise<void> => {
  await page.evaluate(`location.hash = '#/setup/${section}'`);
  await page.locator('.setup-body .setup-section').waitFor(patience);
};

/** What one could type into or press, beside links and what only folds or chooses what is shown. */
const movable = (page: Page): Promise<readonly string[]> =>
  page
    .locator('.setup-body :is(input, select, textarea, button):not(:disabled)')
    .evaluateAll((found) =>
      found.filter((one) => one.checkVisibility()).map((one) => one.getAttribute('aria-label') ?? one.textContent?.trim() ?? ''),
    );

const sections = ['start', 'campaign', 'import', 'policies', 'channels'] as const;

it.each([
  ['desk in Chinese', { viewport: { width: 1440, height: 900 } }, false],
  ['phone in English', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }, true],
] as const)('reads each part of setting up on a %s, with a word why nothing can be changed', async (_, options, isEnglish) => {
  const page = await comeIn(demo, auditor, (link) => visit(link, { locale: 'zh-CN', ...options }));
  if (isEnglish) await inEnglish(page);
  await page.locator('.to-setup, .tabs a[href^="#/setup"]').filter({ visible: true }).first().click(patience);
  for (const section of sections) {
    await open(page, section);
    await page
      .locator('.setup-body')
      .getByText(isEnglish ? /changing, importing and sending is for the office/u : /修改、导入和发送由办公室办理/u)
      .waitFor(patience);
    const found = (await movable(page)).filter((name) => !/^(?:显示|Show)/u.test(name));
    // ladders are chosen to be looked at, and played; the row of them scrolls by itself on a phone
    const isLadders = section === 'policies';
    expect([section, found.length > 0]).toEqual([section, isLadders]);
    expect(await page.locator('input[type=file]').count()).toBe(0);
    expect(isLadders ? [] : await findFlaws(page, { place: '.setup-body', data: data() })).toEqual([]);
    expect(await findBarriers(page)).toEqual([]);
  }
  await open(page, 'policies');
  expect(await page.getByRole('button', { name: /^(?:修改|启用|Change|Make it count)/u }).count()).toBe(0);
});

it('reads the campaign as it counts, with the numbers of auditors masked', async () => {
  const page = await comeIn(demo, auditor, (link) => visit(link, { locale: 'zh-CN' }));
  await open(page, 'campaign');
  const name = page.getByRole('textbox', { name: '名称' }).first();
  expect([await name.isDisabled(), (await name.inputValue()) !== '']).toEqual([true, true]);
  const values = await page
    .locator('.campaign-shown textarea')
    .evaluateAll((found) => found.map((one) => (one as { value?: string }).value));
  expect(values).toContain(auditor.mobile.replaceAll('-', '').replace(/^(\d{3})\d{4}/u, '$1-****-'));
});

it('plays the days to come by the ladders as they stand', async () => {
  const page = await comeIn(demo, auditor, (link) => visit(link, { locale: 'zh-CN' }));
  await open(page, 'policies');
  await page.getByRole('button', { name: '开始演练' }).click(patience);
  await page.locator('.what-if-summary').waitFor(patience);
});

it('sees how each unit answered without a rank, and under no title of theirs', async () => {
  const page = await comeIn(demo, auditor, (link) => visit(link, { locale: 'zh-CN' }));
  await page.evaluate(`location.hash = '#/figures'`);
  const card = page.locator('.figure-league');
  await card.getByRole('heading', { name: '各单位应答' }).waitFor(patience);
  const units = await card.locator('tbody tr td:first-child').allInnerTexts();
  const listed = (await get<{ readonly units: readonly { readonly unit: string }[] }>('figures')).units.map(({ unit }) => unit);
  expect(units.slice(0, -1)).toEqual(listed.filter((unit) => units.includes(unit)));
  expect(await card.getByRole('columnheader', { name: '名次' }).count()).toBe(0);
});
