import { expect, it } from 'vitest';
import { recordDelivered } from '../../src/app/notices/record-news.ts';
import { startStory, type Story } from '../support/story.ts';

const ignoreAll = (story: Story): void => {
  for (const to of story.chat.everybody()) (to.startsWith('g:') ? story.group : story.personById(to)).ignores();
};

it('shows a question that goes out five minutes late as five minutes late, on the card and in the ledger', async () => {
  const story = await startStory();
  story.delivery.stops();
  await story.clock.passes('6m');
  await story.delivery.resumes();
  story.person('东主班').sees(/本消息延迟 5 分钟送达/);
  const sent = story.events('NoticeSent').filter(({ data }) => data['to'] === story.person('东主班').id);
  expect(sent.map(({ data }) => [data['template'], data['lateMs']])).toEqual([
    ['check.ask', 300_000],
    ['check.remind', 120_000],
  ]);
  const delivered = story.events('NoticeDelivered').find(({ data }) => data['to'] === story.person('东主班').id);
  expect(delivered?.data['lateMs']).toBe(300_000);
  ignoreAll(story);
  // What is in time says nothing of it.
  await story.clock.passes('7m');
  expect(story.person('东主班').texts().at(-1)).not.toMatch(/延迟/);
  ignoreAll(story);
});

it('says nothing of a delay that only a fast clock makes long', async () => {
  const story = await startStory({ lateFromMs: 10 * 60_000 });
  story.delivery.stops();
  await story.clock.passes('6m');
  await story.delivery.resumes();
  expect(story.person('东主班').texts().join(' ')).not.toMatch(/延迟/);
  expect(story.events('NoticeSent', 'NoticeDelivered').filter(({ data }) => 'lateMs' in data)).toEqual([]);
  ignoreAll(story);
});

it('says of several late ones once how late they are', async () => {
  const { roster, settings, holder } = await import('../support/invented.ts');
  const shifts = roster.posts.map(({ id }) => ({
    postId: id,
    from: settings.fromAt,
    to: settings.toAt,
    holders: [holder('onDuty', '东主班')],
  }));
  const story = await startStory({ roster: { ...roster, shifts } });
  story.delivery.stops();
  await story.clock.passes('3m');
  await story.delivery.resumes();
  const [card] = story.person('东主班').texts();
  // Once in the text, once on the card.
  expect(card?.match(/延迟 2 分钟/gu)).toHaveLength(2);
  expect(card).toMatch(/3 项[\s\S]*东城区/);
  ignoreAll(story);
});

it('tells the office and the digest when a question was seen only long after it was asked', async () => {
  const story = await startStory({ at: '2021-08-27T09:59', settings: { digestMinutes: [620] } });
  story.person('东主班').channelAnswers({ status: 'sent', isDelivered: false });
  await story.clock.passes('1m');
  const check = story.open().find((o) => o.subject === 'p2')!;
  await story.clock.passes('5m');
  await recordDelivered(story.world, { obligationId: check.id, personId: story.person('东主班').id, channel: 'webchat' });
  expect(story.events('NoticeDelivered').at(-1)).toMatchObject({ data: { subject: 'p2', lateMs: 300_000 } });
  for (const name of ['赵主班', '西主班'] as const) await story.person(name).presses('acknowledge');
  ignoreAll(story);
  await story.clock.passes('15m');
  story.group.sees(/值守简报[\s\S]*送达延迟：东城区 5 分钟/);
  await story.clock.passes('20s');
  story.person('东联络').sees(/查岗无应答[\s\S]*送达延迟：5 分钟/);
  ignoreAll(story);
});

it('calls nothing late for an officer who came on duty in the middle of it', async () => {
  const { at, holder, roster, settings } = await import('../support/invented.ts');
  const posts = { ...settings.posts, bands: [{ ...settings.posts.bands[0]!, fixedMinutes: [8 * 60 + 25] }] };
  const shifts = roster.shifts.map((shift) =>
    shift.postId === 'p2' && shift.from >= at('2021-08-27T08:30') ? { ...shift, holders: [holder('onDuty', '次日班')] } : shift,
  );
  const story = await startStory({ at: '2021-08-27T08:24', settings: { posts }, roster: { ...roster, shifts } });
  story.person('东主班').channelAnswers({ status: 'permanent', code: 'gone' });
  await story.person('次日班').replies('接班');
  await story.clock.passes('8m');
  const delivered = story.events('NoticeDelivered').filter(({ data, itemId }) => data['subject'] === 'p2' && itemId === undefined);
  expect(delivered.map(({ data }) => [data['to'], data['lateMs']])).toEqual([[story.person('次日班').id, undefined]]);
  ignoreAll(story);
});
