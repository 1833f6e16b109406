import { describe, expect, it } from 'vitest';
import { createLinkSigner } from '../../adapters/calendar-feed/signer.ts';
import { writeFeed } from '../../adapters/calendar-feed/write-feed.ts';
import { writeDutySheetPdf } from '../../adapters/paper/write-pdf.ts';
import { writeWorkbook } from '../../adapters/excel/write-workbook.ts';
import { createFeedDoor } from '../../src/app/calendar/read-feed.ts';
import { createSheetDoor } from '../../src/app/roster/export-sheet.ts';
import { createRosterHistory } from '../../src/app/roster/roster-history.ts';
import { firstLinks } from '../../src/domain/feed/links.ts';
import { startReplay, replayRow } from '../../src/domain/ledger/replay.ts';
import type { LedgerEvent } from '../../src/domain/ledger/event.ts';
import type { Override } from '../../src/domain/roster/roster.ts';
import { at, idOf } from '../support/invented.ts';
import { startStory } from '../support/story.ts';

const start = async () => {
  const story = await startStory();
  const signer = createLinkSigner(new Uint8Array(32));
  const ledger = {
    lastSeq: async () => story.events().length,
    rows: async (after: number, limit: number) => story.events().slice(after, after + limit),
  };
  const history = createRosterHistory(ledger);
  const door = createFeedDoor(story.world, { signer, write: writeFeed, history });
  const sheets = createSheetDoor(story.world, { writeWorkbook, writePdf: writeDutySheetPdf, signer });
  const tokensSeen = (text: string): readonly string[] => Array.from(text.matchAll(/calendar\/(\S+)\.ics/gu), (match) => match[1]!);
  const openCalendar = async (token: string): Promise<readonly string[]> =>
    ((await door.read(token))?.ics ?? '').replaceAll('\r\n ', '').split('\r\n');
  const swap = async (override: Override): Promise<void> => {
    const campaign = await story.store.loadCampaign();
    const roster = {
      ...campaign.roster,
      version: campaign.roster.version + 1,
      overrides: [...(campaign.roster.overrides ?? []), override],
    };
    const event: LedgerEvent = {
      at: story.clock.now(),
      event: 'RosterOverridden',
      data: { version: roster.version, added: [{ ...override }], removed: [] },
    };
    await story.store.commitCampaign({ ...campaign, roster }, campaign.version, [event]);
    await story.settle();
  };
  return { story, door, sheets, tokensSeen, openCalendar, swap };
};

describe('a calendar behind a link', () => {
  it('is given to whoever asks for their own, and shows their shifts without a number of anybody', async () => {
    const { story, tokensSeen, openCalendar } = await start();
    const officer = story.person('东主班');
    await officer.replies('我的日历');
    officer.sees(/值班日历[\s\S]*东主班 的值班：http:\/\/127\.0\.0\.1:3978\/calendar\/m\d+\.[\w-]{43}\.ics/u);
    const [token] = tokensSeen(officer.card(/值班日历/u));
    const lines = await openCalendar(token!);
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(31);
    expect(lines).toContain('SUMMARY:值班：东城区（主班）');
    expect(lines.join('\n')).not.toMatch(/1380000|0531|副班|东副班/u);
  });

  it('opens no more once it was taken back, and nothing else ever opened it', async () => {
    const { story, door, tokensSeen } = await start();
    const officer = story.person('东主班');
    await officer.replies('我的日历');
    officer.sees(/值班日历/u);
    const [before] = tokensSeen(officer.card(/值班日历/u));
    await officer.replies('重置日历链接');
    officer.sees(/旧链接已作废/u);
    const [after] = tokensSeen(officer.card(/旧链接已作废/u));
    expect(after).not.toBe(before);
    expect(await door.read(before!)).toBeUndefined();
    expect(await door.read(after!)).toBeDefined();
    for (const wrong of [
      '',
      'm1',
      'all.x',
      before!.replace(/^m\d+/u, 'all'),
      after!.replace(/^m\d+/u, 'u2'),
      `${after}x`,
      after!.slice(0, -1),
    ])
      expect(await door.read(wrong)).toBeUndefined();
    expect(story.events('CalendarLinkReset')).toMatchObject([{ actor: idOf('东主班'), data: { owner: idOf('东主班'), no: 1 } }]);
    const told = startReplay();
    for (const row of story.events()) replayRow(told, row);
    expect(told.links).not.toEqual(firstLinks);
  });

  it('of a unit and of everybody is the office’s to hand out and to take back', async () => {
    const { story, tokensSeen, openCalendar } = await start();
    const [office, officer] = [story.person('冯主任'), story.person('东主班')];
    await officer.replies('东城区日历');
    officer.sees(/只有局联络组办公室/u);
    await officer.pressesValue({ action: 'resetCalendarLink', owner: 'all' });
    officer.sees(/只有局联络组办公室/u);
    await office.replies('东城区日历');
    office.sees(/东城区 值班/u);
    const [ofUnit] = tokensSeen(office.card(/东城区 值班/u));
    expect(await openCalendar(ofUnit!)).toContain('SUMMARY:东城区：主班 东主班、副班 东副班');
    await office.replies('日历');
    office.sees(/冯主任 的值班[\s\S]*保障期 值班/u);
    const [, ofAll] = tokensSeen(office.card(/保障期 值班/u));
    expect((await openCalendar(ofAll!)).filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(93);
    await office.presses('resetCalendarLink', /保障期 值班/u);
    office.ignores();
  });

  it.each(['西主班', '西联络', '西局长', '周局长', '孙联络'] as const)(
    'of another unit or person is not %s’s to hand out or to take back',
    async (name) => {
      const { story, door, tokensSeen } = await start();
      const officer = story.person('东主班');
      await officer.replies('我的日历');
      officer.sees(/值班日历/u);
      const [token] = tokensSeen(officer.card(/值班日历/u));
      const other = story.person(name);
      await other.replies('东城区日历');
      other.sees(/只有局联络组办公室/u);
      for (const owner of ['all', 'u2', idOf('东主班'), 'nobody', '']) await other.pressesValue({ action: 'resetCalendarLink', owner });
      await other.replies('东城区值班表');
      expect(other.texts().join('\n')).not.toMatch(/\/(?:calendar\/(?:all|u2)|sheet\/[\d_-]+_(?:all|u2)_)/u);
      expect(tokensSeen(other.texts().join('\n')).filter((each) => !each.startsWith(`${idOf(name)}.`))).toEqual([]);
      expect(story.events('CalendarLinkReset').filter(({ data }) => data['owner'] !== idOf(name))).toEqual([]);
      expect(await door.read(token!)).toBeDefined();
      other.ignores();
    },
  );

  it('closes when whoever it is of is gone', async () => {
    const { story, door, tokensSeen } = await start();
    const officer = story.person('东副班');
    await officer.replies('我的日历');
    officer.sees(/值班日历/u);
    const [token] = tokensSeen(officer.card(/值班日历/u));
    expect(await door.read(token!)).toBeDefined();
    await story.changeOrganisation((organisation) => ({
      ...organisation,
      people: organisation.people.map((person) => (person.id === idOf('东副班') ? { ...person, isDisabled: true } : person)),
    }));
    expect(await door.read(token!)).toBeUndefined();
    for (const name of ['东副班', '东主班', '东联络', '东局长', '冯主任', '陈干事'] as const) story.person(name).ignores();
  });

  it('shows a swap, in the same entry with a greater count for the unit', async () => {
    const { story, tokensSeen, openCalendar, swap } = await start();
    const office = story.person('冯主任');
    await office.replies('东城区日历');
    office.sees(/东城区 值班/u);
    const [token] = tokensSeen(office.card(/东城区 值班/u));
    const from = at('2021-09-01T08:30');
    const entry = async (): Promise<readonly string[]> => {
      const lines = await openCalendar(token!);
      const place = lines.indexOf(`UID:p2-${from}@binhai.zaigang`);
      return lines.slice(place, lines.indexOf('END:VEVENT', place));
    };
    const before = await entry();
    await swap({ id: 'v1', subject: 'p2', from, to: at('2021-09-02T08:30'), out: idOf('东主班'), in: idOf('次日班') });
    const after = await entry();
    const sequence = (lines: readonly string[]): number =>
      Number(lines.find((line) => line.startsWith('SEQUENCE:'))!.slice('SEQUENCE:'.length));
    expect(before).toContain('SUMMARY:东城区：主班 东主班、副班 东副班');
    expect(after.find((line) => line.startsWith('SUMMARY:'))).toContain('次日班');
    expect(sequence(after)).toBeGreaterThan(sequence(before));
    expect(after).toContain('LAST-MODIFIED:20210827T015900Z');
    for (const name of ['东主班', '次日班', '东联络', '东联系', '东局长'] as const) story.person(name).ignores();
  });
});

describe('the duty sheet', () => {
  it('is linked to for whom it concerns, and every export is in the ledger', async () => {
    const { story, sheets } = await start();
    const officer = story.person('东主班');
    await officer.replies('值班表');
    officer.sees(/值班表下载[\s\S]*\.xlsx[\s\S]*\.pdf/u);
    const [, excel, pdf] = /sheet\/(\S+\.xlsx)[\s\S]*sheet\/(\S+\.pdf)/u.exec(officer.card(/值班表下载/u))!;
    expect(new TextDecoder().decode((await sheets.open(pdf!))!.bytes.slice(0, 5))).toBe('%PDF-');
    expect((await sheets.open(excel!))!.format).toBe('xlsx');
    expect(story.events('RosterExported')).toMatchObject([
      { channel: 'link', data: { format: 'pdf', unit: 'u2', from: '2021-08-27' } },
      { channel: 'link', data: { format: 'xlsx', unit: 'u2' } },
    ]);
    expect(await sheets.open(excel!.replace('_u2_', '_all_'))).toBeUndefined();
    // another unit's, other days, a longer life, somebody else's signature
    const [, until] = /_(\d+)\./u.exec(excel!)!;
    for (const wrong of [
      excel!.replace('_u2_', '_u3_'),
      excel!.replace(/^\d{4}-\d\d-\d\d/u, '2021-08-01'),
      excel!.replace(until!, String(Number(until) + 1)),
      excel!.replace(until!, String(Number(until) * 10)),
      excel!.replace(/\.[\w-]{43}\./u, `.${'A'.repeat(43)}.`),
      `${excel!}/`,
      `../sheet/${excel!}`,
    ])
      expect([wrong, await sheets.open(wrong)]).toEqual([wrong, undefined]);
    expect(await sheets.open(pdf!.replace('.pdf', ''))).toBeUndefined();
    await officer.replies('西城区值班表');
    officer.sees(/西城区/u);
    expect(officer.texts().at(-1)).not.toContain('值班表下载');
    await story.clock.passes('25h');
    expect(await sheets.open(pdf!)).toBeUndefined();
    officer.ignores();
    for (const name of [
      '赵主班',
      '钱副班',
      '王带班',
      '东副班',
      '西主班',
      '西副班',
      '冯主任',
      '陈干事',
      '东联络',
      '西联络',
      '孙联络',
      '周局长',
      '东局长',
      '西局长',
    ] as const)
      story.person(name).ignores();
    story.group.ignores();
  });

  it('of a time, a unit or a format that is none is refused', async () => {
    const { sheets } = await start();
    const taker = { channel: 'api' };
    await expect(sheets.write('xlsx', { from: '2021-02-30' }, taker, 'all')).rejects.toThrow('ZG_BAD_QUERY');
    await expect(sheets.write('xlsx', { from: '2021-09-02', to: '2021-09-01' }, taker, 'all')).rejects.toThrow('ZG_BAD_QUERY');
    await expect(sheets.write('pdf', { from: '2021-01-01', to: '2021-12-31' }, taker, 'all')).rejects.toThrow('ZG_BAD_QUERY');
    await expect(sheets.write('pdf', { unit: '月球区' }, taker, 'all')).rejects.toThrow('ZG_BAD_QUERY');
  });
});
