import { describe, expect, it } from 'vitest';
import { batch, codes, one, two, warned } from '../../../support/item-lists.ts';

describe('columns under headings of their own', () => {
  const title = ['第5批转办清单（2021年8月27日）'];
  const long = '反映历下区某工地夜间施工，噪声扰民。';

  it('are known by what stands in them: words of the case, and times to answer by', async () => {
    const { desk, outcome } = await batch([
      {
        name: 'Sheet1',
        rows: [
          title,
          ['来信人所述', '件号', '包保单位', '限办', '案发区县'],
          [long, one, '历下区', '8月30日17时前', '历下区'],
          ['黄河滩区堆土，无人清理。', two, '槐荫区', '2个工作日内', '槐荫区'],
        ],
        merges: ['A1:E1'],
      },
    ]);
    expect(codes(outcome)).toEqual([]);
    expect(warned(outcome)).toEqual([]);
    expect(desk.draft(one)).toMatchObject({ text: long, isLimitStated: true, district: '历下区' });
    expect(desk.dueAt(desk.draft(one))).toBe('2021-08-30T17:00');
    expect(desk.unitsOf(desk.draft(two))).toBe('槐荫区');
    expect(desk.draft(two)).toMatchObject({ isLimitStated: true });
  });

  it('are named where they say nothing that is known, so that no limit is passed over in silence', async () => {
    const { outcome } = await batch([
      { name: 'Sheet1', rows: [title, ['编号', '问题描述', '责任单位', '领导批示'], [one, long, '历下区', '请抓紧']], merges: ['A1:D1'] },
    ]);
    expect(codes(outcome)).toEqual([]);
    expect(warned(outcome)).toEqual(['ZG_LIST_COLUMN_UNREAD D2']);
  });

  it('are not times to answer by only because dates stand in them', async () => {
    const { desk, outcome } = await batch([
      {
        name: 'Sheet1',
        rows: [title, ['编号', '问题描述', '责任单位', '登记日期'], [one, long, '历下区', '8月26日']],
        merges: ['A1:D1'],
      },
    ]);
    expect(desk.draft(one)).toMatchObject({ isLimitStated: false });
    expect(warned(outcome)).toEqual(['ZG_LIST_COLUMN_UNREAD D2']);
  });
});
