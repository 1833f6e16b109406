import { describe, expect, it } from 'vitest';
import type { ImportOptions } from '../../../src/app/roster/import-contacts.ts';
import { open, load, roles, good, shown, mobile } from '../../support/roster-desk.ts';
import type { SheetSpec } from '../../support/workbooks.ts';

describe('faults of rosters', () => {
  const cases: Readonly<
    Record<string, { sheets: readonly SheetSpec[]; code: string; cell: string; date?: string; options?: ImportOptions }>
  > = {
    'a day without a row': {
      sheets: [roles(...good, ['8月30日', '', '赵明', '李涛'])],
      code: 'ZG_DAY_MISSING',
      cell: 'A5',
      date: '2021-08-29',
    },
    'an empty cell': {
      sheets: [roles(...good, ['8月29日', '', '', ''], ['8月30日', '', '赵明', '李涛'])],
      code: 'ZG_POST_EMPTY',
      cell: 'C5',
      date: '2021-08-29',
    },
    'a weekday that is wrong': {
      sheets: [roles(['8月27日 星期六', '', '赵明', '李涛'])],
      code: 'ZG_WEEKDAY_WRONG',
      cell: 'A3',
      date: '2021-08-27',
    },
    'somebody unknown': {
      sheets: [roles(...good, ['8月29日', '', '诸葛不在册', '李涛'])],
      code: 'ZG_PERSON_UNKNOWN',
      cell: 'C5',
      date: '2021-08-29',
    },
    'one person twice in a shift': {
      sheets: [roles(['8月27日', '', '赵明', '赵明'])],
      code: 'ZG_PERSON_TWICE',
      cell: 'D3',
      date: '2021-08-27',
    },
    'one day twice': { sheets: [roles(...good, ['8月28日', '', '赵明', '李涛'])], code: 'ZG_DAY_TWICE', cell: 'A5', date: '2021-08-28' },
    'a date that is none': { sheets: [roles(...good, ['8月32日', '', '赵明', '李涛'])], code: 'ZG_DATE_UNCLEAR', cell: 'A5' },
    'people without a date': { sheets: [roles(...good, ['', '', '赵明', '李涛'])], code: 'ZG_DATE_MISSING', cell: 'A5' },
    'no year anywhere': {
      sheets: [
        {
          name: '历下区',
          rows: [
            ['日期', '主班'],
            ['8月27日', '赵明'],
          ],
        },
      ],
      code: 'ZG_YEAR_MISSING',
      cell: 'A2',
    },
    'no unit anywhere': {
      sheets: [
        {
          name: '表',
          rows: [
            ['日期', '主班'],
            ['2021-08-27', '赵明'],
          ],
        },
      ],
      code: 'ZG_UNIT_MISSING',
      cell: '',
    },
    'a unit that nobody knows': {
      sheets: [
        {
          name: '汇总',
          rows: [
            ['日期', '历下区', '城阳区', '莱芜区'],
            ['2021-08-27', '赵明', '李涛', '吴丽'],
          ],
        },
      ],
      code: 'ZG_UNIT_UNKNOWN',
      cell: 'C1',
    },
    'a unit that may be two': {
      sheets: [
        {
          name: '汇总',
          rows: [
            ['日期', '历下区', '莱芜'],
            ['2021-08-27', '赵明', '吴丽'],
          ],
        },
      ],
      code: 'ZG_UNIT_AMBIGUOUS',
      cell: 'C1',
    },
    'a name that two people have': {
      sheets: [
        {
          name: '莱芜高新区',
          rows: [
            ['日期', '主班'],
            ['2021-08-27', '张伟'],
          ],
        },
      ],
      code: 'ZG_PERSON_AMBIGUOUS',
      cell: 'B2',
      date: '2021-08-27',
    },
    'only a shift leader': { sheets: [roles(['8月27日', '赵明', '', ''])], code: 'ZG_HEADCOUNT', cell: 'C3', date: '2021-08-27' },
    'shifts that run into each other': {
      sheets: [
        {
          name: '历下区',
          rows: [['2021年'], ['日期', '班次', '姓名'], ['8月27日', '8:30-20:30', '赵明'], ['8月27日', '20:00-次日8:30', '李涛']],
          merges: ['A1:C1'],
        },
      ],
      code: 'ZG_SHIFTS_OVERLAP',
      cell: 'C4',
      date: '2021-08-27',
    },
    'a name that is none': { sheets: [roles(['8月27日', '', '赵', '李涛'])], code: 'ZG_NAME_UNCLEAR', cell: 'C3', date: '2021-08-27' },
  };

  it.each(Object.keys(cases))('%s: named with its cell, and nothing is applied', async (name) => {
    const desk = await open();
    const before = desk.campaign();
    const { sheets = [], code, cell, date, options } = cases[name] ?? {};
    const outcome = await load(desk, sheets, options);
    expect(outcome.ok).toBe(false);
    expect(outcome.errors).toEqual([expect.objectContaining({ code, cell, ...(date === undefined ? {} : { date }) })]);
    expect(outcome.errors[0]?.message).not.toContain('{');
    expect(desk.campaign()).toBe(before);
  });

  it('a name beside the number of somebody else is asked about', async () => {
    const desk = await open();
    const outcome = await load(desk, [roles(['8月27日', '', `赵明${mobile(desk, '李涛')}`, '周强'])]);
    expect(outcome.errors.map(({ code }) => code)).toEqual(['ZG_PERSON_UNCLEAR']);
  });

  it('too few people for a post', async () => {
    const outcome = await load(await open({ minimumHeadcount: 2 }), [roles(...good, ['8月29日', '', '赵明', ''])]);
    expect(outcome.errors).toMatchObject([{ code: 'ZG_HEADCOUNT', date: '2021-08-29' }]);
  });
});

describe('warnings of rosters', () => {
  it('come with the shifts applied', async () => {
    const desk = await open();
    const outcome = await load(desk, [
      roles(
        ['8月27日', '领军', `赵明13800009999`, '李涛'],
        ['8月28日', '', '赵明', '李涛'],
        ['8月29日', '领军', '张伟', '冯静'],
        ['8月30日', '领军', '周强', '李涛'],
      ),
    ]);
    expect(outcome.ok).toBe(true);
    const codes = outcome.warnings.map(({ code, date }) => `${code} ${date}`);
    expect(codes).toEqual(
      expect.arrayContaining([
        'ZG_PHONE_DIFFERS 2021-08-27',
        'ZG_LEADER_MISSING 2021-08-28',
        'ZG_TEAM_STAYS 2021-08-27',
        'ZG_NOT_OF_UNIT 2021-08-29',
      ]),
    );
    expect(shown(desk)).toHaveLength(4);
  });

  it('one officer on two posts', async () => {
    const sheet = {
      name: '汇总',
      rows: [
        ['日期', '历下区', '莱芜区'],
        ['2021-08-27', '赵明', '吴丽'],
        ['2021-08-28', '李涛', '李涛'],
      ],
    };
    const outcome = await load(await open(), [sheet]);
    expect(outcome.warnings.map(({ code }) => code)).toContain('ZG_PERSON_ELSEWHERE');
  });

  it('says when the hours are the campaign’s', async () => {
    const outcome = await load(await open(), [
      {
        name: '历下区',
        rows: [
          ['日期', '主班'],
          ['2021-08-27', '赵明'],
        ],
      },
    ]);
    expect(outcome.warnings.map(({ code }) => code)).toEqual(['ZG_HOURS_ASSUMED']);
  });
});
