import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Person, RosterRow, Wall } from '../../src/web/data/types.ts';
import { openBrowser } from '../support/browser.ts';
import { comeIn } from '../support/come-in.ts';
import { type Demo, eventually, onlyTheRoundOfTen, startDemo } from '../support/demo.ts';
import { findFlaws } from '../support/look.ts';
import { createVisitor, findBarriers } from '../support/visitor.ts';

const patience = { timeout: 60_000 };
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let browser: Browser;
let demo: Demo;
const { visit, leave } = createVisitor(() => browser);
beforeAll(async () => {
  browser = await openBrowser();
  // real seconds, just before the round
  demo = await startDemo({ env: { CLOCK_SCALE: '1', CLOCK_START: '2021-08-27T09:59:55+08:00' }, campaign: onlyTheRoundOfTen });
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});
afterEach(() => leave());

const read = async <T>(path: string): Promise<T> => (await fetch(`${demo.url}${path}`)).json() as Promise<T>;
const list = async <T>(path: string): Promise<readonly T[]> => (await read<{ readonly items: readonly T[] }>(path)).items;

it('is answered with one tap by whoever opens the page on a phone, and the title tells of it until then', async () => {
  const wallAtOnce = (): Promise<Wall> => read<Wall>('api/wall');
  const { posts } = await eventually(wallAtOnce, (wall) => wall.posts.some(({ obligation }) => obligation?.kind === 'check'));
  const people = await list<Person>('api/people?limit=500');
  const roster = await list<RosterRow>('api/roster?limit=500');
  // one whose holders the demo lets sleep
  const post = posts[4]!;
  const holder = roster.find(({ postId }) => postId === post.subject)!.holders.find(({ role }) => role === 'onDuty')!;
  const officer = people.find(({ id }) => id === holder.personId)!;
  const page = await comeIn(demo, officer, (link) =>
    visit(link, { locale: 'zh-CN', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }),
  );
  const own = page.getByRole('region', { name: '等您答复' });
  const button = own.getByRole('button', { name: '在岗', exact: true });
  await button.waitFor(patience);
  expect(await page.title()).toMatch(/^\(!\) 查岗 .+ · 在岗$/u);
  const box = (await button.boundingBox())!;
  expect(box.y + box.height).toBeLessThan(844);
  expect(box.height).toBeGreaterThanOrEqual(44);
  expect(await findBarriers(page)).toEqual([]);
  expect(await findFlaws(page, { place: '.own' })).toEqual([]);
  await button.tap();
  await own.locator('.own-matter.is-green', { hasText: '已了结' }).waitFor(patience);
  await page.locator('.tile.is-green', { hasText: post.unit }).first().waitFor(patience);
  await expect.poll(() => page.title(), patience).not.toContain('(!)');
  const rows = await list<{ event: string; actor?: string }>(`api/ledger?obligationId=${post.obligation!.id}&limit=200`);
  expect(rows.filter(({ event }) => event === 'AnswerRecorded').map(({ actor }) => actor)).toEqual([officer.id]);
  expect(await findBarriers(page)).toEqual([]);
  await own.getByRole('button', { name: '知道了' }).tap();
  await own.waitFor({ state: 'detached', ...patience });
});
