import { describe, expect, it } from 'vitest';
import { importContacts } from '../../../src/app/roster/import-contacts.ts';
import type { ImportOutcome } from '../../../src/app/roster/import-outcome.ts';
import { importRoster } from '../../../src/app/roster/import-roster.ts';
import { contactsOf, mobileOf, openDesk, workbookOf } from '../../support/workbooks.ts';
import type { Desk, SheetSpec, Value } from '../../support/workbooks.ts';

const unit = '历下区住房和城乡建设局';
const [chief, liaison, contact] = [mobileOf(1), mobileOf(2), mobileOf(3)];

const listOf = (rows: readonly (readonly Value[])[], merges: readonly string[] = []): SheetSpec => ({ name: '联络人名单', rows, merges });

const importList = async (desk: Desk, sheet: SheetSpec): Promise<ImportOutcome> => importContacts(desk, await workbookOf([sheet]));

const codesOf = (outcome: ImportOutcome): readonly string[] => [...outcome.errors, ...outcome.warnings].map(({ code }) => code);

const appointed = (desk: Desk): readonly string[] => {
  const { appointments, people } = desk.campaign().organisation;
  return appointments.map(({ role, personId }) => {
    const person = people.find(({ id }) => id === personId);
    return `${role} ${person?.name} ${person?.mobile}`;
  });
};

const expected = [`principal 钱一 ${chief}`, `liaison 孙二 ${liaison}`, `contact 李三 ${contact}`];

const separate = ['单位', '主要负责人', '手机', '联络人', '手机'];
const beside: readonly Value[] = [unit, '钱一', chief, '孙二', liaison];

describe('a contact in one column with its number', () => {
  const roleWords = ['联系人', '具体事项联系人', '经办人'];
  const phoneWords = ['电话', '手机', '手机号', '手机号码', '联系电话', '联系方式', '联络方式'];
  const joints = ['及', '和', '与', '、', '/', '／', '+', ' ', '\n', '及其', '以及', '（', '-', ''];
  const headings = roleWords.flatMap((role) => joints.flatMap((joint) => phoneWords.map((phone) => `${role}${joint}${phone}`)));
  const swapped = [
    '电话及联系人',
    '手机/联系人',
    '联系方式（联系人）',
    '联系人（电话）',
    '联系人[手机]',
    '联系人、职务、电话',
    '联系人及联系人电话',
  ];

  it('reads every heading that joins the two', async () => {
    const wrong: string[] = [];
    for (const heading of [...headings, ...swapped]) {
      const desk = openDesk();
      const outcome = await importList(
        desk,
        listOf([
          [...separate, heading],
          [...beside, `李三 ${contact}`],
        ]),
      );
      if (codesOf(outcome).length > 0 || appointed(desk).join() !== expected.join()) wrong.push(`${heading}: ${codesOf(outcome).join()}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each([`李三${contact}`, `${contact} 李三`, `李三（${contact}）`, `李三\n${contact}`, `李三 科长 ${contact}`, `李三 电话：${contact}`])(
    'reads the cell %j',
    async (cell) => {
      const desk = openDesk();
      const outcome = await importList(
        desk,
        listOf([
          [...separate, '联系人及电话'],
          [...beside, cell],
        ]),
      );
      expect(codesOf(outcome)).toEqual([]);
      expect(appointed(desk)).toEqual(expected);
    },
  );

  it('reads three such columns side by side', async () => {
    const desk = openDesk();
    const header = ['序号', '单位', '主要负责人及电话', '联络人及电话', '联系人/手机'];
    const outcome = await importList(desk, listOf([header, [1, unit, `钱一 ${chief}`, `孙二${liaison}`, `李三 ${contact}`]]));
    expect(codesOf(outcome)).toEqual([]);
    expect(appointed(desk)).toEqual(expected);
  });

  it.each(['姓名/电话', '姓名及手机', '人员及联系方式'])('reads %s below a heading of the role', async (second) => {
    const desk = openDesk();
    const rows = [
      ['单位', '主要负责人', '联络人', '联系人'],
      ['', second, second, second],
      [unit, `钱一 ${chief}`, `孙二${liaison}`, `李三 ${contact}`],
    ];
    const outcome = await importList(desk, listOf(rows, ['A1:A2']));
    expect(codesOf(outcome)).toEqual([]);
    expect(appointed(desk)).toEqual(expected);
  });

  it('reads a joined heading over a column of names and one of numbers, named below or not', async () => {
    const named = [
      ['单位', '主要负责人', '手机', '联络人', '手机', '联系人及电话', ''],
      ['', '', '', '', '', '姓名', '电话'],
      [...beside, '李三', contact],
    ];
    const bare = [
      [...separate, '联系人及电话', ''],
      [...beside, '李三', contact],
    ];
    for (const sheet of [listOf(named, ['F1:G1', 'A1:A2', 'B1:B2', 'C1:C2', 'D1:D2', 'E1:E2']), listOf(bare, ['F1:G1'])]) {
      const desk = openDesk();
      const outcome = await importList(desk, sheet);
      expect(codesOf(outcome)).toEqual([]);
      expect(appointed(desk)).toEqual(expected);
    }
  });

  it.each(['联系人手机', '联系人电话', '联系人及电话', '手机（联系人）'])('keeps %s a number beside a column of names', async (heading) => {
    const desk = openDesk();
    const outcome = await importList(
      desk,
      listOf([
        [...separate, '联系人', heading],
        [...beside, '李三', contact],
      ]),
    );
    expect(codesOf(outcome)).toEqual([]);
    expect(appointed(desk)).toEqual(expected);
  });

  it('names a column that it leaves unread', async () => {
    const outcome = await importList(
      openDesk(),
      listOf([
        [...separate, '联系人及电话', '宣传口'],
        [...beside, `李三${contact}`, '周四'],
      ]),
    );
    expect(outcome.ok).toBe(true);
    expect(outcome.warnings.map(({ code, cell }) => `${code} ${cell}`)).toEqual(['ZG_COLUMN_UNREAD G1']);
    expect(outcome.warnings[0]?.message).toContain('宣传口');
  });
});

const officers = { [unit]: ['赵明', '吴丽', '领导甲', '郑红'] };

const withContacts = async (): Promise<Desk> => {
  const desk = openDesk();
  expect((await importContacts(desk, await workbookOf(contactsOf(officers)))).errors).toEqual([]);
  return desk;
};

const seats = (desk: Desk): readonly string[] => {
  const { organisation, roster } = desk.campaign();
  return roster.shifts.map(({ holders }) =>
    holders.map(({ role, personId }) => `${role} ${organisation.people.find(({ id }) => id === personId)?.name}`).join(),
  );
};

const mobileIn = (desk: Desk, name: string): string => desk.campaign().organisation.people.find((one) => one.name === name)?.mobile ?? '';

const readRoster = async (desk: Desk, rows: readonly (readonly Value[])[], merges: readonly string[] = []): Promise<ImportOutcome> =>
  importRoster(desk, await workbookOf([{ name: '历下区', rows: [['历下区2021年值班表'], ...rows], merges }]));

const faultsIn = (outcome: ImportOutcome): readonly string[] => codesOf(outcome).filter((code) => code !== 'ZG_HOURS_ASSUMED');

describe('an officer in one column with the number', () => {
  const roleWords = ['值班人员', '值班员', '主班', '值班人', '值守人员'];
  const joints = ['及', '和', '与', '、', '/', '+', ' ', '（', ''];
  const headings = roleWords.flatMap((role) =>
    joints.flatMap((joint) => ['电话', '手机', '联系方式'].map((phone) => `${role}${joint}${phone}`)),
  );

  it('reads every heading that joins the two', async () => {
    const wrong: string[] = [];
    for (const heading of [...headings, '电话及值班人员', '手机（值班员）']) {
      const desk = await withContacts();
      const outcome = await readRoster(desk, [
        ['日期', heading],
        ['8月27日', `赵明 ${mobileIn(desk, '赵明')}`],
        ['8月28日', `吴丽${mobileIn(desk, '吴丽')}`],
      ]);
      const told = [...faultsIn(outcome), ...seats(desk)];
      if (told.join(';') !== 'onDuty 赵明;onDuty 吴丽') wrong.push(`${heading}: ${told.join(';')}`);
    }
    expect(wrong).toEqual([]);
  });

  it('reads a leader, a first and a second officer side by side', async () => {
    const desk = await withContacts();
    const outcome = await readRoster(desk, [
      ['日期', '星期', '带班领导及电话', '主班及电话', '副班/手机'],
      ['8月27日', '五', `领导甲 ${mobileIn(desk, '领导甲')}`, `赵明${mobileIn(desk, '赵明')}`, `吴丽 ${mobileIn(desk, '吴丽')}`],
    ]);
    expect(faultsIn(outcome)).toEqual([]);
    expect(seats(desk)).toEqual(['shiftLeader 领导甲,onDuty 赵明,coDuty 吴丽']);
  });

  it.each(['/电话', '及联系方式', '（电话）', '值班人员及电话', ''])('reads a column of a unit with %s in its heading', async (end) => {
    const desk = await withContacts();
    const rows = [
      ['日期', `历下区${end}`],
      ['8月27日', `赵明 ${mobileIn(desk, '赵明')}`],
      ['8月28日', `吴丽${mobileIn(desk, '吴丽')}`],
    ];
    expect(faultsIn(await readRoster(desk, rows))).toEqual([]);
    expect(seats(desk)).toEqual(['onDuty 赵明', 'onDuty 吴丽']);
  });

  it('reads names and numbers below a heading of the role', async () => {
    const desk = await withContacts();
    const rows = [
      ['日期', '带班领导', '值班人员'],
      ['', '姓名/电话', '姓名/电话'],
      ['8月27日', `领导甲 ${mobileIn(desk, '领导甲')}`, `赵明${mobileIn(desk, '赵明')}`],
    ];
    expect(faultsIn(await readRoster(desk, rows, ['A2:A3']))).toEqual([]);
    expect(seats(desk)).toEqual(['shiftLeader 领导甲,onDuty 赵明']);
  });

  it.each(['值班人员电话', '值班人员及电话', '手机'])('keeps %s a number beside a column of names', async (heading) => {
    const desk = await withContacts();
    const outcome = await readRoster(desk, [
      ['日期', '值班人员', heading],
      ['8月27日', '赵明', mobileIn(desk, '赵明')],
    ]);
    expect(faultsIn(outcome)).toEqual([]);
    expect(seats(desk)).toEqual(['onDuty 赵明']);
  });

  it('names a column that it leaves unread', async () => {
    const desk = await withContacts();
    const outcome = await readRoster(desk, [
      ['日期', '值班人员及电话', '食堂'],
      ['8月27日', `赵明${mobileIn(desk, '赵明')}`, '面条'],
    ]);
    expect(outcome.warnings.filter(({ code }) => code === 'ZG_COLUMN_UNREAD').map(({ cell }) => cell)).toEqual(['C2']);
  });
});
