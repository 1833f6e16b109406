import { expect, it } from 'vitest';
import { draftOf, ignoreAll, itemIn, startWith } from '../support/item-stories.ts';

it('speaks English to those who write it', async () => {
  const story = await startWith(draftOf(12));
  ignoreAll(story);
  const liaison = story.person('东联络');
  await liaison.replies('sign for 0012', { locale: 'en' });
  liaison.sees(/Received[\s\S]*\[Split up\]/);
  await liaison.replies('my items');
  liaison.sees(/My items: 1[\s\S]*Petition/);
  await liaison.replies('overdue');
  liaison.sees(/Overdue: 0/);
});

it('is not in the way of questions and other words', async () => {
  const story = await startWith(draftOf(12));
  ignoreAll(story);
  const liaison = story.person('东联络');
  const questions = [
    '今晚谁值班',
    '怎么签收？',
    '签收了吗',
    '没签收',
    '别催办了',
    '我不想办',
    '0012 办结了吗',
    '催办 0012 了吗',
    '进展 怎么样了',
  ];
  for (const text of questions) {
    await liaison.replies(text);
    liaison.ignores();
  }
  expect(story.events('ItemReceived', 'ItemUrged', 'HandInDrafted')).toEqual([]);
  for (const text of ['东城区的交办件', '逾期', '拆分', '整改情况 0012']) {
    await liaison.replies(text, { isGroup: true, conversation: 'g:office' });
    liaison.sawNothing();
  }
  await liaison.replies('同意');
  liaison.sees(/没有等您答复或审批的事项/);
});

it('takes no stray words for the reason of what undoes the work of others', async () => {
  const story = await startWith(draftOf(12));
  ignoreAll(story);
  const office = story.person('冯主任');
  await office.replies('撤回交办 0012');
  office.sees(/撤回交办[\s\S]*原因：文字/);
  await office.replies('会议改到三点');
  office.sees(/可以这样用/);
  expect(itemIn(story, 12).status).toBe('handedOver');
  await office.replies('原因：与0010重复');
  office.sees(/交办已撤回[\s\S]*与0010重复/);
  ignoreAll(story);
  const liaison = story.person('东联络');
  await liaison.replies('签收 0012');
  liaison.sees(/这一件已经了结/);
});

it('takes a request said in so many words for what it is, whatever form is open', async () => {
  const story = await startWith(draftOf(12));
  ignoreAll(story);
  const liaison = story.person('东联络');
  await liaison.replies('签收');
  liaison.sees(/已签收/);
  await liaison.presses('report', /已签收/);
  liaison.sees(/报进展/);
  await liaison.replies('申请延期到9月2日，因为材料未齐');
  expect(story.events('ProgressReported')).toEqual([]);
  expect(story.events('ExtensionAsked')).toHaveLength(1);
  ignoreAll(story);
  liaison.ignores();
});
