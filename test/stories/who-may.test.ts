import { expect, it } from 'vitest';
import { startStory } from '../support/story.ts';

const startMissed = async () => {
  const story = await startStory();
  await story.clock.passes('1m');
  for (const name of ['赵主班', '西主班'] as const) {
    await story.person(name).presses('acknowledge');
    story.person(name).ignores();
  }
  await story.clock.passes('46m');
  for (const name of ['东主班', '东副班', '东联络', '东局长', '冯主任', '陈干事'] as const) story.person(name).ignores();
  return { story, value: { action: 'acknowledge', obligationId: story.open()[0]!.id } };
};

it.each(['东联络', '东联系', '东局长', '冯主任', '陈干事'] as const)('lets %s take over what the post does not answer', async (name) => {
  const { story, value } = await startMissed();
  await story.person(name).pressesValue(value);
  story.person(name).sees(/已由您接管/);
  expect(story.obligations().find((o) => o.id === value.obligationId)).toMatchObject({
    status: 'takenOver',
    endedBy: story.person(name).id,
  });
  expect(story.open()).toMatchObject([{ kind: 'restore', subject: 'p2', openedBy: story.person(name).id }]);
  for (const one of ['东主班', '东副班'] as const) story.person(one).sees(/请恢复值守/);
  await story.clock.passes('20s');
  story.person('东联络').ignores();
});

it.each(['西联络', '西主班', '西局长', '李联系', '王带班'] as const)('refuses %s, who has no part in it', async (name) => {
  const { story, value } = await startMissed();
  await story.person(name).pressesValue(value);
  expect(story.open().map((o) => o.id)).toEqual([value.obligationId]);
  story.person(name).ignores();
  await story.person(name).pressesValue({ ...value, action: 'passOn' });
  story.person(name).sees(/无权/);
  await story.person(name).pressesValue({ ...value, action: 'recordCall', result: 'onPost' });
  story.person(name).sees(/无权/);
  expect(story.events('AnswerRecorded').filter((row) => row.data['subject'] === 'p2')).toEqual([]);
});

it('gives an unknown or a disabled person nothing, and lets nothing happen', async () => {
  const { story, value } = await startMissed();
  await story.changeOrganisation((organisation) => ({
    ...organisation,
    people: organisation.people.map((person) => (person.name === '东局长' ? { ...person, isDisabled: true } : person)),
  }));
  const before = story.events().length;
  for (const stranger of [story.personById('m999'), story.person('东局长')]) {
    for (const text of ['在岗', '求援', '查岗', '帮助', '不在', '撤销', '3']) await stranger.replies(text);
    for (const action of ['acknowledge', 'help', 'notOnPost', 'passOn', 'undo']) await stranger.pressesValue({ ...value, action });
    stranger.sawNothing();
  }
  expect(story.events()).toHaveLength(before);
  expect(story.open()).toHaveLength(1);
});

it('helps a known person who writes nonsense, and says nothing of it in a group', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  await story.person('西联系').replies('咕噜咕噜');
  story.person('西联系').sees(/可以这样用/);
  await story.person('西局长').replies('咕噜咕噜', { isGroup: true, conversation: 'g:office' });
  story.person('西局长').sawNothing();
  story.group.sawNothing();
});

it('is not moved by made-up buttons', async () => {
  const { story } = await startMissed();
  for (const value of [
    { action: 'acknowledge', obligationId: 'ocp9.zzz' },
    { action: 'fire' },
    { action: 'recordCall', obligationId: 'x', result: 'onPost' },
    { action: 'recordCall', obligationId: story.open()[0]!.id, result: 'asleep' },
    { action: 'acknowledge', obligationId: 'k' },
  ]) {
    await story.person('冯主任').pressesValue(value);
    story.person('冯主任').ignores();
  }
  expect(story.open()).toHaveLength(1);
  expect(story.open()[0]!.kind).toBe('check');
});

it('starts a check for the office and for shift leaders, for nobody else', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  await story.person('东局长').replies('查岗 东城区');
  story.person('东局长').sees(/无权/);
  await story.person('王带班').replies('查岗 西城区');
  story.person('王带班').sees(/查岗已发起[\s\S]*1 个岗位[\s\S]*西城区/);
  story.person('西主班').sees(/查岗/);
  await story.person('西主班').presses('acknowledge');
  story.person('西主班').sees(/已确认/);
  await story.clock.passes('1m');
  await story.person('冯主任').replies('全员查岗');
  story.person('冯主任').sees(/3 个岗位/);
  for (const name of ['赵主班', '东主班', '西主班'] as const) story.person(name).sees(/查岗/);
  await story.person('冯主任').replies('撤销');
  story.person('冯主任').sees(/已撤销[\s\S]*3/);
  for (const name of ['赵主班', '东主班', '西主班'] as const) expect(story.person(name).card(/查岗/)).toMatch(/已撤回[\s\S]*发起人撤回/);
  expect(story.open()).toEqual([]);
  await story.clock.passes('1h');
});

it('tells the office of silence in a check that the office itself has started', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  await story.changeOrganisation((organisation) => ({
    ...organisation,
    appointments: organisation.appointments.filter((one) => one.personId !== story.person('陈干事').id),
  }));
  await story.person('冯主任').replies('查岗 东城区');
  story.person('冯主任').sees(/查岗已发起/);
  await story.clock.passes('31m');
  story.person('冯主任').sees(/请电话查岗/, /岗位失联/);
  await story.clock.passes('30m');
  story.person('冯主任').sees(/岗位失联/);
  for (const name of ['东主班', '东副班', '东联络', '东局长'] as const) story.person(name).ignores();
  story.group.ignores();
});
