import { describe, expect, it } from 'vitest';
import { importContacts } from '../../../src/app/roster/import-contacts.ts';
import type { ContactImportOptions } from '../../../src/app/roster/import-contacts.ts';
import type { ImportOutcome } from '../../../src/app/roster/import-outcome.ts';
import { mobileOf, openDesk, workbookOf } from '../../support/workbooks.ts';
import type { Desk, SheetSpec, Value } from '../../support/workbooks.ts';

const [m1, m2, m3, m4, m5] = [1, 2, 3, 4, 5].map(mobileOf) as [string, string, string, string, string];
const header = ['单位', '主要负责人', '手机', '联络人', '手机', '联系人', '手机'];
const lixia = ['历下区住房和城乡建设局', '赵明', m1, '王海燕', m2, '韩磊', m3];

const load = async (desk: Desk, sheets: readonly SheetSpec[], options: ContactImportOptions = {}): Promise<ImportOutcome> =>
  importContacts(desk, await workbookOf(sheets), options);

const list = (...rows: readonly (readonly Value[])[]): SheetSpec => ({ name: '名单', rows: [header, ...rows] });

const codes = ({ errors }: ImportOutcome): readonly string[] => errors.map(({ code }) => code);

const holders = (desk: Desk): readonly string[] => {
  const { people, units, groups, appointments } = desk.campaign().organisation;
  return appointments.map(({ role, of, personId }) => {
    const body = [...units, ...groups].find(({ id }) => id === of);
    const person = people.find(({ id }) => id === personId);
    return `${role} ${body?.name} ${person?.name} ${person?.mobile}`;
  });
};

const wanted = [`principal ${lixia[0]} 赵明 ${m1}`, `liaison ${lixia[0]} 王海燕 ${m2}`, `contact ${lixia[0]} 韩磊 ${m3}`];

describe('contact lists as people write them', () => {
  const variants: Readonly<Record<string, SheetSpec>> = {
    'one header row': list(lixia),
    'numbers with the names': {
      name: '名单',
      rows: [
        ['责任单位', '主要负责人', '联络人', '联系人'],
        [lixia[0] ?? '', `赵明${m1}`, `王海燕\n${m2}`, `韩磊(${m3})`],
      ],
    },
    'spaces, wide digits, dashes, a country code and numbers as numbers': list([
      '历下区住房和城乡建设局 ',
      '赵  明',
      Number(m1),
      '王海燕',
      `１３８-０000-0002`,
      '韩 磊',
      `+86 138 0000 0003`,
    ]),
    'other words in another order': {
      name: '名单',
      rows: [
        ['附件1'],
        ['2021年保障期间通讯录'],
        ['序号', '联络员(分管负责同志)', '联络员电话', '具体事项联系人', '联系人联系方式', '单 位 名 称', '单位负责人', '负责人手机号'],
        [1, '王海燕', m2, '韩磊', m3, lixia[0] ?? '', '赵明', m1],
        ['备注:如有调整,请及时报送。'],
      ],
      merges: ['A1:H1', 'A2:H2', 'A5:H5'],
    },
    'two header rows': {
      name: '名单',
      rows: [
        ['通讯录'],
        ['序号', '单位', '主要负责人', '', '联络人', '', '', '联系人', ''],
        ['', '', '姓名', '手机', '姓名', '职务', '手机', '姓名', '手机'],
        [1, lixia[0] ?? '', '赵明', m1, '王海燕', '副局长', m2, '韩磊', m3],
      ],
      merges: ['A1:I1', 'A2:A3', 'B2:B3', 'C2:D2', 'E2:G2', 'H2:I2'],
    },
    'one person a row': {
      name: '通讯录',
      rows: [
        ['单位', '角色', '姓名', '手机'],
        [lixia[0] ?? '', '主要负责人', '赵明', m1],
        ['', '联络人', '王海燕', m2],
        ['', '联系人', '韩磊', m3],
      ],
      merges: ['A2:A4'],
    },
    'more than a name under each heading': {
      name: '通讯录',
      rows: [
        ['单位名称', '主要负责人姓名及电话', '联络人姓名、职务及电话', '联系人姓名及电话'],
        [lixia[0] ?? '', `赵明 局长 ${m1}`, `王海燕、副局长、${m2}`, `韩磊(质安科科长)${m3}`],
      ],
    },
    'units across, roles down': {
      name: '通讯录',
      rows: [
        ['', lixia[0] ?? ''],
        ['主要负责人', `赵明${m1}`],
        ['联络人', `王海燕${m2}`],
        ['联系人', `韩磊${m3}`],
      ],
    },
    'headings between the rows': {
      name: '通讯录',
      rows: [header, ['一、区县住建部门'], lixia, ['备注:请及时更新']],
      merges: ['A2:G2', 'A4:G4'],
    },
    'rich text': list([
      { richText: [{ text: '历下区' }, { text: '住房和城乡建设局' }] },
      '赵明',
      m1,
      '王海燕',
      m2,
      '韩磊',
      { formula: '"138"&"00000003"', result: m3 },
    ]),
  };

  it.each(Object.keys(variants))('%s', async (name) => {
    const desk = openDesk();
    const sheet = variants[name];
    const outcome = await load(desk, sheet ? [sheet] : []);
    expect(outcome.errors).toEqual([]);
    expect(holders(desk).toSorted()).toEqual(wanted.toSorted());
  });

  it('reads groups with several members in a cell, and one person a row', async () => {
    const groups: SheetSpec = {
      name: '联络组',
      rows: [
        ['工作组', '组长', '联系电话', '成员'],
        ['办公室', '朱国庆', m4, `张立新${m5}、陶涛 ${mobileOf(6)}`],
        ['现场督查组', `赵玉华 ${mobileOf(7)}`, '', `王建国${mobileOf(8)}；韩敏${mobileOf(9)}`],
      ],
    };
    const desk = openDesk();
    const outcome = await load(desk, [list(lixia), groups]);
    expect(outcome).toMatchObject({ ok: true, counts: { groups: 2, groupLeaders: 2, groupMembers: 4 } });
    expect(holders(desk)).toContain(`member 局联络组办公室 陶涛 ${mobileOf(6)}`);
    const rows: SheetSpec = {
      name: '联络组',
      rows: [
        ['组别', '职务', '姓名', '手机'],
        ['办公室', '组长', '朱国庆', m4],
        ['', '成员', '张立新', m5],
        ['', '成员', '韩磊', ''],
      ],
    };
    const other = openDesk();
    expect(await load(other, [list(lixia), rows])).toMatchObject({ ok: true, counts: { groups: 1, groupLeaders: 1, groupMembers: 2 } });
  });

  it('takes a duty officer under a short name, and the bureau as itself', async () => {
    const duty: SheetSpec = {
      name: '值班人员',
      rows: [
        ['单位', '姓名', '手机', '可担任'],
        ['局机关', '金立新', m4, '带班领导、值班员'],
        ['历下', '吕雪梅', m5, '值班员'],
      ],
    };
    const desk = openDesk();
    const outcome = await load(desk, [list(lixia), duty]);
    expect(outcome).toMatchObject({ ok: true, counts: { units: 1, dutyOfficers: 2, shiftLeaders: 1 } });
    expect(desk.campaign().organisation.units.map(({ kind }) => kind)).toEqual(['district', 'bureau']);
  });

  it('skips what is hidden or empty, and says so', async () => {
    const outcome = await load(openDesk(), [
      list(lixia),
      { ...list(['另一个区住建局']), name: '旧', isHidden: true },
      { name: '空', rows: [] },
    ]);
    expect(outcome.ok).toBe(true);
    expect(outcome.warnings.map(({ sheet, code }) => `${sheet} ${code}`)).toEqual(['旧 ZG_SHEET_SKIPPED', '空 ZG_SHEET_SKIPPED']);
  });
});

describe('faults of contact lists', () => {
  const duty = (...rows: readonly (readonly Value[])[]): SheetSpec => ({
    name: '值班人员',
    rows: [['单位', '姓名', '手机', '可担任'], ...rows],
  });
  const cases: Readonly<Record<string, { sheets: readonly SheetSpec[]; code: string; cell: string }>> = {
    'no liaison': { sheets: [list([...lixia.slice(0, 3), '', '', '韩磊', m3])], code: 'ZG_LIAISON_MISSING', cell: 'A2' },
    'two liaisons': {
      sheets: [list([...lixia.slice(0, 3), `王海燕${m2}、李洋${m4}`, '', '韩磊', m3])],
      code: 'ZG_LIAISON_TWICE',
      cell: 'D2',
    },
    'no contact': { sheets: [list([...lixia.slice(0, 5), '', ''])], code: 'ZG_CONTACT_MISSING', cell: 'A2' },
    'two contacts': { sheets: [list([...lixia.slice(0, 5), `韩磊${m3}、李洋${m4}`, ''])], code: 'ZG_CONTACT_TWICE', cell: 'F2' },
    'a number that is none': { sheets: [list([...lixia.slice(0, 4), '1380000002', '韩磊', m3])], code: 'ZG_PHONE_INVALID', cell: 'E2' },
    'no number': { sheets: [list([...lixia.slice(0, 4), '', '韩磊', m3])], code: 'ZG_PHONE_MISSING', cell: 'D2' },
    'no name': { sheets: [list([...lixia.slice(0, 3), '', m2, '韩磊', m3])], code: 'ZG_NAME_MISSING', cell: 'D2' },
    'one number for two': { sheets: [list([...lixia.slice(0, 4), m1, '韩磊', m3])], code: 'ZG_PHONE_SHARED', cell: 'D2' },
    'a unit twice': {
      sheets: [list(lixia, ['历下区住建局', '周强', m4, '吴丽', m5, '郑红', mobileOf(6)])],
      code: 'ZG_UNIT_TWICE',
      cell: 'A3',
    },
    'an unknown unit': { sheets: [list(lixia), duty(['城阳区', '吕雪梅', m4, '值班员'])], code: 'ZG_UNIT_UNKNOWN', cell: 'B2' },
    'people without a unit': { sheets: [list(lixia, ['', '周强', m4, '吴丽', m5, '', ''])], code: 'ZG_UNIT_MISSING', cell: 'A3' },
    'a role that nobody knows': {
      sheets: [list(lixia), { ...duty(['历下区', '吕雪梅', m4, '炊事员']), name: '人员' }],
      code: 'ZG_ROLE_UNKNOWN',
      cell: 'B2',
    },
    'a name that is none': { sheets: [list([...lixia.slice(0, 3), '王', m2, '韩磊', m3])], code: 'ZG_NAME_UNCLEAR', cell: 'D2' },
  };

  it.each(Object.keys(cases))('%s: named with its cell, and nothing is applied', async (name) => {
    const desk = openDesk();
    const { sheets = [], code, cell } = cases[name] ?? {};
    const outcome = await load(desk, sheets);
    expect(outcome.errors).toContainEqual(expect.objectContaining({ code, cell }));
    expect(outcome.errors.every(({ message }) => message !== '' && !message.includes('{'))).toBe(true);
    expect(desk.campaign().version).toBe(0);
  });

  it('come all in one go', async () => {
    const outcome = await load(openDesk(), [
      list([...lixia.slice(0, 3), '', '', '韩磊', '123456'], ['市中区住房和城乡建设局', '秦婷', m4, '孔军', m4, '', '']),
    ]);
    expect(new Set(codes(outcome))).toEqual(
      new Set(['ZG_PHONE_INVALID', 'ZG_PHONE_MISSING', 'ZG_PHONE_SHARED', 'ZG_LIAISON_MISSING', 'ZG_CONTACT_MISSING']),
    );
  });

  it('an ambiguous name is asked about, and --map answers', async () => {
    const laiwu = ['莱芜区住房和城乡建设局', '冯洋', m4, '杨红', m5, '施伟', mobileOf(6)];
    const area = ['莱芜高新区管委会建设管理部', '姜强', mobileOf(7), '郑志远', mobileOf(8), '沈婷', mobileOf(9)];
    const sheets = [list(laiwu, area), duty(['莱芜', '魏秀兰', mobileOf(10), '值班员'])];
    expect(codes(await load(openDesk(), sheets))).toEqual(['ZG_UNIT_AMBIGUOUS']);
    expect(await load(openDesk(), sheets, { map: { 莱芜: '莱芜区' } })).toMatchObject({ ok: true, counts: { dutyOfficers: 1 } });
    expect(codes(await load(openDesk(), sheets, { map: { 莱芜: '没有的单位' } }))).toContain('ZG_MAP_UNKNOWN');
  });
});

describe('importing again', () => {
  it('gives a new liaison an effective time and keeps the earlier one', async () => {
    const desk = openDesk();
    await load(desk, [list(lixia)]);
    const before = desk.campaign().organisation;
    desk.at('2021-09-10T09:00:00+08:00');
    const at = desk.clock.now();
    await load(desk, [list([...lixia.slice(0, 3), '孔军', m4, '韩磊', m3])]);
    const { people, appointments } = desk.campaign().organisation;
    const liaisons = appointments
      .filter(({ role }) => role === 'liaison')
      .map(({ personId, from, to }) => [people.find(({ id }) => id === personId)?.name, from, to]);
    expect(liaisons).toEqual([
      ['王海燕', 0, at],
      ['孔军', at, undefined],
    ]);
    expect(people.slice(0, before.people.length)).toEqual(before.people);
    expect(people.at(-1)?.id).toBe('m4');
  });

  it('follows a person to a new number, and tells of a name put right', async () => {
    const desk = openDesk();
    await load(desk, [list(lixia)]);
    const outcome = await load(desk, [list(['历下区住房和城乡建设局', '赵明', m4, '王海艳', m2, '韩磊', m3])]);
    expect(outcome.warnings.map(({ code }) => code)).toEqual(['ZG_NAME_CHANGED']);
    expect(desk.campaign().organisation.people.map(({ id, name, mobile }) => `${id} ${name} ${mobile}`)).toEqual([
      `m1 赵明 ${m4}`,
      `m2 王海艳 ${m2}`,
      `m3 韩磊 ${m3}`,
    ]);
  });

  it('tells numbers that were swapped from names that were', async () => {
    const desk = openDesk();
    await load(desk, [list(lixia)]);
    await load(desk, [list(['历下区住房和城乡建设局', '赵明', m2, '王海燕', m1, '韩磊', m3])]);
    expect(desk.campaign().organisation.people.map(({ id, name }) => `${id} ${name}`)).toEqual(['m1 赵明', 'm2 王海燕', 'm3 韩磊']);
  });

  it('decides again when somebody else was faster', async () => {
    const desk = openDesk();
    let isFirst = true;
    const store = {
      ...desk.store,
      commitCampaign: async (...given: Parameters<typeof desk.store.commitCampaign>) => {
        if (isFirst) {
          isFirst = false;
          await load(desk, [list(['市中区住房和城乡建设局', '秦婷', mobileOf(11), '孔军', mobileOf(12), '姜玉华', mobileOf(13)])]);
        }
        return desk.store.commitCampaign(...given);
      },
    };
    expect(await importContacts({ ...desk, store }, await workbookOf([list(lixia)]))).toMatchObject({ ok: true, counts: { units: 2 } });
    expect(desk.campaign().organisation.people.map(({ id }) => id)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5', 'm6']);
  });

  it('refuses a number that the mode of service refuses', async () => {
    const outcome = await load(openDesk(), [list(lixia)], { refusesMobile: (mobile) => mobile === m2 });
    expect(codes(outcome)).toContain('ZG_PHONE_INVALID');
  });
});
