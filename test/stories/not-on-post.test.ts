import { expect, it } from 'vitest';
import { holder } from '../support/invented.ts';
import { startStory } from '../support/story.ts';

const startAsked = async () => {
  const story = await startStory();
  await story.clock.passes('1m');
  for (const name of ['赵主班', '西主班'] as const) {
    await story.person(name).presses('acknowledge');
    story.person(name).ignores();
  }
  story.person('东主班').sees(/查岗/);
  return story;
};

it('opens an empty post at once when the officer is not there, at the step of the second officer and the shift leader', async () => {
  const story = await startAsked();
  await story.person('东主班').replies('不在');
  story.person('东主班').sees(/已记录：不在岗[\s\S]*东副班/);
  story.person('东副班').sees(/本岗无人[\s\S]*东主班 报告不在岗/);
  expect(story.open()).toMatchObject([{ kind: 'postEmpty', subject: 'p2', openedBy: story.person('东主班').id }]);
  expect(story.obligations().find((o) => o.kind === 'check' && o.subject === 'p2')).toMatchObject({
    status: 'withdrawn',
    endReason: 'notOnPost',
  });
  expect(story.person('东主班').card(/查岗：/)).toMatch(/已撤回[\s\S]*不在岗/);
  expect(story.events('ContactProven').at(-1)).toMatchObject({ data: { subject: 'p2', proves: 'contact' } });
  await story.clock.passes('10m20s');
  story.person('东联络').sees(/岗位无人/);
  await story.person('东副班').replies('在岗');
  story.person('东副班').sees(/已确认在岗/);
  expect(story.open()).toEqual([]);
  expect(story.person('东联络').card()).toMatch(/已应答[\s\S]*东副班/);
});

it('asks the first officer when it is the second who is not there', async () => {
  const story = await startAsked();
  await story.person('东副班').replies('不在岗');
  story.person('东副班').sees(/已记录：不在岗[\s\S]*东主班/);
  story.person('东主班').sees(/本岗无人[\s\S]*东副班 报告不在岗/);
  await story.person('东主班').presses('acknowledge', /本岗无人/);
  story.person('东主班').sees(/已确认在岗/);
  expect(story.open()).toEqual([]);
});

it('goes up the ladder at once when neither of the two is there', async () => {
  const story = await startAsked();
  await story.person('东主班').presses('notOnPost');
  story.person('东主班').sees(/已记录：不在岗/);
  story.person('东副班').sees(/本岗无人/);
  await story.person('东副班').presses('notOnPost');
  story.person('东副班').sees(/已记录：不在岗[\s\S]*东联络/);
  await story.clock.passes('20s');
  story.person('东联络').sees(/岗位无人/);
});

it('is over when the officer comes back', async () => {
  const story = await startAsked();
  await story.person('东主班').replies('马上到');
  story.person('东主班').sees(/已记录：不在岗/);
  story.person('东副班').sees(/本岗无人/);
  await story.clock.passes('5m');
  await story.person('东主班').replies('已到岗');
  story.person('东主班').sees(/已确认在岗/);
  expect(story.person('东副班').card()).toMatch(/已应答[\s\S]*东主班/);
  await story.clock.passes('1h');
});

it('tells the shift leader too, where there is one', async () => {
  const story = await startAsked();
  await story.clock.passes('1h');
  await story.person('赵主班').replies('不在');
  story.person('赵主班').sees(/已记录：不在岗[\s\S]*钱副班、王带班/);
  story.person('钱副班').sees(/本岗无人/);
  await story.clock.passes('20s');
  story.person('王带班').sees(/岗位无人/);
  for (const name of ['东主班', '东副班', '东联络', '东局长', '冯主任', '陈干事'] as const) story.person(name).ignores();
  story.group.ignores();
});

it('speaks of the one post whose button was pressed, and of every post when it is said in words', async () => {
  const story = await startStory({ at: '2021-08-27T09:30' });
  await story.changeRoster((roster) => ({
    ...roster,
    shifts: roster.shifts.map((shift) =>
      shift.postId === 'p3' ? { ...shift, holders: [holder('onDuty', '东主班'), holder('coDuty', '西副班')] } : shift,
    ),
  }));
  await story.person('东主班').replies('接班');
  story.person('东主班').sees(/请接班：西城区/, /已接班/);
  await story.clock.reaches('2021-08-27T10:00');
  story.group.sees(/值班交接[\s\S]*西城区：主班 东主班/);
  for (const name of ['赵主班', '西主班', '西副班'] as const) story.person(name).ignores();
  story.person('东主班').sees(/2 项/);
  const of = (subject: string) => story.open().find((o) => o.subject === subject)!;
  await story.person('东主班').pressesValue({ action: 'notOnPost', obligationId: of('p3').id });
  story.person('东主班').sees(/已记录：不在岗/);
  story.person('西副班').sees(/本岗无人/);
  expect(of('p2').kind).toBe('check');
  await story.person('东主班').replies('不在');
  story.person('东主班').sees(/已记录：不在岗/);
  story.person('东副班').sees(/本岗无人/);
  expect(of('p2').kind).toBe('postEmpty');
});
