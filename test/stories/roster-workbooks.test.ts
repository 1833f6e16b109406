import { describe, expect, it } from 'vitest';
import { holdersAt } from '../../src/domain/organisation/directory.ts';
import { at, idOf } from '../support/invented.ts';
import { startStory, type Story } from '../support/story.ts';
import { workbookOf, type SheetSpec, type Value } from '../support/workbooks.ts';

const mime = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const everybodyIgnores = (story: Story): void => {
  for (const { id } of story.world.directory.organisation.people) story.personById(id).ignores();
  story.group.ignores();
};

const eastern = (...rows: readonly (readonly Value[])[]): readonly SheetSpec[] => [
  {
    name: '东城区',
    rows: [['2021年9月值班表'], ['日期', '主班', '副班'], ...rows, ['备注:值班时间为当日8:30至次日8:30。']],
    merges: ['A1:C1'],
  },
];

const dropped = async (story: Story, sheets: readonly SheetSpec[], name = '东城区值班表.xlsx') => {
  const source = await workbookOf(sheets, name);
  return story.files.put('bytes' in source ? source.bytes : new Uint8Array(), { name, mime });
};

const standing = (story: Story, wall: string): string =>
  holdersAt(story.world.byRoster, 'p2', at(wall))
    .map(({ personId }) => story.world.directory.people.get(personId)!.name)
    .join(' ');

const start = async () => {
  const story = await startStory();
  return { story, office: story.person('冯主任') };
};

const changed = eastern(['9月3日', '次日班', '东副班'], ['9月4日', '东主班', '东副班'], ['9月5日', '东主班', '次日班']);

describe('a roster dropped into the chat of the office', () => {
  it('says of days without a year that the year is missing', async () => {
    const { story, office } = await start();
    const rows = [
      ['日期', '主班', '副班'],
      ['9月3日', '次日班', '东副班'],
    ];
    await office.replies('', { files: [await dropped(story, [{ name: '东城区', rows }])] });
    office.sees(/东城区值班表.xlsx：有 1 处问题，没有导入[\s\S]*表中没有写年份/u);
    expect(story.events('RosterChanged')).toHaveLength(1);
    everybodyIgnores(story);
  });

  it('shows what it changes by shift, and one tap applies exactly that; undone it is as before', async () => {
    const { story, office } = await start();
    const before = (await story.store.loadCampaign()).roster;
    await office.replies('', { files: [await dropped(story, changed)] });
    office.sees(
      /东城区值班表.xlsx：值班表的变动，请确认[\s\S]*新增 0 班，变动 2 班，取消 0 班[\s\S]*变动 东城区 9月3日周五 08:30–9月4日周六 08:30：东主班、东副班 → 次日班、东副班/u,
    );
    expect(story.events('RosterChanged')).toHaveLength(1);
    await office.presses('applyWorkbook');
    await story.settle();
    office.sees(/值班表已导入[\s\S]*已通知 \d 人[\s\S]*9月3日周五 08:30 前可以撤销/u);
    story.person('次日班').sees(/您的值班有 2 处变动/u);
    expect(standing(story, '2021-09-03T12:00')).toBe('次日班 东副班');
    expect(story.events('RosterChanged').at(-1)).toMatchObject({ actor: idOf('冯主任'), channel: 'webchat' });
    await office.presses('undoRosterChange');
    await story.settle();
    office.sees(/已撤销，恢复原班/u);
    const after = (await story.store.loadCampaign()).roster;
    expect({ posts: after.posts, shifts: after.shifts }).toEqual({ posts: before.posts, shifts: before.shifts });
    expect(story.events('RosterRestored')).toHaveLength(1);
    everybodyIgnores(story);
  });

  it('may say otherwise what is over: nobody is told, and nothing is there to be undone', async () => {
    const { story, office } = await start();
    await office.replies('', { files: [await dropped(story, eastern(['8月26日', '次日班', '东副班']))] });
    await office.presses('applyWorkbook');
    await story.settle();
    office.sees(/值班表已导入[\s\S]*已通知 0 人/u);
    expect(standing(story, '2021-08-26T12:00')).toBe('次日班 东副班');
    everybodyIgnores(story);
  });

  it('is refused where the roster has moved on since it was shown', async () => {
    const { story, office } = await start();
    await office.replies('新的值班表', { files: [await dropped(story, changed)] });
    office.sees(/值班表的变动，请确认/u);
    await story.changeRoster((roster) => ({ ...roster, version: roster.version + 1 }));
    await office.presses('applyWorkbook');
    office.sees(/此后值班表或人员已有变动，没有调整/u);
    expect(standing(story, '2021-09-03T12:00')).toBe('东主班 东副班');
    everybodyIgnores(story);
  });

  it('names its faults by cell, the first of them and how many more, and changes nothing', async () => {
    const { story, office } = await start();
    const rows = Array.from({ length: 12 }, (_, index) => [`9月${index + 3}日`, `生人${'甲乙丙丁戊己庚辛壬癸子丑'[index]}`, '东副班']);
    await office.replies('', { files: [await dropped(story, eastern(...rows))] });
    office.sees(/东城区值班表.xlsx：有 12 处问题，没有导入[\s\S]*第 1 至 8 处[\s\S]*东城区 B3：[\s\S]*另有 4 处[\s\S]*\[更多\]/u);
    await office.presses('workbookFaults');
    office.sees(/第 9 至 12 处[\s\S]*东城区 B14：/u);
    await office.pressesValue({
      action: 'applyWorkbook',
      sha256: 'a'.repeat(64),
      name: 'x.xlsx',
      kind: 'roster',
      version: '1',
      digest: 'x',
    });
    office.sees(/找不到这份文件/u);
    expect(story.events('RosterChanged')).toHaveLength(1);
    everybodyIgnores(story);
  });

  it('is no business of others: their button is refused, and their file is one like others', async () => {
    const { story } = await start();
    const file = await dropped(story, changed);
    const liaison = story.person('东联络');
    await liaison.replies('值班表', { files: [file] });
    liaison.sees(/只有局联络组办公室可以导入/u);
    const { version } = await story.store.loadCampaign();
    await liaison.pressesValue({
      action: 'applyWorkbook',
      sha256: file.sha256,
      name: file.name,
      kind: 'roster',
      version: String(version),
      digest: 'x',
    });
    liaison.sees(/只有局联络组办公室可以导入/u);
    expect(story.events('RosterChanged')).toHaveLength(1);
    everybodyIgnores(story);
  });

  it('says so where it changes nothing', async () => {
    const { story, office } = await start();
    await office.replies('', { files: [await dropped(story, eastern(['9月3日', '东主班', '东副班'], ['9月4日', '东主班', '东副班']))] });
    office.sees(/与现行值班表一致/u);
    everybodyIgnores(story);
  });

  it('is undone neither after its first shift has begun nor after somebody changed one of its shifts', async () => {
    const { story, office } = await start();
    await office.replies('', { files: [await dropped(story, changed)] });
    await office.presses('applyWorkbook');
    await office.replies('9月5日东城区由次日班改为东局长');
    await office.presses('applyRosterChange');
    await office.presses('undoRosterChange', /值班表已导入/u);
    office.sees(/此后有人又调整了同样的班次/u);
    everybodyIgnores(story);
  });
});

describe('a contact list dropped into the chat of the office', () => {
  it('is recognised, shown and applied', async () => {
    const { story, office } = await start();
    const sheets: readonly SheetSpec[] = [
      {
        name: '联络人名单',
        rows: [
          ['单位', '主要负责人', '手机', '联络人', '手机', '联系人', '手机'],
          ['东城区住房和城乡建设局', '东局长', '13800000011', '东新人', '13800000999', '东联系', '13800000010'],
        ],
      },
    ];
    await office.replies('', { files: [await dropped(story, sheets, '联络人名单.xlsx')] });
    office.sees(/联络人名单.xlsx：联络人名单，请确认[\s\S]*处变动/u);
    await office.presses('applyWorkbook');
    await story.settle();
    office.sees(/联络人名单已导入/u);
    expect(story.world.directory.organisation.people.map(({ name }) => name)).toContain('东新人');
    everybodyIgnores(story);
  });
});

describe('a roster dropped by an officer, without a word', () => {
  it('is not taken for an item’s file: it says whose business rosters are, and whom to turn to', async () => {
    const { story } = await start();
    const officer = story.person('东主班');
    await officer.replies('', { files: [await dropped(story, changed)] });
    officer.sees(
      /未调整值班表\n只有局联络组办公室可以导入[^\n]*值班表没有改动。请把文件交给办公室：冯主任 13800000017[^\n]*如果是交办件的材料，请先写明编号/u,
    );
    expect(story.events('RosterChanged')).toHaveLength(1);
    everybodyIgnores(story);
  });
});

it('names whoever it would put on two posts at once, also where the other post is not in it', async () => {
  const { story, office } = await start();
  await office.replies('', { files: [await dropped(story, eastern(['9月3日', '西主班', '东副班']))] });
  office.sees(/变动，请确认[\s\S]*请注意：西主班同一时间在 西城区（9月3日周五 08:30）值班，不能同时值两个岗/u);
  everybodyIgnores(story);
});

describe('versions of the roster', () => {
  it('are listed to the office, with who changed what when, and each can be seen', async () => {
    const { story, office } = await start();
    await office.replies('', { files: [await dropped(story, changed)] });
    await office.presses('applyWorkbook');
    await story.settle();
    await office.replies('9月6日东城区主班改为次日班');
    await office.replies('是');
    await story.settle();
    office.ignores();
    await office.replies('排班版本');
    office.sees(
      /值班表的版本\n现行为第 3 版。\n第 3 版 [^\n]*冯主任调整：新增 0 班，变动 1 班，取消 0 班\n第 2 版 [^\n]*冯主任导入或发布：新增 0 班，变动 2 班，取消 0 班\n第 1 版 [^\n]*命令行/u,
    );
    await office.presses('showRosterVersion', /值班表的版本/u);
    office.sees(/值班表第 \d 版/u);
    await office.replies('值班表第2版');
    office.sees(/值班表第 2 版\n第 2 版[^\n]*\n变动 东城区 9月3日[^\n]*东主班、东副班 → 次日班、东副班[\s\S]*该版自今日起的班次：/u);
    await office.replies('值班表第9版');
    office.sees(/值班表没有第 9 版/u);
    await story.person('东主班').replies('排班版本');
    story.person('东主班').sees(/值班表的各个版本由局联络组办公室查看：冯主任 13800000017/u);
    everybodyIgnores(story);
  });
});
