import { expect, it } from 'vitest';
import { at, holder, settings as startSettings } from '../support/invented.ts';
import { startStory, type Story } from '../support/story.ts';

const startChecked = async (options: Parameters<typeof startStory>[0] = {}): Promise<Story> => {
  const story = await startStory(options);
  await story.clock.passes('1m');
  for (const name of ['赵主班', '西主班'] as const) {
    await story.person(name).presses('acknowledge');
    story.person(name).ignores();
  }
  story.person('东主班').sees(/查岗：请应答/);
  return story;
};

const ladderPeople = ['东主班', '东副班', '东联络', '东局长', '冯主任', '陈干事'] as const;

const ignoreAll = (story: Story): void => {
  for (const name of ladderPeople) story.person(name).ignores();
  story.group.ignores();
};

it.each([0, 1, 4, 7, 9, 11, 22, 31, 46, 61, 95])(
  'stops everything when the answer comes after %i minutes, and changes every card that was sent',
  async (minutes) => {
    const story = await startChecked();
    if (minutes > 0) await story.clock.passes(`${minutes}m`);
    ignoreAll(story);
    await story.person('东主班').replies('在岗');
    story.person('东主班').sees(minutes > 10 ? /已确认在岗（迟答）[\s\S]*东城区 10:00/ : /已确认在岗[\s\S]*东城区 10:00/);
    const [row] = story.events('AnswerRecorded').filter((one) => one.data['subject'] === 'p2');
    expect(row).toMatchObject({
      actor: story.person('东主班').id,
      data: { role: 'onDuty', isLate: minutes > 10, proof: 'acknowledgement', afterMs: minutes * 60_000 },
    });
    for (const name of ladderPeople) {
      expect(story.person(name).card(/查岗|应答|失联/)).toMatch(/已应答[\s\S]*东主班 已于 \d\d:\d\d 应答|no card|已确认在岗/);
    }
    await story.clock.passes('1h');
    expect(story.open()).toEqual([]);
  },
);

it('shows the call that the office need not make any more', async () => {
  const story = await startChecked();
  await story.clock.passes('8m30s');
  ignoreAll(story);
  await story.person('东主班').presses('acknowledge');
  story.person('东主班').sees(/已确认/);
  for (const name of ['冯主任', '陈干事'] as const) expect(story.person(name).card(/请电话查岗/)).toMatch(/^.*已应答/);
});

it('answers twice is answered once: the second time says already', async () => {
  const story = await startChecked();
  const [open] = story.open();
  const value = { action: 'acknowledge', obligationId: open!.id };
  await story.person('东主班').pressesValue(value);
  story.person('东主班').sees(/已确认在岗/);
  await story.person('东主班').pressesValue(value);
  story.person('东主班').sees(/无需重复[\s\S]*东主班/);
  await story.person('东副班').pressesValue(value);
  story.person('东副班').sees(/无需重复[\s\S]*东主班/);
  expect(story.events('AnswerRecorded').filter((row) => row.data['subject'] === 'p2')).toHaveLength(1);
});

it('takes a word to an old card for the check that is open now', async () => {
  const story = await startChecked({ settings: { policies: {} } });
  const old = { action: 'acknowledge', obligationId: story.open()[0]!.id };
  await story.person('东主班').pressesValue(old);
  story.person('东主班').sees(/已确认/);
  await story.clock.passes('30m');
  await story.person('冯主任').replies('查岗 东城区');
  story.person('冯主任').sees(/查岗已发起/);
  story.person('东主班').sees(/查岗：请应答/);
  await story.person('东主班').pressesValue(old);
  story.person('东主班').sees(/已确认在岗[\s\S]*东城区 10:30/);
  expect(story.open()).toEqual([]);
});

it('lets the second officer answer for the post, and records it as theirs', async () => {
  const story = await startChecked();
  await story.clock.passes('10m20s');
  ignoreAll(story);
  await story.person('东副班').replies('收到');
  story.person('东副班').sees(/已确认在岗/);
  expect(story.events('AnswerRecorded').at(-1)).toMatchObject({
    actor: story.person('东副班').id,
    data: { by: story.person('东副班').id, role: 'coDuty' },
  });
  expect(story.person('东主班').card(/查岗/)).toMatch(/东副班 已于/);
  await story.clock.passes('1h');
});

it('records a stand-in, does not count it, and climbs on', async () => {
  const story = await startChecked();
  await story.person('东副班').replies('东主班在岗');
  story.person('东副班').sees(/代答不作数/);
  expect(story.events('StandInRecorded')).toHaveLength(1);
  expect(story.open()).toHaveLength(1);
  await story.clock.passes('3m');
  story.person('东主班').sees(/再次查岗/);
});

it("records a colleague's answer for a post that is not theirs as a stand-in", async () => {
  const story = await startChecked();
  const value = { action: 'acknowledge', obligationId: story.open()[0]!.id };
  await story.person('西主班').pressesValue(value);
  story.person('西主班').sees(/代答不作数/);
  await story.person('东联系').replies('东主班在岗');
  story.person('东联系').sees(/代答不作数/);
  expect(story.events('StandInRecorded').map((row) => row.data['by'])).toEqual([story.person('西主班').id, story.person('东联系').id]);
  expect(story.open()).toHaveLength(1);
});

it('hears contact in any message of the officer, and goes on asking for presence', async () => {
  const story = await startChecked();
  await story.person('东主班').replies('今天谁值班');
  story.person('东主班').sees(/值班人员/);
  await story.clock.passes('1m');
  await story.person('东主班').replies('天气不错');
  story.person('东主班').sees(/尚未确认在岗/);
  expect(
    story
      .events('ContactProven')
      .filter((row) => row.data['subject'] === 'p2')
      .map((row) => row.data['proves']),
  ).toEqual(['contact', 'contact']);
  expect(story.open()).toHaveLength(1);
});

it('proves contact of everything that is theirs by any word or button, not only of what is asked about', async () => {
  const story = await startChecked();
  await story.person('东联络').replies('查岗');
  story.person('东联络').sees(/未执行/);
  await story.person('东联系').replies('求援');
  story.person('东联系').sees(/求援已发出/);
  for (const name of ['冯主任', '陈干事'] as const) story.person(name).sees(/求援！/);
  const proven = story.events('ContactProven').map((row) => row.data['subject']);
  expect(proven).toContain(story.person('东联络').id);
  expect(proven).toContain(story.person('东联系').id);
});

it('takes back a mistaken answer: the officer is asked again at once', async () => {
  const story = await startChecked();
  await story.person('东主班').presses('acknowledge');
  story.person('东主班').sees(/已确认/);
  await story.clock.passes('1m');
  await story.person('东主班').replies('撤销');
  story.person('东主班').sees(/查岗：请应答/, /已撤销[\s\S]*东城区/);
  expect(story.events('PresenceWithdrawn')).toHaveLength(1);
  expect(story.open()).toMatchObject([{ kind: 'check', subject: 'p2' }]);
  expect((await story.store.load(['wp2']))[0]?.aggregate).toMatchObject({ state: { lastPresenceAt: null } });
  await story.clock.passes('3m');
  story.person('东主班').sees(/再次查岗/);
});

it('asks for the digits again after an answer by digits was taken back', async () => {
  const story = await startStory({ settings: withCode() });
  await story.clock.passes('1m');
  for (const name of ['赵主班', '西主班', '东主班'] as const) await answerWithCode(story, name);
  await story.clock.passes('1m');
  await story.person('东主班').replies('撤销');
  story.person('东主班').sees(/查岗：请应答[\s\S]*校验码：\d{4}/, /已撤销/);
});

const withCode = () => {
  const { posts } = startSettings;
  return { posts: { ...posts, proof: 'code' as const } };
};

const answerWithCode = async (story: Story, name: '赵主班' | '西主班' | '东主班'): Promise<void> => {
  const code = /校验码：(\d{4})/u.exec(story.person(name).card(/校验码：/))?.[1] ?? '';
  story.person(name).sees(/查岗/);
  await story.person(name).replies(code);
  story.person(name).sees(/已确认在岗/);
};

it('wants the digits repeated where the campaign asks for stronger proof', async () => {
  const story = await startStory({ settings: withCode() });
  await story.clock.passes('1m');
  for (const name of ['赵主班', '西主班'] as const) await answerWithCode(story, name);
  const officer = story.person('东主班');
  officer.sees(/校验码：\d{4}/);
  await officer.replies('在岗');
  officer.sees(/请复述校验码/);
  await officer.replies('99999');
  officer.sees(/尚未确认在岗/);
  expect(story.open()).toHaveLength(1);
  expect(story.events('CodeAsked')).toHaveLength(1);
  const code = /校验码：(\d{4})/u.exec(officer.card(/校验码：/))![1]!;
  await officer.replies(`在岗 ${code}`);
  officer.sees(/已确认在岗/);
  expect(story.events('AnswerRecorded').at(-1)).toMatchObject({ data: { proof: 'code' } });
});

it('is not fooled by a question, a promise or a refusal', async () => {
  const story = await startChecked();
  for (const text of ['收到?', '谁收到了', '没收到']) {
    await story.person('东主班').replies(text);
    story.person('东主班').ignores();
  }
  expect(story.events('AnswerRecorded').filter((row) => row.data['subject'] === 'p2')).toEqual([]);
});

it('says nothing of a step that an answer has overtaken on its way', async () => {
  const story = await startChecked();
  await story.clock.passes('20m');
  story.person('东主班').ignores();
  for (const name of ['东副班', '冯主任', '陈干事'] as const) story.person(name).ignores();
  // The liaison has been decided upon, and is held for a bundle.
  expect(story.ladder(story.open()[0]!.id).at(-1)).toBe('20 liaison');
  await story.person('东主班').replies('在岗');
  story.person('东主班').sees(/已确认在岗/);
  await story.clock.passes('5m');
  story.person('东联络').sawNothing();
  expect(story.events('NoticeSent').filter((row) => row.data['to'] === story.person('东联络').id)).toEqual([]);
});

it("does not take the check of somebody else for one's own: a shift leader's post, a post whose shift is over", async () => {
  const { roster } = await import('../support/invented.ts');
  const handedOver = roster.shifts.map((shift) =>
    shift.postId === 'p2' && shift.from >= at('2021-08-27T08:30') ? { ...shift, holders: [holder('onDuty', '次日班')] } : shift,
  );
  const story = await startStory({ roster: { ...roster, shifts: handedOver } });
  await story.clock.passes('1m');
  for (const name of ['王带班', '东主班'] as const) {
    await story.person(name).replies('咕噜咕噜');
    story.person(name).sees(/可以这样用/);
    await story.person(name).replies('转下一人');
    story.person(name).sees(/不在值班岗位/);
  }
  expect(story.open()).toHaveLength(3);
  await story.person('次日班').replies('咕噜咕噜');
  story.person('次日班').sees(/查岗：请应答/, /有查岗待应答/);
  for (const name of ['赵主班', '西主班'] as const) story.person(name).ignores();
});

it('shows no letter on the card of the only post that somebody stands, whatever they stood the day before', async () => {
  const { roster } = await import('../support/invented.ts');
  const moved = roster.shifts.map((shift) =>
    shift.postId === 'p3' && shift.from < at('2021-08-27T08:30') ? { ...shift, holders: [holder('onDuty', '东主班')] } : shift,
  );
  const story = await startStory({ roster: { ...roster, shifts: moved } });
  await story.clock.passes('1m');
  expect(story.person('东主班').card(/查岗/)).not.toMatch(/短回复/);
  for (const name of ['赵主班', '东主班', '西主班'] as const) story.person(name).ignores();
});

it('takes checks back that were started by mistake for half an hour, and no longer', async () => {
  for (const [wait, isUndone] of [
    ['29m', true],
    ['31m', false],
  ] as const) {
    // at noon, when nothing is asked by itself
    const story = await startStory({ at: '2021-08-27T12:00' });
    const office = story.person('冯主任');
    await office.replies('查岗 东城区');
    office.ignores();
    await story.clock.passes(wait);
    office.ignores();
    await office.replies('撤销');
    expect([wait, story.events('ObligationWithdrawn').length]).toEqual([wait, isUndone ? 1 : 0]);
    for (const person of story.chat.everybody()) for (const seen of story.chat.seenBy(person)) seen.isRead = true;
  }
});
