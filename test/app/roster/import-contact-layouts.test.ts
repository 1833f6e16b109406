import { expect, it } from 'vitest';
import { importContacts } from '../../../src/app/roster/import-contacts.ts';
import { shortNameOf } from '../../../src/domain/organisation/unit-names.ts';
import { mobileOf, openDesk, workbookOf } from '../../support/workbooks.ts';
import type { Desk, SheetSpec } from '../../support/workbooks.ts';

const m = (number: number): string => mobileOf(number);

const load = async (desk: Desk, ...sheets: readonly SheetSpec[]) => importContacts(desk, await workbookOf(sheets));

/** `role unit name mobile`, as the organisation has it. */
const kept = (desk: Desk): readonly string[] => {
  const { people, units, appointments } = desk.campaign().organisation;
  return appointments.map(({ role, of, personId }) => {
    const unit = units.find(({ id }) => id === of);
    const person = people.find(({ id }) => id === personId);
    return `${role} ${unit && shortNameOf(unit)} ${person?.name} ${person?.mobile}`;
  });
};

const wanted = ['principal 历下区 赵明', 'liaison 历下区 王海燕', 'contact 历下区 韩磊'].map((text, index) => `${text} ${m(index + 1)}`);

it('takes a name with a colon behind it for a name, and the word for a number for none', async () => {
  const desk = openDesk();
  const { errors } = await load(desk, {
    name: '名单',
    rows: [
      ['单位', '主要负责人', '联络人', '联系人', '值班员'],
      ['历下区', `赵明：${m(1)}`, `王海燕 手机:${m(2)}`, `联系人：韩磊 电话：${m(3)}`, `孔军:${m(4)}、尤伟（手机:${m(5)}） 微信:${m(5)}`],
    ],
  });
  expect(errors).toEqual([]);
  expect(kept(desk)).toEqual([...wanted, `dutyOfficer 历下区 孔军 ${m(4)}`, `dutyOfficer 历下区 尤伟 ${m(5)}`]);
});

const people = [
  ['主要负责人', '赵明', m(1)],
  ['联络人', '王海燕', m(2)],
  ['联系人', '韩磊', m(3)],
] as const;
const others = people.map(([role, name], index) => [role, `${name}二`, m(index + 11)] as const);

for (const heading of ['职责', '职务', '职务/身份']) {
  it(`takes the unit from the name of the sheet where each unit has one: ${heading}`, async () => {
    const desk = openDesk();
    const header = [heading, '姓名', '手机'];
    const { errors } = await load(
      desk,
      { name: '历下区', rows: [['历下区联络人员名单'], header, ...people] },
      { name: '市中区住建局', rows: [['联络人员名单'], header, ...others] },
    );
    expect(errors).toEqual([]);
    expect(kept(desk).slice(0, 3)).toEqual(wanted);
    expect(kept(desk).slice(3)).toEqual(
      others.map(([, name, mobile], index) => `${['principal', 'liaison', 'contact'][index]} 市中区 ${name} ${mobile}`),
    );
  });
}

it('takes the unit from the name of the sheet where one row holds all its people', async () => {
  const desk = openDesk();
  const { errors } = await load(desk, {
    name: '历下区',
    rows: [
      ['主要负责人', '手机', '联络人', '手机', '联系人', '手机'],
      ['赵明', m(1), '王海燕', m(2), '韩磊', m(3)],
    ],
  });
  expect(errors).toEqual([]);
  expect(kept(desk)).toEqual(wanted);
});

it('makes no unit of a sheet that is only called a list', async () => {
  const desk = openDesk();
  const { ok, errors } = await load(desk, { name: '通讯录', rows: [['职责', '姓名', '手机'], ...people] });
  expect(ok).toBe(false);
  expect(errors.map(({ code }) => code)).toEqual(['ZG_NOTHING_RECOGNISED']);
});
