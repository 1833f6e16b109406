import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { idOf } from '../../support/invented.ts';
import { startService } from '../../support/service.ts';
import { desksOf } from '../../support/set-up.ts';
import { workbookOf } from '../../support/workbooks.ts';

const office = idOf('冯主任');
const mime = 'application/octet-stream';
const fixture = async (name: string) => ({
  bytes: new Uint8Array(await readFile(new URL(`../../fixtures/${name}`, import.meta.url))),
  name,
  mime,
});

const open = async () => {
  const service = await startService();
  return { ...service, desk: desksOf(service).imports };
};

const bookOf = async (rows: readonly (readonly string[])[], name = '东城区值班表2021.xlsx') => {
  const source = await workbookOf([{ name: '东城区值班表', rows: [['日期', '值班员'], ...rows] }], name);
  return { bytes: 'bytes' in source ? source.bytes : new Uint8Array(), name, mime };
};

describe('a workbook with faults', () => {
  it('has each in its cell, drawn with the rows around it, and nothing is changed', async () => {
    const { desk, store } = await open();
    await desk.preview(await fixture('contacts.xlsx'), 'zh-CN').then(({ sha256, name, version, digest, kind, errors }) => {
      expect([kind, errors]).toEqual(['contacts', []]);
      return desk.apply({ sha256, name, version, digest }, office);
    });
    const [rows, version] = [store.rows().length, await store.campaignVersion()];
    const shown = await desk.preview(await fixture('roster-flawed.xlsx'), 'zh-CN');
    expect([shown.kind, shown.errors.length, shown.digest]).toEqual(['roster', 5, '']);
    for (const { sheet, cell } of shown.errors) {
      const drawn = shown.sheets.find(({ name }) => name === sheet);
      const row = drawn?.rows.find(({ cells }) => cells.some((one) => one.cell === cell));
      expect([cell, row?.cells.length]).toEqual([cell, drawn?.columns.length]);
      const at = drawn!.rows.indexOf(row!);
      expect(drawn!.rows[at - 1]?.row).toBe(row!.row - 1);
    }
    const said = shown.sheets
      .flatMap(({ rows: drawn }) => drawn.flatMap(({ cells }) => cells))
      .find(({ cell, text }) => cell === 'C19' && text !== '');
    expect(said?.text).toContain('诸葛不在册');
    await expect(desk.apply({ ...shown, version }, office)).rejects.toMatchObject({ code: 'ZG_BAD_WORKBOOK' });
    expect([store.rows().length, await store.campaignVersion()]).toEqual([rows, version]);
  });

  it('of another year is refused at its first date, in the words of the page', async () => {
    const { desk } = await open();
    const shown = await desk.preview(await bookOf([['2019-08-29', '东副班']], '东城区值班表2019.xlsx'), 'zh-CN');
    expect(shown.errors.map(({ code, cell }) => [code, cell])).toEqual([['ZG_OUTSIDE_CAMPAIGN', 'A2']]);
    expect(shown.errors[0]?.message).toContain('“设置”');
    expect(shown.sheets[0]?.rows.some(({ cells }) => cells.some(({ cell }) => cell === 'A2'))).toBe(true);
    expect(shown.digest).toBe('');
  });

  it('that is no workbook of ours at all says why', async () => {
    const { desk } = await open();
    const nothing = await desk.preview({ bytes: new TextEncoder().encode('hello'), name: 'list.xlsx', mime }, 'en');
    expect([nothing.kind, nothing.errors.map(({ code }) => code), nothing.sheets]).toEqual([null, ['ZG_NOT_A_WORKBOOK'], []]);
  });
});

describe('a workbook without faults', () => {
  it('shows what it would change by post and shift, and is applied exactly so; people are told as they are by the chat', async () => {
    const { desk, store, world } = await open();
    const shown = await desk.preview(
      await bookOf([
        ['2021-08-29', '东副班'],
        ['2021-08-30', '次日班'],
      ]),
      'zh-CN',
    );
    expect([shown.errors, shown.kind, shown.isSame]).toEqual([[], 'roster', false]);
    const [post] = shown.roster?.posts ?? [];
    expect([post?.unit, post?.changed]).toEqual(['东城区', 2]);
    expect(post?.shifts[0]).toMatchObject({
      type: 'changed',
      from: '2021-08-29T08:30:00+08:00',
      after: [{ name: '东副班', role: 'onDuty' }],
    });
    const before = store.rows().length;
    const { told } = await desk.apply(shown, office);
    expect(told).toBe(shown.told);
    const rows = store.rows().slice(before);
    expect(rows[0]).toMatchObject({ event: 'RosterChanged', actor: office, channel: 'page' });
    const holders = world.directory.roster.shifts.find(
      ({ postId, from }) => postId === 'p2' && from === Date.parse('2021-08-30T08:30:00+08:00'),
    )?.holders;
    expect(holders).toEqual([{ role: 'onDuty', personId: idOf('次日班') }]);
    expect((await desk.again(shown, 'zh-CN')).isSame).toBe(true);
  });

  it('is refused where the lists have moved on, and is then shown anew', async () => {
    const { desk } = await open();
    const mine = await desk.preview(await bookOf([['2021-08-29', '东副班']]), 'zh-CN');
    const theirs = await desk.preview(await bookOf([['2021-08-30', '次日班']]), 'zh-CN');
    await desk.apply(theirs, office);
    await expect(desk.apply(mine, office)).rejects.toMatchObject({ code: 'ZG_MOVED_ON' });
    const anew = await desk.again(mine, 'zh-CN');
    expect(anew.version).toBeGreaterThan(mine.version);
    expect((await desk.apply(anew, office)).kind).toBe('roster');
  });

  it('shows who is new and who goes where it is a contact list', async () => {
    const { desk } = await open();
    const { contacts, isSame } = await desk.preview(await fixture('contacts.xlsx'), 'zh-CN');
    expect(isSame).toBe(false);
    expect(contacts?.people.added.length).toBeGreaterThan(50);
    expect(contacts?.units).toContain('历下区');
    expect(contacts?.opened.some(({ role, unit }) => role === 'liaison' && unit === '历下区')).toBe(true);
  });

  it('is known by its content alone', async () => {
    const { desk } = await open();
    await expect(desk.apply({ sha256: 'a'.repeat(64), name: 'x.xlsx', version: 1, digest: '' }, office)).rejects.toMatchObject({
      code: 'ZG_NO_SUCH_FILE',
    });
  });
});

describe('a workbook that calls units by names that nobody knows', () => {
  const strange = async () => {
    const rows = [
      ['日期', '单位', '值班员'],
      ['2021-08-29', '东边那个', '东副班'],
      ['2021-08-30', '东边那个', '次日班'],
    ];
    const source = await workbookOf([{ name: '值班表', rows }], '值班表2021.xlsx');
    return { bytes: 'bytes' in source ? source.bytes : new Uint8Array(), name: '值班表2021.xlsx', mime };
  };

  it('offers the units to choose from, and is read again by what was chosen', async () => {
    const { desk, world } = await open();
    const shown = await desk.preview(await strange(), 'zh-CN');
    expect([shown.kind, shown.unmatched]).toEqual(['roster', [{ name: '东边那个', candidates: [] }]]);
    expect(shown.units).toEqual(world.directory.organisation.units.map(({ name }) => name));
    expect(shown.errors.map(({ message }) => message).join()).not.toContain('--map');
    const unit = shown.units.find((name) => name.startsWith('东城'))!;
    const ask = { sha256: shown.sha256, name: shown.name, map: { 东边那个: unit } };
    const again = await desk.again(ask, 'zh-CN');
    expect([again.errors, again.unmatched, again.units, again.roster?.posts.map((post) => post.unit)]).toEqual([[], [], [], ['东城区']]);
    const { version, digest } = again;
    // what was chosen is part of what was shown
    await expect(desk.apply({ sha256: ask.sha256, name: ask.name, version, digest }, office)).rejects.toMatchObject({
      code: 'ZG_BAD_WORKBOOK',
    });
    expect((await desk.apply({ ...ask, version, digest }, office)).kind).toBe('roster');
  });

  it('refuses what names no unit either', async () => {
    const { desk } = await open();
    const { sha256, name } = await desk.preview(await strange(), 'zh-CN');
    const again = await desk.again({ sha256, name, map: { 东边那个: '谁也不知道' } }, 'en');
    expect(again.errors.map(({ code }) => code)).toContain('ZG_MAP_UNKNOWN');
    expect(again.unmatched).toEqual([{ name: '东边那个', candidates: [] }]);
    expect(again.errors.map(({ message }) => message).join()).not.toContain('--map');
  });

  it('takes a whole sheet for the unit that is chosen for it', async () => {
    const { desk } = await open();
    const source = await workbookOf(
      [
        {
          name: 'Sheet1',
          rows: [
            ['日期', '值班员'],
            ['2021-08-29', '东副班'],
          ],
        },
      ],
      'list2021.xlsx',
    );
    const file = { bytes: 'bytes' in source ? source.bytes : new Uint8Array(), name: 'list2021.xlsx', mime };
    const shown = await desk.preview(file, 'zh-CN');
    expect([shown.kind, shown.unmatched]).toEqual(['roster', [{ name: 'Sheet1', candidates: [] }]]);
    const unit = shown.units.find((one) => one.startsWith('东城'))!;
    const again = await desk.again({ sha256: shown.sha256, name: shown.name, map: { Sheet1: unit } }, 'zh-CN');
    expect([again.errors, again.roster?.posts.map((post) => post.unit)]).toEqual([[], ['东城区']]);
  });
});
