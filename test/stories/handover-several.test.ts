import { expect, test } from 'vitest';
import { holdersAt } from '../../src/domain/organisation/directory.ts';
import type { Roster } from '../../src/domain/roster/roster.ts';
import * as invented from '../support/invented.ts';
import { startStory, type Story } from '../support/story.ts';

const at = invented.at;
const each = { handover: { isRequired: true, leadMs: 900_000, windowMs: 600_000, acceptance: 'each' as const } };

const changing = (): Roster => ({
  ...invented.roster,
  shifts: invented.roster.shifts.map((shift) =>
    shift.postId === 'p2' && shift.from === at('2021-08-28T08:30')
      ? { ...shift, holders: [invented.holder('onDuty', '次日班'), invented.holder('coDuty', '钱副班')] }
      : shift,
  ),
});

const standing = (story: Story): string =>
  holdersAt(story.world.directory, 'p2', story.clock.now())
    .map(({ personId }) => story.world.directory.people.get(personId)!.name)
    .join(' ');

const everybodyElseIgnores = (story: Story): void => {
  for (const { id } of invented.organisation.people) story.personById(id).ignores();
  story.group.ignores();
};

const exchange = (roster: Roster): Roster => ({
  ...roster,
  version: roster.version + 1,
  overrides: [
    {
      id: 'v1',
      subject: 'p2',
      from: at('2021-08-28T08:30'),
      to: at('2021-08-29T08:30'),
      out: invented.idOf('钱副班'),
      in: invented.idOf('赵主班'),
    },
  ],
});

test('one accepts for the post; the other may still say that they are there, and it is on record', async () => {
  const story = await startStory({ at: '2021-08-28T08:16', roster: changing() });
  await story.clock.reaches('2021-08-28T08:32');
  await story.person('次日班').replies('接班');
  expect(standing(story)).toBe('次日班 钱副班');
  expect(story.person('钱副班').card(/请接班/)).toMatch(/次日班 已于 08:32 确认接班/);
  await story.clock.passes('3m');
  await story.person('钱副班').presses('acceptHandover');
  story.person('钱副班').sees(/已接班\n东城区：已记录您到岗接班（次日班 已于 08-28 08:32 接班）/);
  await story.person('钱副班').replies('接班');
  story.person('钱副班').sees(/未办理/);
  expect(story.events('HandoverAccepted', 'HandoverJoined').map(({ event, actor }) => [event, actor])).toEqual([
    ['HandoverAccepted', invented.idOf('次日班')],
    ['HandoverJoined', invented.idOf('钱副班')],
  ]);
  everybodyElseIgnores(story);
});

test('where each must accept, those before stay until the last has; whoever came is asked no more', async () => {
  const story = await startStory({ at: '2021-08-28T08:16', roster: changing(), settings: each });
  await story.person('次日班').replies('在岗');
  story.person('次日班').sees(/请接班/, /已接班\n东城区：已记录您接班，还需 钱副班 接班；此前由 东主班、东副班 值守/);
  story.person('东主班').sees(/准备交班/, /次日班 已到岗接班：东城区\n还需 钱副班 接班；请您在其确认前继续值守/);
  await story.clock.reaches('2021-08-28T08:45');
  expect(standing(story)).toBe('东主班 东副班');
  story.person('次日班').sawNothing();
  story.person('钱副班').sees(/请接班/, /请立即接班：东城区[\s\S]*次日班 已于 08:16 到岗接班/);
  story.person('东主班').sees(/请继续值守：东城区\n钱副班 应于 08-28 08:30 接班/);
  await story.person('次日班').replies('接班');
  story.person('次日班').sees(/未办理\n您已确认接班，正等待同班其他人员接班/);
  await story.person('钱副班').replies('接班');
  story.person('钱副班').sees(/已接班\n东城区：自 08-28 08:45 起由您值守/);
  expect(standing(story)).toBe('次日班 钱副班');
  expect(story.open()).toEqual([]);
  everybodyElseIgnores(story);
});

test('where each must accept and one is exchanged since, the one who comes instead must too', async () => {
  const story = await startStory({ at: '2021-08-28T08:16', roster: changing(), settings: each });
  await story.person('次日班').replies('接班');
  await story.person('钱副班').replies('接班');
  await story.changeRoster(exchange);
  await story.clock.reaches('2021-08-28T08:33');
  expect(standing(story)).toBe('东主班 东副班');
  await story.person('次日班').replies('接班');
  expect(standing(story)).toBe('东主班 东副班');
  await story.person('赵主班').replies('接班');
  expect(standing(story)).toBe('次日班 赵主班');
  everybodyElseIgnores(story);
});

test('where one is enough, either who accepted will do: an exchanged one does not undo the other', async () => {
  const story = await startStory({ at: '2021-08-28T08:16', roster: changing() });
  await story.person('钱副班').replies('接班');
  await story.person('次日班').replies('接班');
  await story.changeRoster(exchange);
  await story.clock.reaches('2021-08-28T08:33');
  expect(standing(story)).toBe('次日班 赵主班');
  everybodyElseIgnores(story);
});
