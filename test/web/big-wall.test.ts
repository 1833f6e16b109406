import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Post } from '../../src/web/data/types.ts';
import { openBrowser } from '../support/browser.ts';
import { findFlaws } from '../support/look.ts';
import { newsOf, postOf, startStubWall, wallOf } from '../support/stub-wall.ts';
import { createVisitor, findBarriers } from '../support/visitor.ts';

const patience = { timeout: 60_000 };
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
const visitor = createVisitor(() => browser);
afterEach(() => visitor.leave(/ERR_|Failed to load/));

const at = '2021-08-27T10:00:00+08:00';
const stretches = [
  { at: '2021-08-27T08:00:00+08:00', rounds: 1, asked: 17, answered: 15, late: 1, undelivered: 1, steps: { 3: 2 } },
  { at: '2021-08-27T09:50:00+08:00', asked: 2, answered: 2, handovers: 3 },
];
const openOf = (number: number) => ({
  id: `o${number}`,
  kind: 'check',
  subject: `p${number}`,
  subjectName: `第1区岗${number}`,
  status: 'open',
  stepNo: 1 + (number % 3),
  openedAt: at,
  answerBy: at,
  nextAt: '2021-08-27T10:03:00+08:00',
  asked: [],
  told: [],
});
const item = { id: 'i1', number: 'D2SD202108270001', status: 'handedOver', heat: 'overdue', dueAt: at, text: '', versions: 1 };
const channels = [
  { channel: 'sms', state: 'failing' },
  { channel: 'webchat', state: 'working' },
  { channel: 'teams', state: 'idle' },
];
const lists = {
  '/api/obligations': [1, 2, 3].map(openOf),
  '/api/items': [{ ...item, units: [{ id: 'u1', name: '第1区', isLead: true }] }],
  '/api/channels': channels,
};

const colors = ['missed', 'empty', 'escalated', 'waiting', 'green'] as const;
/** One in each state, one that was not heard of yet, and so many that are well. */
const mixed = (well: number): readonly Post[] => [
  ...Array.from({ length: well }, (_, index) => postOf(index + 10)),
  { ...postOf(6), lastContactAt: null },
  ...colors.map((color, index) => postOf(index + 1, color)),
];
const failing = { ...openOf(9), kind: 'channelFailure' as const, subject: 'c1', subjectName: '短信' };

const begin = (posts: readonly Post[], visit: BrowserContextOptions = {}, path = '#/wall') => {
  const wall = wallOf(posts, { timeline: { stretches, moments: [] }, office: [failing] });
  return startStubWall(wall, ['seeChannels'], lists).then(async (stub) => {
    const page = await visitor.visit(stub.url + path, { locale: 'zh-CN', viewport: { width: 1920, height: 1080 }, ...visit });
    return { stub, page };
  });
};
const shown = async (page: Page): Promise<readonly string[]> => {
  await page.locator('.big-tile').first().waitFor(patience);
  await page.locator('.big-entry').first().waitFor(patience);
  return page.locator('.big-tile:visible .big-name').allInnerTexts();
};

/** What words are smaller than so many px, and what stands over the edge of the screen or of what holds it. */
const sizesIn = (page: Page) =>
  page.evaluate<{ small: readonly string[]; cut: readonly string[]; names: number; scrolls: number }>(`(() => {
    const all = [...document.querySelectorAll('.big *')].filter((one) => one.checkVisibility() && !one.closest('.hidden') && !one.closest('svg'));
    const holding = all.filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== ''));
    const unit = innerHeight / 1080;
    const size = (one) => parseFloat(getComputedStyle(one).fontSize) / unit;
    const cut = holding.filter((one) => {
      const box = one.getBoundingClientRect();
      const frame = one.closest('.big-tiles, .big-list, .big-main')?.getBoundingClientRect() ?? { bottom: innerHeight, right: innerWidth };
      return box.right > frame.right + 1 || box.bottom > frame.bottom + 1;
    });
    const told = (list) => list.map((one) => one.className + ': ' + one.textContent.slice(0, 30));
    return {
      small: told(holding.filter((one) => size(one) < 24)),
      cut: told(cut),
      names: Math.min(...[...document.querySelectorAll('.big-name, .big-holders, .big-word, .big-state b')].map(size)),
      scrolls: [document.documentElement, ...document.querySelectorAll('.big, .big-main, .big-side')].filter((one) => one.scrollHeight > one.clientHeight + 1).length,
    };
  })()`);

it.each([
  [1920, 1080, 'light', 'zh-CN'],
  [1920, 1080, 'dark', 'en'],
  [3840, 2160, 'dark', 'zh-CN'],
] as const)(
  'is read from five metres at %i × %i, %s, %s: nothing small, cut off or to be scrolled',
  async (width, height, colorScheme, locale) => {
    const { stub, page } = await begin(mixed(60), { viewport: { width, height }, colorScheme, locale });
    const names = await shown(page);
    if (locale === 'en' && (await page.getByRole('button', { name: '退出大屏' }).count()) > 0)
      await page.evaluate(`localStorage.setItem('zaigang.language', 'en'); location.reload()`);
    await page.locator(`html[lang=${locale}]`).waitFor({ state: 'attached', ...patience });
    expect(await shown(page)).toEqual(names);
    expect(names.slice(0, 6).map((name) => /岗(\d+)/u.exec(name)?.[1])).toEqual(['1', '2', '3', '4', '6', '10']);
    const { small, cut, names: least, scrolls } = await sizesIn(page);
    expect(small).toEqual([]);
    expect(cut).toEqual([]);
    expect(least).toBeGreaterThanOrEqual(32);
    expect(scrolls).toBe(0);
    const rest = 66 - names.length;
    expect(await page.locator('.big-posts .big-rest').innerText()).toContain(String(rest));
    for (const place of ['.big-alarms', '.big-side > .big-alarm', '.big-steps', '.big-channels', '.big-hours', '.big-counts', '.clock'])
      expect(await page.locator(place).isVisible()).toBe(true);
    expect(await findBarriers(page)).toEqual([]);
    const data = [
      '测试',
      '短信',
      ...names.flatMap((name) => name.split(' ')),
      ...(await page.locator('.big-holders:visible').allInnerTexts()),
    ];
    expect(await findFlaws(page, { place: '.big', data: [...data, '第1区岗1', '第1区岗2', '第1区岗3', '第1区'] })).toEqual([]);
    await stub.stop();
  },
);

it('shows what is wrong before all else, and says how many more there are where even that does not fit', async () => {
  const { stub, page } = await begin([...mixed(40), ...Array.from({ length: 200 }, (_, index) => postOf(index + 1_000, 'waiting'))]);
  const names = await shown(page);
  expect(names.length).toBeGreaterThan(3);
  expect(names.every((name) => /岗(?:[1-4]|1\d{3})$/u.test(name))).toBe(true);
  await page.locator('.big-rest-wrong', { hasText: `另有 ${204 - names.length} 个需要处置` }).waitFor(patience);
  expect(await page.locator('.big-rest').first().innerText()).toMatch(/另有 1 个尚未应答\s*另有 41 个在岗/u);
  stub.tell(newsOf({ posts: [postOf(10, 'missed')] }));
  await expect.poll(async () => (await shown(page)).slice(0, 2).join(' '), patience).toMatch(/岗10/u);
  await stub.stop();
});

it('says so where everybody is shown, and how old the picture is once the connection is lost', async () => {
  const { stub, page } = await begin([postOf(1), postOf(2)]);
  await page.locator('.big-rest', { hasText: '全部 2 个岗位都在此屏' }).waitFor(patience);
  await stub.stop();
  await page.locator('.big .link-lost', { hasText: '数据已过' }).waitFor(patience);
});

it('opens on the whole screen by a button, leaves by Escape, and the button has the focus again', async () => {
  const { stub, page } = await begin(mixed(3), {}, '');
  await page.getByRole('link', { name: '大屏', exact: true }).press('Enter', patience);
  await shown(page);
  await expect.poll(() => page.evaluate('document.fullscreenElement !== null')).toBe(true);
  expect(await page.locator('.tabs, .ledger, .chat, form').count()).toBe(0);
  await page.keyboard.press('Escape');
  await page.locator('.tile').first().waitFor(patience);
  expect(await page.evaluate('document.fullscreenElement')).toBeNull();
  await expect.poll(() => page.evaluate('document.activeElement.className')).toContain('to-big');
  await page.getByRole('link', { name: '大屏', exact: true }).press('Enter');
  await page.getByRole('button', { name: '退出大屏' }).press('Enter', patience);
  await page.locator('.tile').first().waitFor(patience);
  expect(await page.evaluate('location.hash')).toBe('');
  await stub.stop();
});

it('can be read and left on a phone too', async () => {
  const { stub, page } = await begin(mixed(3), { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  expect(await shown(page)).toHaveLength(9);
  expect(await findFlaws(page, { place: '.big' })).toEqual([]);
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole('button', { name: '退出大屏' }).tap();
  await page.locator('.tile').first().waitFor(patience);
  await stub.stop();
});
