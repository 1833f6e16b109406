import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { HandoverDetail, NamedHolder, Person, Wall } from '../../src/web/data/types.ts';
import { openBrowser } from '../support/browser.ts';
import { comeIn, inEnglish } from '../support/come-in.ts';
import { type Demo, startDemo } from '../support/demo.ts';
import { findFlaws, tabTo } from '../support/look.ts';
import { createVisitor, findBarriers } from '../support/visitor.ts';

const patience = { timeout: 60_000 };
vi.setConfig({ testTimeout: 120_000 });

let browser: Browser;
let demo: Demo;
let people: readonly Person[];
const { visit, leave } = createVisitor(() => browser);
beforeAll(async () => {
  browser = await openBrowser();
  // real seconds, a quarter of an hour before all shifts change: at the posts played here nobody else comes for half an hour
  demo = await startDemo({ env: { CLOCK_SCALE: '1', CLOCK_START: '2021-08-28T08:16+08:00' } });
  people = await list<Person>('api/people?limit=500');
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});
afterEach(() => leave());

const read = async <T>(path: string): Promise<T> => (await fetch(`${demo.url}${path}`)).json() as Promise<T>;
const list = async <T>(path: string): Promise<readonly T[]> => (await read<{ readonly items: readonly T[] }>(path)).items;

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const lateSleepers = [4, 10] as const;

/** One change of shift with those on both sides, by the place of its post. */
const changeAt = async (place: (typeof lateSleepers)[number]) => {
  const post = (await read<Wall>('api/wall')).posts[place]!;
  const handover = (await list<HandoverDetail>('api/handovers')).find(({ postId }) => postId === post.subject)!;
  const person = (of: NamedHolder | undefined): Person => people.find(({ id }) => id === of?.personId)!;
  const staying = new Set(handover.outgoing.map(({ personId }) => personId));
  const inRole = (role: string, unit: string): Person =>
    people.find(({ roles }) => roles.some((held) => held.role === role && held.name.includes(unit)))!;
  return {
    handover,
    unit: post.unit,
    comes: person(handover.incoming.find(({ personId }) => !staying.has(personId))),
    goes: person(handover.outgoing[0]),
    liaison: inRole('liaison', post.unit),
    elsewhere: inRole('liaison', '历下区'),
  };
};

const enter = (person: Person, options: BrowserContextOptions, hash = ''): Promise<Page> =>
  comeIn(demo, person, (link) => visit(link, { locale: 'zh-CN', ...options }), hash);

const detailOf = (page: Page) => page.getByRole('region', { name: '详情' });
const buttonsOf = (page: Page) => detailOf(page).locator('.offer').allInnerTexts();

it('is found by whoever comes on a phone, accepted with one press, and settled at once for everybody who looks', async () => {
  const { handover, unit, comes, goes, liaison, elsewhere } = await changeAt(4);
  const hash = `#/handover/${handover.id}`;
  const relief = await enter(comes, phone);
  const twin = await enter(comes, { ...phone, colorScheme: 'dark' }, hash);
  const leaving = await enter(goes, phone, hash);
  const watching = await enter(liaison, {}, hash);
  for (const page of [leaving, watching]) {
    await detailOf(page).locator('.facts', { hasText: '待接班' }).waitFor(patience);
    expect(await buttonsOf(page)).not.toContain('接班');
  }
  await detailOf(twin).getByRole('button', { name: '接班', exact: true }).waitFor(patience);
  expect(await findBarriers(twin)).toEqual([]);
  // what the second device shows grows old, as it does on any line for a moment
  const pressed = Promise.withResolvers<void>();
  await twin.route('**/api/desk/**', (route) => pressed.promise.then(() => route.continue()));

  // it stands above all else, and in the name of the tab
  const own = relief.getByRole('region', { name: '等您答复' });
  await own.getByRole('button', { name: '接班', exact: true }).waitFor(patience);
  await expect.poll(() => relief.title(), patience).toMatch(/^\(!\) 交接班/u);

  await relief.getByRole('button', { name: '进行中' }).tap();
  await relief.locator('.entry', { hasText: '交接班' }).getByRole('link').tap(patience);
  const detail = detailOf(relief);
  await detail.locator('.facts', { hasText: unit }).getByRole('link', { name: '08/28 08:30' }).tap(patience);
  await detail.getByRole('heading', { name: '交接事项' }).waitFor(patience);
  expect(await findFlaws(relief, { place: '.detail' })).toEqual([]);
  await detail.getByRole('button', { name: '接班', exact: true }).tap(patience);
  await detail.locator('.answer', { hasText: `${unit}：08-28 08:30 起由您值守` }).waitFor(patience);
  await detail.locator('.facts', { hasText: '已接班' }).waitFor(patience);
  await expect.poll(() => buttonsOf(relief), patience).toEqual(['留交接备注']);
  expect(await findBarriers(relief)).toEqual([]);
  expect(await findFlaws(relief, { place: '.detail' })).toEqual([]);

  for (const page of [leaving, watching])
    await detailOf(page)
      .locator('.facts', { hasText: new RegExp(`已接班[\\s\\S]*${comes.name} 08/28 08:`, 'u') })
      .waitFor(patience);
  // until the shift changes, those before still stand the post
  expect((await read<Wall>('api/wall')).posts[4]!.onDuty).toEqual([goes.name]);

  await detailOf(twin).getByRole('button', { name: '接班', exact: true }).tap();
  const told = detailOf(twin).locator('.answer');
  await told.filter({ hasText: '该次交接已了结' }).waitFor(patience);
  expect(await told.innerText()).toContain(`${comes.name} 于 08-28 08:`);
  pressed.resolve();

  const elsewhereSees = await enter(elsewhere, phone, hash);
  await detailOf(elsewhereSees).locator('.nothing', { hasText: '没有找到' }).waitFor(patience);
  const rows = await list<{ event: string; actor?: string }>(`api/ledger?itemId=${handover.id}&limit=200`);
  expect(rows.filter(({ event }) => event === 'HandoverAccepted').map(({ actor }) => actor)).toEqual([comes.id]);
  await leave(/404/);
});

it('is accepted and noted by keyboard alone, in English, before a dark screen', async () => {
  const { handover, unit, comes } = await changeAt(10);
  const page = await enter(comes, { colorScheme: 'dark' });
  await inEnglish(page);
  await page.evaluate(`location.hash = '#/handover/${handover.id}'`);
  const detail = page.getByRole('region', { name: 'Details' });
  await detail.getByRole('button', { name: 'Take over' }).waitFor(patience);
  const data = [...people.map(({ name }) => name), unit, handover.post];
  expect(await findFlaws(page, { place: '.detail', data })).toEqual([]);
  expect(await findBarriers(page)).toEqual([]);
  await tabTo(page, 'Take over', '.detail');
  await page.keyboard.press('Enter');
  await detail.locator('.answer', { hasText: 'Taken over' }).waitFor(patience);
  await tabTo(page, 'Leave a note', '.detail');
  await page.keyboard.press('Enter');
  await detail.locator('.offer-form textarea:focus').waitFor(patience);
  await page.keyboard.type('West gate camera is broken');
  await tabTo(page, 'Send', '.detail');
  await page.keyboard.press('Enter');
  await detail.locator('.notes', { hasText: 'West gate camera is broken' }).waitFor(patience);
  await detail.locator('.answer', { hasText: 'The note is kept' }).waitFor(patience);
  expect(await findFlaws(page, { place: '.detail', data })).toEqual([]);
  expect(await findBarriers(page)).toEqual([]);
});
