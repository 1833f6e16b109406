import ExcelJs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { writeWorkbook } from '../../../../adapters/excel/write-workbook.ts';
import { disclosureSheet, itemLedgerSheets, type TableContext } from '../../../../src/app/items/records/item-tables.ts';
import { shippedKinds } from '../../../../src/domain/items/item-kind.ts';
import type { Item, Version } from '../../../../src/domain/items/item.ts';
import { at } from '../../../support/invented.ts';

const base: Item = {
  id: 'iD1',
  kind: 'petition',
  number: 'D2SD202108280012',
  text: '=夜间施工扬尘',
  batch: '第2批',
  district: '东城区',
  pollution: ['大气', '噪声'],
  isSpecial: true,
  isUrgent: false,
  handedOverAt: at('2021-08-28T09:00'),
  parts: [
    { unitId: 'u2', isLead: true, receivedAt: at('2021-08-28T10:00'), receivedBy: 'm1' },
    { unitId: 'u3', isLead: false },
  ],
  limits: [{ level: 'unit', at: at('2021-09-01T00:00'), countedFromAt: at('2021-08-28T09:00'), rule: { type: 'instant' } }],
  status: 'inProgress',
  statusAt: at('2021-08-28T12:00'),
  receiptDueAt: at('2021-08-28T11:00'),
  subtasks: [],
  reports: [],
  versions: [],
  extensions: [],
  outerMoves: [],
  rechecks: [],
  reopened: 0,
  corrections: 0,
};
const version: Version = {
  no: 1,
  outcome: 'done',
  text: '经查属实',
  finding: 'mostlyTrue',
  handling: '已覆盖裸土',
  files: [],
  draftedAt: 0,
  draftedBy: 'm7',
  submittedAt: at('2021-08-31T10:00'),
  decision: 'accepted',
};
const context: TableContext = {
  campaign: '督察保障',
  nameUnit: (id) => ({ u2: '东城区', u3: '西城区' })[id] ?? id,
  kinds: Object.fromEntries(shippedKinds.map((kind) => [kind.name, kind])),
  wallTime: (instant) =>
    Temporal.Instant.fromEpochMilliseconds(instant)
      .toZonedDateTimeISO('Asia/Shanghai')
      .toPlainDateTime()
      .toString()
      .slice(0, 16)
      .replace('T', ' '),
  now: at('2021-09-02T12:00'),
};
const closed: Item = {
  ...base,
  id: 'iD2',
  number: 'D2SD202108280013',
  isSpecial: false,
  status: 'closed',
  closedAt: at('2021-08-31T12:00'),
  versions: [version],
};

describe('the public table', () => {
  it('has the ten columns of the inspection, and says only what was accepted', () => {
    const submitted: Item = { ...base, status: 'submitted', versions: [{ ...version, text: '未审核', decision: undefined as never }] };
    const { headings, rows } = disclosureSheet([submitted, closed], context);
    expect(headings).toHaveLength(10);
    expect(rows).toEqual([
      [1, 'D2SD202108280012*', '=夜间施工扬尘', '东城区', '大气、噪声', '', '', '', '未办结', '无'],
      [2, 'D2SD202108280013', '=夜间施工扬尘', '东城区', '大气、噪声', '经查属实', '基本属实', '已覆盖裸土', '已办结', '无'],
    ]);
  });

  it('is cumulative, or of one batch', () => {
    const later = { ...closed, batch: '第3批' };
    expect(disclosureSheet([base, later], context).rows).toHaveLength(2);
    expect(disclosureSheet([base, later], context, '第3批').rows.map(([, number]) => number)).toEqual(['D2SD202108280013']);
  });

  it('leaves out what the office added of its own, and keeps what has a number of the inspection or came with a list', () => {
    const { batch: _, ...own } = { ...closed, kind: 'assigned' };
    const rows = (item: Item) => disclosureSheet([item], context).rows.length;
    expect(rows({ ...own, id: 'iassigned.k3', number: '20210828-0931-0007' })).toBe(0);
    expect(rows({ ...own, id: 'i办-0901', number: '办-0901' })).toBe(0);
    expect(rows({ ...own, number: 'X2SD202108280013' })).toBe(1);
    expect(rows({ ...own, number: '20210828-3', batch: '第2批' })).toBe(1);
    expect(rows({ ...own, kind: 'petition', number: '信访-0031' })).toBe(1);
  });

  it('calls an interim end interim, and one that failed its second look open', () => {
    const interim: Item = { ...closed, status: 'interim', versions: [{ ...version, outcome: 'interim' }] };
    const reopened: Item = { ...closed, status: 'received', rechecks: [{ at: 1, by: 'm1', passed: false, text: '又发生' }] };
    const withdrawn: Item = { ...closed, status: 'withdrawn' };
    const rows = disclosureSheet([interim, { ...reopened, id: 'i3' }, { ...withdrawn, id: 'i4' }], context).rows;
    expect(rows.map((row) => row[8])).toEqual(['阶段性办结', '未办结']);
  });
});

describe('the list by which items are struck off', () => {
  it('shows how old and how late each is', () => {
    const [list, ages] = itemLedgerSheets([closed, base], context);
    expect(list!.rows.map((row) => [row[1], row[4], row[5], row[9], row[10], row[11], row[12]])).toEqual([
      ['D2SD202108280012', '东城区', '西城区', '办理中', 5, 2, 0],
      ['D2SD202108280013', '东城区', '西城区', '已销号', 3, 0, 1],
    ]);
    expect(ages!.rows).toEqual([
      ['3天以内', 0],
      ['7天以内', 1],
      ['15天以内', 0],
      ['30天以内', 0],
      ['30天以上', 0],
    ]);
  });
});

describe('the workbook', () => {
  it('is read back as it was written, no text becoming a formula', async () => {
    const workbook = new ExcelJs.Workbook();
    const bytes = await writeWorkbook([disclosureSheet([base], context)]);
    await workbook.xlsx.load(Buffer.from(bytes) as unknown as ArrayBuffer);
    const sheet = workbook.worksheets[0]!;
    expect(sheet.name).toBe('信息公开表');
    expect(sheet.getCell('A1').value).toBe('督察保障交办问题办理情况公开表');
    expect(sheet.getCell('C3').value).toBe('=夜间施工扬尘');
    expect(sheet.getCell('J2').value).toBe('责任人被处理情况');
  });

  it('holds times that can be sorted and reckoned with, and is read without a glass on A4', async () => {
    const workbook = new ExcelJs.Workbook();
    const bytes = await writeWorkbook(itemLedgerSheets([base, closed], context));
    await workbook.xlsx.load(Buffer.from(bytes) as unknown as ArrayBuffer);
    const [sheet] = workbook.worksheets;
    const times = ['G3', 'H3', 'I3', 'P4'].map((cell) => sheet!.getCell(cell).value);
    expect(times).toEqual(['08-28T09:00', '08-28T10:00', '09-01T00:00', '08-31T12:00'].map((time) => new Date(`2021-${time}Z`)));
    for (const { widths } of [...itemLedgerSheets([base], context), disclosureSheet([base], context)])
      expect(widths.reduce((sum, width) => sum + width, 0)).toBeLessThanOrEqual(230);
    expect(sheet!.pageSetup.printTitlesRow).toBe('2:2');
    expect(sheet!.headerFooter.oddFooter).toContain('&P');
  });
});
