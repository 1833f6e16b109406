import { afterEach, describe, expect, it } from 'vitest';
import { holdersAt } from '../../src/domain/organisation/directory.ts';
import { at, idOf, roster, type Name } from '../support/invented.ts';
import { startStory, type Story } from '../support/story.ts';

/** Parts of shifts, days apart, and words that people use for giving their shift away. Everybody's shift begins at half past eight. */

const standing = (story: Story, post: string, wall: string): readonly string[] =>
  holdersAt(story.world.byRoster, post, at(wall)).map(({ personId }) => story.world.directory.people.get(personId)!.name);

/** What is looked at is looked for: everything else that people are told belongs to other tests. */
const begun: Story[] = [];
afterEach(() => {
  for (const story of begun.splice(0)) for (const { id } of story.world.directory.organisation.people) story.personById(id).ignores();
});
const begin = async (options: Parameters<typeof startStory>[0]): Promise<Story> => {
  const story = await startStory(options);
  begun.push(story);
  return story;
};

const ask = async (text: string, when = '2021-08-27T09:55') => {
  const story = await begin({ at: when });
  const holder = story.person('东主班');
  await holder.replies(text);
  return { story, holder, said: holder.texts().at(-1)! };
};

describe('a part of a shift', () => {
  it.each([
    ['请假两小时，由次日班替班', /交出：东城区 主班 8月27日周五 09:55–11:55（2 小时）/],
    ['请假到下午三点，次日班替我', /交出：东城区 主班 8月27日周五 09:55–15:00/],
    ['请假到明天中午，由次日班替班', /8月27日周五 09:55–8月28日周六 08:30[\s\S]*8月28日周六 08:30–12:00/],
    ['明天上午请假，由次日班替班', /交出：东城区 主班 8月28日周六 08:30–12:00/],
    ['明天下午2点到5点请假，由次日班替班', /交出：东城区 主班 8月28日周六 14:00–17:00（3 小时）/],
    ['明天10点到12点请假，由次日班替班', /交出：东城区 主班 8月28日周六 10:00–12:00（2 小时）/],
    ['明天晚上8点后请假，由次日班替班', /交出：东城区 主班 8月28日周六 20:00–8月29日周日 08:30/],
    ['明天下午3点请假1小时，由次日班替班', /交出：东城区 主班 8月28日周六 15:00–16:00（1 小时）/],
  ])('%s', async (text, shown) => {
    const { said } = await ask(text);
    expect(said).toMatch(/请确认请假申请/);
    expect(said).toMatch(shown);
  });

  it.each(['明天请半天假', '今天下午请假两小时', '明天两点到四点请假'])('%s: it is asked which hours', async (text) => {
    const { story, said } = await ask(text);
    expect(said).toMatch(/请写明从几点到几点、上午还是下午/);
    expect(story.events('RequestAsked')).toEqual([]);
  });

  it('is stood by the other one for exactly that long', async () => {
    const { story, holder } = await ask('明天下午2点到5点请假，由次日班替班');
    await holder.replies('是');
    await story.person('次日班').replies('好的，我替');
    await story.person('东局长').replies('同意');
    expect(standing(story, 'p2', '2021-08-28T13:59')).toContain('东主班');
    expect(standing(story, 'p2', '2021-08-28T14:00').toSorted()).toEqual(['东副班', '次日班']);
    expect(standing(story, 'p2', '2021-08-28T17:00')).toContain('东主班');
  });
});

describe('days apart', () => {
  it('are one request, and the days between them stay as they are', async () => {
    const { story, holder, said } = await ask('9月3日和9月5日请假，次日班替');
    expect(said).toMatch(/9月3日周五 08:30–9月4日周六 08:30[\s\S]*9月5日周日 08:30–9月6日周一 08:30/);
    await holder.replies('是');
    await story.person('次日班').replies('答应');
    await story.person('东局长').replies('同意');
    const names = ['2021-09-03T12:00', '2021-09-04T12:00', '2021-09-05T12:00'].map((wall) =>
      standing(story, 'p2', wall).includes('次日班'),
    );
    expect(names).toEqual([true, false, true]);
  });

  it('of somebody with standing duties are asked for one by one', async () => {
    const story = await begin({ at: '2021-08-27T09:55' });
    await story.person('东联络').replies('9月3日和9月5日请假，由次日班替');
    story.person('东联络').sees(/请把不相连的几天分开申请/);
  });
});

describe('a shift given away in other words', () => {
  it.each([
    ['把我9月3日的班换成次日班', /请确认替班申请[\s\S]*9月3日周五 08:30–9月4日周六 08:30/],
    ['把9月3日的班换成次日班', /请确认替班申请[\s\S]*9月3日周五 08:30–9月4日周六 08:30/],
    ['9月3日晚上让次日班来值', /请确认替班申请[\s\S]*9月3日周五 18:00–9月4日周六 08:30/],
    ['9月3日的班让次日班来值', /请确认替班申请[\s\S]*9月3日周五 08:30/],
    ['明天的班给次日班', /请确认替班申请[\s\S]*8月28日周六 08:30/],
    ['我9月3日值不了，次日班替一下', /请确认替班申请[\s\S]*9月3日周五 08:30/],
    ['明晚我有事，能不能让次日班替我', /请确认替班申请[\s\S]*8月28日周六 18:00–8月29日周日 08:30/],
    ['家里老人住院，明天值不了班', /请选择替班人[\s\S]*次日班/],
    ['今晚的夜班帮我找个人替', /请选择替班人[\s\S]*次日班/],
  ])('%s', async (text, shown) => {
    const { story, said } = await ask(text);
    expect(said).toMatch(shown);
    expect(story.events('RequestAsked')).toEqual([]);
  });
});

describe('what is said of others', () => {
  it.each(['次日班明天请假', '东副班和次日班换班', '不是我请假，是次日班请假', '东副班说他要请假'])(
    '%s: nobody asks for another',
    async (text) => {
      const { story, said } = await ask(text);
      expect(said).toMatch(/请假、换班由本人提出/);
      expect(story.events('RequestAsked')).toEqual([]);
    },
  );

  it('answers only the request of whoever is named', async () => {
    const { story, holder } = await ask('9月3日请假，由次日班替班');
    await holder.replies('是');
    await story.person('次日班').replies('我来替');
    await story.person('东局长').replies('同意东副班请假');
    expect(story.person('东局长').texts().at(-1)).toMatch(/没有等您答复或审批的东副班的申请/);
    expect(story.events('RequestApproved')).toEqual([]);
    await story.person('东局长').replies('同意东主班请假');
    expect(story.events('RequestTookEffect')).toHaveLength(1);
  });

  it('is not taken for the name that was asked for', async () => {
    const { holder } = await ask('9月3日请假');
    expect(holder.texts().at(-1)).toMatch(/请选择替班人/);
    await holder.replies('不要次日班');
    expect(holder.texts().at(-1)).not.toMatch(/请确认请假申请/);
    await holder.replies('次日班');
    expect(holder.texts().at(-1)).toMatch(/请确认请假申请/);
  });
});

describe('answers in words of one’s own', () => {
  const waiting = async () => {
    const { story, holder } = await ask('9月3日请假，由次日班替班');
    await holder.replies('是');
    return story;
  };
  const answer = async (who: Name, text: string): Promise<readonly string[]> => {
    const story = await waiting();
    await story.person(who).replies(text);
    return (['SubstituteAccepted', 'SubstituteDeclined', 'RequestWithdrawn'] as const).filter((name) => story.events(name).length > 0);
  };

  it.each([
    '可以，我替',
    '好的我替',
    '没问题，我来值',
    '行，我替你',
    '愿意',
    '可以换',
    '我来替',
    '接受',
    'OK我替',
    '我可以替',
    '替班没问题',
    '好，我顶',
    '同意替班',
  ])('%s accepts', async (text) => expect(await answer('次日班', text)).toEqual(['SubstituteAccepted']));
  it.each([
    '我替不了',
    '替不了，那天也有事',
    '我不能替',
    '没空',
    '不愿意',
    '我也要值班，替不了',
    '抱歉，我那天出差',
    '我那天也请假了',
    '恐怕替不了',
    '拒绝',
  ])('%s declines', async (text) => expect(await answer('次日班', text)).toEqual(['SubstituteDeclined']));
  it.each(['好的', '收到', '我替你问问', '能替吗', '谁替我', '我再想想', '替不替再说', '如果没人我替', '可以替吗？'])(
    '%s answers nothing',
    async (text) => expect(await answer('次日班', text)).toEqual([]),
  );
  it.each(['假不请了', '把请假撤了', '请假取消', '刚才的请假作废', '我不请假了', '不用次日班替了', '我的请假申请撤回'])(
    '%s withdraws',
    async (text) => expect(await answer('东主班', text)).toEqual(['RequestWithdrawn']),
  );
  it.each(['不取消请假', '请不要取消我的请假', '领导取消了我的请假', '请假能取消吗', '如果取消请假呢'])(
    '%s withdraws nothing',
    async (text) => expect(await answer('东主班', text)).toEqual([]),
  );
});

describe('an empty shift', () => {
  const empty = (wall: string) => ({
    ...roster,
    shifts: roster.shifts.filter(({ postId, from }) => postId !== 'p2' || from !== at(wall)),
  });
  const start = async () => {
    const story = await begin({ at: '2021-08-27T09:55', roster: empty('2021-09-03T08:30') });
    return { story, office: story.person('冯主任') };
  };

  it('is filled by a sentence of the office, for the hours that the post is stood for, and undone as well', async () => {
    const { story, office } = await start();
    await office.replies('9月3日东城区安排次日班');
    office.sees(/调整值班表，请确认[\s\S]*原：东城区 主班 9月3日周五 08:30–9月4日周六 08:30 无人[\s\S]*改：[\s\S]*次日班/);
    await office.replies('是');
    expect(office.texts().at(-1)).toMatch(/值班表已调整[\s\S]*可以撤销/);
    expect(standing(story, 'p2', '2021-09-03T12:00')).toEqual(['次日班']);
    expect(standing(story, 'p2', '2021-09-04T08:30')).toEqual(['东主班', '东副班']);
    expect(story.person('次日班').texts().at(-1)).toMatch(/新增：09-03/);
    await office.replies('撤销');
    expect(standing(story, 'p2', '2021-09-03T12:00')).toEqual([]);
  });

  it('is filled in part, and only once', async () => {
    const { story, office } = await start();
    await office.replies('9月3日东城区夜班安排次日班');
    office.sees(/9月3日周五 18:00–9月4日周六 08:30 无人/);
    const value = story.chat.seenBy(office.id).at(-1)?.message.card?.buttons?.at(0)?.value;
    await office.replies('是');
    expect(standing(story, 'p2', '2021-09-03T20:00')).toEqual(['次日班']);
    expect(standing(story, 'p2', '2021-09-03T12:00')).toEqual([]);
    await office.pressesValue(value);
    expect(office.texts().at(-1)).toMatch(/此后值班表或人员已有变动|已失效/);
    expect(story.events('RosterOverridden')).toHaveLength(1);
  });

  it('takes a seat of a shift that nobody fills, and no rule is left out', async () => {
    const { story, office } = await start();
    await office.replies('9月5日东城区带班安排东局长');
    expect(office.texts().at(-1)).toMatch(/带班领导 9月5日周日 08:30–9月6日周一 08:30 无人/);
    await office.replies('是');
    expect(holdersAt(story.world.byRoster, 'p2', at('2021-09-05T12:00'))).toContainEqual({ role: 'shiftLeader', personId: idOf('东局长') });
    await office.replies('9月3日东城区安排西主班');
    expect(office.texts().at(-1)).toMatch(/西主班同一时间在 西城区/);
  });
});
