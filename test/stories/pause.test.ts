import { expect, it } from 'vitest';
import { evolveReach, nobodyPaused } from '../../src/domain/contact/reach.ts';
import { createRecordingChannel, type RecordingChannel } from '../support/recording-channel.ts';
import { idOf, type Name } from '../support/invented.ts';
import { startStory, type Story, type StoryOptions } from '../support/story.ts';

/** The web chat, and Teams behind it. */
const startBoth = async (options: StoryOptions = {}): Promise<{ readonly story: Story; readonly teams: RecordingChannel }> => {
  const made: RecordingChannel[] = [];
  const story = await startStory({
    ...options,
    channels: (now) => {
      made.push(createRecordingChannel('teams', now, { canReachGroups: false }));
      return made;
    },
  });
  return { story, teams: made[0]! };
};

const titlesOf = (channel: RecordingChannel, name: Name): readonly string[] =>
  channel.seenBy(idOf(name)).map(({ first }) => first.card?.title ?? first.text);

const ignoreAll = (story: Story): void => {
  for (const to of story.chat.everybody()) (to.startsWith('g:') ? story.group : story.personById(to)).ignores();
};

it('stops the one channel on which it was said and no other, says what is left, and starts it again', async () => {
  const { story, teams } = await startBoth();
  await story.person('东主班').replies('停止通知');
  story.person('东主班').sees(/已暂停此渠道的通知[\s\S]*不再通过网页对话通知您；仍会通过Teams通知您[\s\S]*恢复通知/);
  expect(story.events('ChannelPaused')).toMatchObject([
    { actor: idOf('东主班'), channel: 'webchat', data: { by: idOf('东主班'), left: ['teams'] } },
  ]);
  await story.clock.passes('1m');
  // The next channel of the same person; everybody else keeps theirs.
  story.person('东主班').sawNothing();
  expect(titlesOf(teams, '东主班')).toEqual(['查岗：请应答']);
  expect(titlesOf(teams, '西主班')).toEqual([]);
  await story.person('东主班').replies('在岗', { channel: 'teams' });
  expect(titlesOf(teams, '东主班')).toEqual(['查岗：请应答', '已确认在岗']);
  // What is said in a paused channel is heard and answered there.
  await story.person('东主班').replies('在岗');
  story.person('东主班').sees(/此前已确认/);
  await story.person('东主班').replies('恢复通知');
  story.person('东主班').sees(/已恢复此渠道的通知[\s\S]*网页对话/);
  expect(story.events('ChannelResumed')).toMatchObject([{ channel: 'webchat', data: { left: ['teams', 'webchat'] } }]);
  await story.clock.passes('1m');
  await story.person('冯主任').replies('查岗 东城区');
  story.person('东主班').sees(/查岗：请应答/);
  ignoreAll(story);
});

it('goes to the next step at once where no channel is left, and warns the holder of it', async () => {
  const story = await startStory();
  await story.person('东主班').replies('暂停此渠道');
  story.person('东主班').sees(/没有其他渠道[\s\S]*您正在 东城区 值班：查岗无人应答将立即逐级上报/);
  await story.clock.passes('1m');
  story.person('东主班').sawNothing();
  const check = story.open().find((o) => o.subject === 'p2')!;
  expect(story.ladder(check.id).slice(0, 4)).toEqual(['0 onDuty skipped', '0 onDuty skipped', '0 onDuty skipped', '0 onDuty,landline']);
  expect(story.events('StepSkipped')[0]?.data['reason']).toBe('paused');
  // A telephone is no channel that was stopped: the office is asked to ring at once.
  await story.clock.passes('20s');
  story.person('冯主任').sees(/请电话查岗[\s\S]*13800000007/);
  ignoreAll(story);
  await story.clock.passes('11m');
  story.person('东副班').sees(/请代本岗应答/);
  await story.person('东主班').replies('恢复通知');
  story.person('东主班').sees(/已恢复[\s\S]*待应答：东城区 10:00/);
  await story.clock.passes('2m');
  ignoreAll(story);
});

it('stops it for whoever says so and for nobody else, twice is once, and resuming what runs changes nothing', async () => {
  const { story } = await startBoth();
  await story.person('东副班').replies('恢复通知');
  story.person('东副班').sees(/此渠道的通知没有暂停/);
  expect(story.events('ChannelResumed')).toEqual([]);
  for (const _ of [1, 2]) {
    await story.person('东副班').replies('停止通知');
    story.person('东副班').sees(/已暂停此渠道的通知/);
  }
  expect(story.events('ChannelPaused')).toHaveLength(1);
  expect(story.world.reach).toEqual({ [idOf('东副班')]: { paused: ['webchat'], left: ['teams'] } });
  await story.clock.passes('1m');
  for (const name of ['赵主班', '东主班', '西主班'] as const) story.person(name).sees(/查岗：请应答/);
});

it('understands English, answers a command given in the group only to the speaker, and knows a new channel when it is used', async () => {
  let knowsTeams = false;
  const made: RecordingChannel[] = [];
  const story = await startStory({
    channels: (now) => {
      made.push({ ...createRecordingChannel('teams', now), canReach: async () => knowsTeams });
      return made;
    },
  });
  await story.person('西主班').replies('stop', { isGroup: true, conversation: 'g:office' });
  story.group.sawNothing();
  story.person('西主班').sees(/Notices over this channel are paused: you have no other[\s\S]*Send "start"/);
  knowsTeams = true;
  await story.person('西主班').replies('who is on duty', { channel: 'teams' });
  expect(story.world.reach[idOf('西主班')]).toEqual({ paused: ['webchat'], left: ['teams'] });
  await story.clock.passes('1m');
  expect(titlesOf(made[0]!, '西主班').at(-1)).toBe('查岗：请应答');
  await story.person('西主班').replies('start');
  story.person('西主班').sees(/go on[\s\S]*the web chat/);
  expect(story.world.reach).toEqual({});
  ignoreAll(story);
});

it('shows the end on a card that hangs in a paused channel', async () => {
  const { story } = await startBoth();
  await story.clock.passes('1m');
  await story.person('东主班').replies('停止通知');
  await story.person('东主班').replies('在岗', { channel: 'teams' });
  expect(story.person('东主班').card(/查岗：请应答/)).toMatch(/已应答/);
  ignoreAll(story);
});

it('tells in the ledger who has stopped what: reading it again gives what is kept', async () => {
  const { story } = await startBoth();
  for (const [name, text, channel] of [
    ['东主班', '停止通知', 'webchat'],
    ['东主班', '停止通知', 'teams'],
    ['西主班', '停止通知', 'teams'],
    ['东主班', '恢复通知', 'webchat'],
    ['西主班', '恢复通知', 'teams'],
  ] as const)
    await story.person(name).replies(text, { channel });
  const told = story.events().reduce(evolveReach, nobodyPaused);
  expect(told).toEqual({ [idOf('东主班')]: { paused: ['teams'], left: ['webchat'] } });
  const [kept] = await story.store.load(['n']);
  expect(kept?.aggregate.state).toEqual(told);
  ignoreAll(story);
});
