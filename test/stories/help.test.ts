import { expect, it } from 'vitest';
import { startStory } from '../support/story.ts';

const alerted = ['钱副班', '冯主任', '陈干事'] as const;

it('acts at once on the word, skips every delay, and ends with an all-clear that everybody hears', async () => {
  const story = await startStory({ at: '2021-08-27T03:00' });
  await story.person('赵主班').replies('求援');
  story.person('赵主班').sees(/求援已发出[\s\S]*钱副班、冯主任、陈干事/);
  for (const name of alerted) story.person(name).sees(/求援！[\s\S]*赵主班 在 市局值班室 求援/);
  await story.clock.passes('1m');
  for (const name of alerted) story.person(name).sees(/求援！/);
  await story.clock.passes('1m');
  for (const name of alerted) story.person(name).sees(/求援！/);
  await story.clock.passes('90s');
  story.person('周局长').sees(/求援！/);
  await story.clock.passes('90s');
  // The night is no reason to be quiet.
  story.group.sees(/求援！/);
  await story.person('赵主班').replies('撤销');
  story.person('赵主班').sees(/已撤销/);
  for (const name of [...alerted, '周局长'] as const) story.person(name).sees(/求援解除/);
  story.group.sees(/求援解除/);
  expect(story.open()).toEqual([]);
  await story.clock.passes('2h');
});

it('asks first when somebody types a 3, and takes a second 3, a yes or the button as meant', async () => {
  for (const consent of ['3', '是的', '是', 'yes']) {
    const story = await startStory();
    const officer = story.person('东主班');
    await officer.replies('3');
    officer.sees(/您要求援吗/);
    expect(story.open()).toEqual([]);
    await officer.replies(consent);
    officer.sees(/求援已发出/);
    for (const name of ['东副班', '冯主任', '陈干事'] as const) story.person(name).sees(/求援！/);
  }
  const story = await startStory();
  await story.person('东主班').replies('3');
  story.person('东主班').sees(/您要求援吗/);
  await story.person('东主班').presses('help');
  story.person('东主班').sees(/求援已发出/);
  for (const name of ['东副班', '冯主任', '陈干事'] as const) story.person(name).sees(/求援！/);
});

it('forgets the question after five minutes, and at a no', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  const officer = story.person('东主班');
  await officer.replies('3');
  await officer.replies('不是');
  officer.sees(/您要求援吗/, /已撤销/);
  await officer.replies('3');
  officer.sees(/您要求援吗/);
  await story.clock.passes('6m');
  await officer.replies('3');
  officer.sees(/您要求援吗/);
  await story.clock.passes('5m');
  await officer.replies('是');
  officer.ignores();
  expect(story.events('ObligationOpened')).toEqual([]);
  expect(story.open()).toEqual([]);
});

it('tells the caller who comes, and the others that somebody has it', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  await story.person('赵主班').replies('求援');
  for (const name of [...alerted, '赵主班'] as const) story.person(name).ignores();
  await story.person('冯主任').presses('acknowledge', /求援！/);
  story.person('冯主任').sees(/已由您接管/);
  expect(story.person('冯主任').texts().at(-1)).not.toMatch(/30分钟/);
  story.person('赵主班').sees(/已接管[\s\S]*冯主任/);
  for (const name of ['钱副班', '陈干事'] as const) {
    story.person(name).sees(/已接管[\s\S]*冯主任/);
    expect(story.person(name).card(/求援！/)).not.toMatch(/\[我来接管\]/);
  }
  await story.person('赵主班').replies('撤销');
  story.person('赵主班').sees(/没有可撤销/);
});

it('is not answered by the one who calls', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  await story.person('冯主任').replies('求援');
  story.person('冯主任').sees(/求援已发出/);
  story.person('陈干事').sees(/求援！/);
  await story.person('冯主任').pressesValue({ action: 'acknowledge', obligationId: story.open()[0]!.id });
  story.person('冯主任').sees(/须由他人响应/);
  await story.person('冯主任').replies('求援');
  story.person('冯主任').sees(/求援仍在处理中/);
  expect(story.open()).toHaveLength(1);
});
