import { expect, it } from 'vitest';
import { holder, settings } from '../support/invented.ts';
import { createRecordingChannel } from '../support/recording-channel.ts';
import { startStory } from '../support/story.ts';

const four = ['p1', 'p2', 'p3', 'p4'] as const;

/** One officer who stands four posts. */
const startFour = async (options: Parameters<typeof startStory>[0] = {}) => {
  const { roster } = await import('../support/invented.ts');
  const posts = [...roster.posts, { id: 'p4', unitId: 'u3', name: '西城区二岗', minimumHeadcount: 1 }].map((post) => ({
    ...post,
    landline: '',
    minimumHeadcount: 1,
  }));
  const shifts = four.map((postId) => ({ postId, from: settings.fromAt, to: settings.toAt, holders: [holder('onDuty', '东主班')] }));
  const story = await startStory({ ...options, roster: { ...roster, posts, shifts } });
  await story.clock.passes('1m');
  return { story, officer: story.person('东主班') };
};

it('asks about four posts in one message that says four, and takes one reply for all four, naming them', async () => {
  const { story, officer } = await startFour();
  expect(officer.texts()).toHaveLength(1);
  officer.sees(/4 项[\s\S]*市局值班室[\s\S]*东城区[\s\S]*西城区[\s\S]*西城区二岗/);
  await officer.replies('收到');
  officer.sees(/已确认在岗[\s\S]*市局值班室 10:00、东城区 10:00、西城区 10:00、西城区二岗 10:00/);
  expect(officer.texts()).toHaveLength(2);
  expect(officer.card(/4 项/)).not.toMatch(/\[在岗\]/);
  expect(story.open()).toEqual([]);
});

it('takes the one button of the bundle for all four', async () => {
  const { story, officer } = await startFour();
  officer.ignores();
  await officer.presses('acknowledge');
  officer.sees(/已确认在岗[\s\S]*市局值班室[\s\S]*西城区二岗/);
  expect(story.open()).toEqual([]);
});

it('answers one alone by its letter, the others go on; the same letter again says already, a letter of nobody is refused', async () => {
  const { story, officer } = await startFour();
  officer.sees(/1a · 市局值班室[\s\S]*1b · 东城区/);
  for (const [text, left] of [
    ['1b', ['p1', 'p3', 'p4']],
    ["'1c'", ['p1', 'p4']],
    ['1 a', ['p4']],
  ] as const) {
    await officer.replies(text);
    officer.sees(/已确认在岗/);
    expect(
      story
        .open()
        .map((o) => o.subject)
        .toSorted(),
    ).toEqual(left);
  }
  await officer.replies('1b');
  officer.sees(/无需重复/);
  await officer.replies('1z');
  officer.sees(/未执行/);
  expect(story.open().map((o) => o.subject)).toEqual(['p4']);
  await story.clock.passes('30m');
  for (const name of ['冯主任', '陈干事', '西联络'] as const) story.person(name).ignores();
  officer.ignores();
  // The letter means the post: it may be used again for the next check.
  await story.person('冯主任').replies('查岗 东城区');
  story.person('冯主任').sees(/已发起/);
  officer.sees(/查岗/);
  await officer.replies('1b');
  officer.sees(/已确认在岗[\s\S]*东城区 10:30/);
  story.person('冯主任').ignores();
});

it('shows the digits of each of several checks, and one run of digits answers its own', async () => {
  const { story, officer } = await startFour({ settings: { posts: { ...settings.posts, proof: 'code' } } });
  const codes = [...officer.card().matchAll(/校验码：?\s?(\d{4})/gu)].map(([, code]) => code!);
  expect(new Set(codes).size).toBe(4);
  officer.ignores();
  await officer.replies(codes[1]!);
  officer.sees(/已确认在岗[\s\S]*东城区/);
  expect(
    story
      .open()
      .map((o) => o.subject)
      .toSorted(),
  ).toEqual(['p1', 'p3', 'p4']);
});

it('sends what one channel refuses for good through the next, and tries again what failed for a moment', async () => {
  const sms: ReturnType<typeof createRecordingChannel>[] = [];
  const story = await startStory({
    channels: (now) => {
      sms.push(createRecordingChannel('sms', now, { vias: ['sms'], canUpdate: false, canReachGroups: false }));
      return sms;
    },
  });
  story.person('东主班').channelAnswers({ status: 'permanent', code: 'blocked' });
  story.person('西主班').channelAnswers({ status: 'transient', code: 'busy' });
  await story.clock.passes('1m');
  story.person('赵主班').ignores();
  const failures = () => story.events('NoticeFailed').map((row) => [row.data['to'], row.data['code']]);
  expect(failures()).toEqual([
    [story.person('东主班').id, 'blocked'],
    [story.person('西主班').id, 'busy'],
  ]);
  await story.clock.passes('6m');
  expect(sms[0]!.seenBy(story.person('东主班').id)).toHaveLength(1);
  story.person('赵主班').ignores();
});

it('counts a miss against the officer only if the officer was reached', async () => {
  const story = await startStory();
  story.person('东主班').channelAnswers({ status: 'permanent', code: 'blocked' });
  await story.clock.passes('32m');
  const missed = Object.fromEntries(story.events('ObligationMissed').map((row) => [row.data['subject'], row.data['isDelivered']]));
  expect(missed).toEqual({ p1: true, p2: false, p3: true });
  for (const to of story.chat.everybody()) (to.startsWith('g:') ? story.group : story.personById(to)).ignores();
});

it('answers by the call that the office made: no more calls, and the cards say so', async () => {
  const story = await startStory();
  await story.clock.passes('1m');
  for (const name of ['赵主班', '西主班'] as const) await story.person(name).presses('acknowledge');
  await story.clock.passes('8m20s');
  await story.person('冯主任').presses('recordCall', /请电话查岗/, 'noAnswer');
  story.person('冯主任').sees(/请电话查岗/, /已记录通话结果：无人接听/);
  expect(story.open()).toMatchObject([{ callResult: 'noAnswer', isDelivered: true }]);
  await story.person('陈干事').presses('recordCall', /请电话查岗/, 'onPost');
  story.person('陈干事').sees(/请电话查岗/, /通话结果：在岗/);
  expect(story.events('AnswerRecorded').at(-1)).toMatchObject({
    actor: story.person('陈干事').id,
    data: { by: story.person('东主班').id, proof: 'call' },
  });
  expect(story.open()).toEqual([]);
  expect(story.person('冯主任').card(/请电话查岗/)).toMatch(/已应答/);
  for (const name of ['赵主班', '西主班', '东主班'] as const) story.person(name).ignores();
  await story.clock.passes('1h');
});

it('passes on to somebody else at once, and says when there is nobody left', async () => {
  const story = await startStory();
  await story.clock.passes('1m');
  for (const name of ['东主班', '西主班'] as const) await story.person(name).presses('acknowledge');
  await story.person('赵主班').replies('转下一人');
  story.person('赵主班').sees(/查岗/, /已转下一人/);
  // The landline beside the officer is nobody else.
  story.person('钱副班').sees(/请代本岗应答/);
  await story.clock.passes('20s');
  story.person('王带班').sees(/查岗无应答/);
  for (const [name, next] of [
    ['王带班', '孙联络'],
    ['孙联络', '冯主任'],
    ['冯主任', '周局长'],
  ] as const) {
    await story.person(name).presses('passOn', /查岗无应答|岗位失联/);
    story.person(name).sees(/已转下一人/);
    await story.clock.passes('20s');
    story.person(next).sees(/查岗无应答|岗位失联/);
  }
  await story.person('周局长').presses('passOn', /查岗无应答|岗位失联/);
  story.person('周局长').sees(/已转下一人/);
  await story.clock.passes('20s');
  story.group.sees(/查岗无应答/);
  await story.person('周局长').presses('passOn', /查岗无应答|岗位失联/);
  story.person('周局长').sees(/没有下一人/);
  for (const name of ['东主班', '西主班', '陈干事'] as const) story.person(name).ignores();
});

it('asks the second officer at once when the one who was asked says with a button that they cannot', async () => {
  const story = await startStory();
  await story.clock.passes('1m');
  for (const name of ['赵主班', '西主班'] as const) await story.person(name).presses('acknowledge');
  await story.person('东主班').presses('passOn', /查岗：请应答/);
  story.person('东主班').sees(/查岗/, /已转下一人[\s\S]*东城区 10:00/);
  story.person('东副班').sees(/请代本岗应答/);
  expect(story.ladder(story.open()[0]!.id).at(-1)).toBe('0 coDuty,shiftLeader');
  await story.person('东副班').presses('acknowledge');
  story.person('东副班').sees(/已确认在岗/);
  expect(story.open()).toEqual([]);
  expect(story.person('东主班').card(/查岗/)).toMatch(/已应答/);
  for (const name of ['赵主班', '西主班'] as const) story.person(name).ignores();
});

it('passes on all four with the one button of the card that speaks of four, naming them', async () => {
  const { story, officer } = await startFour();
  officer.ignores();
  await officer.presses('passOn');
  officer.sees(/已转下一人[\s\S]*市局值班室 10:00、东城区 10:00、西城区 10:00、西城区二岗 10:00/);
  for (const o of story.open()) expect(story.ladder(o.id).at(-1)).toMatch(/^0 liaison/u);
  await story.clock.passes('20s');
  for (const name of ['孙联络', '东联络', '西联络'] as const) story.person(name).sees(/./u);
});
