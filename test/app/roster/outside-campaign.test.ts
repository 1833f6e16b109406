import { describe, expect, it } from 'vitest';
import { load, open, type Row, roles, shown } from '../../support/roster-desk.ts';

/** From the morning of the 28th to that of the 30th. */
const campaign = { fromAt: Date.parse('2021-08-28T08:30:00+08:00'), toAt: Date.parse('2021-08-30T08:30:00+08:00') };
const days = (...dates: readonly string[]): readonly Row[] => dates.map((date) => [date, '', '赵明', '李涛']);

describe('a roster beside its campaign', () => {
  it('is refused where no shift lies inside, with both spans and what to do, and nothing is kept', async () => {
    const desk = await open(campaign);
    const { ok, errors } = await load(desk, [roles(...days('2020年8月28日', '2020年8月29日'))]);
    expect([ok, errors.length, shown(desk)]).toEqual([false, 1, []]);
    const [fault] = errors;
    expect([fault?.code, fault?.sheet, fault?.cell, fault?.date]).toEqual(['ZG_OUTSIDE_CAMPAIGN', '历下区', 'A3', '2020-08-28']);
    for (const part of ['2个班次', '2020-08-28至2020-08-29', '2021-08-28至2021-08-30', '--year']) expect(fault?.message).toContain(part);
  });

  it('is warned of where some lie outside, by sheet and at the first of them; what touches the campaign is inside', async () => {
    const desk = await open(campaign);
    // the shift of the 27th ends as the campaign begins, that of the 30th begins as it ends
    const { ok, errors, warnings } = await load(desk, [roles(...days('8月27日', '8月28日', '8月29日', '8月30日', '8月31日'))]);
    expect([ok, errors]).toEqual([true, []]);
    const outside = warnings.filter(({ code }) => code === 'ZG_PARTLY_OUTSIDE_CAMPAIGN');
    expect(outside.map(({ cell, date }) => [cell, date])).toEqual([['A3', '2021-08-27']]);
    expect(outside[0]?.message).toContain('3个班次（2021-08-27至2021-08-31）');
    expect(shown(desk).length).toBe(5);
  });

  it('says nothing where all lie inside', async () => {
    const { warnings } = await load(await open(campaign), [roles(...days('8月28日', '8月29日'))]);
    expect(warnings.filter(({ code }) => code.includes('OUTSIDE'))).toEqual([]);
  });
});
