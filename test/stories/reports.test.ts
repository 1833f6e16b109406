import { expect, test } from 'vitest';
import { createOpening } from '../../src/app/items/intake/open-recurring.ts';
import { shippedKinds } from '../../src/domain/items/item-kind.ts';
import { createReportDrafting } from '../../src/app/figures/draft-reports.ts';
import { replayLedger } from '../../src/app/ledger/replay-ledger.ts';
import { at, organisation } from '../support/invented.ts';
import { startStory, type Story, type StoryOptions } from '../support/story.ts';

/** Reports are drafted by themselves at the campaign's times, and sent by a person: once. */

const reports = { dailyMinute: 17 * 60, weekly: { weekday: 5, minute: 16 * 60 + 30 }, hasCampaign: true, withinMs: 3_600_000 };

const startWith = (options: StoryOptions = {}): Promise<Story> =>
  startStory({ at: '2021-08-28T16:50', ...options, settings: { reports, posts: calm, ...options.settings } });

/** Nobody is asked: there is nothing to tell. */
const calm = { bands: [], quietAfterPresenceMs: 0, proof: 'acknowledge' } as const;

const everybodyIgnores = (story: Story): void => {
  for (const { id } of organisation.people) story.personById(id).ignores();
  story.group.ignores();
};

const drafted = (story: Story) => story.events('ReportDrafted').map(({ data }) => data['kind']);
const periods = (story: Story) => story.events('ReportDrafted').map(({ data }) => [data['kind'], data['from'], data['to']]);
const waiting = (story: Story) => story.open().filter(({ kind }) => kind === 'report');

const expectReplayed = async ({ store, world }: Story): Promise<void> => {
  const reader = {
    rows: async (after: number, limit: number) => store.rows().slice(after, after + limit),
    lastSeq: async () => store.rows().length,
  };
  const { differences, compared } = await replayLedger({ store, reader, sha256: world.secrets.sha256 });
  expect(differences).toEqual([]);
  expect(compared['report']).toBeGreaterThan(0);
};

test('the daily draft comes to the office at its time, with its figures; one of them sends it, and a second press tells who has', async () => {
  const story = await startWith();
  everybodyIgnores(story);
  await story.clock.reaches('2021-08-28T17:01');
  const [head, clerk] = [story.person('冯主任'), story.person('陈干事')];
  const draft =
    /保障期值守零报告（草稿）[\s\S]*2021年8月27日17:00至2021年8月28日17:00[\s\S]*五、零报告\n本期无空岗[\s\S]*report\/daily_[\s\S]*请核对后在 08-28 18:00 前发送。[\s\S]*\[发送\]/u;
  head.sees(draft);
  clerk.sees(draft);
  expect(periods(story)).toEqual([['daily', at('2021-08-27T17:00'), at('2021-08-28T17:00')]]);
  expect(waiting(story)).toHaveLength(1);
  await expectReplayed(story);
  await clerk.presses('sendReport');
  clerk.sees(/报告已发送\n保障期值守零报告\n已发给：冯主任 工作群/u);
  await story.settle();
  head.sees(/^保障期值守零报告\n保障期值守零报告|^保障期值守零报告/u);
  story.group.sees(/保障期值守零报告[\s\S]*本期无空岗/u);
  expect(head.card(/草稿/u)).toMatch(/^报告已发送[\s\S]*陈干事 已于 08-28 17:01 发送/u);
  expect(waiting(story)).toEqual([]);
  // the head pressed a moment later, on the card as it was
  await head.pressesValue({
    action: 'sendReport',
    kind: 'daily',
    from: String(at('2021-08-27T17:00')),
    to: String(at('2021-08-28T17:00')),
    seq: Number(story.events('ReportDrafted')[0]!.data['seq']),
    at: String(at('2021-08-28T17:00')),
    sent: '0',
  });
  head.sees(/这份报告已经发送过\n[\s\S]*陈干事 已于 08-28 17:01 发送/u);
  expect(story.events('ReportSent')).toHaveLength(1);
  // on purpose it goes out once more, and says what it is
  await head.presses('sendReport', /这份报告已经发送过/u);
  head.sees(/报告已发送\n更正：保障期值守零报告/u);
  await story.settle();
  story.group.sees(/更正：保障期值守零报告/u);
  await expectReplayed(story);
  everybodyIgnores(story);
});

test('only what was shown is sent: nobody passes off what an earlier row of the ledger told', async () => {
  const story = await startWith();
  everybodyIgnores(story);
  await story.clock.reaches('2021-08-28T17:01');
  const clerk = story.person('陈干事');
  const { data } = story.events('ReportDrafted')[0]!;
  const shownAt = at('2021-08-28T17:00');
  const value = { action: 'sendReport', kind: 'daily', from: at('2021-08-27T17:00'), to: shownAt, sent: '0' };
  for (const [seq, instant] of [
    [1, shownAt],
    [Number(data['seq']), shownAt - 3_600_000],
  ] as const) {
    await clerk.pressesValue({ ...value, seq: String(seq), at: String(instant) });
    clerk.sees(/这份草稿已失效/u);
  }
  expect(story.events('ReportSent')).toEqual([]);
  await clerk.presses('sendReport', /零报告（草稿）/u);
  clerk.sees(/报告已发送/u);
  everybodyIgnores(story);
});

test('two press in the same instant, and one press comes twice: it goes out once', async () => {
  const story = await startWith();
  await story.clock.reaches('2021-08-28T17:01');
  everybodyIgnores(story);
  await Promise.all([
    story.person('冯主任').presses('sendReport'),
    story.person('陈干事').presses('sendReport'),
    story.person('冯主任').presses('sendReport'),
  ]);
  await story.settle();
  expect(story.events('ReportSent')).toHaveLength(1);
  expect(story.group.texts().filter((text) => text.includes('值守零报告'))).toHaveLength(1);
  const replies = [...story.person('冯主任').texts(), ...story.person('陈干事').texts()];
  expect(replies.filter((text) => text.startsWith('这份报告已经发送过'))).toHaveLength(2);
  everybodyIgnores(story);
});

test('nobody sends it: it is reminded of, then the head hears, and whoever drops it says so', async () => {
  const story = await startWith();
  await story.clock.reaches('2021-08-28T19:10');
  const [{ id } = { id: '' }] = waiting(story);
  expect(story.ladder(id)).toEqual(['0 office', '40 office', '60 office,groupLeader', '120 office']);
  const clerk = story.person('陈干事');
  expect(clerk.texts().at(-1)).toMatch(
    /日报尚未发送，已逾期\n保障期值守日报 08-27 17:00–08-28 17:00\n应于 08-28 18:00 前发送。[\s\S]*\[查看草稿\][\s\S]*\[本期不发\]/u,
  );
  everybodyIgnores(story);
  await clerk.presses('showReport', /尚未发送/u);
  clerk.sees(/保障期值守零报告（草稿）[\s\S]*\[发送\]/u);
  await story.person('东联络').pressesValue({ action: 'dropReport', reportId: story.events('ReportDrafted')[0]!.itemId });
  story.person('东联络').sees(/只有局联络组办公室/u);
  await clerk.presses('dropReport', /尚未发送/u);
  clerk.sees(/本期报告不发送/u);
  expect(waiting(story)).toEqual([]);
  expect(story.events('ReportDropped')).toHaveLength(1);
  await expectReplayed(story);
  everybodyIgnores(story);
});

test('each day ends where the next begins, the week has its own, and the end that of the whole', async () => {
  const story = await startWith({ at: '2021-08-26T16:00', settings: { toAt: at('2021-08-28T19:00') } });
  for (const wall of ['2021-08-26T17:00', '2021-08-27T16:30', '2021-08-27T17:00', '2021-08-28T17:00', '2021-08-28T19:00'])
    await story.clock.passesWhileAway(`${(at(wall) - story.clock.now()) / 1_000}s`);
  expect(periods(story)).toEqual([
    ['daily', at('2021-08-26T08:30'), at('2021-08-26T17:00')],
    ['weekly', at('2021-08-26T08:30'), at('2021-08-27T16:30')],
    ['daily', at('2021-08-26T17:00'), at('2021-08-27T17:00')],
    ['daily', at('2021-08-27T17:00'), at('2021-08-28T17:00')],
    ['campaign', at('2021-08-26T08:30'), at('2021-08-28T19:00')],
  ]);
  expect(story.person('陈干事').texts().join('\n')).toMatch(/保障期值守工作总结（草稿）/u);
  everybodyIgnores(story);
});

test('nothing is lost in an outage, by night nobody is written to, and several instances draft it once', async () => {
  const story = await startWith();
  everybodyIgnores(story);
  const maker = { reports: story.figures.reports, readFigures: story.figures.readFigures, baseUrl: () => 'http://127.0.0.1:3978/' };
  const instances = [1, 2, 3].map(() => createReportDrafting(story.world, maker));
  await story.clock.passesWhileAway('10h');
  expect(drafted(story)).toEqual([]);
  // nobody looks, until all of them do at once
  Object.assign(story.world.settings, { reports: undefined });
  await story.clock.passesWhileAway('38h30m');
  Object.assign(story.world.settings, { reports });
  await Promise.all(instances.map((draft) => draft()));
  await Promise.all(instances.map((draft) => draft()));
  await story.settle();
  expect(periods(story)).toEqual([
    ['daily', at('2021-08-27T17:00'), at('2021-08-28T17:00')],
    ['daily', at('2021-08-28T17:00'), at('2021-08-29T17:00')],
    ['daily', at('2021-08-29T17:00'), at('2021-08-30T17:00')],
  ]);
  const drafts = story
    .person('陈干事')
    .texts()
    .filter((text) => text.includes('（草稿）'));
  expect(drafts).toHaveLength(3);
  // a process that begins now has nothing to draft
  await createReportDrafting(story.world, maker)();
  expect(drafted(story)).toHaveLength(3);
  everybodyIgnores(story);
});

test('asked for by its own words on a day with something to tell, it says that it is none, and shows what there is', async () => {
  const story = await startWith({ at: '2021-08-27T09:58' });
  await story.clock.passes('1m');
  const clerk = story.person('陈干事');
  await clerk.replies('零报告');
  clerk.sees(/保障期值守零报告（草稿）/u);
  await story.person('东主班').replies('不在');
  await story.clock.passes('1m');
  everybodyIgnores(story);
  await clerk.replies('零报告');
  clerk.sees(/保障期值守日报（草稿）[\s\S]*本日不能作零报告：无人时段 1 处、报告空岗 1 次。以下为日报。/u);
  await clerk.presses('sendReport', /日报（草稿）/u);
  clerk.sees(/报告已发送/u);
  await clerk.replies('日报');
  clerk.sees(/保障期值守日报（草稿）[\s\S]*本期报告陈干事 已于 08-27 10:00 发送。再次发送将作为更正。[\s\S]*\[作为更正再次发送\]/u);
  everybodyIgnores(story);
});

test('an appeal that is upheld leaves the report that is drawn later, and not the one that was drawn before', async () => {
  const { settings } = await import('../support/invented.ts');
  const story = await startWith({ at: '2021-08-27T09:59', settings: { posts: settings.posts } });
  await story.clock.passes('16m');
  await story.person('东主班').replies('在岗');
  await story.clock.passes('20m');
  everybodyIgnores(story);
  const clerk = story.person('陈干事');
  await clerk.replies('日报');
  clerk.sees(/计入考核 3 次[\s\S]*迟答 1 次/u);
  await story.person('东联络').replies('申诉 正在接待群众');
  await story.settle();
  await clerk.presses('upholdAppeal');
  everybodyIgnores(story);
  await clerk.replies('日报');
  clerk.sees(/计入考核 2 次[\s\S]*申诉成立 1 次/u);
  await clerk.presses('sendReport', /计入考核 3 次/u);
  await story.settle();
  story.group.sees(/计入考核 3 次/u);
  everybodyIgnores(story);
});

test('a unit that owes a zero report hands it in with its own words, once, and one that owes none hears what can be said', async () => {
  const kinds = Object.fromEntries(shippedKinds.map((kind) => [kind.name, kind]));
  const zero = { ...kinds['zeroReport']!, opens: { type: 'daily', phases: ['during'] } } as const;
  const story = await startWith({ at: '2021-08-28T09:00', settings: { kinds: { ...kinds, zeroReport: zero } } });
  await createOpening(story.world)();
  await story.settle();
  everybodyIgnores(story);
  const liaison = story.person('东联络');
  await liaison.replies('零报告');
  liaison.sees(/零报告0828-东城区/u);
  const items = () => story.store.all().flatMap(({ aggregate }) => (aggregate.type === 'item' ? [aggregate.state] : []));
  expect(items().map(({ number, status }) => [number, status])).toEqual([
    ['零报告0828-东城区', 'submitted'],
    ['零报告0828-西城区', 'received'],
  ]);
  expect(story.events('HandInDrafted', 'ItemSubmitted').map(({ actor }) => actor)).toEqual([liaison.id, liaison.id]);
  await liaison.replies('零报告');
  liaison.sees(/可以这样用/u);
  await story.person('孙联络').replies('零报告');
  story.person('孙联络').sees(/可以这样用/u);
  expect(story.events('ItemSubmitted')).toHaveLength(1);
  everybodyIgnores(story);
});
