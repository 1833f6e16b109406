import { describe, expect, it } from 'vitest';
import type { ItemDraft } from '../../src/domain/items/item-command.ts';
import { at } from '../support/invented.ts';
import { draftOf, ignoreAll, itemIn, startWith } from '../support/item-stories.ts';
import type { Story } from '../support/story.ts';

/** What is done with many items at once, and lists that are longer than one message. */

const daily = (no: number, unitId: string, more: Partial<ItemDraft> = {}): ItemDraft =>
  draftOf(no, {
    kind: 'dailyReport',
    unitIds: [unitId],
    limits: [{ level: 'unit', at: at('2021-08-28T15:00'), countedFromAt: at('2021-08-28T10:30'), rule: { type: 'daily', minute: 900 } }],
    ...more,
  });

const handIn = async (story: Story, name: '东联络' | '西联络' | '陈干事', no: number): Promise<void> => {
  const tail = String(no).padStart(4, '0');
  const one = story.person(name);
  await one.replies(`签收 ${tail}`);
  await one.replies(`已办结 ${tail}`);
  await one.fills('draft', { outcome: 'done', text: '当日无新增' });
  await one.replies(`报送 ${tail}`);
  expect(itemIn(story, no).status).toBe('submitted');
  ignoreAll(story);
};

const startDay = async (): Promise<Story> => {
  const story = await startWith(daily(1, 'u2'), daily(2, 'u3'), daily(3, 'g1'), daily(4, 'u3'), draftOf(5));
  await handIn(story, '东联络', 1);
  await handIn(story, '西联络', 2);
  await handIn(story, '陈干事', 3);
  return story;
};

describe('daily reports, accepted at once', () => {
  it('are shown with what is left out and why, and pass after one yes; what one handed in oneself stays', async () => {
    const story = await startDay();
    const office = story.person('陈干事');
    await office.replies('今天的日报告全部通过');
    office.sees(
      /请确认：以下 2 件全部通过[\s\S]*0001[\s\S]*0002[\s\S]*未列入 D2SD202108280003：不能审核[\s\S]*未列入 D2SD202108280004：责任单位尚未正式报送[\s\S]*\[全部通过 2 件\]/,
    );
    expect(story.events('ItemAccepted')).toEqual([]);
    await office.replies('是');
    office.sees(/已全部通过 2 件/);
    expect([1, 2, 3, 4].map((no) => itemIn(story, no).status)).toEqual(['closed', 'closed', 'submitted', 'handedOver']);
    story.person('东联络').sees(/已销号/);
    story.person('东联络').sawNothing();
    // the other one takes what the first could not
    ignoreAll(story);
    const head = story.person('冯主任');
    await head.replies('我的任务');
    head.sees(/我的任务/);
    await head.replies('日报告全部通过');
    head.sees(/以下 1 件全部通过[\s\S]*0003/);
    await head.presses('confirmAcceptAll');
    head.sees(/已全部通过 1 件/);
    expect(itemIn(story, 3).status).toBe('closed');
    await head.presses('confirmAcceptAll');
    head.sees(/没有可以通过的件/);
    ignoreAll(story);
  });

  it('are offered by a button under one’s own list, and dropped by a no', async () => {
    const story = await startDay();
    const head = story.person('冯主任');
    await head.replies('我的任务');
    head.sees(/\[全部通过 3 件\]/);
    await head.presses('acceptAll');
    head.sees(/请确认：以下 3 件全部通过/);
    await head.replies('否');
    head.sees(/已放弃/);
    expect(story.events('ItemAccepted')).toEqual([]);
    await head.replies('是');
    head.ignores();
    expect(story.events('ItemAccepted')).toEqual([]);
  });

  it('pass only as they were shown: one returned and handed in anew meanwhile stays', async () => {
    const story = await startDay();
    const [head, office] = [story.person('冯主任'), story.person('陈干事')];
    await head.replies('accept all daily reports');
    head.sees(/Please confirm: accept these 3/);
    await office.replies('退回 0001 数据不对');
    await story.person('东联络').replies('已办结 0001');
    await story.person('东联络').fills('draft', { outcome: 'done', text: '补报' });
    await story.person('东联络').replies('报送 0001');
    ignoreAll(story);
    await head.presses('confirmAcceptAll');
    head.sees(/2[\s\S]*D2SD202108280001/);
    expect([1, 2, 3].map((no) => itemIn(story, no).status)).toEqual(['submitted', 'closed', 'closed']);
    ignoreAll(story);
  });

  it('are nobody’s but the office’s, and asking whether they have passed does nothing', async () => {
    const story = await startDay();
    await story.person('东联络').replies('今天的日报告全部通过');
    story.person('东联络').sees(/仅局联络组办公室/);
    await story.person('东联络').pressesValue({ action: 'confirmAcceptAll', marks: `${draftOf(1).id}:1` });
    story.person('东联络').sees(/没有可以通过的件[\s\S]*不在您的职责内/);
    await story.person('冯主任').replies('日报告全部通过了吗');
    story.person('冯主任').ignores();
    await story.person('冯主任').replies('是');
    story.person('冯主任').ignores();
    expect(story.events('ItemAccepted')).toEqual([]);
  });
});

describe('long lists', () => {
  it('come in pages, by button and by word, to their end', async () => {
    const story = await startWith(...Array.from({ length: 24 }, (_, index) => draftOf(index + 1)));
    const liaison = story.person('东联络');
    ignoreAll(story);
    await liaison.replies('我的任务');
    liaison.sees(/我的任务：24 件[\s\S]*0001[\s\S]*0010[\s\S]*第 1—10 件，共 24 件[\s\S]*\[查看 D2SD202108280010\][\s\S]*\[更多\]/);
    await liaison.replies('更多');
    liaison.sees(/0011[\s\S]*0020[\s\S]*第 11—20 件/);
    await liaison.presses('moreItems', /第 11—20 件/);
    liaison.sees(/0021[\s\S]*0024/);
    expect(liaison.texts().at(-1)).not.toMatch(/0020|更多/);
    await liaison.replies('下一页');
    liaison.sees(/这份列表已失效/);
    const first = { action: 'moreItems', from: '10', listedAt: String(story.clock.now()) };
    await liaison.replies('全部签收');
    liaison.sees(/已签收 24 件/);
    await liaison.pressesValue({ ...first, listedAt: '1' });
    liaison.sees(/这份列表已失效/);
    await liaison.replies('more');
    liaison.sees(/0011[\s\S]*0020/);
  });

  it('leave the word to others where no list waits', async () => {
    const story = await startWith(draftOf(1));
    ignoreAll(story);
    const officer = story.person('西主班');
    await officer.replies('更多');
    expect(officer.texts().at(-1)).not.toMatch(/列表/);
    officer.ignores();
  });
});

describe('a plan of many parts', () => {
  const received = async (): Promise<Story> => {
    const story = await startWith(draftOf(12));
    await story.person('东联络').replies('签收 0012');
    ignoreAll(story);
    return story;
  };

  it('is understood in one line, with the word for it', async () => {
    const story = await received();
    const liaison = story.person('东联络');
    await liaison.replies('拆分 0012：东主班 8月30日前 现场核查；东联系 8月29日17:00前 覆盖裸土; 次日班 洒水');
    liaison.sees(
      /已拆分到人[\s\S]*1\. 现场核查（东主班，08-30 24:00 前）[\s\S]*2\. 覆盖裸土（东联系，08-29 17:00 前）[\s\S]*3\. 洒水（次日班，08-31 24:00 前）/,
    );
    ignoreAll(story);
  });

  it('is understood in one line once the form is open, and asked again where somebody is of no unit of it', async () => {
    const story = await received();
    const liaison = story.person('东联络');
    await liaison.replies('拆分到人');
    liaison.sees(/也可一行写完/);
    await liaison.replies('西主班 8月30日前 现场核查');
    liaison.sees(/责任人须是本单位人员/);
    await liaison.replies('东主班 8月30日前 现场核查');
    liaison.sees(/已拆分到人[\s\S]*1\. 现场核查/);
    ignoreAll(story);
  });

  it('grows by three rows at a time up to ten, and keeps what was put in', async () => {
    const story = await received();
    const liaison = story.person('东联络');
    await liaison.replies('拆分到人');
    liaison.ignores();
    await liaison.fills('moreRows', { title1: '核查', owner1: story.person('东主班').id });
    liaison.sees(/拆分到人[\s\S]*分项六/);
    await liaison.presses('moreRows');
    await liaison.presses('moreRows');
    expect(liaison.texts().at(-1)).toMatch(/分项十/);
    expect(liaison.texts().at(-1)).not.toMatch(/增加分项/);
    liaison.ignores();
    await liaison.fills('split', { title10: '验收', owner10: story.person('东联系').id });
    liaison.sees(/已拆分到人[\s\S]*1\. 核查[\s\S]*2\. 验收/);
    ignoreAll(story);
  });

  it('shows its form, with everybody who may be named, to nobody who may not plan', async () => {
    const story = await received();
    for (const name of ['西联络', '东主班', '冯主任'] as const) {
      const other = story.person(name);
      await other.pressesValue({ action: 'moreRows', itemId: draftOf(12).id, title1: '核查' });
      other.sees(/不在您的职责内/);
      expect(other.texts().at(-1)).not.toMatch(/分项|东联系/);
      // nothing is begun either, that a later word of theirs would go on with
      await other.replies('东主班 8月30日前 现场核查');
      expect(story.events('ItemPlanned')).toEqual([]);
    }
    ignoreAll(story);
  });
});
