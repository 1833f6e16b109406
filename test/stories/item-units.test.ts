import { expect, it } from 'vitest';
import { handOver } from '../../src/app/items/intake/hand-over.ts';
import { draftOf, ignoreAll, itemIn, startWith } from '../support/item-stories.ts';

it('tells a unit that a correction takes out of a case, and no other', async () => {
  const story = await startWith(draftOf(12, { unitIds: ['u2', 'u3'] }));
  ignoreAll(story);
  await handOver(story.world, { drafts: [], corrections: [{ itemId: draftOf(12).id, correction: { unitIds: ['u2'] } }] });
  await story.clock.passes('1m');
  const gone = story.person('西联络');
  gone.sees(/此件已改由其他单位办理，本单位不再承办[\s\S]*D2SD202108280012/);
  expect(gone.texts().at(-1)).not.toMatch(/\[签收\]/);
  story.person('东联络').sees(/交办内容已更正/);
  expect(story.person('东联络').texts().join()).not.toContain('不再承办');
  expect(story.open().filter(({ itemId, subject }) => itemId === draftOf(12).id && subject === 'u3')).toEqual([]);
  expect(story.events('ObligationWithdrawn')).toMatchObject([{ data: { subject: 'u3', reason: 'unitReleased' } }]);
  ignoreAll(story);
});

it('ends what a helper still had to receive as the case is closed, and says why', async () => {
  const story = await startWith(draftOf(12, { kind: 'unitPeople', unitIds: ['u2', 'u3'] }));
  ignoreAll(story);
  const liaison = story.person('东联络');
  await liaison.replies('签收 0012');
  await liaison.pressesValue({ action: 'draft', itemId: draftOf(12).id, outcome: 'done', text: '已报' });
  await liaison.replies('报送 0012');
  await story.clock.reaches('2021-08-29T09:31');
  ignoreAll(story);
  await story.person('冯主任').pressesValue({ action: 'accept', itemId: draftOf(12).id });
  await story.person('陈干事').pressesValue({ action: 'close', itemId: draftOf(12).id });
  expect(itemIn(story, 12).status).toBe('closed');
  await story.clock.passes('1m');
  const helper = story.person('西联络');
  helper.sees(/已销号[\s\S]*D2SD202108280012/);
  expect(helper.card(/待签收\nD2SD/)).toMatch(/已了结：签收[\s\S]*此件已销号/);
  expect(story.events('ObligationWithdrawn')).toMatchObject([{ data: { subject: 'u3', kind: 'receipt', reason: 'itemClosed' } }]);
  ignoreAll(story);
});

it('takes a hand-in once from whoever presses the very same twice, and answered alike', async () => {
  const story = await startWith(draftOf(12, { kind: 'unitPeople', unitIds: ['u2'] }));
  ignoreAll(story);
  const liaison = story.person('东联络');
  await liaison.pressesValue({ action: 'receiveItem', itemId: draftOf(12).id });
  liaison.sees(/已签收/);
  const draft = { action: 'draft', itemId: draftOf(12).id, outcome: 'done', text: '已报' };
  for (const _ of ['once', 'and again']) {
    await liaison.pressesValue(draft);
    liaison.sees(/^报送件已填写[\s\S]*第 1 版/);
  }
  // and whoever is to look after it hears of it once
  story.person('东联系').sees(/^报送件已填写/);
  expect(itemIn(story, 12).versions).toHaveLength(1);
  expect(story.events('HandInDrafted')).toHaveLength(1);
});

it('takes progress once that arrives over two channels, answered alike on both', async () => {
  const story = await startWith(draftOf(12, { kind: 'unitPeople', unitIds: ['u2'] }));
  ignoreAll(story);
  const liaison = story.person('东联络');
  await liaison.replies('签收 0012');
  liaison.sees(/已签收/);
  for (const channel of ['webchat', 'wecom']) {
    await liaison.replies('进展 0012 已到现场', { channel });
    liaison.sees(/^已报进展/);
  }
  expect(itemIn(story, 12).reports).toMatchObject([{ text: '已到现场' }]);
  expect(story.events('ProgressReported')).toHaveLength(1);
});
