import { expect, it } from 'vitest';
import { beginChange, decideIn, openIn, put, readInto, toTransition } from '../../src/app/change.ts';
import type { OpenClockCommand } from '../../src/domain/escalation/decide.ts';
import type { Item } from '../../src/domain/items/item.ts';
import { at } from '../support/invented.ts';
import { sampleItem } from '../support/samples.ts';
import { startStory, type Story } from '../support/story.ts';

const clockOf = (item: Item, over: Partial<OpenClockCommand> = {}): OpenClockCommand => ({
  type: 'open',
  kind: 'deadline',
  subject: 'u2',
  policy: 'work',
  cause: 'deadline',
  itemId: item.id,
  key: '0',
  deadlineAt: at('2021-08-27T15:00'),
  ...over,
});

const open = async ({ world, settle }: Story, items: readonly Item[], over: Partial<OpenClockCommand> = {}): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (const item of items) {
    const change = beginChange(world, world.clock.now());
    put(change, item.id, { type: 'item', state: item }, null);
    ids.push(openIn(world, change, clockOf(item, over)));
    await world.store.commit([toTransition(change)], world.campaignVersion);
  }
  await settle();
  return ids;
};

const answer = async ({ world, settle }: Story, id: string, personId: string): Promise<void> => {
  const change = beginChange(world, world.clock.now());
  const [stored] = await world.store.load([id]);
  readInto(change, id, stored);
  expect(decideIn(world, change, id, { type: 'answer', personId, channel: 'webchat' })).toBeUndefined();
  await world.store.commit([toTransition(change)], world.campaignVersion);
  await settle();
};

const numbered = (no: number): Item => {
  const number = `D2SD20210827${String(no).padStart(4, '0')}`;
  return sampleItem({ id: `i${number}`, number, text: `第${no}件：工地扬尘` });
};

/** Nothing is asked of posts while these stories are told. */
const quietly = { at: '2021-08-27T10:30' };

it('reminds, says that it is overdue and for how long, and shows the end on the same card', async () => {
  const story = await startStory(quietly);
  const liaison = story.person('东联络');
  const [id] = await open(story, [numbered(7)]);
  await story.clock.reaches('2021-08-27T11:01');
  liaison.sees(/办理期限提醒[\s\S]*D2SD202108270007 第7件：工地扬尘[\s\S]*东城区须在 08-27 15:00 前报送，还有 4 小时/);
  await story.clock.reaches('2021-08-27T15:01');
  liaison.sees(/还有 60 分钟/, /已超期：办理[\s\S]*东城区应于 08-27 15:00 前完成/);
  await story.clock.reaches('2021-08-27T17:01');
  story.person('东局长').sees(/已超期：办理[\s\S]*已超期 60 分钟/);
  story.person('冯主任').sees(/已超期 2 小时/);
  story.person('陈干事').sees(/已超期 2 小时/);
  await answer(story, id!, 'm9');
  expect(liaison.card(/已超期/)).toMatch(/已了结：办理[\s\S]*东联络 已于 17:01 办理/);
  await story.clock.reaches('2021-08-27T19:30');
  expect(story.events('NoticeSent').every((row) => row.itemId === numbered(7).id)).toBe(true);
  story.group.sawNothing();
});

it('says one thing to each about many that fall due together: how many, and the most overdue by number', async () => {
  const story = await startStory(quietly);
  const ids = await open(
    story,
    Array.from({ length: 12 }, (_, index) => numbered(index + 1)),
    { deadlineAt: at('2021-08-27T11:00') },
  );
  await open(story, [numbered(90)], { deadlineAt: at('2021-08-27T11:00'), kind: 'receipt', policy: 'receipt', key: 'u2' });
  await story.clock.reaches('2021-08-27T11:02');
  story.person('东联络').sees(/12 项待处置[\s\S]*超期办理 12 件：D2SD202108270001、D2SD202108270002[\s\S]*0005等/);
  story.person('东联系').sees(/已超期：签收[\s\S]*D2SD202108270090/);
  story.person('东主班').sees(/已超期：签收/);
  await story.clock.reaches('2021-08-27T12:02');
  story.person('东局长').sees(/13 项待处置[\s\S]*超期办理 12 件：[\s\S]*超期签收 1 件：D2SD202108270090/);
  for (const id of ids) await answer(story, id, 'm9');
  expect(story.person('东局长').card(/13 项待处置/)).toMatch(/超期签收 1 件[\s\S]*已了结 12 件/);
  await story.clock.reaches('2021-08-27T13:02');
  for (const name of ['冯主任', '陈干事'] as const) story.person(name).sees(/已超期：签收/);
  await story.clock.reaches('2021-08-27T15:02');
  story.group.sees(/已超期：签收/);
});

it('tells those above a unit together of what was due minutes apart, with the count', async () => {
  const story = await startStory(quietly);
  for (const [index, minute] of ['03', '11', '24'].entries())
    await open(story, [numbered(index + 1)], { deadlineAt: at(`2021-08-27T15:${minute}`) });
  await story.clock.reaches('2021-08-27T15:30');
  const liaison = story.person('东联络');
  // the deadline itself waits for nothing
  expect(liaison.texts().filter((text) => text.includes('已超期'))).toHaveLength(3);
  liaison.ignores();
  await story.clock.reaches('2021-08-27T16:25');
  story.person('东局长').sawNothing();
  await story.clock.reaches('2021-08-27T16:31');
  story.person('东局长').sees(/3 项待处置[\s\S]*超期办理 3 件/);
  await story.clock.reaches('2021-08-27T19:31');
  for (const name of ['冯主任', '陈干事'] as const) story.person(name).sees(/3 项待处置[\s\S]*超期办理 3 件/);
  story.group.sees(/3 项待处置[\s\S]*超期办理 3 件/);
});

it('is not answered by words that answer a check, nor shown on the wall of posts', async () => {
  const story = await startStory(quietly);
  const [id] = await open(story, [numbered(3)]);
  await story.clock.reaches('2021-08-27T11:01');
  const liaison = story.person('东联络');
  liaison.sees(/办理期限提醒/);
  await liaison.replies('收到');
  liaison.ignores();
  await liaison.pressesValue({ action: 'acknowledge', obligationId: id });
  liaison.sees(/该操作不适用于此事项/);
  expect(story.open().find((o) => o.id === id)).toMatchObject({ status: 'open', answerBy: at('2021-08-27T15:00') });
  expect(story.events('AnswerRecorded').filter((row) => row.itemId !== undefined)).toEqual([]);
});

it('says one thing after three hours away over two reminders', async () => {
  const story = await startStory(quietly);
  const [id] = await open(story, [numbered(4)], { deadlineAt: at('2021-08-27T15:05') });
  await story.clock.passesWhileAway('3h40m');
  await story.clock.passes('1m');
  const liaison = story.person('东联络');
  liaison.sees(/办理期限提醒[\s\S]*还有 5[45] 分钟/);
  liaison.sawNothing();
  expect(story.open().find((o) => o.id === id)).toMatchObject({ answerBy: at('2021-08-27T15:05') });
});

it('reminds a liaison once of what falls due minutes apart, no later than of each by itself', async () => {
  const story = await startStory(quietly);
  for (const [index, minute] of ['03', '11', '29'].entries())
    await open(story, [numbered(index + 1)], { deadlineAt: at(`2021-08-27T15:${minute}`) });
  const liaison = story.person('东联络');
  await story.clock.reaches('2021-08-27T10:59');
  liaison.sawNothing();
  await story.clock.reaches('2021-08-27T11:01');
  liaison.sees(/3 项待处置[\s\S]*3 件/);
  await story.clock.reaches('2021-08-27T13:59');
  liaison.sawNothing();
  await story.clock.reaches('2021-08-27T14:01');
  liaison.sees(/3 项待处置[\s\S]*3 件/);
  liaison.sawNothing();
});
