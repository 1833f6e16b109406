import { describe, expect, it } from 'vitest';
import type { Group, Unit } from '../../../src/domain/organisation/organisation.ts';
import { aliasesOf, buildUnitNames, findUnit, kindOfName, shortNameOf, unitNamesIn } from '../../../src/domain/organisation/unit-names.ts';
import { unitVocabulary } from '../../../src/messages/workbook-vocabulary.ts';

const full = [
  '历下区住房和城乡建设局',
  '市中区住房和城乡建设局',
  '天桥区住房和城乡建设局',
  '莱芜区住房和城乡建设局',
  '平阴县住房和城乡建设局',
  '济南高新区管委会建设管理部',
  '市南部山区管委会规划发展局',
  '济南新旧动能转换起步区管委会建设管理部',
  '莱芜高新区管委会建设管理部',
  '局办公室',
  '质量安全处',
  '市工程质量与安全中心',
  '局机关',
];
const units: readonly Unit[] = full.map((name, index) => ({
  id: `u${index + 1}`,
  name,
  aliases: aliasesOf(name, full, unitVocabulary),
  kind: kindOfName(name, unitVocabulary),
}));
const groups: readonly Group[] = [{ id: 'g1', name: '局联络组办公室', isOffice: true }];
const names = buildUnitNames(units, groups, unitVocabulary);

const found = (text: string): string => {
  const match = findUnit(names, text);
  return match.status === 'found' ? shortNameOf(match.unit) : match.status;
};

describe('one unit by a text', () => {
  it.each([
    ['历下区住房和城乡建设局', '历下区'],
    ['历下区', '历下区'],
    ['历下', '历下区'],
    ['历下区住建部门', '历下区'],
    ['历下区住建局', '历下区'],
    ['济南市历下区住房和城乡建设局(盖章)', '历下区'],
    ['济南市市中区', '市中区'],
    ['市中区住建局', '市中区'],
    ['市中', '市中区'],
    ['莱芜区', '莱芜区'],
    ['莱芜高新区', '莱芜高新区'],
    ['莱芜高新', '莱芜高新区'],
    ['高新区', '高新区'],
    ['济南高新区', '高新区'],
    ['高新区管委会', '高新区'],
    ['南山区', '南部山区'],
    ['南部山区', '南部山区'],
    ['先行区', '起步区'],
    ['起步区住建部门', '起步区'],
    ['平阴', '平阴县'],
    ['质量安全处', '质量安全处'],
    ['局办公室', '局办公室'],
    ['工程质量与安全中心', '市工程质量与安全中心'],
    ['局机关', '局机关'],
    ['莱芜', 'ambiguous'],
    ['办公室', 'ambiguous'],
    ['城阳区', 'unknown'],
    ['', 'unknown'],
    ['区', 'unknown'],
  ])('%s is %s', (text, unit) => expect(found(text)).toBe(unit));

  it('is a district, a department or the bureau by its name', () => {
    expect(units.map(({ kind }) => kind)).toEqual([
      ...Array.from({ length: 9 }, () => 'district'),
      'department',
      'department',
      'department',
      'bureau',
    ]);
  });

  it('an area that two units could be is neither, unless one is known for it', () => {
    const two = ['青岛经开区管委会', '即墨经开区管委会'];
    expect(two.map((name) => aliasesOf(name, two, unitVocabulary)[0])).toEqual(['青岛经开区', '即墨经开区']);
  });
});

describe('units in a running text', () => {
  const mentioned = (text: string): readonly string[] =>
    unitNamesIn(names, text).map(({ text: form, match }) => `${form}=${match.status === 'found' ? shortNameOf(match.unit) : 'ambiguous'}`);

  it.each<[string, readonly string[]]>([
    ['历下区今晚谁值班', ['历下区=历下区']],
    ['槐荫区、市中区住建部门', ['市中区=市中区']],
    ['莱芜高新区和高新区', ['莱芜高新区=莱芜高新区', '高新区=高新区']],
    ['济南市住房和城乡建设局值班表', ['济南市住房和城乡建设局=局机关']],
    ['济南市历下区住房和城乡建设局值班表', ['历下区住房和城乡建设局=历下区']],
    ['问一下莱芜', ['莱芜=ambiguous']],
    ['市中心堵车', []],
    ['今天在岗', []],
  ])('%s', (text, units_) => expect(mentioned(text)).toEqual(units_));
});
