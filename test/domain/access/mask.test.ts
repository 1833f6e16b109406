import { describe, expect, it } from 'vitest';
import { hidesComplainants, mapTexts, maskMobile } from '../../../src/domain/access/mask.ts';
import { complainantWords } from '../../../src/messages/complainant-words.ts';
import { fc } from '../../support/property.ts';

const hide = hidesComplainants(complainantWords);

describe('hiding who complained', () => {
  it.each([
    ['来电人：王小明，电话138 0000 1234', '来电人：***，电话***'],
    ['举报人姓名:欧阳娜娜；家住幸福小区', '举报人姓名:***；家住幸福小区'],
    ['投诉人为张伟，反映扬尘', '投诉人为***，反映扬尘'],
    ['李女士反映夜间施工', '***女士反映夜间施工'],
    ['座机0531-88886666，邮箱a.b@example.cn', '座机***，邮箱***'],
    ['身份证37010219900101123X。', '身份证***。'],
    ['电话：+86 13800001234', '电话：***'],
    ['电话：１３８００００１２３４', '电话：***'],
    ['电话138.0000.1234、138－0000－1234、138\u200B0000\u200B1234', '电话***、***、***'],
    ['座机０５３１－８８８８６６６６', '座机***'],
    ['身份证３７０１０２１９９００１０１１２３Ｘ', '身份证***'],
    ['+86-138-0000-1234', '***'],
    ['complainant: John Smith; noise', 'complainant: ***; noise'],
  ])('of %s', (text, shown) => expect(hide(text)).toBe(shown));

  it.each([
    'D2SD202108260001',
    '3日内办结，涉及东城区住建局',
    '2021-08-28T09:00:00+08:00',
    'a'.repeat(10) + '13812345678' + 'b'.repeat(10),
    '面积1380000平方米',
  ])('leaves %s', (text) => expect(hide(text)).toBe(text));

  it('finds every mobile number, wherever it stands among words', () => {
    const word = fc.constantFrom('工地', '电话', '，', '：', ' ', '(', '。', '来电');
    const mobile = fc.integer({ min: 13_000_000_000, max: 19_999_999_999 }).map(String);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), mobile, fc.array(word, { maxLength: 6 }), (before, number, after) => {
        expect(hide([...before, number, ...after].join(''))).not.toContain(number);
      }),
    );
  });

  it.each(['a', 'a-', 'a.', '-', '138', 'a@', 'a@a.', '0', '投诉人: '])('takes no longer than a text of many times %s is long', (piece) => {
    const text = piece.repeat(200_000);
    const beganAt = process.cpuUsage();
    hide(`${text}@`);
    const { user, system } = process.cpuUsage(beganAt);
    // begun anew at each letter it took minutes
    expect((user + system) / 1_000).toBeLessThan(15_000);
  });

  it('changes texts alone, as deep as they lie', () => {
    expect(mapTexts({ a: ['x', 1, null, { b: 'y', c: true }] }, (text) => `${text}!`)).toEqual({
      a: ['x!', 1, null, { b: 'y!', c: true }],
    });
  });
});

it('masks a number so that it can be recognised and not rung', () => {
  expect([maskMobile('13800001234'), maskMobile('88886666'), maskMobile('')]).toEqual(['138-****-1234', '********', '']);
});
