import { expect, it } from 'vitest';
import { tellTakenAgain, tellUntaken } from '../../src/app/notices/watch-channels.ts';
import type { SendResult } from '../../src/ports/channel.ts';
import type { ServiceOptions } from '../support/service.ts';
import { createRecordingChannel, type RecordingChannel } from '../support/recording-channel.ts';
import { startStory } from '../support/story.ts';
import { idOf } from '../support/invented.ts';

/** Two platforms behind a page that nobody has open; the second takes over where the first turns a message away. */
const startTwo = async (options: ServiceOptions = {}) => {
  let first: RecordingChannel | undefined;
  let second: RecordingChannel | undefined;
  const story = await startStory({
    ...options,
    settings: { massFailure: { share: 0.5, atLeast: 3 }, ...options.settings },
    channels: (now) => {
      first = createRecordingChannel('feishu', now);
      second = createRecordingChannel('wecom', now);
      return [first, second];
    },
  });
  const people = [...story.world.directory.people.keys()];
  // nobody has the page open: it takes nothing
  for (const id of people) story.personById(id).channelAnswers({ status: 'transient', code: 'limited', triesNext: true });
  const feishuSays = (result: SendResult | undefined): void => {
    for (const id of people) first!.answers(id, result);
  };
  return { story, feishu: first!, wecom: second!, feishuSays };
};

const silent: SendResult = { status: 'transient', code: 'breakerOpen', triesNext: true };
const failures = /飞书在 5 分钟内/u;
const textsOf = (channel: RecordingChannel, to: string): readonly string[] => channel.seenBy(to).map(({ first }) => first.text);

it('tells the office once that a platform fails and what was done instead, through another, and once that it is back', async () => {
  const { story, feishu, wecom, feishuSays } = await startTwo();
  const office = idOf('冯主任');
  feishuSays(silent);
  await story.clock.passes('2m');
  const alerts = () => textsOf(wecom, office).filter((text) => failures.test(text));
  expect(alerts()).toHaveLength(1);
  expect(alerts()[0]).toMatch(/飞书在 5 分钟内 \d+ 次发送失败.*\n已改由企业微信送达 \d+ 人。/u);
  expect(feishu.everybody()).toEqual([]);
  expect(story.events('ChannelFailed')).toMatchObject([{ data: { channel: 'feishu', unreached: [] } }]);
  expect(story.events('ChannelFailed')[0]!.data['by']).toEqual({ wecom: expect.any(Number) as number });
  // a round whose people were reached otherwise is silent for reasons of its own
  expect(story.events('MassFailureFound').filter(({ data }) => data['channel'] === 'feishu')).toEqual([]);
  await story.clock.passes('9m');
  expect(alerts()).toHaveLength(1);
  expect(story.events('ChannelFailed')).toHaveLength(1);

  feishuSays(undefined);
  await story.clock.passes('30m');
  const back = () => [...textsOf(feishu, office), ...textsOf(wecom, office)].filter((text) => /通道恢复：飞书/u.test(text));
  expect(back()).toHaveLength(1);
  expect(back()[0]).toMatch(/飞书恢复正常，故障约 \d+ 分钟，其间 \d+ 次发送失败/u);
  expect(story.events('ChannelRecovered')).toMatchObject([{ data: { channel: 'feishu' } }]);
  expect(story.obligations().filter(({ subject }) => subject === 'xc:feishu')).toMatchObject([
    { status: 'withdrawn', endReason: 'channelBack' },
  ]);
});

it('names whom only the telephone can reach', async () => {
  const { story, wecom, feishuSays } = await startTwo();
  feishuSays({ status: 'permanent', code: '40001' });
  for (const name of ['赵主班', '东主班', '西主班'] as const) wecom.answers(idOf(name), { status: 'permanent', code: '60111' });
  await story.clock.passes('3m');
  const alert = textsOf(wecom, idOf('冯主任')).find((text) => /飞书在/u.test(text));
  expect(alert).toMatch(/3 人只能电话联系：.*赵主班 1\d{10}/u);
});

it('does not call it a failure where single people are refused, nor where we hold messages back ourselves', async () => {
  const { story, feishu, feishuSays } = await startTwo();
  feishuSays({ status: 'transient', code: 'limited', retryAfterMs: 90_000, triesNext: true });
  await story.clock.passes('2m');
  feishuSays(undefined);
  feishu.answers(idOf('赵主班'), { status: 'permanent', code: '230013' });
  await story.clock.passes('10m');
  expect(story.events('ChannelFailed').filter(({ data }) => data['channel'] === 'feishu')).toEqual([]);
});

it('tells the office of a system that takes no webhooks as of a channel: once, and once that it is over', async () => {
  const { story, feishu } = await startTwo();
  const said = (): readonly string[] => textsOf(feishu, idOf('冯主任')).filter((text) => text.includes('事件推送 archive'));
  await tellUntaken(story.world, 'webhook:archive', 6, 90_000);
  await tellUntaken(story.world, 'webhook:archive', 7, 120_000);
  await story.clock.passes('1m');
  expect(said()).toEqual([expect.stringContaining('事件推送 archive在 2 分钟内 6 次没有接收推送') as string]);
  expect(said()[0]).not.toMatch(/人/u);
  await tellTakenAgain(story.world, 'webhook:archive', 9, 300_000);
  await story.clock.passes('1m');
  expect(said().at(-1)).toMatch(/事件推送 archive恢复正常，故障约 5 分钟/u);
});
