import { expect, it } from 'vitest';
import { importContacts } from '../../../src/app/roster/import-contacts.ts';
import { mobileOf, openDesk, workbookOf, type Desk, type SheetSpec } from '../../support/workbooks.ts';

const m = (number: number): string => mobileOf(number);
const load = async (desk: Desk, ...sheets: readonly SheetSpec[]) => importContacts(desk, await workbookOf(sheets));
const addresses = (desk: Desk) => Object.fromEntries(desk.campaign().organisation.people.map(({ name, email }) => [name, email]));

it.each(['邮箱', '电子邮箱', '电子邮件', '邮件', 'E-mail', 'EMAIL', '邮箱地址'])('takes addresses from the column %s', async (heading) => {
  const desk = openDesk();
  const { errors, warnings } = await load(desk, {
    name: '历下区',
    rows: [
      ['职责', '姓名', '手机', heading],
      ['主要负责人', '赵明', m(1), 'Zhao.Ming@JN.example.CN'],
      ['联络人', '王海燕', m(2), '无'],
      ['联系人', '韩磊', m(3), '<hanlei@jn.example.cn>'],
    ],
  });
  expect([errors, warnings.filter(({ code }) => code === 'ZG_COLUMN_UNREAD')]).toEqual([[], []]);
  expect(addresses(desk)).toEqual({ 赵明: 'Zhao.Ming@jn.example.cn', 王海燕: undefined, 韩磊: 'hanlei@jn.example.cn' });
});

it('gives each the address beside their own name where one row holds several, and keeps it when a later list has none', async () => {
  const desk = openDesk();
  const rows = [
    ['单位', '主要负责人', '手机', '主要负责人邮箱', '联络人', '手机', '联络人邮箱', '联系人', '手机'],
    ['历下区', '赵明', m(1), 'zhao@jn.example', '王海燕', m(2), 'wang@jn.example', '韩磊', m(3)],
  ];
  expect((await load(desk, { name: '名单', rows })).errors).toEqual([]);
  const expected = { 赵明: 'zhao@jn.example', 王海燕: 'wang@jn.example', 韩磊: undefined };
  expect(addresses(desk)).toEqual(expected);
  const without = rows.map((row) => row.filter((_, index) => index !== 3 && index !== 6));
  expect((await load(desk, { name: '名单', rows: without })).errors).toEqual([]);
  expect(addresses(desk)).toEqual(expected);
});

it('says of what is no address that it was left out, and takes the rest of the list', async () => {
  const desk = openDesk();
  const { ok, warnings } = await load(desk, {
    name: '历下区',
    rows: [
      ['职责', '姓名', '手机', '邮箱'],
      ['主要负责人', '赵明', m(1), 'zhao at jn'],
      ['联络人', '王海燕', m(2), 'wang@jn.example'],
      ['联系人', '韩磊', m(3), 'han@jn'],
    ],
  });
  expect(ok).toBe(true);
  expect(warnings.filter(({ code }) => code === 'ZG_EMAIL_INVALID').map(({ cell }) => cell)).toEqual(['D2', 'D4']);
  expect(addresses(desk)).toEqual({ 赵明: undefined, 王海燕: 'wang@jn.example', 韩磊: undefined });
});
