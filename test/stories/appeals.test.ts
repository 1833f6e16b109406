import { expect, test } from 'vitest';
import { replayLedger } from '../../src/app/ledger/replay-ledger.ts';
import { organisation } from '../support/invented.ts';
import { startStory, type Story, type StoryOptions } from '../support/story.ts';

/** A unit appeals against a check that counts against it; it waits for the office with a ladder, and ends with a word. */

const everybodyIgnores = (story: Story): void => {
  for (const { id } of organisation.people) story.personById(id).ignores();
  story.group.ignores();
};

/** The round of ten is over: of the three posts the bureau's own answered, the eastern late, the western not at all. */
const afterTheRound = async (options: StoryOptions = {}): Promise<Story> => {
  const story = await startStory({ at: '2021-08-27T09:59', ...options });
  await story.clock.passes('3m');
  await story.person('赵主班').replies('在岗');
  await story.clock.passes('13m');
  await story.person('东主班').replies('在岗');
  await story.clock.passes('20m');
  return story;
};

const figuresOf = async ({ figures, clock }: Story) => {
  const { figures: found } = await figures.readFigures({ fromAt: clock.now() - 86_400_000, toAt: clock.now() + 3_600_000, unitIds: [] });
  const { counts, counted } = found.league.all;
  return { counted, late: counts.late, noAnswer: counts.noAnswer, leftOut: counts.leftOut };
};

const expectReplayed = async ({ store, world }: Story): Promise<void> => {
  const reader = {
    rows: async (after: number, limit: number) => store.rows().slice(after, after + limit),
    lastSeq: async () => store.rows().length,
  };
  const { differences, compared } = await replayLedger({ store, reader, sha256: world.secrets.sha256 });
  expect(differences).toEqual([]);
  expect(compared['appeal']).toBeGreaterThan(0);
};

const waiting = (story: Story) => story.open().filter(({ kind }) => kind === 'appeal');

test('the reply to a late answer has the button; with a reason it goes to the office, is upheld, and the check leaves the figures', async () => {
  const story = await afterTheRound();
  expect(await figuresOf(story)).toEqual({ counted: 3, late: 1, noAnswer: 1, leftOut: 0 });
  const officer = story.person('东主班');
  everybodyIgnores(story);
  await officer.presses('appeal', /已确认在岗（迟答）/u);
  officer.sees(/请写明申诉理由\n东城区 08-27 10:00 的查岗（迟答）/u);
  await officer.fills('appeal', { reason: '  ' });
  officer.sees(/请写明申诉理由/u);
  await officer.fills('appeal', { reason: '手机当时正在接群众来电' });
  officer.sees(/申诉已提交办公室\n08-27 10:00 的查岗（迟答）/u);
  await story.settle();
  const asked =
    /收到申诉\n东城区 对 08-27 10:00 的查岗（迟答）提出申诉。\n申诉人：东主班\n理由：手机当时正在接群众来电\n请在 08-28 10:35 前答复/u;
  story.person('冯主任').sees(asked);
  story.person('陈干事').sees(asked);
  expect(waiting(story)).toHaveLength(1);
  expect(await figuresOf(story)).toEqual({ counted: 3, late: 1, noAnswer: 1, leftOut: 0 });
  await expectReplayed(story);
  await story.person('陈干事').presses('upholdAppeal');
  story.person('陈干事').sees(/申诉已认可[\s\S]*由陈干事于 08-27 10:35 答复[\s\S]*不再计入数据/u);
  await story.settle();
  officer.sees(/申诉已认可[\s\S]*东城区 08-27 10:00 的查岗（迟答），由陈干事于/u);
  story.person('东联络').sees(/申诉已认可/u);
  expect(story.person('冯主任').card(/收到申诉/u)).toMatch(/^申诉已认可/u);
  expect(story.person('冯主任').card(/收到申诉/u)).not.toMatch(/认可申诉\]/u);
  expect(waiting(story)).toEqual([]);
  expect(await figuresOf(story)).toEqual({ counted: 2, late: 0, noAnswer: 1, leftOut: 1 });
  await expectReplayed(story);
  // the second of the office to decide is told who has, and nothing changes
  await story.person('冯主任').pressesValue({ action: 'rejectAppeal', appealId: story.events('AppealAsked')[0]!.itemId, reason: '无依据' });
  story.person('冯主任').sees(/这一次查岗已经申诉过，结果：已认可[\s\S]*由陈干事于/u);
  expect(story.events('AppealUpheld', 'AppealRejected')).toHaveLength(1);
  // nor does the unit appeal again
  await officer.presses('appeal', /已确认在岗（迟答）/u);
  officer.sees(/这一次查岗已经申诉过，结果：已认可/u);
});

test('the verdict of a miss has the button for the unit and not for the office, and a rejection wants a reason and tells it', async () => {
  const story = await afterTheRound();
  await story.clock.passes('15m');
  const principal = story.person('西局长');
  const missed = principal.card();
  expect(missed).toMatch(/\[申诉\]/u);
  expect(story.person('冯主任').texts().join('\n')).not.toMatch(/\[申诉\]/u);
  everybodyIgnores(story);
  await principal.presses('appeal');
  principal.sees(/请写明申诉理由\n西城区 08-27 10:00 的查岗（无人接听）/u);
  await principal.replies('值班室停电，已报物业');
  principal.sees(/申诉已提交办公室/u);
  await story.settle();
  const office = story.person('冯主任');
  office.sees(/收到申诉\n西城区[\s\S]*理由：值班室停电，已报物业/u);
  await office.presses('rejectAppeal', /收到申诉/u);
  office.sees(/请写明不予认可的理由/u);
  await office.fills('rejectAppeal', { reason: '' });
  office.sees(/请写明不予认可的理由/u);
  expect(waiting(story)).toHaveLength(1);
  await office.replies('停电时应以手机应答');
  office.sees(/申诉未认可[\s\S]*不予认可的理由：停电时应以手机应答/u);
  await story.settle();
  principal.sees(/申诉未认可\n西城区[\s\S]*由冯主任于[\s\S]*不予认可的理由：停电时应以手机应答/u);
  story.person('西联络').sees(/申诉未认可[\s\S]*不予认可的理由：停电时应以手机应答/u);
  expect(await figuresOf(story)).toEqual({ counted: 3, late: 1, noAnswer: 1, leftOut: 0 });
  expect(story.events('AppealRejected')[0]).toMatchObject({ data: { category: 'noAnswer' }, personal: { reason: '停电时应以手机应答' } });
  await expectReplayed(story);
  everybodyIgnores(story);
});

test('while the office says nothing it is reminded in working hours, then its head, and the appeal stays open with it', async () => {
  const story = await afterTheRound({ settings: { appealWithinMs: 5 * 3_600_000 } });
  everybodyIgnores(story);
  await story.person('东联络').replies('申诉 手机没有收到通知');
  story.person('东联络').sees(/申诉已提交办公室/u);
  const [{ id } = { id: '' }] = waiting(story);
  await story.clock.reaches('2021-08-27T19:40');
  expect(story.ladder(id)).toEqual(['0 office', '60 office', '300 office,groupLeader', '540 office']);
  expect(story.events('ObligationMissed').filter(({ obligationId }) => obligationId === id)).toHaveLength(1);
  const office = story.person('陈干事');
  expect(office.texts().filter((text) => text.startsWith('申诉待答复，已逾期')).length).toBeGreaterThan(0);
  await office.replies('申诉');
  expect(office.texts().at(-1)).toMatch(/待答复的申诉\n东城区 08-27 10:00（迟答）/u);
  await office.presses('showAppeal');
  await office.presses('upholdAppeal');
  expect(waiting(story)).toEqual([]);
  everybodyIgnores(story);
});

/** One post has answered late twice, and nobody has appealed. */
const afterTwoLate = async (): Promise<Story> => {
  const story = await afterTheRound();
  await story.clock.passesWhileAway('19h');
  await story.clock.reaches('2021-08-28T06:30');
  await story.person('东主班').replies('在岗');
  await story.clock.passes('1m');
  everybodyIgnores(story);
  return story;
};

test('what may be appealed against is listed, any of it by its own button, and nothing of another unit', async () => {
  const story = await afterTwoLate();
  const liaison = story.person('东联络');
  await liaison.replies('申诉');
  liaison.sees(/可以申诉的查岗结果\n东城区 08-28 06:14（迟答）\n东城区 08-27 10:00（迟答）/u);
  await liaison.presses('appeal', /可以申诉/u);
  liaison.sees(/请写明申诉理由\n东城区 08-27 10:00/u);
  await liaison.replies('当日停电');
  liaison.sees(/申诉已提交办公室\n08-27 10:00/u);
  await liaison.replies('申诉');
  liaison.sees(/08-28 06:14（迟答）\n东城区 08-27 10:00（迟答） · 等待办公室答复[\s\S]*\[撤回 08-27 10:00 的申诉\]/u);
  const { obligationId } = story.events('AppealAsked')[0]!;
  const stranger = story.person('西联络');
  await stranger.pressesValue({ action: 'appeal', obligationId, reason: '替他们申诉' });
  stranger.sees(/不计入您单位的数据/u);
  await stranger.pressesValue({ action: 'upholdAppeal', appealId: `e${obligationId}` });
  stranger.sees(/申诉由局联络组办公室答复/u);
  await stranger.pressesValue({ action: 'showAppeal', appealId: `e${obligationId}` });
  stranger.sees(/没有这条申诉/u);
  await story.person('冯主任').pressesValue({ action: 'upholdAppeal', appealId: 'eo-nothing' });
  expect(story.person('冯主任').texts().at(-1)).toMatch(/没有这条申诉/u);
  expect(story.events('AppealAsked')).toHaveLength(1);
  expect(waiting(story)).toHaveLength(1);
  everybodyIgnores(story);
});

test('a unit takes its appeal back: the office owes nothing more, the check counts as before, and it may be brought anew', async () => {
  const story = await afterTheRound();
  everybodyIgnores(story);
  const liaison = story.person('东联络');
  const [office, officer] = [story.person('冯主任'), story.person('东主班')];
  await officer.replies('撤回申诉');
  officer.sees(/没有等待答复的申诉/u);
  await liaison.replies('申诉 值班室断网');
  liaison.sees(/申诉已提交办公室[\s\S]*\[撤回申诉\]/u);
  await story.settle();
  office.sees(/收到申诉\n东城区/u);
  const { itemId: appealId } = story.events('AppealAsked')[0]!;
  // whoever is of another unit, or names what never was, learns that there is none
  for (const wrong of [appealId, 'eo-nothing']) {
    await story.person('西联络').pressesValue({ action: 'withdrawAppeal', appealId: wrong });
    expect(story.person('西联络').texts().at(-1)).toMatch(/没有这条申诉/u);
  }
  for (const wrong of [7, null, { id: appealId }]) await story.person('西联络').pressesValue({ action: 'withdrawAppeal', appealId: wrong });
  await office.pressesValue({ action: 'withdrawAppeal', appealId });
  expect(office.texts().at(-1)).toMatch(/没有这条申诉/u);
  expect(waiting(story)).toHaveLength(1);
  await liaison.presses('withdrawAppeal', /申诉已提交/u);
  liaison.sees(/申诉已撤回[\s\S]*由东联络于 08-27 10:35 撤回。\n这一次照常计入数据/u);
  await story.settle();
  expect(waiting(story)).toEqual([]);
  expect(office.card(/收到申诉/u)).toMatch(/^申诉已撤回/u);
  expect(office.card(/收到申诉/u)).not.toMatch(/认可申诉\]/u);
  expect(story.events('AppealWithdrawn')).toMatchObject([{ data: { unitId: 'u2', category: 'late' }, itemId: appealId }]);
  expect(await figuresOf(story)).toEqual({ counted: 3, late: 1, noAnswer: 1, leftOut: 0 });
  await expectReplayed(story);
  // said twice it is the same, and the office has nothing to decide
  await liaison.pressesValue({ action: 'withdrawAppeal', appealId });
  expect(liaison.texts().at(-1)).toMatch(/^申诉已撤回/u);
  await office.pressesValue({ action: 'upholdAppeal', appealId });
  office.sees(/这一次查岗已经申诉过，结果：已撤回/u);
  expect(story.events('AppealWithdrawn', 'AppealUpheld')).toHaveLength(1);
  everybodyIgnores(story);
  // brought anew in the same instant it waits with a clock of its own; a colleague takes it back in words, and whoever brought it hears
  await liaison.replies('申诉 补充说明');
  await story.settle();
  expect(waiting(story)).toHaveLength(1);
  office.sees(/收到申诉\n东城区[\s\S]*理由：补充说明/u);
  await expectReplayed(story);
  everybodyIgnores(story);
  await officer.replies('撤回申诉');
  officer.sees(/申诉已撤回[\s\S]*由东主班于/u);
  await story.settle();
  liaison.sees(/申诉已撤回[\s\S]*由东主班于/u);
  everybodyIgnores(story);
  await liaison.replies('申诉 再次说明');
  await story.settle();
  await office.pressesValue({ action: 'upholdAppeal', appealId });
  await liaison.pressesValue({ action: 'withdrawAppeal', appealId });
  expect(liaison.texts().at(-1)).toMatch(/办公室已经答复，不能撤回。结果：已认可/u);
  expect(await figuresOf(story)).toEqual({ counted: 2, late: 0, noAnswer: 1, leftOut: 1 });
  await expectReplayed(story);
  everybodyIgnores(story);
});

test('of several that wait the one that is named is taken back, and without a name it is asked which', async () => {
  const story = await afterTwoLate();
  const liaison = story.person('东联络');
  await liaison.replies('申诉 断网');
  await liaison.replies('申诉 断电');
  everybodyIgnores(story);
  await liaison.replies('撤销申诉');
  liaison.sees(/要撤回哪一条申诉\n东城区 08-28 06:14（迟答）\n东城区 08-27 10:00（迟答）[\s\S]*\[撤回 08-28 06:14 的申诉\]/u);
  await liaison.replies('撤回申诉 08-27 10:00');
  liaison.sees(/申诉已撤回[\s\S]*08-27 10:00/u);
  expect(waiting(story)).toHaveLength(1);
  await liaison.replies('请撤回我的申诉。');
  liaison.sees(/申诉已撤回[\s\S]*08-28 06:14/u);
  expect(waiting(story)).toEqual([]);
  everybodyIgnores(story);
});

test('two of the office decide in the same instant: one does, and the other hears what was decided', async () => {
  const story = await afterTheRound();
  everybodyIgnores(story);
  await story.person('东联络').replies('申诉 正在处置突发情况');
  await story.settle();
  const { itemId } = story.events('AppealAsked')[0]!;
  everybodyIgnores(story);
  await Promise.all([
    story.person('冯主任').pressesValue({ action: 'upholdAppeal', appealId: itemId }),
    story.person('陈干事').pressesValue({ action: 'rejectAppeal', appealId: itemId, reason: '无依据' }),
  ]);
  await story.settle();
  expect(story.events('AppealUpheld', 'AppealRejected')).toHaveLength(1);
  const said = [story.person('冯主任'), story.person('陈干事')].map((one) => one.texts().at(-1)!);
  expect(said.filter((text) => text.startsWith('这一次查岗已经申诉过'))).toHaveLength(1);
  expect(await figuresOf(story)).toMatchObject({ counted: story.events('AppealUpheld').length === 1 ? 2 : 3 });
  everybodyIgnores(story);
});

test('a campaign may give the office another time and another ladder', async () => {
  const policies = {
    appeal: {
      name: 'appeal',
      answerWindowMs: 0,
      opening: ['office'],
      steps: [{ afterMs: 0, notify: ['groupChat'], via: 'card' }],
      remindOfficeEveryMs: 3_600_000,
    },
  } as const;
  const { settings } = await import('../support/invented.ts');
  const story = await afterTheRound({ settings: { appealWithinMs: 2 * 3_600_000, policies: { ...settings.policies, ...policies } } });
  everybodyIgnores(story);
  await story.person('东联络').replies('申诉 设备故障');
  const [{ id } = { id: '' }] = waiting(story);
  await story.clock.passes('2h1m');
  expect(story.ladder(id)).toEqual(['0 office', '120 groupChat']);
  expect(story.group.texts().join('\n')).toMatch(/申诉待答复，已逾期\n东城区/u);
  everybodyIgnores(story);
});

test('where a channel shows no form, it is answered in the words that the message asks for', async () => {
  const story = await afterTheRound();
  everybodyIgnores(story);
  const { obligationId } = story.events('AnswerRecorded').find(({ data }) => data['isLate'] === true)!;
  const liaison = story.person('东联络');
  await liaison.pressesValue({ action: 'appeal', obligationId });
  liaison.sees(/请写明申诉理由[\s\S]*看不到卡片时，请回复“申诉”并写明/u);
  await liaison.replies('申诉\n理由：正在处置');
  liaison.sees(/申诉已提交办公室/u);
  await story.settle();
  const office = story.person('陈干事');
  office.sees(/理由：正在处置/u);
  await office.presses('rejectAppeal', /收到申诉/u);
  office.sees(/请写明不予认可的理由/u);
  await office.replies('不予认可\n理由：应由副班应答');
  office.sees(/申诉未认可[\s\S]*不予认可的理由：应由副班应答/u);
  expect(story.events('AppealAsked', 'AppealRejected').map(({ personal }) => personal)).toEqual([
    { reason: '正在处置' },
    { reason: '应由副班应答' },
  ]);
  everybodyIgnores(story);
});
