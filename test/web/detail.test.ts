import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Wall } from '../../src/web/data/types.ts';
import { openBrowser } from '../support/browser.ts';
import { type Demo, startDemo } from '../support/demo.ts';
import { startSilentLine } from '../support/silent-line.ts';
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

const focused = (page: Page): Promise<string> =>
  page.evaluate('document.activeElement === document.body ? "nothing" : document.activeElement.innerText.trim()');

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
  // and whoever walks by keyboard goes on where they had been
  expect(await focused(page)).toBe(post.unit);
});

it('says of the last contact when it was, beside how long ago', async () => {
  const heard = async () => (await readWall()).posts.find(({ lastContactAt }) => lastContactAt !== null);
  await expect.poll(heard, patience).toBeDefined();
  const { subject } = (await heard())!;
  const page = await visit(`${demo.url}#/post/${subject}`);
  const time = page.locator('.facts time');
  const at = (await time.getAttribute('datetime', patience)) ?? '';
  expect(at).toMatch(/^2021-08-27T\d\d:\d\d:\d\d/u);
  expect([await time.innerText(), await time.getAttribute('title')]).toEqual([
    `08/27 ${at.slice(11, 16)}`,
    at.slice(0, 19).replace('T', ' '),
  ]);
  expect(await page.locator('.facts dd').first().innerText()).toMatch(/^(刚刚|.*前) · 08\/27/u);
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
  // asked again by hand first: who was, is told in its place, and the story goes on below
  await detail.getByRole('button', { name: '再次提醒' }).click(patience);
  await detail.locator('.answer', { hasText: '已再次提醒' }).waitFor(patience);
  await detail.getByRole('button', { name: '我来接管' }).click(patience);
  await detail.locator('.answer', { hasText: '接管' }).waitFor(patience);
  await expect
    .poll(
      async () =>
        ((await (await fetch(`${demo.url}api/ledger?obligationId=${id}`)).json()) as { items: { event: string }[] }).items.map(
          ({ event }) => event,
        ),
      patience,
    )
    .toContain('ObligationTakenOver');
  // what is over offers nothing more
  await detail.locator('.facts', { hasText: '已接管' }).waitFor(patience);
  await expect.poll(() => detail.locator('.offer').count(), patience).toBe(0);
});

it('has a post checked from its page, and its next shift changed from the shift, with what that changes shown before it counts', async () => {
  const wall = await readWall();
  const post = wall.posts.find(({ color }) => color === 'green') ?? wall.posts[6]!;
  const page = await visit(`${demo.url}#/post/${post.subject}`);
  const detail = page.getByRole('region', { name: '详情' });
  await detail.getByRole('button', { name: '现在查岗' }).click(patience);
  await detail.locator('.answer', { hasText: '查岗' }).waitFor(patience);
  await detail.locator('.shift:not(.is-now) .shift-time a').first().click(patience);
  await detail.getByRole('button', { name: '调整人员' }).click(patience);
  const form = detail.locator('.offer-form');
  await form.locator('select[name=out]').selectOption({ index: 1 });
  await form.locator('select[name=in]').selectOption({ index: 1 });
  await form.getByRole('button', { name: '提交' }).click();
  await detail.locator('.answer', { hasText: '请确认' }).waitFor(patience);
  expect(await findBarriers(page)).toEqual([]);
  const changes = async () =>
    (
      (await (await fetch(`${demo.url}api/ledger?order=newest&subject=${post.subject}`)).json()) as { items: { event: string }[] }
    ).items.filter(({ event }) => event === 'RosterOverridden').length;
  expect(await changes()).toBe(0);
  await detail.locator('.answer .offer.is-first').click();
  await detail.locator('.answer', { hasText: '已调整' }).waitFor(patience);
});

it('shows a shift and its change of shift to whoever holds it, and takes leave that they ask for there', async () => {
  const wall = await readWall();
  const post = wall.posts[8]!;
  const people = (await (await fetch(`${demo.url}api/people?limit=500`)).json()) as { items: { id: string; name: string }[] };
  const subject = (await (await fetch(`${demo.url}api/subjects/${post.subject}`)).json()) as {
    shifts: { id: string; holders: { personId: string }[] }[];
  };
  const shift = subject.shifts[2]!;
  const holder = people.items.find(({ id }) => id === shift.holders[0]!.personId)!;
  const page = await visit(`${demo.url}#/person/${holder.id}`);
  const detail = page.getByRole('region', { name: '详情' });
  await detail.getByRole('button', { name: '以其身份对话' }).press('Enter', patience);
  await detail.waitFor({ state: 'detached' });
  expect(await page.evaluate('document.activeElement.id')).toBe('chat');
  await page.evaluate(`location.hash = '#/shift/${shift.id}'`);
  // by keyboard alone, and to and fro: what is put away gives the focus back, and takes nothing else along
  await detail.getByRole('button', { name: '请假' }).press('Enter', patience);
  await detail.locator('.offer-form textarea').fill('家里');
  await page.keyboard.press('Escape');
  await detail.locator('.offer-form').waitFor({ state: 'detached' });
  expect(await focused(page)).toBe('请假');
  await page.keyboard.press('Enter');
  await detail.locator('.offer-form select[name=person]').selectOption('later');
  await detail.locator('.offer-form textarea').fill('家里有事');
  // on the way the button that was pressed keeps the focus, and says that it is on the way
  const send = Promise.withResolvers<void>();
  await page.route('**/activities', (route) =>
    route.request().method() === 'POST' ? send.promise.then(() => route.continue()) : route.continue(),
  );
  await detail.locator('.offer-form').getByRole('button', { name: '提交' }).press('Enter');
  await detail.getByRole('button', { name: '正在提交' }).waitFor(patience);
  expect(await focused(page)).toBe('正在提交');
  send.resolve();
  await detail.locator('.answer .offer.is-first').press('Enter', patience);
  await detail.locator('.answer', { hasText: '已提交' }).waitFor(patience);
  expect(await focused(page)).toContain('已提交');
  // in the conversation it stands in the words that were pressed
  await page.locator('.chat .messages', { hasText: '请假' }).waitFor({ ...patience, state: 'attached' });
  expect(await page.locator('.chat .messages').textContent()).not.toMatch(/askDuty|confirmDuty/);
  await detail.locator('.request', { hasText: holder.name }).getByText('待替班人答应').waitFor(patience);
  expect(await findBarriers(page)).toEqual([]);
  // the same words for whoever may not speak as them: nothing of it is theirs to do
  const others = (await (await fetch(`${demo.url}api/desk/shift/${shift.id}?as=${people.items.at(-1)!.id}`)).json()) as {
    items: { value: { action: string } }[];
  };
  expect(others.items.map(({ value }) => value.action)).not.toContain('withdrawDuty');
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
  // the clock of an item tells of which item it is, and until when; in time it is no alarm
  await page.getByRole('button', { name: '进行中' }).click();
  const clock = page.locator('.entry.is-plain', { hasText: 'X1' }).filter({ hasText: '签收' });
  await clock.waitFor(patience);
  expect(await clock.innerText()).toMatch(/签收[^]*X1[^]*尚未升级[^]*时限 \d\d\/\d\d \d\d:\d\d/);
  await page.getByRole('button', { name: '交办事项' }).click();
  await page.locator('.entry', { hasText: 'X1' }).locator('a').click(patience);
  const detail = page.getByRole('region', { name: '详情' });
  await detail.locator('.item-text', { hasText: '工地扬尘' }).waitFor(patience);
  await detail.getByRole('button', { name: '催办' }).click(patience);
  await detail.locator('.answer').first().waitFor(patience);
});

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

it('shows on a phone what was pressed, also where something lies over it, and cuts no line of a list off', async () => {
  const page = await visit(demo.url, phone);
  const detail = page.getByRole('region', { name: '详情' });
  const tab = (name: string) => page.getByRole('navigation').getByRole('button', { name });
  for (const [name, shown] of [
    ['对话', '.chat'],
    ['值守墙', '.wall'],
    ['台账', '.ledger'],
  ] as const) {
    await page.evaluate(`location.hash = '#/post/${(await readWall()).posts[0]!.subject}'`);
    await detail.waitFor(patience);
    await tab(name).tap();
    await detail.waitFor({ state: 'detached' });
    expect(await page.locator(shown).isVisible()).toBe(true);
  }
  await tab('值守墙').tap();
  const created = await fetch(`${demo.url}api/items`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'assigned', text: '夜间施工扬尘'.repeat(20), units: [(await readWall()).posts[2]!.unit], number: 'X2' }),
  });
  expect(created.status).toBe(201);
  await page.getByRole('button', { name: '交办事项' }).tap();
  const entry = page.locator('.entry', { hasText: 'X2' });
  await entry.waitFor(patience);
  const { x, width } = (await entry.boundingBox())!;
  expect(x + width).toBeLessThanOrEqual(390);
});

it('keeps everything within reach on a phone that lies on its side, and with words twice their size', async () => {
  const page = await visit(demo.url, { ...phone, viewport: { width: 844, height: 390 } });
  await page.locator('.tile').first().waitFor(patience);
  const box = async (place: string) => (await page.locator(place).first().boundingBox())!;
  await page.locator('.tile').last().scrollIntoViewIfNeeded();
  const last = (await page.locator('.tile').last().boundingBox())!;
  expect(last.y + last.height).toBeLessThanOrEqual((await box('.tabs')).y + 1);
  expect(last.y).toBeGreaterThanOrEqual((await box('.header')).y + (await box('.header')).height - 1);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate(`document.documentElement.style.fontSize = '32px'`);
  const rights = await page
    .locator('.header button, .header summary, .header .clock, .tabs button')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().right));
  expect(Math.max(...rights)).toBeLessThanOrEqual(390);
  const [brand, clock] = [await box('.brand'), await box('.clock')];
  expect(brand.x + brand.width <= clock.x || brand.y + brand.height <= clock.y).toBe(true);
});

it('takes once what is pressed again because its answer was lost on the way', async () => {
  const post = (await readWall()).posts[5]!;
  const page = await visit(`${demo.url}#/post/${post.subject}`);
  const detail = page.getByRole('region', { name: '详情' });
  const checks = async (): Promise<number> =>
    (
      (await (await fetch(`${demo.url}api/ledger?order=newest&subject=${post.subject}`)).json()) as {
        items: { event: string; actor?: string }[];
      }
    ).items.filter(({ event, actor }) => event === 'CheckOpened' && actor !== undefined).length;
  const before = await checks();
  const ids: unknown[] = [];
  await page.route('**/activities', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    ids.push((route.request().postDataJSON() as { channelData: { clientActivityID: string } }).channelData.clientActivityID);
    if (ids.length > 1) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await detail.getByRole('button', { name: '现在查岗' }).click(patience);
  await detail.locator('.offer-note').waitFor(patience);
  await expect.poll(checks, patience).toBe(before + 1);
  const again = detail.getByRole('button', { name: '现在查岗' });
  // it may not be offered any more: then it is seen that it came through
  if (await again.isVisible()) {
    await again.click(patience);
    await detail.locator('.answer').waitFor(patience);
  }
  expect(new Set(ids).size).toBe(1);
  expect(await checks()).toBe(before + 1);
  await leave(/ERR_FAILED/);
});

it('goes on by itself where its connections have ended without a word', async () => {
  const line = await startSilentLine(Number(new URL(demo.url).port));
  try {
    const page = await visit(line.via(demo.url), phone);
    const link = () => page.evaluate<string>('document.documentElement.dataset.link');
    await expect.poll(link, patience).toBe('live');
    line.fallSilent();
    await expect.poll(link, patience).toBe('lost');
    await expect.poll(link, patience).toBe('live');
  } finally {
    await leave(/ERR_|WebSocket/);
    await line.stop();
  }
});

it('lets a link of the chat be followed where it stands', async () => {
  const page = await visit(demo.url, { locale: 'zh-CN' });
  await page.locator('.picker .person').nth(3).click(patience);
  await page.locator('.writing input[type=text]').fill('看板');
  await page.locator('.writing .send').click();
  const link = page.locator('.messages .card a', { hasText: '/sign-in/' });
  await link.first().waitFor(patience);
  expect(await findBarriers(page)).toEqual([]);
  const [opened] = await Promise.all([page.context().waitForEvent('page'), link.first().click()]);
  await opened.getByRole('button', { name: '进入值守大屏' }).waitFor(patience);
});

it('counts nobody and says of no list that it is empty before it is there', async () => {
  const page = await visit(demo.url);
  const come = Promise.withResolvers<void>();
  await page.route(/api\/(?:wall\/live|ledger)/, (route) => come.promise.then(() => route.continue()));
  await page.reload();
  await page.locator('.ledger .nothing', { hasText: '正在读取' }).waitFor(patience);
  expect(await page.locator('.count-number').allInnerTexts()).toEqual(['–', '–', '–', '–', '–', '–']);
  expect(await page.locator('.wall-body .nothing').innerText()).toBe('正在读取');
  expect(await findBarriers(page)).toEqual([]);
  come.resolve();
  await page.locator('.ledger .row').first().waitFor(patience);
  expect(await page.locator('.count-number').allInnerTexts()).not.toContain('–');
});

it('reads of the ledger what a screen shows, and more as somebody scrolls to its end or asks', async () => {
  const written = async (): Promise<number> =>
    ((await (await fetch(`${demo.url}api/ledger?limit=400`)).json()) as { items: readonly unknown[] }).items.length;
  await expect.poll(written, patience).toBeGreaterThan(180);
  const page = await visit(demo.url, { viewport: { width: 1440, height: 2000 } });
  const limits: (string | null)[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === '/api/ledger') limits.push(searchParams.get('limit'));
  });
  await page.reload();
  const rows = page.locator('.ledger .row');
  await page.getByRole('group', { name: '台账' }).getByRole('button', { name: '全部' }).click(patience);
  await expect.poll(() => rows.count(), patience).toBeGreaterThanOrEqual(60);
  const before = await rows.count();
  const more = page.locator('.ledger').getByRole('button', { name: '更早的' });
  await more.scrollIntoViewIfNeeded();
  await expect.poll(() => rows.count(), patience).toBeGreaterThanOrEqual(before + 60);
  await more.press('Enter', patience);
  await expect.poll(() => rows.count(), patience).toBe(150);
  expect(await more.count()).toBe(0);
  expect(new Set(limits)).toEqual(new Set(['60']));
});

it('says that what an address names is not there', async () => {
  const page = await visit(demo.url);
  await page.evaluate(`location.hash = '#/obligation/ocp1.zzz'`);
  const detail = page.getByRole('region', { name: '详情' });
  await detail.locator('.nothing', { hasText: '没有找到' }).waitFor(patience);
  await page.evaluate(`location.hash = '#/nowhere/x'`);
  await detail.waitFor({ state: 'detached' });
  // the browser itself speaks of what is not there
  await leave(/404/);
});

it('titles what is over and forgotten by its rows of the ledger', async () => {
  const { posts } = await readWall();
  type Row = { event: string; obligationId?: string; data: { subject?: string } };
  const unitOf = ({ data }: Row) => posts.find(({ subject }) => subject === data.subject)?.unit;
  const { obligationId, unit } = await vi.waitFor(async () => {
    const { items } = (await (await fetch(`${demo.url}api/ledger?limit=500`)).json()) as { items: Row[] };
    // liaisons are asked for themselves too, and stand no post
    const opened = items.find((row) => row.event === 'CheckOpened' && unitOf(row) !== undefined)!;
    return { obligationId: opened.obligationId, unit: unitOf(opened) };
  }, patience);
  const page = await visit(demo.url);
  // as an hour after its end
  await page.route('**/api/obligations/**', (route) => route.fulfill({ status: 404, json: { error: { code: 'ZG_NO_SUCH_THING' } } }));
  await page.evaluate(`location.hash = '#/obligation/${obligationId}'`);
  const detail = page.getByRole('region', { name: '详情' });
  await detail.getByRole('heading', { name: `查岗 ${unit}` }).waitFor(patience);
  expect(await detail.locator('.facts').innerText()).toMatch(/08\/27 10:\d\d/);
  await detail.locator('.story-row', { hasText: '查岗' }).first().waitFor(patience);
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

it('prints the wall on one sheet, black on white, also from a dark screen', async () => {
  const page = await visit(demo.url, { colorScheme: 'dark' });
  await page.locator('.tile').first().waitFor(patience);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/gu)).toHaveLength(1);
  await page.emulateMedia({ media: 'print' });
  const colours = await page.evaluate(
    `[document.body, document.querySelector('.tile')].map((one) => getComputedStyle(one).backgroundColor).concat(getComputedStyle(document.querySelector('.tile .name-link')).color)`,
  );
  expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
  expect(await page.locator('.header-buttons').isVisible()).toBe(false);
});
