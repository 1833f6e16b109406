import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Obligation, Person, Wall } from '../../src/web/data/types.ts';
import { openBrowser } from '../support/browser.ts';
import { comeIn, inEnglish } from '../support/come-in.ts';
import { type Demo, eventually, startDemo } from '../support/demo.ts';
import { leavePost, listIn } from '../support/left-post.ts';
import { findFlaws, tabTo } from '../support/look.ts';
import { createVisitor, findBarriers } from '../support/visitor.ts';

const patience = { timeout: 60_000 };
vi.setConfig({ testTimeout: 180_000 });

let browser: Browser;
let demo: Demo;
let people: readonly Person[];
let posts: Wall['posts'];
const { visit, leave } = createVisitor(() => browser);
beforeAll(async () => {
  browser = await openBrowser();
  // real seconds, between two rounds: nothing moves but what is pressed
  demo = await startDemo({ env: { CLOCK_SCALE: '1', CLOCK_START: '2021-08-27T10:40+08:00' } });
  people = await list<Person>('api/people?limit=500');
  ({ posts } = (await (await fetch(`${demo.url}api/wall`)).json()) as Wall);
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});
afterEach(() => leave());

const list = <T>(path: string): Promise<readonly T[]> => listIn<T>(demo, path);

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

/** The people of the demo sleep at one of these posts and are late at the other: it is left, which counts against its unit. */
const leftAt = (place: number) => leavePost(demo, posts[place]!, people);

const enter = async (person: Person, id: string, options: BrowserContextOptions): Promise<Page> => {
  const page = await comeIn(demo, person, (link) => visit(link, { locale: 'zh-CN', ...options }));
  await inEnglish(page);
  await page.evaluate(`location.hash = '#/obligation/${id}'`);
  await page.locator('.detail .offer').first().waitFor(patience);
  return page;
};

const press = async (page: Page, name: string): Promise<void> => {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
};

const fillIn = async (page: Page, words: string): Promise<void> => {
  await page.locator('.detail .offer-form textarea:focus').waitFor(patience);
  await page.keyboard.insertText(words);
};

const phone = { viewport: { width: 390, height: 844 } };
const clockOf = async (unit: string): Promise<Obligation> =>
  (
    await eventually(
      () => list<Obligation>('api/obligations'),
      (open) => open.some((one) => one.kind === 'appeal' && one.subjectName === unit),
    )
  ).find((one) => one.kind === 'appeal' && one.subjectName === unit)!;

it.each([
  ['upheld', 4, { viewport: { width: 2560, height: 1440 } }, { ...phone, colorScheme: 'dark' }],
  ['rejected', 10, phone, { viewport: { width: 2560, height: 1440 }, colorScheme: 'dark' }],
] as const)('is brought and %s in English, by keyboard alone, with nothing in the way', async (outcome, place, unitSees, officeSees) => {
  const { checkId, unit, liaison } = await leftAt(place);
  const office = people.filter(({ isOffice }) => isOffice)[1]!;
  const ours = await enter(liaison, checkId, unitSees);
  await isFine(ours, '.detail');
  await press(ours, 'Appeal');
  await fillIn(ours, reason);
  await isFine(ours, '.detail');
  await press(ours, 'Send');
  await ours.locator('.detail .answer', { hasText: 'The appeal went to the office' }).waitFor(patience);
  await ours.locator('.detail .facts', { hasText: 'waits for the office' }).waitFor(patience);
  await isFine(ours, '.detail');

  const theirs = await enter(office, (await clockOf(unit)).id, officeSees);
  await theirs.locator('.detail .facts', { hasText: reason }).waitFor(patience);
  await isFine(theirs, '.detail');
  await press(theirs, outcome === 'upheld' ? 'Uphold' : 'Reject');
  if (outcome === 'rejected') {
    await fillIn(theirs, verdict);
    await isFine(theirs, '.detail');
    await press(theirs, 'Send');
  }
  await theirs.locator('.detail .answer', { hasText: `The appeal was ${outcome}` }).waitFor(patience);
  await isFine(theirs, '.detail');

  // the unit reads it where it had asked, and in its figures
  await ours.locator('.detail .facts', { hasText: outcome === 'upheld' ? 'upheld: it leaves the figures' : verdict }).waitFor(patience);
  await isFine(ours, '.detail');
  await ours.evaluate(`location.hash = '#/figures'`);
  const answers = ours.locator('.figure-league');
  await answers.getByRole('columnheader', { name: outcome === 'upheld' ? 'Appeal upheld' : 'Not on post' }).waitFor(patience);
  await isFine(ours, 'main');
});
