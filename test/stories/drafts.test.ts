import { describe, expect, it } from 'vitest';
import { startStory } from '../support/story.ts';
import { at, organisation, idOf } from '../support/invented.ts';

/** Six officers at each district's post and four who may lead, so that there is something to choose from. */
const many = () => {
  const more = (unit: string, role: 'dutyOfficer' | 'shiftLeader', count: number, first: number) =>
    Array.from({ length: count }, (_, index) => ({
      person: {
        id: `m${first + index}`,
        name: `新${'甲乙丙丁戊己庚辛壬癸子丑寅卯'[first + index - 101]}员`,
        mobile: `1380000${9000 + first + index}`,
      },
      appointment: { role, of: unit, personId: `m${first + index}`, from: 0 },
    }));
  const added = [
    ...more('u1', 'dutyOfficer', 4, 101),
    ...more('u1', 'shiftLeader', 3, 105),
    ...more('u2', 'dutyOfficer', 3, 108),
    ...more('u3', 'dutyOfficer', 4, 111),
  ];
  return {
    ...organisation,
    people: [...organisation.people, ...added.map(({ person }) => person)],
    appointments: [...organisation.appointments, ...added.map(({ appointment }) => appointment)],
  };
};

type Story = Awaited<ReturnType<typeof startStory>>;

/** What is said to others is not what this is about. */
const everybodyIgnores = (story: Story): void => {
  for (const { id } of many().people) story.personById(id).ignores();
  story.group.ignores();
};

const start = async () => {
  const story = await startStory();
  await story.changeOrganisation(many);
  const office = story.person('冯主任');
  const asked = async (text = '排班 9月1日到9月14日'): Promise<void> => {
    await office.replies(text);
    await story.settle();
  };
  return { story, office, asked };
};

describe('a draft in the chat of the office', () => {
  it('is shown with everybody’s load, published whole, and tells each person once what changes', async () => {
    const { story, office, asked } = await start();
    await asked();
    office.sees(
      /排班草案[\s\S]*2021-09-01 至 2021-09-14，3 个岗位，42 个班次[\s\S]*没有空缺[\s\S]*2021-09-01（周三）市局值班室：带班领导 [^\n]+主班 [^\n]+[\s\S]*另有 11 个班次未列出[\s\S]*共\d+ 夜\d+ 休\d+ 节\d+[\s\S]*草案未生效/u,
    );
    const version = (await story.store.loadCampaign()).roster.version;
    await office.presses('publishDraft');
    await story.settle();
    office.sees(/值班表已发布[\s\S]*已通知 \d+ 人/u);
    const { roster } = await story.store.loadCampaign();
    expect(roster.version).toBe(version + 1);
    const told = story.events('RosterChanged').at(-1)!;
    expect(told).toMatchObject({ actor: idOf('冯主任'), channel: 'webchat' });
    const officer = story.person('赵主班');
    officer.sees(/您的值班有 \d+ 处变动[\s\S]*取消：09-\d\d\(周.\) 08:30 – 09-\d\d 08:30 市局值班室/u);
    expect(officer.texts().filter((text) => text.includes('处变动'))).toHaveLength(1);
    everybodyIgnores(story);
  });

  it('is refused where the roster has moved on since it was shown', async () => {
    const { story, office, asked } = await start();
    await asked();
    office.sees(/排班草案/u);
    await story.changeRoster((roster) => ({ ...roster, version: roster.version + 1, shifts: roster.shifts.slice(1) }));
    await office.presses('publishDraft');
    office.sees(/未排班[\s\S]*值班表或人员已有变动/u);
    everybodyIgnores(story);
  });

  it('cannot be published with a gap, and says who is missing why', async () => {
    const story = await startStory();
    const office = story.person('冯主任');
    await office.replies('排班 西城区 9月1日到9月3日');
    office.sees(
      /有 4 个空缺[\s\S]*2021-09-03 西城区 主班：西主班、西副班连续值班过多[\s\S]*2021-09-01（周三）西城区：空缺[\s\S]*连续值班过多：可回复“最多连续5天”放宽后重排/u,
    );
    expect(office.card(/排班草案/u)).not.toContain('草案未生效');
    everybodyIgnores(story);
  });

  it('can be had in another version, and let be', async () => {
    const { story, office, asked } = await start();
    await asked();
    office.sees(/排班草案/u);
    await office.presses('draftAgain');
    office.sees(/排班草案/u);
    await office.presses('discardDraft');
    office.sees(/已撤销|已放弃|撤/u);
    expect(story.events('RosterChanged').filter(({ actor }) => actor !== undefined)).toEqual([]);
    everybodyIgnores(story);
  });

  it('is nobody’s business but the office’s: to others the words ask for the roster', async () => {
    const { story, asked } = await start();
    const officer = story.person('东主班');
    await officer.replies('排班 9月1日到9月3日');
    officer.sees(/东城区/u);
    await asked();
    await officer.pressesValue({
      action: 'publishDraft',
      fromDate: '2021-09-01',
      toDate: '2021-09-03',
      units: '',
      variant: '0',
      version: '2',
      digest: 'x',
    });
    officer.sees(/只有局联络组办公室/u);
    expect(story.events('RosterChanged').filter(({ actor }) => actor !== undefined)).toEqual([]);
    everybodyIgnores(story);
  });

  it.each([
    ['排班 8月20日到8月25日', /只能从明天起/u],
    ['排班 9月1日到12月31日', /最多排 100 天/u],
    ['自动排班', /没有读懂日期/u],
  ])('of %s is refused', async (text, answer) => {
    const { story, office, asked } = await start();
    await asked(text);
    office.sees(answer);
    everybodyIgnores(story);
  });

  it('takes rest, days in a row, wishes and who is away with the order, and says back what it took', async () => {
    const { story, office, asked } = await start();
    await asked('排班 9月1日到9月14日，两班之间休息8小时，最多连续2天，新甲员9月3日和9月5日不排；新乙员9月6日到9月12日不在');
    office.sees(
      /排班草案[\s\S]*按要求：两班之间至少休息 8 小时；最多连续 2 天；新甲员 2021-09-03 不排；新甲员 2021-09-05 不排；新乙员 2021-09-06 至 2021-09-12 不在[\s\S]*没有空缺/u,
    );
    await office.presses('publishDraft');
    office.sees(/值班表已发布/u);
    const { roster } = await story.store.loadCampaign();
    const daysOf = (personId: string) =>
      roster.shifts
        .filter(({ holders }) => holders.some((one) => one.personId === personId))
        .map(({ from }) => new Date(from + 8 * 3_600_000).toISOString().slice(5, 10));
    expect(daysOf('m101')).not.toContain('09-03');
    expect(daysOf('m101')).not.toContain('09-05');
    expect(daysOf('m102').filter((day) => day >= '09-06' && day <= '09-12')).toEqual([]);
    expect(daysOf('m102').filter((day) => day <= '09-14')).not.toEqual([]);
    everybodyIgnores(story);
  });

  it('is drafted again with what is said of it, said back each time, until it is taken back', async () => {
    const { story, office, asked } = await start();
    await asked();
    office.sees(/排班草案/u);
    await office.replies('新甲员9月20日不排');
    // Of a day that is not in the draft: nothing of it is meant.
    office.ignores();
    await office.replies('新甲员9月3日不排');
    office.sees(/按要求：新甲员 2021-09-03 不排\n/u);
    await office.replies('新甲员每周六、日不排，新丙员9月6日到9月8日请假，谢谢');
    office.sees(
      /按要求：新甲员 2021-09-03 不排；新甲员 2021-09-04 不排；新甲员 2021-09-05 不排；[^\n]*新丙员 2021-09-06 至 2021-09-08 不在/u,
    );
    await office.replies('休息十个小时');
    office.sees(/按要求：两班之间至少休息 10 小时；新甲员/u);
    await office.presses('draftAgain');
    office.sees(/按要求：两班之间至少休息 10 小时；新甲员 2021-09-03 不排/u);
    await office.replies('新甲员9月3日可以排');
    office.sees(/按要求：两班之间至少休息 10 小时；新甲员 2021-09-04 不排/u);
    await office.replies('张无忌9月3日不排');
    office.sees(/未排班\n没有听懂“张无忌9月3日不排”/u);
    await office.replies('清除要求');
    office.sees(/14 日|2021-09-14，3 个岗位，42 个班次\n没有空缺/u);
    everybodyIgnores(story);
  });

  it('leaves out whoever has been granted leave, all of its days', async () => {
    const { story, office, asked } = await start();
    const span = { from: at('2021-09-06T00:00'), to: at('2021-09-13T00:00') };
    await story.changeRoster((roster) => ({
      ...roster,
      version: roster.version + 1,
      overrides: [{ id: 'vq1', subject: 'm102', out: 'm102', in: 'm101', ...span }],
    }));
    await asked();
    office.sees(/已准请假，自动避开：新乙员 09-06 00:00 至 09-13 00:00/u);
    await office.presses('publishDraft');
    const { roster } = await story.store.loadCampaign();
    const theirs = roster.shifts.filter(({ holders }) => holders.some(({ personId }) => personId === 'm102'));
    expect(theirs.filter(({ from, to }) => from < span.to && span.from < to && from >= at('2021-09-01T00:00'))).toEqual([]);
    everybodyIgnores(story);
  });

  it('does not ask for more rest than those who stand a post have had', async () => {
    const story = await startStory();
    const office = story.person('冯主任');
    await office.replies('排班 西城区 9月2日到9月4日，最多连续31天');
    office.sees(/没有空缺[\s\S]*草案未生效/u);
    await office.replies('两班之间休息24小时');
    office.sees(/有 \d 个空缺[\s\S]*休息时间不足[\s\S]*休息时间不足：可回复“两班之间休息8小时”缩短休息后重排/u);
    everybodyIgnores(story);
  });

  it('is not what is meant where somebody speaks of today', async () => {
    const { story, office, asked } = await start();
    await asked();
    office.sees(/排班草案/u);
    await office.replies('新甲员今天不在');
    expect(office.texts().filter((text) => text.includes('按要求：'))).toEqual([]);
    everybodyIgnores(story);
  });
});
