import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { type Demo, startDemo } from '../support/demo.ts';
import { workbookOf } from '../support/workbooks.ts';
import { createVisitor } from '../support/visitor.ts';

/** Setting up over a line that is slow, or that breaks. */

const patience = { timeout: 60_000 };
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

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
afterEach(() => leave(/409|429|net::ERR_FAILED/u));

const open = (section: string): Promise<Page> => visit(`${demo.url}#/setup/${section}`, { locale: 'zh-CN' });

/** Keeps the next request for a path on its way until it is let go, and then until the page has drawn what it makes of the answer. */
const hold = async (page: Page, path: string) => {
  const asked = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  await page.route(
    `**/api/set-up/${path}`,
    async (route) => {
      asked.resolve();
      await held.promise;
      await route.continue();
    },
    { times: 1 },
  );
  return {
    asked: asked.promise,
    letGo: async (): Promise<void> => {
      const answered = page.waitForResponse(`**/api/set-up/${path}`);
      held.resolve();
      await (await answered).finished();
      await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
    },
  };
};

const answer = async (page: Page, path: string, status: number, body: object): Promise<void> => {
  await page.route(`**/api/set-up/${path}`, (route) => route.fulfill({ status, json: body }), { times: 1 });
};

const choose = async (page: Page, name: string): Promise<void> => {
  const file = fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
  await page.locator('input[type=file]').first().setInputFiles(file);
};

const chooseRoster = async (page: Page, name: string, ...people: readonly string[]): Promise<void> => {
  const rows = [['日期', '单位', '值班员'], ...people.map((person, index) => [`2021-09-1${index}`, '历下区', person])];
  const source = await workbookOf([{ name: '值班表', rows }], name);
  const buffer = Buffer.from('bytes' in source ? source.bytes : []);
  await page.locator('input[type=file]').first().setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
};

const editLadder = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '修改', exact: true }).click(patience);
};

describe('an answer that comes late', () => {
  it('says nothing of a workbook in whose place another was chosen', async () => {
    const page = await open('import');
    await page.locator('.import-drop').waitFor(patience);
    const first = await hold(page, 'imports?*');
    await choose(page, 'roster-flawed.xlsx');
    await first.asked;
    await choose(page, 'roster.xlsx');
    await page.getByText('与现有内容一致').waitFor(patience);
    await first.letGo();
    expect(await page.getByText('与现有内容一致').count()).toBe(1);
    expect(await page.getByText('roster-flawed').count()).toBe(0);
  });

  it('says nothing of a campaign that has been changed further', async () => {
    const page = await open('campaign');
    const name = page.getByLabel('基本 名称', { exact: true });
    await name.fill('防汛保障', patience);
    const first = await hold(page, 'campaign/preview');
    await page.getByRole('button', { name: '看看会改什么' }).click();
    await first.asked;
    await name.fill('防汛防台保障');
    await first.letGo();
    expect(await page.getByRole('button', { name: '就这样改，立即生效' }).count()).toBe(0);
    await page.getByRole('button', { name: '看看会改什么' }).click();
    await page.getByRole('cell', { name: '防汛防台保障' }).waitFor(patience);
  });

  it('finds no fault with ladders whose changes were given up', async () => {
    const page = await open('policies');
    await editLadder(page);
    const check = await hold(page, 'policies/check');
    await page.getByLabel('每隔（分钟）再提醒').first().fill('1');
    await page.getByLabel('次数').first().fill('999');
    await check.asked;
    await page.getByRole('button', { name: '放弃修改' }).click();
    await check.letGo();
    expect(await page.locator('.form-faults, .trial .setup-fault').allInnerTexts()).toEqual([]);
    expect(await page.getByRole('button', { name: '看看会怎样' }).isEnabled()).toBe(true);
  });

  it('shows nothing of what a ladder would have done that is another by now', async () => {
    const page = await open('policies');
    await editLadder(page);
    const minutes = page.getByLabel('分钟', { exact: true }).nth(1);
    await minutes.fill('4');
    const trial = await hold(page, 'policies/try');
    await page.getByRole('button', { name: '看看会怎样' }).click();
    await trial.asked;
    await minutes.fill('5');
    await trial.letGo();
    expect(await page.locator('.what-if').count()).toBe(0);
    await page.getByRole('button', { name: '看看会怎样' }).click();
    await page.locator('.what-if-summary').waitFor(patience);
  });

  it('names whom a ladder means at the post that was chosen last', async () => {
    const page = await open('policies');
    const posts = page.locator('.policy-head select');
    await posts.waitFor(patience);
    const first = await hold(page, 'policies?*');
    await posts.selectOption({ index: 3 });
    await first.asked;
    const shown = page.waitForResponse('**/api/set-up/policies?*');
    await posts.selectOption({ index: 5 });
    const { tonight } = (await (await shown).json()) as { readonly tonight: { readonly postId: string } };
    await first.letGo();
    expect(await posts.inputValue()).toBe(tonight.postId);
  });
});

describe('what is typed while a change is on its way', () => {
  it('stays in the form of the campaign, whose change counts', async () => {
    const page = await open('campaign');
    const name = page.getByLabel('基本 名称', { exact: true });
    await name.fill('先说的', patience);
    await page.getByRole('button', { name: '看看会改什么' }).click();
    const apply = page.getByRole('button', { name: '就这样改，立即生效' });
    await apply.waitFor(patience);
    const change = await hold(page, 'campaign');
    await apply.click();
    await change.asked;
    await name.fill('后说的');
    await change.letGo();
    await page.getByText('已生效，并记入台账。').waitFor(patience);
    expect(await name.inputValue()).toBe('后说的');
    await page.getByRole('button', { name: '看看会改什么' }).click();
    await page.getByRole('row', { name: '先说的 后说的' }).waitFor(patience);
  });

  it('stays in the form of a ladder, whose change counts', async () => {
    const page = await open('policies');
    await editLadder(page);
    const minutes = page.getByLabel('分钟', { exact: true }).nth(1);
    await minutes.fill('3.5');
    const change = await hold(page, 'policies');
    await page.getByRole('button', { name: '启用修改' }).click();
    await change.asked;
    await minutes.fill('4.5');
    await change.letGo();
    await page.getByText('已启用').waitFor(patience);
    expect(await minutes.inputValue()).toBe('4.5');
    await page.getByRole('button', { name: '放弃修改' }).click();
    await expect.poll(() => minutes.inputValue(), patience).toBe('3.5');
  });
});

describe('whoever presses twice', () => {
  /** How often a path is asked while its first answer is on its way. */
  const pressTwice = async (page: Page, path: string, button: string): Promise<number> => {
    const sent: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && sent.push(new URL(request.url()).pathname));
    const first = await hold(page, path);
    await page.getByRole('button', { name: button }).first().dblclick();
    await first.asked;
    await first.letGo();
    return sent.filter((one) => one.endsWith(`/set-up/${path}`)).length;
  };

  it('imports once', async () => {
    const page = await open('import');
    await page.locator('.import-drop').waitFor(patience);
    await chooseRoster(page, '两下.xlsx', '李强', '金杰');
    await page.getByText('没有差错').waitFor(patience);
    expect(await pressTwice(page, 'imports/apply', '就按上面所示导入')).toBe(1);
    await page.getByText('值班表已导入').waitFor(patience);
    // and takes it back once
    await page.getByRole('button', { name: '撤销导入 两下.xlsx' }).click();
    expect(await pressTwice(page, 'imports/undo', '确定撤销')).toBe(1);
    await page.getByText('已撤销，已通知').waitFor(patience);
  });

  it('changes the campaign once', async () => {
    const page = await open('campaign');
    await page.getByLabel('基本 名称', { exact: true }).fill('两下', patience);
    await page.getByRole('button', { name: '看看会改什么' }).click();
    await page.getByRole('cell', { name: '两下' }).waitFor(patience);
    expect(await pressTwice(page, 'campaign', '就这样改，立即生效')).toBe(1);
    await page.getByText('已生效，并记入台账。').waitFor(patience);
  });

  it('tries a ladder once, and makes it count once', async () => {
    const page = await open('policies');
    await editLadder(page);
    await page.getByLabel('分钟', { exact: true }).nth(1).fill('4');
    expect(await pressTwice(page, 'policies/try', '看看会怎样')).toBe(1);
    await page.locator('.what-if-summary').waitFor(patience);
    expect(await pressTwice(page, 'policies', '启用修改')).toBe(1);
    await page.getByText('已启用').waitFor(patience);
  });

  it('sends one message to try a channel', async () => {
    const page = await open('channels');
    await page.locator('.channel-test select').first().selectOption({ index: 2 }, patience);
    expect(await pressTwice(page, 'channels/test', '发一条测试消息')).toBe(1);
    await page.getByText('本次测试已记入台账。').waitFor(patience);
  });
});

describe('what did not work', () => {
  it('is told of an import and of taking one back, and never said to be done', async () => {
    const page = await open('import');
    await page.locator('.import-drop').waitFor(patience);
    await chooseRoster(page, '不成.xlsx', '李强');
    await page.getByText('没有差错').waitFor(patience);
    await page.route('**/imports/apply', (route) => route.abort(), { times: 1 });
    await page.getByRole('button', { name: '就按上面所示导入' }).click();
    await page.getByRole('alert').filter({ hasText: '没有连上，不知道有没有导入成功' }).waitFor(patience);
    await page.getByRole('button', { name: '就按上面所示导入' }).click();
    await page.getByText('值班表已导入').waitFor(patience);
    await page.getByRole('button', { name: '撤销导入 不成.xlsx' }).click();
    await answer(page, 'imports/undo', 409, { error: { code: 'ZG_MOVED', message: 'moved' } });
    await page.getByRole('button', { name: '确定撤销' }).click();
    await page.locator('.import-moved', { hasText: '没有撤销' }).waitFor(patience);
    expect(await page.getByText('已撤销').count()).toBe(0);
    expect(await page.getByRole('button', { name: '撤销导入 不成.xlsx' }).count()).toBe(1);
  });

  it('is told of a file that is no campaign', async () => {
    const page = await open('campaign');
    const upload = page.locator('.campaign-files input[type=file]');
    await upload.waitFor({ ...patience, state: 'attached' });
    await upload.setInputFiles({ name: 'campaign.json', mimeType: 'application/json', buffer: Buffer.from('{ name: ') });
    await page.getByRole('alert').filter({ hasText: '不是 JSON 文件' }).waitFor(patience);
  });

  it('is told of ladders, and leaves what was changed in the form', async () => {
    const page = await open('policies');
    await editLadder(page);
    const minutes = page.getByLabel('分钟', { exact: true }).nth(1);
    await minutes.fill('7');
    await page.route('**/api/set-up/policies', (route) => route.abort(), { times: 1 });
    await page.getByRole('button', { name: '启用修改' }).click();
    await page.locator('.trial .setup-fault', { hasText: '没有连上' }).waitFor(patience);
    expect([await page.getByText('已启用').count(), await minutes.inputValue()]).toEqual([0, '7']);
    await answer(page, 'policies/rehearse', 429, {});
    await page.getByRole('button', { name: '开始演练' }).click();
    await page.locator('.setup-fault', { hasText: '操作太频繁' }).waitFor(patience);
  });

  it('is told of a channel that refuses, in another colour than what arrived', async () => {
    const page = await open('channels');
    const test = page.locator('.channel-test').first();
    await test.locator('select').selectOption({ index: 2 }, patience);
    const outcomes = [
      [200, { ok: false, result: 'permanent', person: '金杰', code: 'unreachable' }, 'setup-fault', '金杰：平台拒绝（unreachable）'],
      [200, { ok: false, result: 'noAnswer', person: '金杰' }, 'setup-fault', '20 秒内没有结果'],
      [429, {}, 'setup-fault', '测试太频繁'],
      [200, { ok: true, result: 'delivered', person: '金杰' }, 'setup-done', '金杰：已送达本人'],
    ] as const;
    for (const [status, body, tone, words] of outcomes) {
      await answer(page, 'channels/test', status, body);
      await test.getByRole('button').click();
      await test.locator(`.channel-answer .${tone}`, { hasText: words }).waitFor(patience);
    }
  });

  it('is told of a system that does not take what is sent to it, and how it does is read anew', async () => {
    const page = await open('start');
    const webhook = { name: '大屏', host: 'wall.example.cn', events: 'all', behind: 0, failures: 0, lastCode: null, lastTakenAt: null };
    const listed = (state: string) => ({ items: [{ ...webhook, state, nextTryAt: null }] });
    await page.route('**/api/webhooks', (route) => route.fulfill({ json: listed('failing') }));
    await page.route('**/api/webhooks', (route) => route.fulfill({ json: listed('new') }), { times: 1 });
    await page.getByRole('link', { name: '通道', exact: true }).click(patience);
    const card = page.getByRole('group', { name: '大屏', exact: true });
    await card.getByText('尚未推送').waitFor(patience);
    await answer(page, 'webhooks/test', 200, { result: 'refused', code: '503' });
    await card.getByRole('button').click();
    await card.locator('.setup-fault', { hasText: '大屏：没有收下（503）' }).waitFor(patience);
    await card.locator('.verdict', { hasText: '失败' }).waitFor(patience);
    await answer(page, 'webhooks/test', 200, { result: 'taken' });
    await card.getByRole('button').click();
    await card.locator('.setup-done', { hasText: '大屏：已收下' }).waitFor(patience);
  });
});
