import { afterAll, beforeAll, expect, it } from 'vitest';
import { onlyTheRoundOfTen, startDemo, type Demo } from '../support/demo.ts';
import { workbookOf } from '../support/workbooks.ts';
import { buttonsOf, castOf, ledgerOf, play, rosterOf, textOf, type Cast, type Player } from './cast.ts';

let demo: Demo;
let cast: Cast;
let office: Player;
beforeAll(async () => {
  demo = await startDemo({ env: { CLOCK_SCALE: '1', CLOCK_START: '2021-08-27T10:30+08:00' }, campaign: onlyTheRoundOfTen });
  cast = await castOf(demo);
  office = await play(demo, cast.office()[0]!);
});
afterAll(async () => {
  office.line.end();
  await demo.stop();
});

const mime = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The duty of 9 September, with somebody else of the unit on it; the file is uploaded by the real client. */
const drop = async (officer: string, pattern: RegExp) => {
  const source = await workbookOf([
    {
      name: '历下区',
      rows: [['2021年9月值班表'], ['日期', '主班'], ['9月9日', officer], ['备注:值班时间为当日8:30至次日8:30。']],
      merges: ['A1:B1'],
    },
  ]);
  const bytes = 'bytes' in source ? source.bytes : new Uint8Array();
  const contentUrl = `data:${mime};base64,${Buffer.from(bytes).toString('base64')}`;
  const since = office.now();
  await office.line.says('', { text: undefined, attachments: [{ contentType: mime, contentUrl, name: '历下区值班表.xlsx' }] });
  return office.hears(pattern, since);
};

it('reads a workbook that the office drops into the chat, applies it with one tap, and takes it back with another', async () => {
  const before = (await rosterOf(demo)).find(({ post }) => post === '历下区')!;
  const officer = before.holders.find(({ role }) => role === 'onDuty')!.name;
  const wrong = await drop('查无此人', /处问题，没有导入/u);
  expect(textOf(wrong)).toMatch(/历下区 B3：/u);
  const shown = await drop(officer, /值班表的变动，请确认/u);
  expect(textOf(shown)).toMatch(/变动 1 班[\s\S]*历下区 9月9日周四 08:30/u);
  const since = office.now();
  await office.presses(shown, 'applyWorkbook');
  const applied = await office.hears(/值班表已导入/u, since);
  expect(buttonsOf(applied).map(({ action }) => action)).toContain('undoRosterChange');
  await office.presses(applied, 'undoRosterChange');
  await office.hears(/已撤销，恢复原班/u, since);
  const events = (await ledgerOf(demo)).filter(({ actor }) => actor === office.id).map(({ event }) => event);
  expect(events.filter((event) => event.startsWith('Roster'))).toEqual(['RosterChanged', 'RosterRestored']);
});
