import { expect, test } from 'vitest';
import { replayLedger } from '../../src/app/ledger/replay-ledger.ts';
import type { Roster } from '../../src/domain/roster/roster.ts';
import * as invented from '../support/invented.ts';
import { startStory, type Story } from '../support/story.ts';

const at = invented.at;

const changing = (): Roster => ({
  ...invented.roster,
  shifts: invented.roster.shifts.map((shift) =>
    shift.postId === 'p2' && shift.from === at('2021-08-28T08:30')
      ? { ...shift, holders: [invented.holder('onDuty', '次日班'), invented.holder('coDuty', '钱副班')] }
      : shift,
  ),
});

const everybodyElseIgnores = (story: Story): void => {
  for (const { id } of invented.organisation.people) story.personById(id).ignores();
  story.group.ignores();
};

const expectReplayed = async ({ store, world }: Story): Promise<void> => {
  const reader = {
    rows: async (after: number, limit: number) => store.rows().slice(after, after + limit),
    lastSeq: async () => store.rows().length,
  };
  const { differences } = await replayLedger({ store, reader, sha256: world.secrets.sha256 });
  // Rosters are changed here without a word in the ledger; that is not what this is about.
  expect(differences.filter(({ aggregate }) => aggregate !== 'roster')).toEqual([]);
};

test('noted in the middle of a shift: kept, shown back with its number, and read by whoever comes', async () => {
  const story = await startStory({ at: '2021-08-27T14:00', roster: changing() });
  const officer = story.person('东主班');
  await officer.replies('交接备注：西门监控故障，已报修');
  officer.sees(/交接备注已记录\n东城区\n已留存备注 1 条，交接班时转给接班人员：\n备注（东主班）：西门监控故障，已报修/);
  await story.person('东副班').replies('交接备注 消防水带在二楼');
  story.person('东副班').sees(/已留存备注 2 条[\s\S]*西门监控故障[\s\S]*备注（东副班）：消防水带在二楼/);
  await officer.replies('交接备注');
  officer.sees(/交接班\n东城区：正在值守，08-28 08:30 交接班\n已留存备注 2 条/);
  await officer.fills('noteHandover', { note: '钥匙在抽屉里' });
  officer.sees(/已留存备注 3 条/);
  await expectReplayed(story);
  await story.clock.reaches('2021-08-28T08:16');
  story
    .person('次日班')
    .sees(/请接班：东城区[\s\S]*备注（东主班）：西门监控故障，已报修\n备注（东副班）：消防水带在二楼\n备注（东主班）：钥匙在抽屉里/);
  expect(story.store.all().filter(({ aggregate }) => aggregate.type === 'shiftNotes')).toEqual([]);
  await expectReplayed(story);
  everybodyElseIgnores(story);
});

test('accepted ahead, the handover takes notes until the boundary; after it they are kept for the next one', async () => {
  const story = await startStory({ at: '2021-08-28T08:16', roster: changing() });
  await story.person('次日班').replies('接班');
  await story.person('东主班').replies('交接备注：北门未锁');
  story.person('东主班').sees(/交接备注已记录\n东城区 08-28 08:30[^\n]+\n本次交接共有备注 1 条/);
  story.person('次日班').sees(/东主班 的交接备注：东城区\n北门未锁/);
  await story.clock.reaches('2021-08-28T08:31');
  await story.person('次日班').replies('交接备注：发电机已加油');
  story.person('次日班').sees(/已留存备注 1 条，交接班时转给接班人员：\n备注（次日班）：发电机已加油/);
  await story.person('东主班').replies('交接备注：还有一件事');
  story.person('东主班').sees(/未办理\n您现在没有值守岗位，交接备注由正在值守或即将接班的人员留下/);
  await story.clock.reaches('2021-08-29T08:16');
  story.person('东主班').sees(/请接班：东城区[\s\S]*备注（次日班）：发电机已加油/);
  await expectReplayed(story);
  everybodyElseIgnores(story);
});

test('said by somebody who holds no post: refused in words, and nothing is kept', async () => {
  const story = await startStory({ at: '2021-08-27T14:00', roster: changing() });
  await story.person('东联络').replies('交接备注：转告一下');
  story.person('东联络').sees(/未办理\n您现在没有值守岗位/);
  await story.person('东主班').pressesValue({ action: 'noteHandover', note: '  ' });
  story.person('东主班').sees(/请写明备注内容/);
  expect(story.events('ShiftNoted', 'HandoverNoted')).toEqual([]);
  everybodyElseIgnores(story);
});

test('a handover that comes to nothing gives its notes back to the post', async () => {
  const story = await startStory({ at: '2021-08-28T08:16', roster: changing() });
  await story.person('东主班').replies('交接备注：空调漏水');
  // Nobody new comes after all.
  await story.changeRoster((roster) => ({ ...roster, version: roster.version + 1, shifts: invented.roster.shifts }));
  await story.clock.passes('1m');
  expect(story.events('HandoverLapsed')).toHaveLength(1);
  await story.person('东主班').replies('交接备注');
  story.person('东主班').sees(/已留存备注 1 条，交接班时转给接班人员：\n备注（东主班）：空调漏水/);
  await expectReplayed(story);
  everybodyElseIgnores(story);
});

test('where shifts change by the clock alone there is nobody to keep a note for', async () => {
  const story = await startStory({
    at: '2021-08-27T14:00',
    roster: changing(),
    settings: { handover: { isRequired: false, leadMs: 900_000, windowMs: 600_000 } },
  });
  await story.person('东主班').replies('交接备注：西门监控故障');
  story.person('东主班').sees(/未办理\n本保障期按时间自动换班/);
  everybodyElseIgnores(story);
});
