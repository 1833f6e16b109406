import { expect, it } from 'vitest';
import type { Roster } from '../../src/domain/roster/roster.ts';
import { at, holder, roster, type Name } from '../support/invented.ts';
import { startStory, type Story } from '../support/story.ts';

/** From an instant on somebody else stands a post. */
const from = (list: Roster, postId: string, wall: string, ...names: readonly Name[]): Roster => ({
  ...list,
  shifts: list.shifts.flatMap((shift) => {
    const changeAt = at(wall);
    if (shift.postId !== postId || shift.to <= changeAt) return [shift];
    const holders = names.map((name, index) => holder(index === 0 ? 'onDuty' : 'coDuty', name));
    if (shift.from >= changeAt) return [{ ...shift, holders }];
    return [
      { ...shift, to: changeAt },
      { ...shift, from: changeAt, holders },
    ];
  }),
});

/** Whoever comes accepts; what is said of that is told elsewhere. */
const takesOver = async (story: Story, name: Name): Promise<void> => {
  await story.person(name).replies('接班');
  story.person(name).sees(/请接班/, /已接班/);
};

/** Everybody but the group. */
const hush = (story: Story): void => {
  for (const to of story.chat.everybody()) if (!to.startsWith('g:')) story.personById(to).ignores();
};

it('tells the group at the start of a shift who stands there now, all posts in one message', async () => {
  const changed = from(from(roster, 'p2', '2021-08-27T08:30', '次日班', '东副班'), 'p3', '2021-08-27T08:30', '西副班');
  const story = await startStory({ at: '2021-08-27T08:25', roster: changed });
  await takesOver(story, '次日班');
  await story.clock.passes('5m');
  story.group.sawNothing();
  await story.clock.passes('1m');
  story.group.sees(/值班交接：2 个岗位换班\n东城区：主班 次日班，副班 东副班\n西城区：主班 西副班/);
  expect(story.events('ShiftsAnnounced')).toMatchObject([
    {
      data: {
        posts: [
          ['p2', [story.person('次日班').id, story.person('东副班').id]],
          ['p3', [story.person('西副班').id]],
        ],
      },
    },
  ]);
  await story.clock.passes('30m');
  story.group.sawNothing();
  hush(story);
});

it('tells the group of a change in the middle of a shift, and of several within the window as one', async () => {
  const story = await startStory({ at: '2021-08-27T12:00', settings: { bundleWindowMs: 90_000 } });
  await story.changeRoster((list) => from(list, 'p2', '2021-08-27T12:00', '次日班'));
  await takesOver(story, '次日班');
  await story.clock.passes('1m');
  await story.changeRoster((list) => from(list, 'p3', '2021-08-27T12:01', '西副班'));
  await story.clock.passes('1m');
  story.group.sees(/2 个岗位换班[\s\S]*次日班[\s\S]*西副班/);
  await story.changeRoster((list) => from(list, 'p2', '2021-08-27T12:02'));
  await story.clock.passes('3m');
  story.group.sees(/1 个岗位换班[\s\S]*东城区：无人值班！/);
  hush(story);
  story.group.ignores();
});

it('says nothing when the same people follow themselves, nor of what was changed back before anybody was told', async () => {
  const story = await startStory({ at: '2021-08-27T08:25', settings: { bundleWindowMs: 90_000 } });
  await story.clock.passes('20m');
  const before = roster;
  await story.changeRoster((list) => from(list, 'p2', '2021-08-27T08:45', '次日班'));
  await story.changeRoster(() => before);
  await story.clock.passes('10m');
  expect(story.events('ShiftsAnnounced')).toEqual([]);
  hush(story);
});

it('leaves the group in peace at night, and tells in the morning once how things stand', async () => {
  const nightly = from(from(roster, 'p2', '2021-08-27T23:00', '次日班'), 'p2', '2021-08-28T03:00', '东副班');
  const story = await startStory({ at: '2021-08-27T21:58', roster: nightly, settings: { digestMinutes: [] } });
  await story.clock.reaches('2021-08-27T22:50');
  await takesOver(story, '次日班');
  await story.clock.reaches('2021-08-28T03:01');
  await takesOver(story, '东副班');
  await story.clock.reaches('2021-08-28T06:59');
  story.group.sawNothing();
  await story.clock.reaches('2021-08-28T07:01');
  story.group.sees(/值班交接：1 个岗位换班\n东城区：主班 东副班/);
  expect(story.events('ShiftsAnnounced')).toHaveLength(1);
  hush(story);
});

it('makes one announcement of all that were missed while the service was away', async () => {
  const often = ['09:00', '09:30', '10:30', '11:00'].reduce(
    (list, wall, index) => from(list, 'p2', `2021-08-27T${wall}`, index % 2 === 0 ? '次日班' : '东副班'),
    from(roster, 'p3', '2021-08-27T09:00', '西副班'),
  );
  const story = await startStory({
    at: '2021-08-27T08:50',
    roster: often,
    settings: { posts: (await import('../support/invented.ts')).calm },
  });
  await story.clock.passesWhileAway('150m');
  await story.clock.passes('1m');
  story.group.sees(/2 个岗位换班[\s\S]*东城区：主班 东副班\n西城区：主班 西副班/);
  await story.clock.passes('1h');
  hush(story);
  expect(story.events('ShiftsAnnounced')).toHaveLength(1);
});

it('says nothing of posts that nobody stands any more when the campaign is over', async () => {
  const story = await startStory({ at: '2021-09-26T08:25' });
  await story.clock.passes('30m');
  expect(story.events('ShiftsAnnounced')).toEqual([]);
  hush(story);
  story.group.sawNothing();
});
