import { expect, it } from 'vitest';
import { holdersAt } from '../../src/domain/organisation/directory.ts';
import { at, holder as stands, idOf, roster } from '../support/invented.ts';
import { startStory } from '../support/story.ts';

/** Leave, swaps and covers as people ask for them and answer them. */

const onPost = ({ world }: Awaited<ReturnType<typeof startStory>>, postId: string, when: string): readonly string[] =>
  holdersAt(world.directory, postId, at(when)).map(({ personId }) => world.directory.people.get(personId)!.name);

it('grants a leave once the substitute has accepted and the head of the unit has approved, and not before', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  const [holder, substitute, head, liaison] = [
    story.person('东主班'),
    story.person('次日班'),
    story.person('东局长'),
    story.person('东联络'),
  ];
  await holder.replies('明天请假一天，由次日班替班');
  holder.sees(
    /请确认请假申请[\s\S]*东主班，次日班替班[\s\S]*东城区 主班 8月28日周六 08:30–8月29日周日 08:30（24 小时）[\s\S]*审批：东局长/,
  );
  expect(story.open()).toEqual([]);
  await holder.presses('confirmDuty');
  holder.sees(/申请已提交[\s\S]*东主班仍在岗值班/);
  substitute.sees(/东主班请假，请您替班，请答复[\s\S]*请在 8月27日周五 16:00 前答复[\s\S]*\[答应\]/);
  expect(onPost(story, 'p2', '2021-08-28T12:00')).toEqual(['东主班', '东副班']);
  head.sawNothing();
  // Nobody accepts for another, nor approves their own.
  await holder.pressesValue({ action: 'acceptDuty', requestId: `q${idOf('东主班')}.${at('2021-08-27T12:00').toString(36)}` });
  holder.sees(/不能代为答应/);
  await substitute.presses('acceptDuty');
  substitute.sees(/等待审批/);
  holder.sees(/对方已答应，等待审批[\s\S]*东主班仍在岗值班/);
  head.sees(/待审批：东主班的请假[\s\S]*规则核对[\s\S]*次日班前后七天共 0 班[\s\S]*\[同意\]/);
  await head.presses('approveDuty');
  head.sees(/请假已生效/);
  for (const person of [holder, substitute, liaison]) person.sees(/请假已生效/);
  expect(onPost(story, 'p2', '2021-08-28T12:00').toSorted()).toEqual(['东副班', '次日班']);
  expect(onPost(story, 'p2', '2021-08-29T12:00')).toEqual(['东主班', '东副班']);
  // The version of the roster is whose word made it.
  expect(story.events('RosterOverridden')).toMatchObject([{ actor: idOf('东局长'), channel: 'webchat' }]);
  const requestId = story.events('RequestAsked')[0]!.itemId!;
  await substitute.pressesValue({ action: 'acceptDuty', requestId });
  substitute.sees(/此前已办理，不重复记录（请假：已生效）/);
  await head.pressesValue({ action: 'approveDuty', requestId });
  head.sees(/此前已办理，不重复记录（请假：已生效）/);
  expect(story.events('RequestTookEffect')).toHaveLength(1);
  expect(story.open()).toEqual([]);
  // The cards that asked say how it ended, and ask for nothing any more.
  expect(substitute.card(/请假，请您替班/)).not.toMatch(/\[答应\]/);
  expect(head.card(/待审批/)).not.toMatch(/\[同意\]/);
});

it('asks for what a sentence leaves open, with buttons, and answers by word', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  const [holder, substitute, head] = [story.person('东主班'), story.person('次日班'), story.person('东局长')];
  await holder.replies('我想请假');
  holder.sees(/请选择班次[\s\S]*东城区 主班 8月27日周五/);
  await holder.replies('9月3日请假，家里有事');
  holder.sees(/请选择替班人[\s\S]*次日班/);
  await holder.replies('次日班');
  holder.sees(/请确认请假申请/);
  await holder.replies('是');
  holder.sees(/申请已提交/);
  substitute.sees(/请假，请您替班/);
  await substitute.replies('不能替，有事');
  substitute.sees(/已答复：不能替班/);
  holder.sees(/请选定替班人[\s\S]*\[请次日班替\]/);
  const requestId = story.events('RequestAsked')[0]!.itemId!;
  await holder.pressesValue({ action: 'nameDuty', requestId, personId: idOf('次日班') });
  holder.sees(/已请次日班替班/);
  substitute.sees(/请假，请您替班/);
  await substitute.replies('可以');
  substitute.sees(/等待审批/);
  holder.sees(/对方已答应/);
  head.sees(/待审批/);
  await head.replies('不同意');
  head.sees(/请填写不同意的原因/);
  await head.replies('不同意 因为人手不够');
  head.sees(/请假未通过[\s\S]*原因：人手不够/);
  for (const person of [holder, substitute]) person.sees(/请假未通过[\s\S]*人手不够/);
  expect(onPost(story, 'p2', '2021-09-03T12:00')).toEqual(['东主班', '东副班']);
  await holder.replies('我的申请');
  holder.sees(/我的申请[\s\S]*请假：东主班 → 次日班[\s\S]*未通过/);
});

it('takes what is typed next for the reason that was asked for, and nothing else', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  const [holder, substitute, head] = [story.person('东主班'), story.person('次日班'), story.person('东局长')];
  await holder.replies('9月3日请假，由次日班替班');
  await holder.replies('是');
  await substitute.replies('答应');
  await head.replies('不同意');
  head.sees(/请填写不同意的原因/);
  await head.replies('今晚谁值班');
  head.sees(/值班人员/);
  await head.replies('人手够不够啊？');
  head.sees(/可以这样用/);
  expect(story.events('RequestRefused')).toEqual([]);
  await head.replies('那几天人手紧张');
  head.sees(/请假未通过[\s\S]*原因：那几天人手紧张/);
  expect(story.events('RequestRefused')).toMatchObject([{ actor: idOf('东局长') }]);
  await head.replies('那几天人手紧张');
  expect(head.texts().at(-1)).toMatch(/可以这样用/);
  for (const person of [holder, substitute, head]) person.ignores();
});

it('begins a leave when the shift that is kept before it ends', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  const holder = story.person('东主班');
  // Every day the same two: the shift of the second lasts until half past eight of the third, and is not given away.
  await holder.replies('9月3日请假，由次日班替班');
  holder.sees(/交出：东城区 主班 9月3日周五 08:30[^\n]*\n离岗期间：9月3日周五 08:30–9月4日周六 00:00/);
  await holder.replies('否');
  holder.ignores();
});

it('says that a leave which has begun cannot be taken back', async () => {
  const story = await startStory({ at: '2021-08-28T09:00' });
  const [holder, substitute, head] = [story.person('东主班'), story.person('次日班'), story.person('东局长')];
  await holder.replies('今天的班由次日班替');
  await holder.replies('是');
  await substitute.replies('答应');
  await head.replies('同意');
  await holder.replies('撤销请假');
  expect(holder.texts().join()).toMatch(/第一班已经开始，不能取消/);
  for (const person of [holder, substitute, head, story.person('东联络'), story.person('东副班')]) person.ignores();
  story.group.ignores();
});

it('keeps the holder on duty while a request is open, tells them so, and takes a late approval from then on', async () => {
  const story = await startStory({ at: '2021-08-28T06:00' });
  const [holder, substitute, head] = [story.person('东主班'), story.person('次日班'), story.person('东局长')];
  await holder.replies('次日班今天替我');
  await holder.presses('confirmDuty');
  await substitute.presses('acceptDuty');
  await story.clock.reaches('2021-08-28T08:30');
  holder.ignores();
  expect(holder.texts().some((text) => /请继续在岗：替班尚未获准/.test(text))).toBe(true);
  expect(onPost(story, 'p2', '2021-08-28T08:30')).toContain('东主班');
  await story.clock.reaches('2021-08-28T10:01');
  await head.presses('approveDuty');
  // The check of ten o'clock is open: it goes on with whoever takes the post over.
  expect(substitute.texts().join()).toMatch(/替班已生效[\s\S]*8月28日周六 10:01–8月29日周日 08:30/);
  await substitute.replies('在岗');
  expect(onPost(story, 'p2', '2021-08-28T10:02')).toEqual(['东副班', '次日班']);
  expect(story.events('AnswerRecorded').some(({ data }) => data['by'] === idOf('次日班') && data['subject'] === 'p2')).toBe(true);
  for (const to of story.chat.everybody()) (to.startsWith('g:') ? story.group : story.personById(to)).ignores();
});

it('expires with the end of the shift, and climbs meanwhile', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  const holder = story.person('东主班');
  await holder.replies('次日班今晚替我');
  holder.sees(/请确认替班申请[\s\S]*东城区 主班 8月27日周五 18:00–8月28日周六 08:30/);
  await holder.presses('confirmDuty');
  await story.clock.passes('5h');
  expect(
    story
      .person('次日班')
      .texts()
      .filter((text) => /请您替班/.test(text)).length,
  ).toBeGreaterThan(2);
  expect(story.person('东联络').texts().join()).toMatch(/次日班仍未答复/);
  expect(story.person('冯主任').texts().join()).toMatch(/次日班仍未答复/);
  await story.clock.reaches('2021-08-28T08:31');
  expect(holder.texts().join()).toMatch(/替班申请已过期/);
  expect(story.events('RequestExpired')).toHaveLength(1);
  expect(story.open().filter(({ itemId }) => itemId?.startsWith('q'))).toEqual([]);
  for (const to of story.chat.everybody()) (to.startsWith('g:') ? story.group : story.personById(to)).ignores();
});

it('swaps one shift for another by consent of the shift leader, and says which rule a swap would break', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  const [first, second] = [story.person('东主班'), story.person('西主班')];
  await first.replies('和东副班换9月3日的班');
  first.sees(/请选择换回的班次|未办理/);
  await first.replies('由西主班替我9月3日的班');
  first.sees(/请选择替班人[\s\S]*不符合值班规则：西主班同一时间在 西城区[\s\S]*\[次日班/);
  await first.replies('9月3日王带班替我');
  first.ignores();
  second.sawNothing();
});

it('takes leave of a standing contact, and what they owe goes to the substitute', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  const [holder, substitute, head] = [story.person('东联络'), story.person('东联系'), story.person('东局长')];
  await holder.replies('8月30日到9月1日请假 东联系');
  holder.sees(/离岗期间：8月30日周一 00:00–9月2日周四 00:00，联系职责由东联系代管/);
  await holder.presses('confirmDuty');
  await substitute.presses('acceptDuty');
  await head.presses('approveDuty');
  await holder.replies('撤销请假');
  holder.ignores();
  expect(story.events('RequestUndone')).toHaveLength(1);
  for (const to of story.chat.everybody()) story.personById(to).ignores();
});

it('lets somebody offer to stand in, and the holder accept', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  const [holder, substitute] = [story.person('东主班'), story.person('次日班')];
  await substitute.replies('我替东主班明天的班');
  substitute.sees(/替班：东主班，次日班替班/);
  await substitute.presses('confirmDuty');
  substitute.sees(/申请已提交/);
  holder.sees(/次日班愿意替您值班/);
  await holder.replies('同意');
  holder.sees(/等待审批/);
  substitute.sees(/等待审批/);
  story.person('东局长').sees(/待审批：东主班的替班/);
  await substitute.replies('我替东主班明天的班');
  substitute.sees(/未办理[\s\S]*已有申请|申请已提交/);
  await holder.replies('撤销申请');
  holder.sees(/已撤回/);
  substitute.sees(/已撤回/);
  expect(story.open()).toEqual([]);
});

it('speaks English to whoever does', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  await story.person('东主班').replies('leave tomorrow', { locale: 'en' });
  story.person('东主班').sees(/Who covers\?[\s\S]*\[次日班/);
});

it('shows an open check to whoever stands in from now on, where shifts change by the clock alone', async () => {
  const story = await startStory({
    at: '2021-08-27T09:00',
    settings: { handover: { isRequired: false, leadMs: 0, windowMs: 600_000 } },
  });
  await story.person('东主班').replies('次日班今天替我');
  await story.person('东主班').presses('confirmDuty');
  await story.person('次日班').presses('acceptDuty');
  await story.clock.reaches('2021-08-27T10:01');
  await story.person('东局长').presses('approveDuty');
  expect(story.person('次日班').card(/再次查岗/)).toMatch(/\[在岗\]/);
  await story.person('次日班').presses('acknowledge', /再次查岗/);
  expect(story.events('AnswerRecorded').map(({ data }) => data['by'])).toContain(idOf('次日班'));
  for (const to of story.chat.everybody()) (to.startsWith('g:') ? story.group : story.personById(to)).ignores();
});

it('takes a request once however often its button is pressed, takes it back with a word, and says so where nothing waits', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  const [holder, substitute] = [story.person('东主班'), story.person('次日班')];
  await holder.replies('次日班替我8月30日的班');
  holder.sees(/请确认替班申请/);
  await holder.presses('confirmDuty');
  holder.sees(/申请已提交/);
  substitute.sees(/请您替班/);
  await holder.presses('confirmDuty', /请确认替班申请/);
  holder.sees(/这张卡片已失效/);
  await holder.replies('次日班替我8月30日的班');
  holder.sees(/申请已提交/);
  expect(story.events('RequestAsked')).toHaveLength(1);
  await holder.replies('撤销');
  holder.sees(/替班申请已撤回/);
  expect(substitute.card(/请您替班/)).not.toMatch(/\[答应\]/);
  await substitute.replies('同意');
  substitute.sees(/没有等您答复或审批的事项/);
  expect(story.open()).toEqual([]);
});

it('asks which of several is meant, and shows the office what is asked', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  const head = story.person('东局长');
  for (const [name, text, by] of [
    ['东主班', '次日班替我8月30日的班', '次日班'],
    ['东副班', '东联系替我9月2日的班', '东联系'],
  ] as const) {
    await story.person(name).replies(text);
    await story.person(name).presses('confirmDuty');
    await story.person(by).presses('acceptDuty');
    for (const one of [name, by] as const) story.person(one).ignores();
  }
  head.sees(/待审批：东主班的替班/, /待审批：东副班的替班/);
  await head.replies('同意');
  head.sees(/有多份申请，请选择[\s\S]*东主班 → 次日班[\s\S]*东副班 → 东联系/);
  await head.presses('approveDuty', /待审批：东副班/);
  head.sees(/替班已生效/);
  for (const name of ['东副班', '东联系', '东联络'] as const) story.person(name).ignores();
  await story.person('陈干事').replies('全部申请');
  story.person('陈干事').sees(/请假换班申请[\s\S]*东主班 → 次日班[\s\S]*待审批[\s\S]*东副班 → 东联系[\s\S]*已生效/);
  await story.person('西主班').replies('我的申请');
  story.person('西主班').sees(/没有申请/);
});

it('swaps two shifts for each other, by consent of whoever leads the first', async () => {
  const day = 24 * 3_600_000;
  const shifts = Array.from({ length: 8 }, (_, index) => ({
    postId: 'p2',
    from: at('2021-08-27T08:30') + index * day,
    to: at('2021-08-27T08:30') + (index + 1) * day,
    holders: [stands('shiftLeader', '东联络'), stands('onDuty', index % 2 === 0 ? '东主班' : '次日班')],
  }));
  const story = await startStory({
    at: '2021-08-27T12:00',
    roster: { ...roster, posts: roster.posts.filter(({ id }) => id === 'p2'), shifts },
  });
  const [one, other, leader] = [story.person('东主班'), story.person('次日班'), story.person('东联络')];
  await one.replies('我8月31日的班和次日班9月1日的班对调');
  one.sees(
    /请确认换班申请[\s\S]*交出：东城区 主班 8月31日周二 08:30[\s\S]*换回：东城区 主班 9月1日周三 08:30[\s\S]*审批：东联络（带班领导）/,
  );
  await one.replies('是');
  one.ignores();
  await other.replies('同意');
  other.ignores();
  await leader.presses('approveDuty', /待审批：东主班的换班/);
  for (const person of [one, other, leader]) person.ignores();
  const who = ['2021-08-30', '2021-08-31', '2021-09-01', '2021-09-02'].map((date) => onPost(story, 'p2', `${date}T12:00`)[1]);
  expect(who).toEqual(['次日班', '次日班', '东主班', '东主班']);
  // One of the two can't take it back alone: somebody counts on them.
  await one.replies('撤销请假');
  one.sees(/换班已生效，双方都已改班，不能由一方取消。请由批准人或局联络组办公室取消/);
  await other.replies('撤销换班');
  other.sees(/不能由一方取消/);
  await leader.replies('撤销换班');
  leader.sees(/没有等您答复/);
  await leader.presses('undoDuty');
  for (const person of [one, other, leader]) person.sees(/换班已取消，恢复原班/);
  expect(onPost(story, 'p2', '2021-08-31T12:00')[1]).toBe('东主班');

  // The other's day is wanted: which of one's own shifts is asked back.
  await one.replies('和次日班换9月1日的班');
  one.sees(/请选择班次[\s\S]*主班 8月31日/);
});

it('keeps what somebody says of their reason, beside the ledger', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  await story.person('东主班').replies('9月3日请假，家里有事，由次日班替');
  story.person('东主班').sees(/事由：家里有事/);
  await story.person('东主班').presses('confirmDuty');
  const [asked] = story.events('RequestAsked');
  expect(asked?.personal).toEqual({ reason: '家里有事' });
  expect(JSON.stringify(asked?.data)).not.toMatch(/家里/);
  for (const name of ['东主班', '次日班'] as const) story.person(name).ignores();
});
