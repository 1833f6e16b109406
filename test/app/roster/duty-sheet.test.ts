import { describe, expect, it } from 'vitest';
import { writeDutySheetPdf } from '../../../adapters/paper/write-pdf.ts';
import { buildDutySheet } from '../../../src/app/roster/duty-sheet.ts';
import { buildDirectory } from '../../../src/domain/organisation/directory.ts';
import { officialDays } from '../../../src/domain/roster/official-days.ts';
import type { Roster } from '../../../src/domain/roster/roster.ts';
import { at, idOf, organisation, roster } from '../../support/invented.ts';

const sheetOf = (ask: Parameters<typeof buildDutySheet>[1], own: Roster = roster) =>
  buildDutySheet({ directory: buildDirectory(organisation, own), timeZone: 'Asia/Shanghai', table: officialDays, campaign: '保障期' }, ask);

describe('the duty sheet', () => {
  it('has the columns of the trade, a row for each day, and says what kind of day it is', () => {
    const sheet = sheetOf({ from: '2021-09-17', to: '2021-09-20', unitId: 'u1' });
    expect(sheet.title).toBe('滨海市住房和城乡建设局值班安排表');
    expect(sheet.subtitle).toBe('2021-09-17 至 2021-09-20　值班时间：08:30至次日08:30');
    expect(sheet.columns.map(({ heading }) => heading)).toEqual(['日期', '星期', '带班领导', '值班员', '副班', '值班电话', '备注']);
    expect(sheet.rows.map(({ cells, day }) => [...cells, day])).toEqual([
      ['2021-09-17', '五', '王带班', '赵主班', '钱副班', '0531-8000-0001', '', 'workday'],
      ['2021-09-18', '六', '王带班', '赵主班', '钱副班', '0531-8000-0001', '调休上班', 'workday'],
      ['2021-09-19', '日', '王带班', '赵主班', '钱副班', '0531-8000-0001', '法定节假日', 'holiday'],
      ['2021-09-20', '一', '王带班', '赵主班', '钱副班', '0531-8000-0001', '法定节假日', 'holiday'],
    ]);
  });

  it('of several posts says which, and of a post that nobody stands that nobody does', () => {
    const without = { ...roster, shifts: roster.shifts.filter(({ postId, from }) => postId !== 'p3' || from !== at('2021-09-01T08:30')) };
    const { columns, rows } = sheetOf({ from: '2021-09-01', to: '2021-09-01' }, without);
    expect(columns[2]!.heading).toBe('单位');
    expect(rows.map(({ cells }) => [cells[2], cells[4]])).toEqual([
      ['市局', '赵主班'],
      ['东城区', '东主班'],
      ['西城区', '无人'],
    ]);
  });

  it('shows the roster as it is stood, and other hours than the usual', () => {
    const half = {
      id: 'v1',
      subject: 'p2',
      from: at('2021-09-01T08:30'),
      to: at('2021-09-01T20:00'),
      out: idOf('东主班'),
      in: idOf('次日班'),
    };
    const { rows } = sheetOf({ from: '2021-09-01', to: '2021-09-02', unitId: 'u2' }, { ...roster, overrides: [half] });
    expect(rows.map(({ cells }) => [cells[0], cells[3], cells[6]])).toEqual([
      ['2021-09-01', expect.stringContaining('次日班'), expect.any(String)],
      ['2021-09-01', '东主班', expect.any(String)],
      ['2021-09-02', '东主班', expect.any(String)],
    ]);
    expect(new Set(rows.map(({ cells }) => cells[6])).size).toBe(3);
  });

  it('names no number of a person', () => {
    expect(JSON.stringify(sheetOf({ from: '2021-08-26', to: '2021-09-25' }))).not.toMatch(/1380000/u);
  });
});

describe('the duty sheet as PDF', () => {
  it('is small, for of the font only what is used goes in, and a month of one post fits on one page', async () => {
    const month = await writeDutySheetPdf(sheetOf({ from: '2021-08-26', to: '2021-09-25', unitId: 'u1' }));
    const text = Buffer.from(month).toString('latin1');
    expect(text.startsWith('%PDF-')).toBe(true);
    expect(text.match(/\/Type \/Page\b/gu)).toHaveLength(1);
    expect(month.length).toBeLessThan(300_000);
    expect(text).toMatch(/\/FontFile[23]/u);
  });

  it('goes on over as many pages as it needs', async () => {
    const all = await writeDutySheetPdf(sheetOf({ from: '2021-08-26', to: '2021-09-25' }));
    expect(
      Buffer.from(all)
        .toString('latin1')
        .match(/\/Type \/Page\b/gu)!.length,
    ).toBeGreaterThan(2);
  });
});
