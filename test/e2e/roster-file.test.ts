import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onlyTheRoundOfTen, startDemo, type Demo } from '../support/demo.ts';
import { contactsOf, workbookOf } from '../support/workbooks.ts';
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

const attached = async (bytes: Uint8Array, name: string) => {
  const contentUrl = `data:${mime};base64,${Buffer.from(bytes).toString('base64')}`;
  await office.line.says('', { text: undefined, attachments: [{ contentType: mime, contentUrl, name }] });
};

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
  const since = office.now();
  await attached(bytes, '历下区值班表.xlsx');
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

/** In a demo anybody speaks as anybody: nobody whose number may be real comes in, by whichever door. */
it('takes nobody real into a demo: by the page, in the chat, or at its start', async () => {
  const [first, second] = contactsOf({ 历下区住房和城乡建设局: ['赵明', '李涛'] }, ['领军']);
  const real = [
    first!,
    {
      ...second!,
      rows: second!.rows.map((row) =>
        row.map((cell) => (row[1] === '李涛' && typeof cell === 'string' && cell.startsWith('138') ? '13912345678' : cell)),
      ),
    },
  ];
  const source = await workbookOf(real, '通讯录.xlsx');
  const bytes = 'bytes' in source ? source.bytes : new Uint8Array();
  const people = async (): Promise<string> => (await fetch(new URL('api/people?limit=1000', demo.url))).text();
  const before = await people();

  const headers = { 'content-type': 'application/octet-stream' };
  const looked = await fetch(new URL('api/set-up/imports?name=c.xlsx', demo.url), { method: 'POST', headers, body: Buffer.from(bytes) });
  expect(await looked.json()).toMatchObject({ kind: 'contacts', errors: [{ code: 'ZG_PHONE_INVALID' }] });

  const since = office.now();
  await attached(bytes, '通讯录.xlsx');
  expect(textOf(await office.hears(/通讯录.xlsx/u, since))).toMatch(/1 处问题，没有导入/u);
  expect(await people()).toBe(before);

  const contacts = join(demo.dataDir, 'contacts.xlsx');
  await writeFile(contacts, bytes);
  await expect(startDemo({ campaign: { contacts } })).rejects.toThrow('ZG_CAMPAIGN_WORKBOOK: the contact list');
});
