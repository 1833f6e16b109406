import { expect, test } from 'vitest';
import { fireDue } from '../../src/app/contact/fire-due.ts';
import { holdersAt } from '../../src/domain/organisation/directory.ts';
import type { Roster } from '../../src/domain/roster/roster.ts';
import * as invented from '../support/invented.ts';
import { startStory, type Story } from '../support/story.ts';

const at = invented.at;

/** The eastern post is stood by 东主班 and 东副班 until the boundary, by 次日班 and 钱副班 from then on. */
const changing = (nextShift = [invented.holder('onDuty', '次日班'), invented.holder('coDuty', '钱副班')]): Roster => ({
  ...invented.roster,
  shifts: invented.roster.shifts.map((shift) =>
    shift.postId === 'p2' && shift.from === at('2021-08-28T08:30') ? { ...shift, holders: nextShift } : shift,
  ),
});

const standing = (story: Story): string =>
  holdersAt(story.world.directory, 'p2', story.clock.now())
    .map(({ personId }) => story.world.directory.people.get(personId)!.name)
    .join(' ');

/** Somebody else is agreed on for a part of the eastern post's roster. */
const replace = (story: Story, out: invented.Name, comes: invented.Name, [from, to]: readonly [string, string]): Promise<void> =>
  story.changeRoster((roster) => ({
    ...roster,
    version: roster.version + 1,
    overrides: [{ id: 'v1', subject: 'p2', from: at(from), to: at(to), out: invented.idOf(out), in: invented.idOf(comes) }],
  }));

const readAll = (story: Story): void => {
  for (const to of story.chat.everybody()) for (const seen of story.chat.seenBy(to)) seen.isRead = true;
};

test('accepted ahead of the boundary: the one who leaves stays until then, and not longer', async () => {
  const story = await startStory({ at: '2021-08-28T08:10', roster: changing() });
  await story.clock.reaches('2021-08-28T08:16');
  story.person('东主班').sees(/准备交班：东城区\n将于 08-28 08:30 交给 次日班、钱副班/);
  story.person('东副班').sees(/准备交班/);
  story.person('钱副班').sees(/请接班：东城区/);
  story.person('次日班').sees(/请接班：东城区\n交接时间 08-28 08:30，东主班、东副班 → 次日班、钱副班/);
  await story.person('次日班').presses('acceptHandover');
  story.person('次日班').sees(/已接班\n东城区：08-28 08:30 起由您值守；此前由 东主班、东副班 值守/);
  story.person('东主班').sees(/次日班 已确认接班：东城区\n您值守至 08-28 08:30/);
  story.person('东副班').sees(/次日班 已确认接班/);
  expect(story.person('钱副班').card(/请接班/)).toMatch(/次日班 已于 08:16 确认接班/);
  expect(standing(story)).toBe('东主班 东副班');
  await story.clock.reaches('2021-08-28T08:31');
  expect(standing(story)).toBe('次日班 钱副班');
  story.group.sees(/东城区：主班 次日班，副班 钱副班/);
  expect(story.open()).toEqual([]);
});

test('not accepted: whoever stays is told so among their shifts as well', async () => {
  const story = await startStory({ at: '2021-08-28T08:14', roster: changing() });
  await story.clock.reaches('2021-08-28T08:40');
  await story.person('东主班').replies('我的班');
  story.person('东主班').sees(/我的班次\n正在值班：东城区 主班，应于8月28日周六 08:30交班，对方尚未接班\n8月29日/);
  await story.person('次日班').replies('我的班');
  story.person('次日班').sees(/我的班次\n8月28日周六 08:30至8月29日周日 08:30 东城区 主班/);
  await story.person('次日班').replies('接班');
  await story.person('东主班').replies('我的班');
  story.person('东主班').sees(/我的班次\n8月29日周日/);
  readAll(story);
});

test('whoever a list takes off the post altogether stands it until it is taken over: their word answers for it', async () => {
  const story = await startStory({ at: '2021-08-27T12:00' });
  const out = invented.idOf('东主班');
  await story.changeRoster((roster) => ({
    ...roster,
    version: roster.version + 1,
    shifts: roster.shifts.map((shift) =>
      shift.postId === 'p2' && shift.holders.some(({ personId }) => personId === out)
        ? { ...shift, holders: [invented.holder('onDuty', '次日班')] }
        : shift,
    ),
  }));
  await story.clock.passes('1m');
  expect(standing(story)).toBe('东主班 东副班');
  await story.person('冯主任').replies('东城区查岗');
  await story.clock.passes('1m');
  expect(story.events('CheckOpened').at(-1)).toMatchObject({ data: { subject: 'p2' } });
  await story.person('东主班').replies('在岗');
  expect(story.events('AnswerRecorded').at(-1)).toMatchObject({ actor: out, data: { subject: 'p2' } });
  readAll(story);
});

test('a shift that somebody else takes over in its middle: the log says that the roster was changed, not that it was over', async () => {
  const story = await startStory({ at: '2021-08-28T08:14', roster: changing() });
  await story.clock.reaches('2021-08-28T08:40');
  await replace(story, '次日班', '孙联络', ['2021-08-28T08:40', '2021-08-29T08:30']);
  await story.clock.passes('1m');
  expect(story.events('HandoverLapsed').map(({ data }) => data['reason'])).toEqual(['rosterChanged']);
  readAll(story);
});

test('accepted late: the outgoing officer is on duty and asked until then, whoever asks', async () => {
  const story = await startStory({ at: '2021-08-28T08:14', roster: changing() });
  await story.clock.reaches('2021-08-28T08:40');
  expect(standing(story)).toBe('东主班 东副班');
  story.person('东主班').sees(/准备交班/, /请继续值守：东城区\n次日班、钱副班 应于 08-28 08:30 接班，尚未确认/);
  story
    .person('次日班')
    .sees(/请接班/, /请接班|请立即接班/, /请立即接班：东城区\n应于 08-28 08:30 接班，已超过 10 分钟；东主班、东副班 仍在值守/);
  await story.person('冯主任').replies('查岗东城区');
  story.person('冯主任').sees(/查岗已发起/);
  story.person('东主班').sees(/查岗：请应答/);
  await story.person('次日班').replies('在岗');
  story.person('次日班').sees(/已接班\n东城区：自 08-28 08:40 起由您值守（交班：东主班、东副班）/, /已确认在岗\n东城区 08:40/);
  story.person('东主班').sees(/次日班 已确认接班：东城区\n您已交班/);
  expect(standing(story)).toBe('次日班 钱副班');
  const [accepted] = story.events('HandoverAccepted');
  expect(accepted!.data).toMatchObject({ isLate: false, effectiveAt: at('2021-08-28T08:40') });
  await story.clock.passes('2m');
  story.group.sees(/东城区：主班 次日班/);
  readAll(story);
});

test('never accepted: leaders, liaison, office and group hear of it, and the post is never empty', async () => {
  const story = await startStory({ at: '2021-08-28T08:10', roster: changing() });
  await story.clock.reaches('2021-08-28T09:35');
  story
    .person('东联络')
    .sees(
      /未按时接班：东城区\n次日班、钱副班 应于 08-28 08:30 接班，已超过 20 分钟未确认；东主班、东副班 仍在值守。请督促接班。\n接班人员：次日班 13800000019、钱副班 13800000003/,
    );
  story.person('冯主任').sees(/未按时接班：东城区/);
  story.group.sees(/未按时接班：东城区/);
  expect(standing(story)).toBe('东主班 东副班');
  const [clock] = story.open().filter(({ kind }) => kind === 'handover');
  expect(clock!.status).toBe('withOffice');
  // A liaison, a leader and the outgoing officer cannot accept for those who come.
  await story.person('东联络').replies('接班');
  story.person('东联络').sees(/未办理\n目前没有待您交接的班次/);
  await story.person('东主班').replies('我已接班');
  story.person('东主班').sees(/未办理\n您是交班人员/);
  await story.person('东主班').replies('在岗');
  story.person('东主班').sees(/已确认在岗/);
  expect(standing(story)).toBe('东主班 东副班');
  await story.person('钱副班').replies('接班');
  story.person('钱副班').sees(/已接班/);
  expect(standing(story)).toBe('次日班 钱副班');
  expect(story.events('HandoverAccepted')[0]!.data).toMatchObject({ isLate: true });
  readAll(story);
});

test('the service was away over the boundary: whoever stood there last hands over, and everybody is told once', async () => {
  const story = await startStory({ at: '2021-08-28T08:00', roster: changing() });
  await story.clock.passesWhileAway('50m');
  expect(standing(story)).toBe('东主班 东副班');
  story.person('次日班').sees(/请接班：东城区/);
  story.person('次日班').sawNothing();
  await story.person('次日班').replies('收到');
  story.person('次日班').sees(/已接班/);
  expect(standing(story)).toBe('次日班 钱副班');
  readAll(story);
});

test('away over several boundaries: only the latest counts, and those who come back to their own shift need no word', async () => {
  const story = await startStory({ at: '2021-08-28T08:00', roster: changing() });
  await story.clock.passesWhileAway('25h');
  expect(standing(story)).toBe('东主班 东副班');
  expect(story.events('HandoverOpened')).toEqual([]);
  readAll(story);
});

test('both who come press at the same instant: one acceptance, the other is told that it is done', async () => {
  const story = await startStory({ at: '2021-08-28T08:20', roster: changing() });
  await story.clock.reaches('2021-08-28T08:32');
  await Promise.all([story.person('次日班').presses('acceptHandover'), story.person('钱副班').presses('acceptHandover')]);
  expect(story.events('HandoverAccepted')).toHaveLength(1);
  expect(standing(story)).toBe('次日班 钱副班');
  readAll(story);
});

test('the roster changes while it is open: whoever comes instead is asked, and the notes stay', async () => {
  const story = await startStory({ at: '2021-08-28T08:10', roster: changing([invented.holder('onDuty', '次日班')]) });
  await story.clock.reaches('2021-08-28T08:20');
  await story.person('东主班').replies('交接备注：西门监控故障，已报修');
  story.person('东主班').sees(/准备交班/, /交接备注已记录/);
  story.person('次日班').sees(/请接班/, /东主班 的交接备注：东城区\n西门监控故障，已报修/);
  await replace(story, '次日班', '钱副班', ['2021-08-28T08:30', '2021-08-29T08:30']);
  await story.clock.passes('1m');
  story.person('钱副班').sees(/请接班：东城区[\s\S]*备注（东主班）：西门监控故障，已报修/);
  expect(story.person('次日班').card(/请接班/)).toMatch(/原因：值班表已变更/);
  await story.person('次日班').replies('接班');
  story.person('次日班').sees(/未办理/);
  await story.clock.reaches('2021-08-28T08:33');
  expect(standing(story)).toBe('东主班 东副班');
  await story.person('钱副班').replies('接班');
  expect(standing(story)).toBe('钱副班');
  readAll(story);
});

test('whoever accepted ahead and is then replaced does not stand the post; whoever comes instead is asked', async () => {
  const story = await startStory({ at: '2021-08-28T08:10', roster: changing([invented.holder('onDuty', '次日班')]) });
  await story.clock.reaches('2021-08-28T08:20');
  await story.person('次日班').replies('接班');
  await replace(story, '次日班', '钱副班', ['2021-08-28T08:30', '2021-08-29T08:30']);
  await story.clock.reaches('2021-08-28T08:35');
  expect(standing(story)).toBe('东主班 东副班');
  await story.person('钱副班').replies('在岗');
  expect(standing(story)).toBe('钱副班');
  readAll(story);
});

test('a stand-in agreed in the middle of a shift takes it over only once they say so', async () => {
  const story = await startStory({ at: '2021-08-28T12:00' });
  await replace(story, '东主班', '次日班', ['2021-08-28T12:00', '2021-08-28T18:00']);
  await story.clock.passes('1m');
  expect(standing(story)).toBe('东主班 东副班');
  await story.person('次日班').replies('接班');
  expect(standing(story)).toBe('东副班 次日班');
  readAll(story);
});

test('not yet: those who leave are asked to stay, and it is kept', async () => {
  const story = await startStory({ at: '2021-08-28T08:16', roster: changing() });
  await story.person('次日班').presses('delayHandover');
  story.person('次日班').sees(/请接班/, /已转告交班人员继续值守/);
  story.person('东主班').sees(/请继续值守：东城区\n次日班 暂不能接班/);
  expect(story.events('HandoverDelayed')).toHaveLength(1);
  await story.person('次日班').replies('我还没接班');
  expect(story.events('HandoverAccepted')).toEqual([]);
  readAll(story);
});

test('pressed once more, on another device: who took over when, for those whom it concerns and nobody else', async () => {
  const story = await startStory({ at: '2021-08-28T08:16', roster: changing([invented.holder('onDuty', '次日班')]) });
  const value = { action: 'acceptHandover', obligationId: story.open()[0]!.id };
  await story.person('次日班').pressesValue(value);
  story.person('次日班').sees(/已接班\n东城区：08-28 08:30 起由您值守/);
  const over = /该次交接已了结，无需再办。\n东城区 08-28 08:30：东主班、东副班 → 次日班，次日班 于 08-28 08:16 接班/;
  for (const name of ['次日班', '东主班'] as const) {
    await story.person(name).pressesValue(value);
    story.person(name).sees(over);
  }
  await story.person('西主班').pressesValue(value);
  expect(story.person('西主班').texts()).toEqual([expect.stringMatching(/^未办理\n该次交接已了结，无需再办。$/mu)]);
  expect(story.person('西主班').texts()[0]).not.toContain('次日班');
  expect(story.events('HandoverAccepted', 'HandoverJoined')).toHaveLength(1);
  readAll(story);
});

test('without the rule shifts change by the clock alone', async () => {
  const story = await startStory({
    at: '2021-08-28T08:10',
    roster: changing(),
    settings: { handover: { isRequired: false, leadMs: 900_000, windowMs: 600_000 } },
  });
  await story.clock.reaches('2021-08-28T08:32');
  expect(standing(story)).toBe('次日班 钱副班');
  story.group.sees(/东城区：主班 次日班/);
});

test('the log tells what was handed over', async () => {
  const story = await startStory({ at: '2021-08-28T08:16', roster: changing() });
  await story.person('次日班').replies('接班');
  await story.clock.reaches('2021-08-28T08:40');
  await story.person('东联络').replies('交接记录');
  story.person('东联络').sees(/交接记录\n东城区 08-28 08:30：东主班、东副班 → 次日班、钱副班，次日班 于 08-28 08:16 接班/);
  // The office, which has a post of its own, is told of every post.
  await story.person('冯主任').replies('交接记录');
  story.person('冯主任').sees(/交接记录[\s\S]*东城区 08-28 08:30：东主班、东副班 → 次日班、钱副班/);
  readAll(story);
  await fireDue(story.world);
});

test('whoever comes and was not there to be asked is asked once they are', async () => {
  const story = await startStory({ at: '2021-08-28T08:10', roster: changing([invented.holder('onDuty', '次日班')]) });
  const isGone = (isDisabled: boolean): Promise<void> =>
    story.changeOrganisation((now) => ({
      ...now,
      version: now.version + 1,
      people: now.people.map((one) => (one.id === invented.idOf('次日班') ? { ...one, isDisabled } : one)),
    }));
  await isGone(true);
  await story.clock.reaches('2021-08-28T08:36');
  story.person('次日班').sawNothing();
  expect(standing(story)).toBe('东主班 东副班');
  await isGone(false);
  await story.clock.reaches('2021-08-28T08:46');
  story.person('次日班').sees(/请立即接班：东城区/);
  await story.person('次日班').presses('acceptHandover');
  expect(standing(story)).toBe('次日班');
  readAll(story);
});
