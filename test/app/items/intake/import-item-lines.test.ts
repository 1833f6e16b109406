import { describe, expect, it } from 'vitest';
import { importRequests } from '../../../../src/app/items/intake/import-batch.ts';
import { openItemDesk } from '../../../support/item-desk.ts';
import { batch, codes, header, line, one, requests, titled, two, warned } from '../../../support/item-lists.ts';
import { workbookOf } from '../../../support/workbooks.ts';

describe('numbers', () => {
  it.each([
    ['Ｄ2ＳＤ202108280001', one],
    ['d2sd 2021 0828 0001', one],
    ['D2SD2021082800\n01', one],
    ['★D2SD202108280001', one],
    ['D2SD0828001', 'D2SD0828001'],
    ['济信访2021-0012号', '济信访2021-0012号'],
  ])('are read leniently: %j', async (text, number) => {
    const { desk, outcome } = await batch(titled([line(1, text), line(2, two)]));
    expect(codes(outcome)).toEqual([]);
    expect(desk.draft(number).number).toBe(number);
  });

  it('two in a cell are two cases', async () => {
    const { desk } = await batch(titled([line(1, `${one}、${two}`)]));
    expect([...desk.drafts.keys()]).toEqual([`i${one}`, `i${two}`]);
  });

  it('that are missing or none are faults of their cells, all in one go', async () => {
    const { outcome, desk } = await batch(titled([line(1, ''), line(2, '详见附件'), line(3, one, { text: '' }), line(4, two)]));
    expect(codes(outcome)).toEqual(['ZG_NUMBER_MISSING B3', 'ZG_NUMBER_UNREADABLE B4', 'ZG_TEXT_MISSING C5']);
    expect(desk.handedOver).toEqual([]);
  });

  it('that only count lines are none: the list’s own day and line stand for them', async () => {
    const { desk, outcome } = await batch([
      {
        name: 'Sheet1',
        rows: [
          ['交办事项清单（2021年8月28日）'],
          ['编号', '交办事项', '责任部门', '完成时限'],
          [1, '补齐台账。', '质量安全处', '8月31日'],
          [2, '核查工地。', '历下区', '8月31日'],
        ],
      },
    ]);
    expect(codes(outcome)).toEqual([]);
    expect(desk.handedOver.map(({ id, kind }) => [id, kind])).toEqual([
      ['i20210828-1', 'assigned'],
      ['i20210828-2', 'assigned'],
    ]);
  });
});

describe('units', () => {
  it.each([
    ['历下区人民政府', '历下区'],
    ['槐荫区和市中区住建部门', '槐荫区 市中区'],
    ['历城区(协办)、章丘区(主办)', '章丘区 历城区'],
    ['牵头单位：历下区 配合单位：市中区、天桥区', '历下区 市中区 天桥区'],
    ['由历下区牵头，市中区配合', '历下区 市中区'],
    ['历下区\n市中区', '历下区 市中区'],
    ['质量安全处、历下区住建局', '质量安全处 历下区'],
  ])('%s', async (text, units) => {
    const { desk, outcome } = await batch(titled([line(1, one, { units: text })]));
    expect(codes(outcome)).toEqual([]);
    expect(desk.unitsOf(desk.draft(one))).toBe(units);
  });

  it('that nobody knows, or that may be two, are faults of their cells', async () => {
    const rows = [
      line(1, one, { units: '青岛市住建局' }),
      line(2, two, { units: '办公室' }),
      line(3, 'D2SD202108280003', { units: '历下区城管局' }),
    ];
    const { outcome } = await batch(titled(rows));
    expect(codes(outcome)).toEqual(['ZG_UNIT_UNKNOWN F3', 'ZG_UNIT_AMBIGUOUS F4', 'ZG_UNIT_UNKNOWN F5']);
    const mapped = await batch(titled(rows), { map: { 青岛市住建局: '历下区', 办公室: '局办公室', 历下区城管局: '历下区' } });
    expect(codes(mapped.outcome)).toEqual([]);
    const wrong = await batch(titled(rows.slice(1, 2)), { map: { 办公室: '没有的单位' } });
    expect(wrong.outcome.errors.map(({ code }) => code)).toContain('ZG_MAP_UNKNOWN');
  });

  it('may stand in a heading between the rows, or be said to be the same', async () => {
    const head = ['序号', '受理编号', '问题', '污染类型'];
    const { desk, outcome } = await batch([
      {
        name: 'Sheet1',
        rows: [
          ['转办清单(2021年8月28日)'],
          head,
          ['一、历下区', '', '', ''],
          [1, one, '扬尘。', '大气'],
          ['二、市中区', '', '', ''],
          [2, two, '噪声。', '噪声'],
        ],
        merges: ['A1:D1', 'A3:D3', 'A5:D5'],
      },
    ]);
    expect(codes(outcome)).toEqual([]);
    expect([one, two].map((number) => desk.unitsOf(desk.draft(number)))).toEqual(['历下区', '市中区']);
    const same = await batch(titled([line(1, one, { units: '天桥区' }), line(2, two, { units: '同上' })]));
    expect(same.desk.unitsOf(same.desk.draft(two))).toBe('天桥区');
  });

  it('named nowhere are asked for', async () => {
    const { outcome } = await batch(titled([line(1, one, { units: '', district: '' })]));
    expect(outcome.errors.map(({ code }) => code)).toEqual(['ZG_UNIT_MISSING']);
  });
});

describe('limits', () => {
  it('that are unreadable, too early, or want the hour are faults of their cells', async () => {
    const rows = [
      line(1, one, { limit: '另行通知' }),
      line(2, two, { limit: '8月20日前' }),
      line(3, 'D2SD202108280003', { limit: '24小时内' }),
      line(4, 'D2SD202108280004', { limit: '当日' }),
    ];
    const { outcome } = await batch(titled(rows));
    expect(codes(outcome)).toEqual([
      'ZG_LIMIT_UNREADABLE G3',
      'ZG_LIMIT_BEFORE G4',
      'ZG_HANDED_OVER_NEEDED G5',
      'ZG_HANDED_OVER_NEEDED G6',
    ]);
  });

  it('in date cells are wall-clock times, dates alone end with their day, and unformatted dates are dates', async () => {
    const sheets = titled([
      line(1, one, { limit: new Date(Date.UTC(2021, 7, 31, 9)) }),
      line(2, two, { limit: new Date(Date.UTC(2021, 7, 31)) }),
      line(3, 'D2SD202108280003', { limit: new Date(Date.UTC(2021, 7, 31)) }),
      line(4, 'D2SD202108280004', { limit: 44_439.708333333336 }),
    ]);
    const { desk, outcome } = await batch([{ ...sheets[0]!, formats: { G4: 'yyyy-mm-dd', G5: 'yyyy-mm-dd hh:mm' } }]);
    expect(codes(outcome)).toEqual([]);
    expect(desk.handedOver.map(desk.dueAt)).toEqual(['2021-08-31T09:00', '2021-09-01T00:00', '2021-08-31T00:00', '2021-08-31T17:00']);
  });

  it('on the day of handing over, or past, are pointed out', async () => {
    const desk = await openItemDesk();
    desk.at('2021-08-30T12:00:00+08:00');
    const { outcome } = await batch(
      titled([line(1, one, { limit: '8月28日20:00前' }), line(2, two, { limit: '8月29日20:00前' })]),
      {},
      'book.xlsx',
      desk,
    );
    expect(warned(outcome)).toEqual(['ZG_LIMIT_SAME_DAY G3', 'ZG_LIMIT_PAST G4']);
  });
});

describe('the day of handing over', () => {
  it('stands in the file’s name, or in a column, with its year said', async () => {
    const named = await batch([{ name: 'Sheet1', rows: [header, line(1, one)] }], {}, '转办20210827.xlsx');
    expect(named.desk.dueAt(named.desk.draft(one))).toBe('2021-08-31T00:00');
    const head = [...header, '交办时间'];
    const inColumn = await batch([
      { name: 'Sheet1', rows: [head, [...line(1, one, { limit: '24小时内' }), new Date(Date.UTC(2021, 7, 28, 10, 30))]] },
    ]);
    expect(inColumn.desk.dueAt(inColumn.desk.draft(one))).toBe('2021-08-29T10:30');
    const inYear = await batch(titled([line(1, one)], '第2批(8月28日)'), { year: 2022 });
    expect(inYear.desk.dueAt(inYear.desk.draft(one))).toBe('2022-09-01T00:00');
  });

  it('is not the day on which the table was filled in, beside it', async () => {
    const rows = [
      ['第2批'],
      ['交办日期：', new Date(Date.UTC(2021, 7, 27)), '填报日期：', new Date(Date.UTC(2021, 8, 9))],
      header,
      line(1, one),
    ];
    const { desk } = await batch([{ name: 'Sheet1', rows, merges: ['A1:H1'] }]);
    expect(desk.dueAt(desk.draft(one))).toBe('2021-08-31T00:00');
  });

  it('is not the day until which a list counts', async () => {
    const { desk } = await batch(titled([line(1, one)], '第2批 8月28日转办（截至9月9日）'));
    expect(desk.dueAt(desk.draft(one))).toBe('2021-09-01T00:00');
  });
});

describe('requests', () => {
  const head = ['序号', '资料名称', '责任单位', '提报时限'];

  it('take their list’s number from the title or the file', async () => {
    const rows = [head, [1, '台账', '历下区', '8月30日12:00前']];
    expect([...(await requests([['调阅清单（第十二号）'], ...rows])).desk.drafts.keys()]).toEqual(['iDR12.1']);
    expect([...(await requests(rows, {}, '调阅清单-07.xlsx')).desk.drafts.keys()]).toEqual(['iDR7.1']);
    expect([...(await requests([['调阅清单（2021年8月29日）'], ...rows])).desk.drafts.keys()]).toEqual(['iDR20210829.1']);
  });

  it('want a limit, and count the same document once', async () => {
    const { outcome } = await requests([
      head,
      [1, '台账', '历下区', ''],
      [2, '纪要', '市中区', '8月30日'],
      [3, '纪 要', '市中区', '8月30日'],
    ]);
    expect(outcome.errors.map(({ code }) => code)).toEqual(['ZG_LIMIT_MISSING']);
    expect(warned(outcome)).toEqual(['ZG_REQUEST_TWICE B4']);
  });

  it('are the same ones when a later form of the list asks more units, or fewer', async () => {
    const desk = await openItemDesk();
    const ask = async (units: string) =>
      importRequests(desk, await workbookOf([{ name: '清单', rows: [['第3号'], head, [1, '台账', units, '8月30日']] }]));
    await ask('历下区');
    expect((await ask('历下区、市中区')).counts).toMatchObject({ requests: 2, added: 1, unchanged: 1 });
    expect((await ask('市中区')).counts).toMatchObject({ requests: 1, added: 0, unchanged: 1 });
    expect(desk.handedOver.map((draft) => desk.unitsOf(draft))).toEqual(['历下区', '市中区']);
  });

  it('ask every district where the list says so', async () => {
    const { outcome } = await requests([['第1号'], head, [1, '台账', '各区县住建部门', '8月30日']]);
    expect(outcome).toMatchObject({ ok: true, counts: { lines: 1, requests: 16 } });
  });
});

describe('what is no line', () => {
  it('notes, totals, column numbers and empty lines are passed over', async () => {
    const { outcome } = await batch(
      titled([
        ['1', '2', '3', '4', '5', '6', '7', '8'],
        line(1, one),
        [2, '', '', '', '', '', '', ''],
        ['合计', '', 1, '', '', '', '', ''],
        ['备注：*为重点关注件。', '', '', '', '', '', '', ''],
        ['填表人：', '', '审核人：', '', '', '', '', ''],
      ]),
    );
    expect(outcome).toMatchObject({ ok: true, errors: [], counts: { items: 1, lines: 1 } });
  });
});
