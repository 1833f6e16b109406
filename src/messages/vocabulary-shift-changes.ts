import { placeholder } from '../domain/command/compiled-vocabulary.ts';
import type { ShiftChangeWords } from '../domain/command/read-shift-change.ts';
import type { Rule } from '../domain/command/vocabulary.ts';

/** The words of leave, swaps and covers. */

const other = placeholder.other;
const self = `(?:我|本人|俺|${placeholder.self})`;

export const shiftChangeWords: ShiftChangeWords = {
  swap: /换|对调|互调|调(?:个|一下|一个|一次)?班|倒班|(?<![a-z])(?:swap|switch|trade|exchange)(?![a-z])/u,
  and: /[和与跟同、]| and | for | with /u,
  offer: new RegExp(
    `(?:^|[,。;]|${self}|愿意|可以|明|后|今|天|日|晚)[^,。;${other}]{0,14}?(?:替|代|顶|帮)(?!${self}|班)[^${other}我]{0,3}${other}|给${other}(?:顶|替|代|值)|(?:i|i'll|i'd|will|can|would|could|me) (?:[a-z]+ ){0,3}?(?:cover|take|stand|do)(?: in)?(?: for)? ?${other}|^(?:cover|take|stand in)(?: for)? ?${other}`,
    'u',
  ),
  cover: new RegExp(
    `${other}[^,。;?]{0,16}?(?:替|代|顶|帮)(?:一下|个)?${self}(?!.{0,6}(?:答|回|应|签|报|收))|${self}[^,。;?]{0,16}(?:替|代|顶)(?:一下)?${other}(?!.{0,8}(?:答|回|应|签|报|收|说|办))|(?:由|请|让|叫)${other}[^,。;?]{0,12}?(?:替|代|顶|值班|值守)|${self}[^,。;?]{0,14}班[^,。;?]{0,3}(?:给|交给|让给|换给)${other}|${self}?[^,。;?]{0,14}班?换给${other}|${other}(?:'s)? (?:[a-z]+ ){0,2}?(?:covers?|stands? in|takes? over)(?: for)? (?:me|my)|(?:^|i |i'll |i'd |will |can )(?:like to |gladly )?(?:cover|take|stand in)(?: for)? ?${other}(?:'s)? ?(?:shift|duty|on|tomorrow|tonight|today|next)?`,
    'u',
  ),
  reasons: [
    /(?:因为?|由于)(.{2,40}?)(?=[,，。;；]|(?:需要?|要|想|特|申请|请)?(?:请|休)|\d|明天|后天|今天|今晚|明晚|下周|$)/u,
    /((?:病|事|年|婚|产|丧|公)假)/u,
    /(?:^|[,，。;；\s])((?:家里|家中|孩子|小孩|父母|老人|爱人|身体|生病|看病|体检|出差|开会|培训)[^,，。;；]{0,30}?)(?=[,，。;；]|需?要?想?请|$)/u,
    /(?:because|as|since) (?:of )?([^,.;]{2,60})/u,
  ],
};

/** Tried before the other rules: what is taken back, and what is asked for, names what it is about. */
export const shiftChangeRules: readonly Rule[] = [
  {
    intent: 'withdrawRequest',
    when: /(?:撤销|撤回|撤消|收回|取消|作废)(?:了|一下)?(?:我的?|这个|那个|刚才的?|上一个)?.{0,8}(?:请假|休假|换班|调班|替班|代班|顶班|病假|事假|年假|值班申请)|^(?:撤销|撤回|撤消|取消)(?:我的?|这份|这个)?申请$|销假|不请假了|不换班?了|不用替了|(?<![a-z])(?:withdraw|cancel|take back) (?:my |the |this )?(?:leave|swap|cover|request|shift request)(?![a-z])/u,
    unless: /延期|吗$|\?/u,
  },
  {
    intent: 'requests',
    when: /^(?:查看?|看看?|查询)?(?:一下)?(?:我的?|全部|所有|待?我?审批的?|各单位的?|全市的?)?(?:的)?(?:请假|换班|替班|调班|休假|请假换班)?(?:的)?(?:申请|审批)(?:单|列表|记录|情况|进度|状态)?$|^(?:我的)?(?:请假|换班|替班|休假|请假换班)(?:的)?(?:申请|情况|记录|进度|状态|列表|审批|批了没有?|批了吗)$|^(?:我的(?:请假|换班|替班))$|^(?:谁|哪些人|今天谁|明天谁)请假了?\??$|^待(?:我)?审批$|^(?:my |all |open |pending )?(?:leave |swap |shift )?requests\??$/u,
    isQuery: true,
    unless: /延期|^(?:申请|审批|请假申请|换班申请|替班申请)$/u,
  },
];

/** What the one who was asked answers in words of their own. */
export const answersToRequest = {
  yes: /^(?:好的?|嗯|行)?[,，]?(?:我)?(?:同意|接受|答应|可以|愿意|没问题|能)(?:替|顶|代|换|调)?(?:班|他|她)?(?:了|的|吧)?[。!！.]?$|^(?:i )?(?:accept|agree|will do|can do|sure)(?: to (?:cover|swap))?[.!]?$/u,
  no: /^(?:抱歉|不好意思|对不起)?[,，]?(?:我)?(?:不同意|不接受|不答应|不愿意|不能|不可以|没法|无法|拒绝|不行|没空|不方便|有事)(?:替|顶|代|换|调)?(?:班|他|她)?(?:了|的)?(?:[,，。;；\s].*)?$|^(?:我)?(?:替|换|顶|代|调|来)不了(?:[,，。;；\s].*)?$|^(?:sorry,? ?)?(?:i )?(?:decline|refuse|reject|can't|cannot|can not|no way|unable)(?![a-z]).*$/u,
} as const;
