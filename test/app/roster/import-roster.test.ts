import { describe, expect, it } from 'vitest';
import type { ImportOptions } from '../../../src/app/roster/import-contacts.ts';
import { open, load, roles, good, shown } from '../../support/roster-desk.ts';
import type { Row } from '../../support/roster-desk.ts';
import type { SheetSpec } from '../../support/workbooks.ts';

describe('years', () => {
  const bare = (name: string, title?: string): SheetSpec => ({
    name,
    rows: [...(title === undefined ? [] : [[title]]), ['日期', '主班', '副班'], ['12月31日', '赵明', '李涛'], ['1月1日', '张伟', '周强']],
  });
  const years: readonly [string, SheetSpec, ImportOptions, string][] = [
    ['in the title', bare('历下区', '历下区2021年12月—2022年1月值班表'), {}, 'b.xlsx'],
    ['in Chinese numerals', bare('历下区', '二〇二一年值班表'), {}, 'b.xlsx'],
    ['in the name of the sheet', bare('历下区2021年'), {}, 'b.xlsx'],
    ['in the name of the file', bare('历下区'), {}, '值班表20211231.xlsx'],
    ['said at the keyboard', bare('历下区'), { year: 2021 }, 'b.xlsx'],
  ];
  it.each(years)('%s, and roll over', async (_name, sheet, options, fileName) => {
    const desk = await open();
    const outcome = await load(desk, [sheet], options, fileName);
    expect(outcome.errors).toEqual([]);
    expect(outcome.counts).toMatchObject({ from: '2021-12-31T08:30+08:00', to: '2022-01-02T08:30+08:00' });
  });
});

describe('hours', () => {
  const noted = (note: string): SheetSpec => ({
    ...roles(...good),
    rows: [['2021年值班表'], ['日期', '带班领导', '主班', '副班'], ...good, [note]],
  });
  it.each([
    ['值班时间为当日8:30至次日8:30', ['08-27T08:30 08-28T08:30', '08-28T08:30 08-29T08:30']],
    ['注:每班值班时间9时至次日9时', ['08-27T09:00 08-28T09:00', '08-28T09:00 08-29T09:00']],
    ['说明:工作日17:00至次日9:00,节假日9:00至次日9:00', ['08-27T17:00 08-28T09:00', '08-28T09:00 08-29T09:00']],
    ['值班时间:工作日下午5:30—次日8:30;双休日及法定节假日8点半-次日8点半', ['08-27T17:30 08-28T08:30', '08-28T08:30 08-29T08:30']],
    ['备注:请于8:15至8:30交接;值班时间为当日8:00至20:00', ['08-27T08:00 08-27T20:00', '08-28T08:00 08-28T20:00']],
  ])('%s', async (note, spans) => {
    const desk = await open();
    const outcome = await load(desk, [noted(note)]);
    expect(outcome.errors).toEqual([]);
    expect(shown(desk).map((line) => line.slice(0, 23))).toEqual(spans);
  });

  it('a make-up workday has the hours of a workday, by the official table or the remark', async () => {
    const rows: readonly Row[] = [
      ['9月17日', '', '赵明', '李涛'],
      ['9月18日', '', '张伟', '周强'],
      ['9月19日', '', '赵明', '李涛'],
    ];
    const sheet = {
      name: '历下区',
      rows: [['2021年'], ['日期', '带班领导', '主班', '副班'], ...rows, ['备注:值班时间工作日17:00至次日9:00,节假日9:00至次日9:00']],
    };
    const desk = await open();
    await load(desk, [sheet]);
    expect(shown(desk).map((line) => line.slice(0, 11))).toEqual(['09-17T17:00', '09-18T17:00', '09-19T09:00']);
  });

  it('day and night shifts in columns', async () => {
    const sheet = {
      name: '历下区',
      rows: [
        ['日期', '白班(8:30-17:30)', '夜班(17:30-次日8:30)'],
        ['2021-08-27', '赵明', '李涛'],
        ['2021-08-28', '张伟', '周强'],
      ],
    };
    const desk = await open();
    const outcome = await load(desk, [sheet]);
    expect(outcome.errors).toEqual([]);
    expect(shown(desk)).toEqual([
      '08-27T08:30 08-27T17:30 赵明',
      '08-27T17:30 08-28T08:30 李涛',
      '08-28T08:30 08-28T17:30 张伟',
      '08-28T17:30 08-29T08:30 周强',
    ]);
  });
});

describe('dates that are more than one day', () => {
  it.each([
    ['8月27日-29日', ['08-27', '08-28', '08-29']],
    ['8月30日-9月2日', ['08-30', '08-31', '09-01', '09-02']],
    ['8.30—9.1', ['08-30', '08-31', '09-01']],
    ['8月27日、28日', ['08-27', '08-28']],
    ['8月28日至30日(周末)', ['08-28', '08-29', '08-30']],
    ['2021年8月27日~8月28日', ['08-27', '08-28']],
    ['8月27日 星期五 至 8月29日 星期日', ['08-27', '08-28', '08-29']],
  ])('%s', async (text, days) => {
    const desk = await open();
    const outcome = await load(desk, [roles([text, '', '赵明', '李涛'])]);
    expect(outcome.errors).toEqual([]);
    expect(shown(desk).map((line) => line.slice(0, 5))).toEqual(days);
  });

  it('a team under a merged cell', async () => {
    const desk = await open();
    const sheet = {
      name: '历下区',
      rows: [
        ['日期', '主班'],
        ['2021-08-27', '赵明'],
        ['2021-08-28', ''],
        ['2021-08-29', '李涛'],
      ],
      merges: ['B2:B3'],
    };
    expect(await load(desk, [sheet])).toMatchObject({ ok: true });
    expect(shown(desk).map((line) => line.slice(-2))).toEqual(['赵明', '赵明', '李涛']);
  });

  it('numbers that lost their last nought', async () => {
    const desk = await open();
    const rows: readonly Row[] = [
      [8.28, '赵明'],
      [8.29, '李涛'],
      [8.3, '张伟'],
      [8.31, '周强'],
    ];
    expect(await load(desk, [{ name: '历下区2021', rows: [['日期', '主班'], ...rows] }])).toMatchObject({ ok: true });
    expect(shown(desk).map((line) => line.slice(0, 5))).toEqual(['08-28', '08-29', '08-30', '08-31']);
  });
});

describe('importing again', () => {
  it('replaces the shifts of the posts it names inside the span it covers, and leaves the rest alone', async () => {
    const desk = await open();
    const matrix = (...rows: readonly Row[]): SheetSpec => ({ name: '汇总', rows: [['日期', '历下区', '莱芜区'], ...rows] });
    await load(desk, [matrix(['2021-08-27', '赵明', '冯静'], ['2021-08-28', '李涛', '吴丽'], ['2021-08-29', '张伟', '冯静'])]);
    const before = desk.campaign().roster;
    expect(
      await load(desk, [
        {
          name: '历下区',
          rows: [
            ['日期', '主班'],
            ['2021-08-28', '周强'],
          ],
        },
      ]),
    ).toMatchObject({ ok: true });
    const after = desk.campaign().roster;
    expect(
      shown(desk)
        .slice(0, 3)
        .map((line) => line.slice(-2)),
    ).toEqual(['赵明', '周强', '张伟']);
    expect(after.shifts.slice(3)).toEqual(before.shifts.slice(3));
    expect(after.posts).toEqual(before.posts);
  });
});

describe('--map', () => {
  it('answers for a heading and for a sheet', async () => {
    const heading = {
      name: '汇总',
      rows: [
        ['日期', '历下区', '莱芜'],
        ['2021-08-27', '赵明', '吴丽'],
      ],
    };
    expect(await load(await open(), [heading], { map: { 莱芜: '莱芜区' } })).toMatchObject({ ok: true, counts: { unitShifts: 2 } });
    const sheet = {
      name: '表一',
      rows: [
        ['日期', '主班'],
        ['2021-08-27', '赵明'],
      ],
    };
    expect(await load(await open(), [sheet], { map: { 表一: '历下区' } })).toMatchObject({ ok: true, counts: { unitShifts: 1 } });
  });
});

describe('other ways to draw a table', () => {
  const drawn: Readonly<Record<string, { sheets: readonly SheetSpec[]; is: readonly string[] }>> = {
    'one day a sheet, which only the title names': {
      sheets: [
        {
          name: '一',
          rows: [['2021年8月27日值班安排'], ['单位', '带班领导', '值班员'], ['历下区', '赵明', '李涛'], ['莱芜区', '冯静', '吴丽']],
          merges: ['A1:C1'],
        },
      ],
      is: ['08-27T08:30 08-28T08:30 赵明 李涛', '08-27T08:30 08-28T08:30 冯静 吴丽'],
    },
    'bare days under a month in the title': {
      sheets: [
        {
          name: '一',
          rows: [['历下区2021年8月值班表'], ['日期', '带班领导', '值班员'], [30, '赵明', '李涛'], [31, '赵明', '张伟']],
          merges: ['A1:C1'],
        },
      ],
      is: ['08-30T08:30 08-31T08:30 赵明 李涛', '08-31T08:30 09-01T08:30 赵明 张伟'],
    },
    'roles down, days across': {
      sheets: [
        {
          name: '历下区2021',
          rows: [
            ['日期', '8月27日', '8月28日'],
            ['星期', '五', '六'],
            ['带班领导', '周强', '周强'],
            ['主班', '赵明', '李涛'],
            ['副班', '李涛', '张伟'],
          ],
        },
      ],
      is: ['08-27T08:30 08-28T08:30 周强 赵明 李涛', '08-28T08:30 08-29T08:30 周强 李涛 张伟'],
    },
    'a month above its days': {
      sheets: [
        {
          name: '汇总2021',
          rows: [
            ['单位', '8月', '', '9月'],
            ['', 30, 31, 1],
            ['历下区', '赵明', '李涛', '张伟'],
          ],
          merges: ['A1:A2', 'B1:C1'],
        },
      ],
      is: ['08-30T08:30 08-31T08:30 赵明', '08-31T08:30 09-01T08:30 李涛', '09-01T08:30 09-02T08:30 张伟'],
    },
    'tables one under the other': {
      sheets: [
        {
          name: '汇总',
          rows: [
            ['2021年8月值班表'],
            ['日期', '历下区', '莱芜区'],
            ['8月31日', '赵明', '冯静'],
            [''],
            ['2021年9月值班表'],
            ['日期', '历下区', '莱芜区'],
            ['9月1日', '李涛', '吴丽'],
          ],
          merges: ['A1:C1', 'A5:C5'],
        },
      ],
      is: ['08-31T08:30 09-01T08:30 赵明', '09-01T08:30 09-02T08:30 李涛', '08-31T08:30 09-01T08:30 冯静', '09-01T08:30 09-02T08:30 吴丽'],
    },
    'first and last day in columns': {
      sheets: [
        {
          name: '历下区2021',
          rows: [
            ['开始日期', '结束日期', '值班员'],
            ['8月27日', '8月28日', '赵明'],
            ['8月29日', '8月29日', '李涛'],
          ],
        },
      ],
      is: ['08-27T08:30 08-28T08:30 赵明', '08-28T08:30 08-29T08:30 赵明', '08-29T08:30 08-30T08:30 李涛'],
    },
    'both ends of a shift in the cell of the date': {
      sheets: [
        {
          name: '历下区',
          rows: [
            ['值班时间', '值班人员'],
            ['2021年8月27日9:00-8月28日9:00', '赵明'],
            ['2021年8月28日9:00-8月29日9:00', '李涛'],
          ],
        },
      ],
      is: ['08-27T09:00 08-28T09:00 赵明', '08-28T09:00 08-29T09:00 李涛'],
    },
    'titles beside the names, and a signature below': {
      sheets: [
        {
          name: '历下区2021',
          rows: [
            ['日期', '值班员'],
            ['8月27日', '赵明副局长 李涛科员'],
            ['8月28日', '张伟(主任)、周强 质安科科长'],
            ['制表人:王某', '审核:李某'],
          ],
        },
      ],
      is: ['08-27T08:30 08-28T08:30 赵明 李涛', '08-28T08:30 08-29T08:30 张伟 周强'],
    },
  };
  it.each(Object.keys(drawn))('%s', async (name) => {
    const desk = await open();
    const { sheets = [], is = [] } = drawn[name] ?? {};
    expect((await load(desk, sheets)).errors).toEqual([]);
    expect(shown(desk)).toEqual(is);
  });

  it('a landline in a column, however it is spaced', async () => {
    const desk = await open();
    await load(desk, [
      {
        name: '历下区2021',
        rows: [
          ['日期', '值班员', '值班电话'],
          ['8月27日', '赵明', '(0531)8200 0001'],
        ],
      },
    ]);
    expect(desk.campaign().roster.posts[0]?.landline).toBe('0531-82000001');
  });
});
