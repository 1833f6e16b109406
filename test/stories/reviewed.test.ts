import { expect, it } from 'vitest';
import { holder, idOf, settings } from '../support/invented.ts';
import { startStory } from '../support/story.ts';

const minuteMs = 60_000;
type Story = Awaited<ReturnType<typeof startStory>>;

/** These stories look at one thing each: whatever else was said meanwhile is not theirs. */
const hush = (story: Story): void => {
  for (const to of story.chat.everybody()) story.personById(to).ignores();
  story.group.ignores();
};

const openOf = (story: Story, subject: string) => story.open().find((o) => o.subject === subject);

it('lets a card that is hours old answer what is open now', async () => {
  const story = await startStory();
  await story.clock.passes('1m');
  const old = openOf(story, 'p2')!;
  await story.person('东主班').presses('acknowledge');
  await story.clock.passes('5h');
  hush(story);
  await story.person('冯主任').replies('查岗东城区');
  await story.clock.passes('1s');
  const fresh = openOf(story, 'p2')!;
  expect(fresh.id).not.toBe(old.id);
  hush(story);
  await story.person('东主班').pressesValue({ action: 'acknowledge', obligationId: old.id });
  story.person('东主班').sees(/已确认在岗/);
  expect(openOf(story, 'p2')).toBeUndefined();
  await story.person('东主班').pressesValue({ action: 'acknowledge', obligationId: 'oc999' });
  story.person('东主班').sees(/卡片已失效/);
  hush(story);
});

it('confirms nothing to somebody for whom nothing is recorded', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  const rows = story.events().length;
  await story.person('周局长').replies('在岗');
  story.person('周局长').sees(/不在值班岗位/);
  await story.person('周局长').replies('不在');
  story.person('周局长').sees(/不在值班岗位/);
  expect(story.events().length).toBe(rows);
});

it('makes nobody late by an outage of its own', async () => {
  const story = await startStory();
  await story.clock.passes('1m');
  await story.clock.passesWhileAway('20m');
  await story.person('东主班').replies('在岗');
  const [answer] = story.events('AnswerRecorded').filter((row) => row.data['subject'] === 'p2');
  expect(answer!.data['isLate']).toBe(false);
  hush(story);
});

it('moves the window of those who answer after the ladder has gone on, too', async () => {
  const story = await startStory();
  await story.clock.passes('1m');
  const before = openOf(story, 'p2')!.answerBy;
  await story.clock.passesWhileAway('20m');
  await story.clock.passes('1s');
  expect(openOf(story, 'p2')!.answerBy).toBeGreaterThan(before + 15 * minuteMs);
  hush(story);
});

it('lets only the office say what a call gave', async () => {
  const story = await startStory();
  await story.clock.passes('1m');
  const check = openOf(story, 'p2')!;
  hush(story);
  await story.person('东联络').pressesValue({ action: 'recordCall', obligationId: check.id, result: 'onPost' });
  story.person('东联络').sees(/无权/);
  expect(openOf(story, 'p2')!.id).toBe(check.id);
  hush(story);
});

it("takes back one's own presence and nobody else's", async () => {
  const story = await startStory();
  await story.clock.passes('1m');
  await story.person('东主班').replies('在岗');
  await story.clock.passes('30s');
  hush(story);
  await story.person('东副班').replies('撤销');
  story.person('东副班').sees(/没有可撤销/);
  await story.person('东主班').replies('撤销');
  story.person('东主班').sees(/已撤销[\s\S]*东城区/, /查岗/);
  hush(story);
});

it('lets a liaison take a post over once; after that it takes the principal or the office', async () => {
  const story = await startStory();
  await story.clock.passes('21m');
  hush(story);
  await story.person('东联络').pressesValue({ action: 'acknowledge', obligationId: openOf(story, 'p2')!.id });
  story.person('东联络').sees(/已由您接管/);
  hush(story);
  const restore = openOf(story, 'p2')!;
  expect(restore.kind).toBe('restore');
  await story.person('东联络').pressesValue({ action: 'acknowledge', obligationId: restore.id });
  story.person('东联络').sees(/无权/);
  expect(openOf(story, 'p2')!.id).toBe(restore.id);
  hush(story);
});

it('judges nobody while the window is open, whoever passed the question on', async () => {
  const story = await startStory();
  await story.clock.passes('1m');
  const check = openOf(story, 'p2')!;
  hush(story);
  for (const name of ['东主班', '东联络', '东联络'] as const) {
    await story.person(name).pressesValue({ action: 'passOn', obligationId: check.id });
    await story.clock.passes('1s');
  }
  hush(story);
  expect(story.events('ObligationMissed').filter((row) => row.obligationId === check.id)).toEqual([]);
  await story.clock.passes('10m');
  expect(
    story
      .events('ObligationMissed')
      .filter((row) => row.obligationId === check.id)
      .map((row) => row.at),
  ).toEqual([check.answerBy]);
  hush(story);
});

it('asks whoever comes on duty in the middle of a ladder, and shows them its end', async () => {
  const story = await startStory({ at: '2021-08-28T08:15' });
  const relievedAt = settings.fromAt + 2 * 24 * 60 * minuteMs;
  await story.changeRoster((roster) => ({
    ...roster,
    version: roster.version + 1,
    shifts: roster.shifts.map((shift) =>
      shift.postId === 'p2' && shift.from >= relievedAt ? { ...shift, holders: [holder('onDuty', '西副班')] } : shift,
    ),
  }));
  await story.person('西副班').replies('接班');
  await story.person('冯主任').replies('查岗东城区');
  await story.clock.passes('30m');
  const check = openOf(story, 'p2')!;
  expect(check.asked).toEqual(expect.arrayContaining([idOf('东主班'), idOf('西副班')]));
  hush(story);
  await story.person('西副班').presses('acknowledge', /查岗/);
  expect(story.person('西副班').card(/查岗/)).toMatch(/已应答/);
  hush(story);
});

it('remembers a call for help until it is over', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  await story.person('东主班').replies('求援');
  await story.clock.passes('70m');
  hush(story);
  await story.person('东主班').replies('求援');
  story.person('东主班').sees(/求援仍在处理中/);
  await story.person('东主班').replies('撤销');
  story.person('东主班').sees(/已撤销/);
  expect(story.open().filter((o) => o.kind === 'help')).toEqual([]);
  hush(story);
});
