import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Appeal, Obligation, Person, Row, Wall } from '../../src/web/data/types.ts';
import { openBrowser } from '../support/browser.ts';
import { type Demo, eventually, startDemo } from '../support/demo.ts';
import { connectDirectLine } from '../support/direct-line.ts';
import { createVisitor } from '../support/visitor.ts';

const patience = { timeout: 60_000 };
vi.setConfig({ testTimeout: 120_000 });

let browser: Browser;
let demo: Demo;
const { visit, leave } = createVisitor(() => browser);
beforeAll(async () => {
  browser = await openBrowser();
  // real seconds, five minutes before the round of ten: nothing moves but what is pressed
  demo = await startDemo({ env: { CLOCK_SCALE: '1' } });
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});
afterEach(() => leave());

const read = async <T>(path: string): Promise<T> => (await fetch(`${demo.url}${path}`)).json() as Promise<T>;
const list = async <T>(path: string): Promise<readonly T[]> => (await read<{ readonly items: readonly T[] }>(path)).items;

const says = async (mobile: string, text: string): Promise<void> => {
  const client = await connectDirectLine({ origin: new URL(demo.url).origin, mobile: mobile.replaceAll('-', '') });
  await client.says(text);
  client.end();
};

/** The people of the demo leave appeals alone, and sleep at this post: it is left, and its unit appeals. */
const bringAppeal = async (office: Person): Promise<Appeal & { readonly clockId: string }> => {
  const post = (await read<Wall>('api/wall')).posts[4]!;
  const people = await list<Person>('api/people?limit=500');
  const holder = people.find(({ name }) => name === post.onDuty[0])!;
  await says(office.mobile, `查岗${post.unit}`);
  await eventually(
    () => list<Obligation>('api/obligations'),
    (open) => open.some(({ subject, kind }) => subject === post.subject && kind === 'check'),
  );
  await says(holder.mobile, '不在');
  const [against] = await eventually(
    () => list<Appeal>('api/appeals?status=appealable'),
    (open) => open.length > 0,
  );
  const asked = await fetch(`${demo.url}api/appeals`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ obligationId: against!.obligationId, reason: '在现场处置' }),
  });
  expect(asked.status).toBe(201);
  const appeal = (await list<Appeal>('api/appeals?status=asked'))[0]!;
  const [clock] = await eventually(
    async () => (await list<Obligation>('api/obligations')).filter(({ kind }) => kind === 'appeal'),
    (open) => open.length > 0,
  );
  return { ...appeal, clockId: clock!.id };
};

/** In a browser of their own, before the appeal, speaking as somebody of the office. */
const sitDown = async ({ id, name }: Person, clockId: string): Promise<Page> => {
  const page = await visit(`${demo.url}#/person/${id}`, { locale: 'zh-CN' });
  const detail = page.getByRole('region', { name: '详情' });
  await detail.getByRole('button', { name: '以其身份对话' }).click(patience);
  await page.locator('.chat-who h2', { hasText: name }).waitFor(patience);
  await page.evaluate(`location.hash = '#/obligation/${clockId}'`);
  await detail.getByRole('button', { name: '认可申诉' }).waitFor(patience);
  return page;
};

it('tells whoever of the office presses second who was quicker and with what, and decides nothing twice', async () => {
  const [quick, slow] = (await list<Person>('api/people?limit=500')).filter(({ isOffice }) => isOffice) as [Person, Person];
  const { id, clockId } = await bringAppeal(quick);
  const [first, second] = [await sitDown(quick, clockId), await sitDown(slow, clockId)];
  // what the second sees on their buttons grows old, as it does on any line for a moment
  const pressed = Promise.withResolvers<void>();
  await second.route('**/api/desk/obligation/**', (route) => pressed.promise.then(() => route.continue()));
  const ofFirst = first.getByRole('region', { name: '详情' });
  await ofFirst.getByRole('button', { name: '认可申诉' }).click();
  await ofFirst.locator('.answer', { hasText: '申诉已认可' }).waitFor(patience);

  const ofSecond = second.getByRole('region', { name: '详情' });
  await ofSecond.getByRole('button', { name: '认可申诉' }).click();
  const told = ofSecond.locator('.answer');
  await told.waitFor(patience);
  expect(await told.innerText()).toMatch(new RegExp(`已认可[\\s\\S]*由${quick.name}于`, 'u'));
  pressed.resolve();

  // and they look at what it is now, with nothing left to press
  await ofSecond.locator('.facts', { hasText: '已认可' }).locator('dd', { hasText: quick.name }).waitFor(patience);
  await expect.poll(() => ofSecond.locator('.offer').count(), patience).toBe(0);
  const rows = await list<Row & { readonly itemId?: string }>('api/ledger?order=newest&limit=200');
  const decided = rows.filter(({ itemId, event }) => itemId === id && /^Appeal(?!Asked)/u.test(event));
  expect(decided.map(({ event, actor }) => [event, actor])).toEqual([['AppealUpheld', quick.id]]);
});
