import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Person } from '../../src/web/data/types.ts';
import { openBrowser } from '../support/browser.ts';
import { comeIn, inEnglish } from '../support/come-in.ts';
import { type Demo, startDemo } from '../support/demo.ts';
import { connectDirectLine } from '../support/direct-line.ts';
import { findFlaws, tabTo } from '../support/look.ts';
import { createVisitor, findBarriers } from '../support/visitor.ts';

const patience = { timeout: 60_000 };
vi.setConfig({ testTimeout: 180_000 });

let browser: Browser;
let demo: Demo;
let people: readonly Person[];
const { visit, leave } = createVisitor(() => browser);
beforeAll(async () => {
  browser = await openBrowser();
  // real seconds, between two rounds: nothing moves but what is pressed
  demo = await startDemo({ env: { CLOCK_SCALE: '1', CLOCK_START: '2021-08-27T10:40+08:00' } });
  people = await list<Person>('api/people?limit=500');
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});
afterEach(() => leave());

const list = async <T>(path: string): Promise<readonly T[]> =>
  ((await (await fetch(`${demo.url}${path}`)).json()) as { readonly items: readonly T[] }).items;

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const unit = '历下区';
const report = '整改报告（历下区 8月27日）.pdf';
const seal = '签字盖章扫描件.pdf';
const pdf = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.4\n%${name}\n%%EOF`) });

const inRole = (role: string, of = unit): Person =>
  people.find(({ roles }) => roles.some((held) => held.role === role && held.name.includes(of)))!;
const officer = (): Person => inRole('dutyOfficer');

const handOver = async (number: string, kind: string, text: string): Promise<string> => {
  const body = JSON.stringify({ kind, number, text, units: [unit], limit: '2021-08-30', district: unit, pollution: ['大气'] });
  const created = await fetch(`${demo.url}api/items`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  expect([created.status, created.ok ? '' : await created.text()]).toEqual([201, '']);
  const { id } = (await created.json()) as { readonly id: string };
  return id;
};

const enter = async (person: Person, itemId: string, options: BrowserContextOptions = phone): Promise<Page> => {
  const page = await comeIn(demo, person, (link) => visit(link, { locale: 'zh-CN', ...options }), `#/item/${itemId}`);
  await page.locator('.detail .item-text').first().waitFor(patience);
  return page;
};

const button = (page: Page, name: string) => page.locator('.detail .acts').first().getByRole('button', { name, exact: true });
const offered = (page: Page): Promise<readonly string[]> => page.locator('.detail .acts').first().locator('.offer').allInnerTexts();
const told = (page: Page, hasText: string) => page.locator('.detail .answer', { hasText }).waitFor(patience);
const form = (page: Page) => page.locator('.detail .offer-form');
const begin = async (page: Page, name: string): Promise<void> => {
  await button(page, name).click(patience);
  await form(page).waitFor(patience);
};
const send = (page: Page): Promise<void> => form(page).getByRole('button', { name: '提交' }).click();

it('goes from being handed over to being checked again, each step pressed by whose it is', async () => {
  const number = 'D2SD202108270007';
  const id = await handOver(number, 'petition', '工地夜间施工扬尘扰民，裸土未覆盖，群众多次反映未见改善。');
  const [liaison, contact, principal] = [inRole('liaison'), inRole('contact'), inRole('principal')];
  const [office, colleague] = people.filter(({ isOffice }) => isOffice) as [Person, Person];

  // whoever has it on the phone finds it in the list, with the day that its limit ends with
  const first = await comeIn(demo, liaison, (link) => visit(link, { locale: 'zh-CN', ...phone }));
  await first.getByRole('button', { name: '交办事项' }).tap();
  const entry = first.locator('.entry', { hasText: number });
  await entry.filter({ hasText: '08/30 24:00' }).getByRole('link').tap(patience);
  await button(first, '签收').tap(patience);
  await told(first, '已签收');
  await begin(first, '拆分到人');
  expect(await form(first).locator('[name=owner1] option').allInnerTexts()).not.toContain(principal.name);
  // what was forgotten is asked for, and what was written stays
  await form(first).locator('[name=title1]').fill('现场核查并覆盖裸土');
  await send(first);
  await told(first, '责任人须是本单位人员');
  expect(await form(first).locator('[name=title1]').inputValue()).toBe('现场核查并覆盖裸土');
  const owner = officer();
  await form(first).locator('[name=owner1]').selectOption(owner.id);
  await send(first);
  await told(first, `现场核查并覆盖裸土（${owner.name}，08-30 24:00 前）`);
  expect(await findFlaws(first, { place: '.detail' })).toEqual([]);

  const worker = await enter(owner, id);
  await button(worker, '分项1完成').tap(patience);
  await told(worker, '分项已完成');

  const writer = await enter(contact, id);
  await begin(writer, '办结报送（填写）');
  await form(writer).locator('[name=text]').fill('已全部覆盖裸土');
  await form(writer).locator('[name=finding]').selectOption('mostlyTrue');
  await send(writer);
  // nothing is sent without the evidence: the field says so itself
  expect(await form(writer).locator('input[type=file]:invalid').count()).toBe(1);
  await form(writer).locator('input[type=file]').setInputFiles(pdf(report));
  await send(writer);
  await told(writer, '报送件已填写，待数据审核');
  await writer.locator('.paper', { hasText: report }).getByText('待数据审核').waitFor(patience);
  expect(await offered(writer)).not.toContain('数据审核通过');

  const checker = await enter(liaison, id);
  await button(checker, '数据审核通过').tap(patience);
  await told(checker, '数据审核已通过');

  const signer = await enter(principal, id, { colorScheme: 'dark' });
  await begin(signer, '登记签字盖章');
  await form(signer).locator('input[type=file]').setInputFiles(pdf(seal));
  await send(signer);
  await told(signer, '签字盖章已登记');
  expect(await signer.locator('.chain li', { hasText: '主要负责人签字盖章' }).innerText()).not.toContain('登记');

  await button(writer, '正式报送').tap(patience);
  await told(writer, '已正式报送');
  expect(await offered(writer)).not.toContain('接收');

  const desk = await enter(office, id, { colorScheme: 'dark' });
  await button(desk, '接收').waitFor(patience);
  for (const [name, answer] of [
    ['接收', '报送已接收'],
    ['销号', '已销号'],
  ] as const) {
    await tabTo(desk, name);
    await desk.keyboard.press('Enter');
    await told(desk, answer);
  }
  await expect.poll(() => offered(desk), patience).not.toContain('销号');
  // nobody checks again what they have closed themselves
  expect(await offered(desk)).not.toContain('后督察');

  const again = await enter(colleague, id, {});
  await begin(again, '后督察');
  await form(again).locator('[name=passed]').selectOption('yes');
  await form(again).locator('[name=text]').fill('现场复查无反弹');
  await send(again);
  await told(again, '后督察通过');
  await desk.locator('.papers', { hasText: new RegExp(`通过 ${colleague.name}[\\s\\S]*现场复查无反弹`, 'u') }).waitFor(patience);
  const facts = desk.locator('.detail .facts').first();
  await facts.filter({ hasText: '已复核' }).waitFor(patience);
  expect(await facts.innerText()).toMatch(/办理时限\s+08\/30 24:00\s+交办时间/u);
  expect(await findBarriers(desk)).toEqual([]);

  const rows = await list<{ event: string; actor?: string }>(`api/ledger?itemId=${id}&limit=200`);
  const acts = rows.filter(({ event, actor }) => actor !== undefined && /^(?:Item|HandIn|Data|Subtask)/u.test(event));
  expect(acts.map(({ event, actor }) => [event, people.find((one) => one.id === actor)!.name])).toEqual([
    ['ItemReceived', liaison.name],
    ['ItemPlanned', liaison.name],
    ['SubtaskDone', owner.name],
    ['HandInDrafted', contact.name],
    ['DataChecked', liaison.name],
    ['HandInSigned', principal.name],
    ['ItemSubmitted', contact.name],
    ['ItemAccepted', office.name],
    ['ItemClosed', office.name],
    ['ItemConfirmed', colleague.name],
  ]);
});

/** Received and drafted in the chat, signed nowhere yet. */
const drafted = async (number: string): Promise<string> => {
  const id = await handOver(number, 'assigned', '沿街裸土未覆盖');
  const { mobile } = inRole('contact');
  const line = await connectDirectLine({ origin: new URL(demo.url).origin, mobile: mobile.replaceAll('-', '') });
  const act = (action: string, more: object = {}) => ({ text: undefined, value: { action, itemId: id, ...more } });
  const { name, mimeType, buffer } = pdf(report);
  const contentUrl = `data:${mimeType};base64,${buffer.toString('base64')}`;
  await line.says('', act('receiveItem'));
  await line.says('', { ...act('draft', { outcome: 'done', text: '已覆盖' }), attachments: [{ contentType: mimeType, contentUrl, name }] });
  await line.sees((activity) => JSON.stringify(activity).includes('报送件已填写'));
  line.end();
  return id;
};

it('gives a file under its own name to whoever may have it, and says to others who may', async () => {
  const id = await drafted('X31');
  const page = await enter(inRole('liaison'), id);
  const saved = page.waitForEvent('download', patience);
  await page.locator('.paper').getByRole('link', { name: report }).tap(patience);
  const download = await saved;
  expect(download.suggestedFilename()).toBe(report);
  expect(await readFile(await download.path())).toEqual(pdf(report).buffer);
  expect(await page.locator('.paper [role=alert]').count()).toBe(0);

  const without = await enter(officer(), id, { ...phone, colorScheme: 'dark' });
  const paper = without.locator('.paper', { hasText: report });
  await paper.getByText('附件可由本单位主要负责人、联络人、联系人和办公室下载').waitFor(patience);
  expect(await paper.getByRole('link').count()).toBe(0);
  expect(await findBarriers(without)).toEqual([]);
  const href = (await page.locator('.paper a.file').getAttribute('href'))!;
  const asked = (from: Page): Promise<number> => from.evaluate(`fetch(${JSON.stringify(href)}).then(({ status }) => status)`);
  expect(await asked(without)).toBe(403);
  const elsewhere = await comeIn(demo, inRole('liaison', '市中区'), (link) => visit(link, { locale: 'zh-CN', ...phone }));
  expect(await asked(elsewhere)).toBe(404);
  await leave(/40[34]/);
});

it('says that a file was not saved, where somebody else has meanwhile signed in before the same screen', async () => {
  const id = await drafted('X32');
  const page = await enter(inRole('liaison'), id);
  // it has not heard of that yet, as for some seconds it would not
  await page.route(/\/api\/(?:session|items\/[^/?]+(?:\?|$))/u, () => new Promise(() => undefined));
  const beside = await page.context().newPage();
  await beside.goto(demo.url);
  await beside.locator('.account summary').click(patience);
  await beside.getByRole('button', { name: '退出登录' }).click();
  await beside.locator('.account summary').waitFor({ ...patience, state: 'detached' });
  await comeIn(demo, inRole('liaison', '市中区'), async (link) => {
    await beside.goto(link);
    return beside;
  });
  await page.bringToFront();
  await page.locator('.paper').getByRole('link', { name: report }).tap(patience);
  await page.locator('.paper [role=alert]', { hasText: `“${report}”没有下载` }).waitFor(patience);
  expect(await findFlaws(page, { place: '.detail' })).toEqual([]);
  await leave(/404/);
});

it.each([
  [390, 844, 'light'],
  [390, 844, 'dark'],
  [1440, 900, 'light'],
  [2560, 1440, 'dark'],
] as const)('has no barrier among its papers, and reads in English, at %i × %i, %s', async (width, height, colorScheme) => {
  const id = await drafted(`X4${width}${colorScheme.length}`);
  const page = await enter(inRole('liaison'), id, { viewport: { width, height }, colorScheme });
  await page.locator('.paper', { hasText: report }).waitFor(patience);
  expect(await findBarriers(page)).toEqual([]);
  expect(await findFlaws(page, { place: '.detail' })).toEqual([]);
  await inEnglish(page);
  await page.locator('.paper', { hasText: 'Data check awaited' }).waitFor(patience);
  await expect.poll(async () => (await offered(page)).join(' '), patience).not.toMatch(/\p{Script=Han}/u);
  await begin(
    page,
    (await offered(page)).find((name) => /progress/iu.test(name))!,
  );
  const data = [
    ...people.map(({ name }) => name),
    ...people.flatMap(({ roles }) => roles.map(({ name }) => name)),
    unit,
    report,
    '沿街裸土未覆盖',
    '已覆盖',
  ];
  expect(await findFlaws(page, { place: '.detail', data })).toEqual([]);
  expect(await findBarriers(page)).toEqual([]);
});
