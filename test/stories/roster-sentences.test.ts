import { describe, expect, it } from 'vitest';
import { holdersAt } from '../../src/domain/organisation/directory.ts';
import { at, holder, idOf, roster } from '../support/invented.ts';
import { startStory, type Story } from '../support/story.ts';

/** 次日班 belongs to 东城区 and stands nothing; the same two stand its post every day. */
const standing = (story: Story, post: string, wall: string): readonly string[] =>
  holdersAt(story.world.byRoster, post, at(wall)).map(({ personId }) => story.world.directory.people.get(personId)!.name);

const everybodyIgnores = (story: Story): void => {
  for (const { id } of story.world.directory.organisation.people) story.personById(id).ignores();
  story.group.ignores();
};

const start = async (settings = {}) => {
  const story = await startStory({ settings });
  return { story, office: story.person('冯主任') };
};

describe('a sentence of the office', () => {
  it('is shown back with the shift before and after, counts once it is confirmed, and is told to both', async () => {
    const { story, office } = await start();
    await office.replies('9月3日东城区由东主班换成次日班');
    office.sees(/调整值班表，请确认[\s\S]*原：东城区 主班 9月3日周五 08:30–9月4日周六 08:30 东主班[\s\S]*改：东城区 主班[\s\S]*次日班/u);
    expect(story.events('RosterOverridden')).toEqual([]);
    await office.presses('applyRosterChange');
    await story.settle();
    office.sees(/值班表已调整[\s\S]*已通知 2 人[\s\S]*9月3日周五 08:30 前可以撤销/u);
    story.person('次日班').sees(/您的值班有 1 处变动[\s\S]*新增：09-03\(周五\) 08:30 – 09-04 08:30 东城区 主班/u);
    story.person('东主班').sees(/您的值班有 \d 处变动/u);
    expect(standing(story, 'p2', '2021-09-03T12:00')).toEqual(['东副班', '次日班']);
    expect(standing(story, 'p2', '2021-09-04T08:30')).toEqual(['东主班', '东副班']);
    expect(story.events('RosterOverridden')).toMatchObject([
      { actor: idOf('冯主任'), data: { added: [{ subject: 'p2', in: idOf('次日班') }] } },
    ]);
    everybodyIgnores(story);
  });

  it('asks with buttons who is meant where several stand there, and takes a plain yes', async () => {
    const { story, office } = await start();
    await office.replies('9月3日东城区改为次日班');
    office.sees(/替换哪一位[\s\S]*东主班 \(主班\)[\s\S]*东副班 \(副班\)/u);
    await office.pressesValue({ ...(buttonOf(story, office.id, '东副班 (副班)') as object) });
    office.sees(/调整值班表，请确认[\s\S]*原：东城区 副班[\s\S]*东副班/u);
    await office.replies('是');
    office.sees(/值班表已调整/u);
    expect(standing(story, 'p2', '2021-09-03T12:00')).toEqual(['东主班', '次日班']);
    everybodyIgnores(story);
  });

  it('knows a role, a part of the day, and somebody by family name and title', async () => {
    const { story, office } = await start();
    await office.replies('9月3日晚上东城区副班改为小次');
    office.sees(/原：东城区 副班 9月3日周五 18:00–9月4日周六 08:30 东副班[\s\S]*次日班/u);
    await office.replies('把市局9月3日的带班改为周局长');
    office.sees(/原：市局值班室 带班领导 [\s\S]*王带班[\s\S]*周局长/u);
    await office.replies('9月3日东城区主班改为小赵');
    office.sees(/通讯录里没有“小赵”/u);
    everybodyIgnores(story);
  });

  it.each([
    ['东城区改为次日班', /请写明日期/u],
    ['8月20日东城区主班改为次日班', /已经结束/u],
    ['9月3日东城区主班改为东副班', /已在 东城区 9月3日周五 08:30 这一班上/u],
    ['9月3日东城区主班改为西主班', /西主班同一时间在 西城区/u],
    ['9月3日东城区由西主班改为次日班', /西主班在该时段不值 东城区 的班/u],
    ['9月3日东城区主班改为东主班', /本来就是东主班/u],
    ['2月30日东城区主班改为次日班', /日期没有看懂/u],
  ])('%s is refused with its reason', async (text, reason) => {
    const { story, office } = await start();
    await office.replies(text);
    office.sees(reason);
    expect(story.events('RosterOverridden')).toEqual([]);
    everybodyIgnores(story);
  });

  it('says what it would break where the office may set that aside', async () => {
    const { story, office } = await start({ limits: { consecutiveShifts: 31, restMs: 20 * 3_600_000 } });
    await story.changeRoster((now) => ({
      ...now,
      version: now.version + 1,
      shifts: now.shifts.map((shift) =>
        shift.postId === 'p2' && shift.from === at('2021-09-02T08:30')
          ? { ...shift, holders: [holder('onDuty', '次日班'), holder('coDuty', '东副班')] }
          : shift,
      ),
    }));
    await office.replies('9月3日东城区主班改为次日班');
    office.sees(/请注意：次日班两班之间休息不足 20 小时[\s\S]*仍然确认/u);
    await office.presses('applyRosterChange');
    office.sees(/值班表已调整/u);
    everybodyIgnores(story);
  });

  it('tells who is asked about by the role in the shift that is meant, whatever it is in others', async () => {
    const shifts = roster.shifts.map((shift) =>
      shift.postId === 'p2' && shift.from !== at('2021-09-03T08:30')
        ? { ...shift, holders: [holder('onDuty', '东副班'), holder('coDuty', '东主班')] }
        : shift,
    );
    const story = await startStory({ roster: { ...roster, shifts } });
    const office = story.person('冯主任');
    await office.replies('9月3日东城区改为次日班');
    office.sees(/替换哪一位[\s\S]*\[东副班 \(副班\)\][\s\S]*\[东主班 \(主班\)\]/u);
    everybodyIgnores(story);
  });

  it('is refused on its second tap, and where the roster has moved on before the first', async () => {
    const { story, office } = await start();
    await office.replies('9月3日东城区主班改为次日班');
    await office.presses('applyRosterChange', /请确认/u);
    await office.presses('applyRosterChange', /请确认/u);
    office.sees(/请确认/u, /值班表已调整/u, /此后值班表或人员已有变动/u);
    expect(story.events('RosterOverridden')).toHaveLength(1);
    everybodyIgnores(story);
  });
});

const buttonOf = (story: Story, to: string, title: string): unknown =>
  story.chat
    .seenBy(to)
    .flatMap(({ message }) => message.card?.buttons ?? [])
    .findLast((button) => button.title === title)?.value;

describe('who may', () => {
  it('lets a unit propose for its own post only, and the office decide with one tap', async () => {
    const { story, office } = await start();
    const liaison = story.person('东联络');
    await liaison.replies('9月3日主班改为次日班');
    liaison.sees(/请确认[\s\S]*点“确认”后报局联络组办公室，办公室同意后生效/u);
    await liaison.presses('applyRosterChange');
    await story.settle();
    liaison.sees(/已请局联络组办公室调整/u);
    expect(story.events('RosterOverridden')).toEqual([]);
    office.sees(/单位请求调整值班表[\s\S]*由 东联络 提出/u);
    await office.presses('applyRosterChange');
    await story.settle();
    liaison.sees(/值班表已按申请调整/u);
    office.sees(/值班表已调整/u);
    await liaison.replies('9月3日西城区主班改为次日班');
    liaison.sees(/只有局联络组办公室可以调整值班表/u);
    everybodyIgnores(story);
  });

  it('lets a unit decide by itself where the campaign says so, and nobody else at all', async () => {
    const { story } = await start({ rosterChanges: 'unit' });
    const principal = story.person('东局长');
    await principal.replies('9月3日东城区主班改为次日班');
    principal.sees(/请确认[\s\S]*点“确认”后生效，并通知/u);
    await principal.replies('确认');
    principal.sees(/值班表已调整/u);
    const officer = story.person('东副班');
    await officer.replies('9月5日东城区主班改为次日班');
    officer.sees(/只有局联络组办公室可以调整值班表/u);
    await officer.pressesValue({
      action: 'applyRosterChange',
      parts: 'p2~1630629000000~1630715400000~onDuty',
      out: idOf('东主班'),
      in: idOf('次日班'),
    });
    officer.ignores();
    expect(story.events('RosterOverridden')).toHaveLength(1);
    everybodyIgnores(story);
  });

  it('tells the unit when the office declines', async () => {
    const { story, office } = await start();
    const liaison = story.person('东联络');
    await liaison.replies('9月3日主班改为次日班');
    await liaison.presses('applyRosterChange');
    await story.settle();
    await office.presses('declineRosterChange');
    await story.settle();
    liaison.sees(/请确认/u, /已请局联络组办公室/u, /办公室未同意调整[\s\S]*冯主任 于 [^\n]+ 办理/u);
    everybodyIgnores(story);
  });
});

describe('undoing', () => {
  it('puts back exactly what was there, by the word or the button, once', async () => {
    const { story, office } = await start();
    await office.replies('9月3日东城区主班改为次日班');
    await office.presses('applyRosterChange');
    await office.replies('撤销');
    await story.settle();
    office.sees(/请确认/u, /值班表已调整/u, /已撤销，恢复原班[\s\S]*次日班、东副班|已撤销，恢复原班/u);
    const { roster: after } = await story.store.loadCampaign();
    expect({ shifts: after.shifts, overrides: after.overrides }).toEqual({ shifts: roster.shifts, overrides: [] });
    await office.presses('undoRosterChange');
    office.sees(/已经撤销，或已不能撤销/u);
    everybodyIgnores(story);
  });

  it('is refused once the first shift has begun', async () => {
    const { story, office } = await start();
    await office.replies('8月28日东城区主班改为次日班');
    await office.presses('applyRosterChange');
    await story.clock.passes('23h');
    const pressed = buttonOf(story, office.id, '撤销');
    await office.pressesValue(pressed);
    office.sees(/已经撤销，或已不能撤销|第一班已经开始/u);
    expect(standing(story, 'p2', '2021-08-28T12:00')).toContain('次日班');
    everybodyIgnores(story);
  });

  it('is refused where somebody has changed the same shift since, and not where they changed another', async () => {
    const { story, office } = await start();
    await office.replies('9月3日东城区主班改为次日班');
    await office.presses('applyRosterChange');
    const first = buttonOf(story, office.id, '撤销');
    await story.person('陈干事').replies('9月8日东城区副班改为次日班');
    await story.person('陈干事').presses('applyRosterChange');
    await story.person('陈干事').replies('9月3日东城区由次日班改为东局长');
    await story.person('陈干事').presses('applyRosterChange');
    await office.pressesValue(first);
    office.sees(/此后有人又调整了同样的班次/u);
    await story.person('陈干事').replies('撤销');
    await office.pressesValue(first);
    office.sees(/已撤销，恢复原班/u);
    expect(standing(story, 'p2', '2021-09-08T12:00')).toContain('次日班');
    everybodyIgnores(story);
  });

  it('is refused where somebody would be on two posts at once by now', async () => {
    const { story, office } = await start({ limits: { consecutiveShifts: 40, restMs: 0 } });
    await office.replies('9月3日东城区主班改为次日班');
    await office.presses('applyRosterChange');
    const first = buttonOf(story, office.id, '撤销');
    await office.replies('9月3日西城区主班改为东主班');
    await office.presses('applyRosterChange', /西城区/u);
    expect(standing(story, 'p3', '2021-09-03T12:00')).toContain('东主班');
    await office.pressesValue(first);
    office.sees(/未调整值班表[\s\S]*东主班同一时间在 西城区（9月3日周五 08:30）值班，不能同时值两个岗/u);
    expect(standing(story, 'p2', '2021-09-03T12:00')).not.toContain('东主班');
    expect(story.events('RosterOverridden')).toHaveLength(2);
    everybodyIgnores(story);
  });
});
