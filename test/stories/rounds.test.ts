import { expect, it } from 'vitest';
import { askRound } from '../../src/app/contact/advance-round.ts';
import { at, calmBand, roster, settings } from '../support/invented.ts';
import { startStory, type Story } from '../support/story.ts';

const posts = 12;

/** Twelve posts of the eastern unit, each with an officer of its own. */
const manyPosts = () => {
  const names = Array.from({ length: posts }, (_, index) => ({
    id: `m${101 + index}`,
    name: `值班${index + 1}`,
    mobile: `138${String(10_000_101 + index)}`,
  }));
  const [first] = roster.shifts;
  return {
    people: names,
    roster: {
      ...roster,
      posts: names.map((_, index) => ({ id: `p${index + 1}`, unitId: 'u2', name: `岗${index + 1}`, minimumHeadcount: 1 })),
      shifts: names.map((person, index) => ({
        ...first!,
        postId: `p${index + 1}`,
        from: settings.fromAt,
        to: settings.toAt,
        holders: [{ role: 'onDuty' as const, personId: person.id }],
      })),
    },
  };
};

const startMany = async (): Promise<{ readonly story: Story; readonly officers: readonly ReturnType<Story['personById']>[] }> => {
  const { people, roster: manned } = manyPosts();
  const { organisation } = await import('../support/invented.ts');
  const story = await startStory({ roster: manned, organisation: { ...organisation, people: [...organisation.people, ...people] } });
  return { story, officers: people.map((person) => story.personById(person.id)) };
};

const quiet = (story: Story, officers: readonly { ignores: () => void }[]): void => {
  for (const officer of officers) officer.ignores();
  for (const name of ['东联络', '东局长'] as const) story.person(name).ignores();
};

it('raises one alert about the channel instead of many about people, and says so in the ledger', async () => {
  const { story, officers } = await startMany();
  await story.clock.passes('1m');
  for (const officer of officers.slice(0, 4)) await officer.presses('acknowledge');
  await story.clock.passes('7m30s');
  expect(story.events('MassFailureFound')).toMatchObject([{ data: { asked: 12, silent: 8 } }]);
  await story.clock.passes('20s');
  for (const name of ['冯主任', '陈干事'] as const) story.person(name).sees(/通道异常[\s\S]*12 个岗位中 8 个/);
  await story.clock.passes('50m');
  quiet(story, officers);
  const missed = story.events('ObligationMissed').filter((row) => row.data['kind'] === 'check');
  expect(missed).toHaveLength(8);
  expect(missed.every((row) => row.data['massFailureOf'] !== undefined)).toBe(true);
  for (const name of ['冯主任', '陈干事'] as const) story.person(name).sawNothing();
  story.group.sawNothing();
});

it("does not hurry anybody else's rung because the office hears of the channel instead", async () => {
  const { story, officers } = await startMany();
  await story.clock.passes('1m');
  await story.clock.passes('44m');
  const ladder = story.ladder(story.open().find((o) => o.kind === 'check')!.id);
  expect(ladder.slice(-1)).toEqual(['30 office skipped']);
  story.person('东局长').sawNothing();
  await story.clock.passes('1m20s');
  story.person('东局长').sees(/12 项/);
  quiet(story, officers);
  for (const name of ['冯主任', '陈干事'] as const) story.person(name).ignores();
  story.group.ignores();
});

it('asks everybody anew who was silent, with a whole window, once the office has looked after the channel', async () => {
  const { story, officers } = await startMany();
  await story.clock.passes('1m');
  for (const officer of officers.slice(0, 4)) await officer.presses('acknowledge');
  await story.clock.passes('20m');
  quiet(story, officers);
  story.person('陈干事').ignores();
  story.person('冯主任').sees(/通道异常/);
  await story.person('冯主任').presses('acknowledge', /通道异常/);
  story.person('冯主任').sees(/已由您接管/);
  for (const officer of officers.slice(0, 4)) officer.sawNothing();
  for (const officer of officers.slice(4)) officer.sees(/查岗：请应答[\s\S]*10:30/);
  expect(story.obligations().filter((o) => o.endReason === 'channelFailure')).toHaveLength(8);
  for (const officer of officers.slice(4)) await officer.presses('acknowledge');
  for (const officer of officers.slice(4)) officer.sees(/已确认在岗$/m);
  expect(story.open()).toEqual([]);
  await story.clock.passes('2h');
});

it('takes silence of a few for what it is', async () => {
  const { story, officers } = await startMany();
  await story.clock.passes('1m');
  for (const officer of officers.slice(0, 8)) await officer.presses('acknowledge');
  await story.clock.passes('29m59s');
  expect(story.events('MassFailureFound')).toEqual([]);
  await story.clock.passes('21s');
  quiet(story, officers);
  for (const name of ['冯主任', '陈干事'] as const)
    story.person(name).sees(/请电话查岗|4 项/, /4 项[\s\S]*岗9[\s\S]*岗10[\s\S]*岗11[\s\S]*岗12/);
});

it('leaves in peace whoever proved presence within twenty minutes; a round asked by hand asks them too', async () => {
  const story = await startStory({ at: '2021-08-27T09:45' });
  await story.person('东主班').replies('在岗');
  story.person('东主班').sees(/已确认在岗/);
  await story.clock.passes('15m');
  for (const name of ['赵主班', '西主班'] as const) story.person(name).sees(/查岗/);
  story.person('东主班').sawNothing();
  expect(
    story
      .open()
      .map((o) => o.subject)
      .toSorted(),
  ).toEqual(['p1', 'p3']);
  await story.clock.passes('1m');
  await story.person('冯主任').replies('查岗 东城区');
  story.person('冯主任').sees(/已发起/);
  story.person('东主班').sees(/查岗/);
});

it('asks at a random time of each part of the day, never twice within twenty minutes of presence, and again after silence', async () => {
  const band = { ...settings.posts.bands[0]!, fromMinute: 420, toMinute: 1320, fixedMinutes: [], random: 3, silenceLimitMs: 4 * 3_600_000 };
  const story = await startStory({ at: '2021-08-27T06:59', settings: { posts: { ...settings.posts, bands: [band] } } });
  story.group.ignores();
  const officers = ['赵主班', '东主班', '西主班'] as const;
  while (story.clock.now() < Date.UTC(2021, 7, 27, 14)) {
    await story.clock.passes('1m');
    for (const name of officers) {
      if (story.open().some((o) => o.asked.includes(story.person(name).id))) await story.person(name).replies('在岗');
      story.person(name).ignores();
    }
  }
  story.group.ignores();
  for (const subject of ['p1', 'p2', 'p3']) {
    const opened = story.events('CheckOpened').filter((row) => row.data['subject'] === subject);
    const causes = opened.map((row) => row.data['cause']);
    expect(causes.filter((cause) => cause === 'random').length).toBeGreaterThanOrEqual(1);
    const heard = [
      Date.UTC(2021, 7, 26, 22, 59),
      ...story
        .events('AnswerRecorded')
        .filter((row) => row.data['subject'] === subject)
        .map((row) => row.at),
    ];
    for (const row of opened) {
      const last = heard.filter((at) => at < row.at).at(-1)!;
      expect(row.at - last).toBeLessThanOrEqual(4 * 3_600_000);
      expect(last === heard[0] || row.at - last >= 20 * 60_000).toBe(true);
    }
  }
});

it('does not ask anybody any more when a round is taken back before it has begun', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  const round = {
    id: 'rpx',
    cause: 'manual',
    target: 'posts',
    openedAt: story.clock.now(),
    openedBy: story.person('冯主任').id,
    phase: 'opening',
    isMassFailure: false,
    asked: 0,
  } as const;
  await story.store.commit(
    [
      {
        writes: [
          { id: round.id, expected: 0, aggregate: { type: 'round', state: round }, dueAt: story.clock.now() + 60_000 },
          {
            id: `d${story.person('冯主任').id}`,
            expected: 0,
            aggregate: {
              type: 'dialogue',
              state: {
                personId: story.person('冯主任').id,
                lastAct: { kind: 'startCheck', obligationIds: [round.id], at: story.clock.now() },
              },
            },
            dueAt: null,
          },
        ],
        events: [],
        notices: [],
      },
    ],
    1,
  );
  await story.person('冯主任').replies('撤销');
  story.person('冯主任').sees(/已撤销/);
  await story.clock.passes('10m');
  expect(story.open()).toEqual([]);
});

it('gives people their whole window when a round was asked for, and the service died before it asked', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  const openedAt = story.clock.now();
  const round = {
    id: `rp${openedAt.toString(36)}`,
    cause: 'manual',
    target: 'posts',
    openedAt,
    openedBy: story.person('冯主任').id,
    phase: 'opening',
    isMassFailure: false,
    asked: 0,
  } as const;
  await story.store.commit(
    [{ writes: [{ id: round.id, expected: 0, aggregate: { type: 'round', state: round }, dueAt: openedAt }], events: [], notices: [] }],
    1,
  );
  await story.clock.passesWhileAway('30m');
  const names = ['赵主班', '东主班', '西主班'] as const;
  for (const name of names) story.person(name).sees(/查岗：请应答[\s\S]*应答截止：12:40/);
  await story.clock.passes('2m');
  for (const name of names) story.person(name).sawNothing();
  await story.person('东主班').replies('在岗');
  story.person('东主班').sees(/已确认在岗\n/);
  expect(story.events('AnswerRecorded').at(-1)).toMatchObject({ data: { isLate: false } });
  await story.clock.passes('1m');
  for (const name of ['赵主班', '西主班'] as const) story.person(name).sees(/再次查岗/);
});

/** A round that was being asked when everybody who could go on with it went away for a while; one post had answered already. */
const startBroken = async (dueAfter: string) => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  const openedAt = story.clock.now();
  const round = {
    id: `rp${openedAt.toString(36)}`,
    cause: 'manual',
    target: 'posts',
    openedAt,
    openedBy: story.person('冯主任').id,
    phase: 'opening',
    isMassFailure: false,
    asked: 0,
  } as const;
  const dueAt = at(dueAfter);
  await story.store.commit(
    [{ writes: [{ id: round.id, expected: 0, aggregate: { type: 'round', state: round }, dueAt }], events: [], notices: [] }],
    1,
  );
  await askRound(story.world, { ...round, subjects: ['p2'] }, openedAt);
  await story.settle();
  await story.person('东主班').presses('acknowledge');
  story.person('东主班').sees(/查岗/, /已确认在岗/);
  return story;
};

it('opens no check a second time when a round goes on long after it began, and tells whoever asked for it', async () => {
  const story = await startBroken('2021-08-27T14:30');
  await story.clock.reaches('2021-08-27T15:00');
  const opened = story.events('CheckOpened').map(({ obligationId }) => obligationId);
  expect(opened).toHaveLength(new Set(opened).size);
  expect(opened).toHaveLength(1);
  expect(story.events('RoundClosed')).toMatchObject([{ data: { reason: 'tooLate' } }]);
  story.person('冯主任').sees(/未执行[\s\S]*请重新发起/);
  expect(story.open()).toEqual([]);
  await story.person('冯主任').replies('全员查岗');
  story.person('冯主任').sees(/查岗已发起/);
  for (const name of ['赵主班', '东主班', '西主班'] as const) story.person(name).sees(/查岗：请应答/);
});

it('asks those who are left when a round goes on within the hour, and nobody twice', async () => {
  const story = await startBroken('2021-08-27T12:50');
  await story.clock.reaches('2021-08-27T12:51');
  for (const name of ['赵主班', '西主班'] as const) story.person(name).sees(/查岗：请应答[\s\S]*应答截止：13:00/);
  story.person('东主班').sawNothing();
  const opened = story.events('CheckOpened').map(({ obligationId }) => obligationId);
  expect(opened).toHaveLength(new Set(opened).size);
});

it('raises the one alert as soon as a channel fails for most of a round, and asks those anew once it is looked after', async () => {
  const { story, officers } = await startMany();
  for (const officer of officers.slice(0, 8)) officer.channelAnswers({ status: 'permanent', code: 'down' });
  await story.clock.passes('1m20s');
  for (const name of ['冯主任', '陈干事'] as const)
    story.person(name).sees(/通道异常\n网页对话在 5 分钟内 8 次发送失败：12 人中 8 人的通知未能送达.*\n8 人只能电话联系：值班1/u);
  expect(story.events('MassFailureFound')).toMatchObject([{ data: { asked: 12, silent: 8, channel: 'webchat' } }]);
  for (const officer of officers.slice(8)) await officer.presses('acknowledge');
  // The judgement of the round adds none, nor do its people's own ladders.
  await story.clock.passes('29m');
  expect(story.events('MassFailureFound')).toHaveLength(1);
  expect(story.obligations().filter((o) => o.kind === 'channelFailure')).toHaveLength(1);
  for (const name of ['冯主任', '陈干事'] as const) story.person(name).sawNothing();
  for (const officer of officers) officer.channelAnswers(undefined);
  quiet(story, officers);
  await story.person('冯主任').presses('acknowledge', /通道异常/);
  story.person('冯主任').sees(/已由您接管/);
  for (const officer of officers.slice(0, 8)) officer.sees(/查岗：请应答/);
  for (const name of ['冯主任', '陈干事'] as const) story.person(name).sees(/通道恢复：网页对话/);
  for (const officer of officers.slice(8)) officer.sawNothing();
  quiet(story, officers);
});

it('raises one alert about a channel that fails for checks of no round, and no second one while that is open', async () => {
  const { story, officers } = await startMany();
  await story.clock.passes('1m');
  for (const officer of officers) await officer.presses('acknowledge');
  quiet(story, officers);
  for (const officer of officers) officer.channelAnswers({ status: 'permanent', code: 'down' });
  // Twenty hours of silence later everybody is asked by their own clock.
  await story.clock.passes('20h1m');
  const failures = () => story.obligations().filter((o) => o.kind === 'channelFailure');
  expect(failures()).toMatchObject([{ subject: 'xc:webchat', cause: expect.stringMatching(/^failed \d+ of \d+ over webchat;/u) }]);
  await story.clock.passes('20m');
  expect(failures()).toHaveLength(1);
  for (const name of ['冯主任', '陈干事'] as const) story.person(name).sees(/通道异常/);
  for (const to of story.chat.everybody()) (to.startsWith('g:') ? story.group : story.personById(to)).ignores();
});

it('takes it for no failing channel when it fails for a few of many', async () => {
  const { story, officers } = await startMany();
  for (const officer of officers.slice(0, 4)) officer.channelAnswers({ status: 'permanent', code: 'blocked' });
  await story.clock.passes('1m');
  for (const officer of officers.slice(4)) await officer.presses('acknowledge');
  await story.clock.passes('4m');
  expect(story.events('MassFailureFound')).toEqual([]);
  expect(story.obligations().filter((o) => o.kind === 'channelFailure')).toEqual([]);
  quiet(story, officers);
});

it('asks at the limit of silence also where presence was proven a moment ago: the limit is hard', async () => {
  const minute = 60_000;
  // silence is allowed for ten minutes, and whoever has just said so is left alone for twenty
  const posts = { ...settings.posts, bands: [{ ...calmBand, silenceLimitMs: 10 * minute }], quietAfterPresenceMs: 20 * minute };
  const story = await startStory({ at: '2021-08-27T12:00', settings: { posts } });
  await story.clock.passes('1m');
  const asked = () => story.events('CheckOpened').filter(({ data }) => data['subject'] === 'p2');
  for (const { id } of story.world.directory.organisation.people) story.personById(id).ignores();
  await story.person('东主班').replies('在岗');
  const answeredAt = story.clock.now();
  const before = asked().length;
  await story.clock.passes('10m');
  expect(
    asked()
      .slice(before)
      .map(({ at }) => at - answeredAt),
  ).toEqual([9 * minute]);
  // once, and without a row for each look at it
  expect(story.events('WatchMoved').length).toBeLessThan(5);
  for (const { id } of story.world.directory.organisation.people) story.personById(id).ignores();
  story.group.ignores();
});
