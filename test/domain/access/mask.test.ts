import { describe, expect, it } from 'vitest';
import { hidesComplainants, mapTexts, maskMobile } from '../../../src/domain/access/mask.ts';
import { complainantWords } from '../../../src/messages/complainant-words.ts';
import { fc } from '../../support/property.ts';

const hide = hidesComplainants(complainantWords);

describe('hiding who complained', () => {
  it.each([
    ['来电人：王小明，电话138 0000 1234', '来电人：***，电话***'],
    ['举报人姓名:欧阳娜娜；家住幸福小区', '举报人姓名:***；家住***'],
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
    ['举报人王某某反映工地扬尘', '举报人***反映工地扬尘'],
    ['举报人王某某，工地扬尘', '举报人***，工地扬尘'],
    ['举报人（王小明，13800001234）反映工地扬尘', '举报人***反映工地扬尘'],
    ['来电人：王小明（住幸福小区）夜间施工', '来电人：***夜间施工'],
    ['联系人：李建国、王红梅，泥浆外流', '联系人：***，泥浆外流'],
    ['市民李建国…家住历下区花园小区3号楼2单元501室…微信号lijg88', '市民***'],
    ['市民李建国反映东城区某工地夜间施工扬尘', '市民***反映东城区某工地夜间施工扬尘'],
    ['市民佴小明多次来电，工地噪声', '市民***来电，工地噪声'],
    ['市民方小红反映扬尘，居民金大明、万里红反映噪声', '市民***反映扬尘，居民***反映噪声'],
    ['业主代表 赵红梅：渣土车噪声', '业主代表 ***'],
    ['微信号lijg88，QQ：12345，身份证号码为3701', '微信号***，QQ：***，身份证号码为***'],
    ['微信lijg88，qq lijg88', '微信***，qq ***'],
    ['市民自称李建国反映扬尘', '市民***反映扬尘'],
    ['我叫王小明', '我叫***'],
    ['家住公司宿舍，住在人民大街，联系人工人王小明，联系人员：佴小明', '家住***，住在***，联系人***，联系人员：***'],
    ['我是幸福小区业主；本人姓王；工地扬尘', '我是***；本人***；工地扬尘'],
    ['落款：赵红梅 电话 一三八零零零零九九九九', '落款：***'],
    ['工地扬尘 一三八零零零零九九九九', '工地扬尘 ***'],
    ['工地扬尘一三八－零零零零－九九九九', '工地扬尘***'],
    ['工地扬尘８８８８６６６', '工地扬尘***'],
    ['扬尘影响花园小区3号楼2单元501室', '扬尘影响花园小区***'],
    ['扬尘影响花园小区三号楼 501 室及十二栋', '扬尘影响花园小区***及***'],
    ['扬尘影响花园小区3-2-501', '扬尘影响花园小区***'],
    ['现场张伟先生说扬尘大', '现场***先生说扬尘大'],
    ['欧阳小明女士、佴小明先生在场', '***女士、***先生在场'],
    ['东城区赵同志、刘红老师在场', '东城区***同志、***老师在场'],
    ['东城区王某某与李某反映某工地扬尘', '东城区***与***反映某工地扬尘'],
  ])('of %s', (text, shown) => expect(hide(text)).toBe(shown));

  it.each([
    'D2SD202108260001',
    '3日内办结，涉及东城区住建局',
    '2021-08-28T09:00:00+08:00',
    'a'.repeat(10) + '13812345678' + 'b'.repeat(10),
    '面积1380000平方米',
    '群众反映东城区某工地夜间施工扬尘严重',
    '市民反映某工地扬尘',
    '市民反映人行道破损、人民路工地泥浆外流、人为倾倒渣土',
    '群众多次反映未见改善，居民周边噪声，居民高度关注，市民向12345反映',
    '居民楼、居民区、业主单位、市民广场、村民委员会旁渣土堆放',
    '群众电话投诉，来电人反映东城区某工地扬尘，3日内办结',
    '被举报人：东城区某建材公司',
    '位于某板材厂与王家庄某板材厂，经十路某一工地',
    'a3-QQ_7f',
    '位于某某小区的手机信号基站噪声，某女士在场',
    '经十路100号院外5座塔吊，督查一室2户居民',
    '二〇二一年八月二十八日，第三标段，基本人员到位',
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

  it.each(['a', 'a-', 'a.', '-', '138', 'a@', 'a@a.', '0', '投诉人: ', '举报人', '市民李、', '投诉人（', '3号', '一 ', '王某'])(
    'takes no longer than a text of many times %s is long',
    (piece) => {
      const text = piece.repeat(200_000);
      const beganAt = process.cpuUsage();
      hide(`${text}@`);
      const { user, system } = process.cpuUsage(beganAt);
      // begun anew at each letter it took minutes
      expect((user + system) / 1_000).toBeLessThan(15_000);
    },
  );

  it('changes texts alone, as deep as they lie', () => {
    expect(mapTexts({ a: ['x', 1, null, { b: 'y', c: true }] }, (text) => `${text}!`)).toEqual({
      a: ['x!', 1, null, { b: 'y!', c: true }],
    });
  });
});

it('masks a number so that it can be recognised and not rung', () => {
  expect([maskMobile('13800001234'), maskMobile('88886666'), maskMobile('')]).toEqual(['138-****-1234', '********', '']);
});
