import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Person, Wall } from '../../src/web/data/types.ts';
import { openBrowser } from '../support/browser.ts';
import { comeIn, inEnglish } from '../support/come-in.ts';
import { type Demo, startDemo } from '../support/demo.ts';
import { leavePost, listIn } from '../support/left-post.ts';
import { findFlaws, tabTo } from '../support/look.ts';
import { createVisitor, findBarriers } from '../support/visitor.ts';

/** From a unit's share to the checks behind it, to the appeal against one, to the word of the office. */

const patience = { timeout: 60_000 };
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

let browser: Browser;
let demo: Demo;
let people: readonly Person[];
let posts: Wall['posts'];
const { visit, leave } = createVisitor(() => browser);
beforeAll(async () => {
  browser = await openBrowser();
  // real seconds, between two rounds: nothing moves but what is pressed
  demo = await startDemo({ env: { CLOCK_SCALE: '1', CLOCK_START: '2021-08-27T10:40+08:00' } });
  people = await listIn<Person>(demo, 'api/people?limit=500');
  ({ posts } = (await (await fetch(`${demo.url}api/wall`)).json()) as Wall);
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});
afterEach(() => leave());

const reason = '在现场处置，电话无信号';
const verdict = '台账显示当时未在现场';

/** What is Chinese in every language: names, and what people have written. */
const data = (): readonly string[] => [
  ...people.flatMap(({ name, roles }) => [name, ...roles.map((held) => held.name)]),
  ...posts.flatMap(({ unit, post }) => [unit, post]),
  reason,
  verdict,
];

const isFine = async (page: Page, place: string): Promise<void> => {
  expect(await findFlaws(page, { place, data: data() })).toEqual([]);
  expect(await findBarriers(page)).toEqual([]);
};

const focused = (page: Page): Promise<string> => page.evaluate<string>('document.activeElement.innerText.trim()');

const enter = async (person: Person, options: BrowserContextOptions): Promise<Page> => {
  const page = await comeIn(demo, person, (link) => visit(link, { locale: 'zh-CN', ...options }));
  await inEnglish(page);
  await page.evaluate(`location.hash = '#/figures'`);
  await page.locator('.figure-league tbody a').first().waitFor(patience);
  return page;
};

const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' } as const;
const wall = { viewport: { width: 2560, height: 1440 } } as const;

it.each([
  ['upheld', 4, phone, wall],
  ['rejected', 10, wall, phone],
] as const)(
  'leads from the share to a check, an appeal, and to where it is %s, by keyboard alone',
  async (outcome, place, unitSees, officeSees) => {
    const { unit, liaison } = await leavePost(demo, posts[place]!, people);
    const [, office] = people.filter(({ isOffice }) => isOffice);

    const theirs = await enter(office!, officeSees);
    await tabTo(theirs, unit);
    await theirs.keyboard.press('Enter');
    const misses = theirs.locator('.misses');
    await misses.locator('tbody tr', { hasText: 'Not on post' }).waitFor(patience);
    expect(await focused(theirs)).toBe(`${unit}: checks not answered in time`);
    await isFine(theirs, '.misses');
    // and back to where they were
    await tabTo(theirs, 'Close');
    await theirs.keyboard.press('Enter');
    await misses.waitFor({ state: 'detached', ...patience });
    expect(await focused(theirs)).toBe(unit);

    const ours = await enter(liaison, unitSees);
    await tabTo(ours, unit);
    await ours.keyboard.press('Enter');
    await ours.locator('.misses tbody a', { hasText: 'Look and appeal' }).first().waitFor(patience);
    await isFine(ours, '.misses');
    await ours.locator('.misses tbody a', { hasText: 'Look and appeal' }).first().focus();
    await ours.keyboard.press('Enter');
    await ours.locator('.detail .offer', { hasText: 'Appeal' }).waitFor(patience);
    await tabTo(ours, 'Appeal');
    await ours.keyboard.press('Enter');
    await ours.locator('.detail .offer-form textarea:focus').waitFor(patience);
    await ours.keyboard.insertText(reason);
    await tabTo(ours, 'Send');
    await ours.keyboard.press('Enter');
    await ours.locator('.detail .answer', { hasText: 'The appeal went to the office' }).waitFor(patience);

    const entry = theirs.locator('.appeal', { hasText: unit });
    await entry.getByRole('heading', { name: 'waiting' }).waitFor(patience);
    await isFine(theirs, '.appeals');
    const button = outcome === 'upheld' ? 'Uphold' : 'Reject';
    await entry.getByRole('button', { name: button }).focus();
    await theirs.keyboard.press('Enter');
    if (outcome === 'rejected') {
      await entry.locator('.offer-form textarea:focus').waitFor(patience);
      await theirs.keyboard.insertText(verdict);
      await tabTo(theirs, 'Send');
      await theirs.keyboard.press('Enter');
    }
    // what came of it is read where it was decided
    await entry.locator('.answer', { hasText: `The appeal was ${outcome}` }).waitFor(patience);
    await entry.getByRole('heading', { name: outcome }).waitFor(patience);
    await entry.locator('.facts', { hasText: office!.name }).waitFor(patience);
    await isFine(theirs, '.appeals');

    // the unit reads of its own alone, with why
    await ours.evaluate(`location.hash = '#/figures'`);
    await ours.locator('.appeal', { hasText: outcome === 'rejected' ? verdict : outcome }).waitFor(patience);
    const units = await ours.locator('.appeal h4').allInnerTexts();
    expect(units.filter((heading) => !heading.startsWith(unit))).toEqual([]);
    expect(await ours.locator('.appeal .offer').count()).toBe(0);
    await isFine(ours, '.appeals');
  },
);
