import { describe, expect, it } from 'vitest';
import { batch, codes, header, line, one, titled, two, warned } from '../../../support/item-lists.ts';

describe('a public disclosure table', () => {
  const columns = [
    '序号',
    '受理编号',
    '交办问题基本情况',
    '行政区域',
    '污染类型',
    '调查核实情况',
    '是否属实',
    '处理和整改情况',
    '是否办结',
    '责任人被处理情况',
  ];

  it('names its units by their regions, and keeps what people wrote', async () => {
    const text = '反映历下区某工地，夜间施工噪声扰民；“反复投诉”未解决。';
    const { desk, outcome } = await batch([
      {
        name: '公开表',
        rows: [
          ['济南市第二批群众信访举报转办和边督边改公开情况一览表（2021年8月28日）'],
          columns,
          [1, 'D2SD202108280001*', text, '济南市历下区', '噪音、大气', '', '', '', '', ''],
          [2, two, '两区交界处裸土。', '槐荫区、市中区', '大气', '', '', '', '', ''],
        ],
        merges: ['A1:J1'],
      },
    ]);
    expect(codes(outcome)).toEqual([]);
    expect(desk.draft(one)).toMatchObject({
      text,
      isSpecial: true,
      pollution: ['噪音', '大气'],
      district: '济南市历下区',
      isLimitStated: false,
      batch: '第二批',
    });
    expect(desk.unitsOf(desk.draft(one))).toBe('历下区');
    expect(desk.unitsOf(desk.draft(two))).toBe('槐荫区 市中区');
    expect(desk.dueAt(desk.draft(one))).toBe('2021-09-01T00:00');
  });

  it('keeps the answers that it holds already as what it says, and says so', async () => {
    const { desk, outcome } = await batch([
      {
        name: '公开表',
        rows: [
          ['第二批一览表(2021年8月28日)'],
          columns,
          [1, one, '扬尘。', '历下区', '大气', '经查属实。', '属实', '已整改。', '已办结', '无'],
        ],
      },
    ]);
    expect(warned(outcome)).toEqual(['ZG_ANSWERS_NOTED F2']);
    expect(desk.draft(one).answers?.map(({ heading, text }) => `${heading}=${text}`)).toEqual([
      '调查核实情况=经查属实。',
      '是否属实=属实',
      '处理和整改情况=已整改。',
      '是否办结=已办结',
    ]);
  });

  it('counts from the date in the number where the list has none, and says so', async () => {
    const { desk, outcome } = await batch([{ name: 'Sheet1', rows: [columns.slice(0, 5), [1, one, '扬尘。', '历下区', '大气']] }]);
    expect(outcome.warnings.map(({ code }) => code)).toEqual(['ZG_HANDED_OVER_ASSUMED']);
    expect(desk.dueAt(desk.draft(one))).toBe('2021-09-01T00:00');
  });
});

describe('headers', () => {
  it('stand in two rows, with merged headings above', async () => {
    const { desk, outcome } = await batch([
      {
        name: 'Sheet1',
        rows: [
          ['转办清单（第3批）'],
          ['填报日期：2021年9月9日', '', '', '', '', '', ''],
          ['序号', '受理编号', '交办问题', '', '', '办理要求', ''],
          ['', '', '基本情况', '行政区域', '污染类型', '责任单位', '办理时限'],
          [1, one, '扬尘。', '历下区', '大气', '历下区住建局', '8月31日17:00前'],
        ],
        merges: ['A1:G1', 'A2:G2', 'A3:A4', 'B3:B4', 'C3:E3', 'F3:G3'],
      },
    ]);
    expect(codes(outcome)).toEqual([]);
    expect(desk.draft(one)).toMatchObject({ text: '扬尘。', district: '历下区', pollution: ['大气'], batch: '第3批' });
    expect(desk.dueAt(desk.draft(one))).toBe('2021-08-31T17:00');
  });

  it('come in other words and another order, with units of the figures below', async () => {
    const { desk, outcome } = await batch([
      {
        name: 'Sheet1',
        rows: [
          ['2021年8月28日交办'],
          ['办结时限（工作日）', '承办单位（主办）', '配合单位', '群众反映的主要问题', '举报件编号', '是否重点'],
          [3, '历下区', '市中区、天桥区', '扬尘。', one, '是'],
        ],
      },
    ]);
    expect(codes(outcome)).toEqual([]);
    expect(desk.unitsOf(desk.draft(one))).toBe('历下区 市中区 天桥区');
    expect(desk.draft(one).isSpecial).toBe(true);
    // Sunday is no working day, and neither is the day of handing over.
    expect(desk.dueAt(desk.draft(one))).toBe('2021-09-02T00:00');
  });

  it('come again on the next page', async () => {
    const { desk, outcome } = await batch(titled([line(1, one), header, line(2, two)]));
    expect(outcome).toMatchObject({ ok: true, counts: { items: 2 } });
    expect([...desk.drafts.keys()]).toEqual([`i${one}`, `i${two}`]);
  });
});

describe('several batches in one sheet', () => {
  it('count each from their own day, with a heading of their own or without', async () => {
    const { desk, outcome } = await batch([
      {
        name: 'Sheet1',
        rows: [
          ['第1批转办清单（8月27日）', '', '', '', '', '', '', ''],
          header,
          line(1, 'D2SD202108270001'),
          ['第2批转办清单（8月28日）', '', '', '', '', '', '', ''],
          line(1, one),
          ['第3批转办清单（8月29日）', '', '', '', '', '', '', ''],
          header,
          line(1, 'D2SD202108290001'),
        ],
        merges: ['A1:H1', 'A4:H4', 'A6:H6'],
      },
    ]);
    expect(codes(outcome)).toEqual([]);
    expect(desk.handedOver.map((draft) => [draft.batch, desk.dueAt(draft)])).toEqual([
      ['第1批', '2021-08-31T00:00'],
      ['第2批', '2021-09-01T00:00'],
      ['第3批', '2021-09-02T00:00'],
    ]);
  });

  it('let the later one put the earlier right', async () => {
    const { desk, outcome } = await batch([
      { name: '第1批(8月27日)', rows: [header, line(1, one)] },
      { name: '第2批(8月28日)', rows: [header, line(1, one, { text: '更正后的内容。', units: '市中区' })] },
    ]);
    expect(outcome.ok).toBe(true);
    expect(outcome.warnings.map(({ code }) => code)).toEqual(['ZG_CASE_AGAIN']);
    expect(desk.handedOver).toHaveLength(1);
    expect(desk.draft(one).text).toBe('更正后的内容。');
  });
});

describe('the same number', () => {
  it('keeps its units where a later sheet of the file only says where it lies', async () => {
    const { desk } = await batch([
      { name: '第1批(8月27日)', rows: [header, line(1, one, { units: '历下区、市中区' })] },
      {
        name: '第2批(8月28日)',
        rows: [
          ['序号', '受理编号', '问题', '行政区域', '污染类型'],
          [1, one, '更正。', '槐荫区', '大气'],
        ],
      },
    ]);
    expect(desk.draft(one).text).toBe('更正。');
    expect(desk.unitsOf(desk.draft(one))).toBe('历下区 市中区');
  });

  it('in a later file corrects what differs', async () => {
    const { desk } = await batch(titled([line(1, one), line(2, two)]));
    const { outcome } = await batch(
      titled([line(1, one, { text: '更正。', units: '历下区、市中区' }), line(2, two)]),
      {},
      'book.xlsx',
      desk,
    );
    expect(outcome).toMatchObject({ ok: true, counts: { items: 2, added: 0, updated: 1, unchanged: 1 } });
    expect(Object.keys(desk.corrections.at(-1)!)).toEqual(['text', 'unitIds']);
    const moved = await batch(titled([line(1, two, { text: '第2件扬尘问题。' })], '第5批转办清单(2021年8月30日)'), {}, 'book.xlsx', desk);
    expect(Object.keys(moved.desk.corrections.at(-1)!)).toEqual(['limits']);
  });

  it('keeps its units where a later list only says where it lies, as the public table does', async () => {
    const { desk } = await batch(titled([line(1, one, { units: '历下区、市中区' })]));
    const table = ['序号', '受理编号', '交办问题基本情况', '行政区域', '污染类型', '是否办结'];
    const { outcome } = await batch(
      [{ name: '公开表', rows: [['公开情况一览表（2021年8月30日）'], table, [1, one, '第1件扬尘问题。', '市中区', '大气、噪声', '']] }],
      {},
      'book.xlsx',
      desk,
    );
    expect(outcome).toMatchObject({ ok: true, counts: { updated: 1 } });
    expect(Object.keys(desk.corrections.at(-1)!)).toEqual(['district', 'pollution']);
    expect(desk.unitsOf(desk.draft(one))).toBe('历下区 市中区');
  });

  it('leaves a limit alone that a later list does not state', async () => {
    const { desk } = await batch(titled([line(1, one)]));
    const { outcome } = await batch(
      titled([line(1, one, { limit: '', remark: '补充说明' })], '转办清单(2021年8月30日)'),
      {},
      'book.xlsx',
      desk,
    );
    expect(outcome.ok).toBe(true);
    expect(Object.keys(desk.corrections.at(-1)!)).toEqual(['remark']);
  });

  it('twice in one batch names more units, or is a mistake', async () => {
    const { desk, outcome } = await batch(titled([line(1, one, { text: '扬尘。' }), line(2, one, { text: '扬尘', units: '市中区' })]));
    expect(outcome).toMatchObject({ ok: true, counts: { items: 1, sharedByTwoUnits: 1 } });
    expect(desk.unitsOf(desk.draft(one))).toBe('历下区 市中区');
    expect(codes((await batch(titled([line(1, one), line(2, one)]))).outcome)).toEqual(['ZG_CASE_DIFFERS B4']);
  });

  it('over several rows of units is one case', async () => {
    const rows = [line(1, one, { units: '历下区' }), ['', '', '', '', '', '市中区', '', ''], line(2, two)];
    const { desk, outcome } = await batch(titled(rows));
    expect(codes(outcome)).toEqual([]);
    expect(desk.unitsOf(desk.draft(one))).toBe('历下区 市中区');
    const [sheet] = titled([line(1, one, { units: '历下区' }), line(1, one, { units: '天桥区' })]);
    const merged = await batch([{ ...sheet!, merges: ['A1:H1', 'A3:A4', 'B3:B4', 'C3:C4', 'G3:G4'] }]);
    expect(warned(merged.outcome)).toEqual([]);
    expect(merged.desk.unitsOf(merged.desk.draft(one))).toBe('历下区 天桥区');
  });
});
