import type { ComplainantWords } from '../domain/access/mask.ts';

/** What stands around the names of those who complained, as lists of petitions write it. */
export const complainantWords: ComplainantWords = {
  before: [
    '举报人姓名',
    '举报人',
    '投诉人姓名',
    '投诉人',
    '信访人姓名',
    '信访人',
    '来电人姓名',
    '来电人',
    '来信人',
    '来访人',
    '反映人姓名',
    '反映人',
    '申请人',
    '联系人',
    'complainant',
    'petitioner',
    'reported by',
    'caller',
  ],
  between: [':', '：', '为', '是'],
  after: ['先生', '女士', '小姐', '大爷', '大妈', '阿姨', '师傅'],
  hidden: '***',
};
