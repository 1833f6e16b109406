import { placeholder } from '../domain/command/compiled-vocabulary.ts';
import type { ShiftChangeWords, ShortLength } from '../domain/command/read-shift-change.ts';
import type { TokenReader } from '../domain/command/read-dates.ts';
import type { Rule } from '../domain/command/vocabulary.ts';
import { readNumber } from './vocabulary-dates.ts';

/** The words of leave, swaps and covers. */

const other = placeholder.other;
const self = `(?:我|本人|俺|${placeholder.self})`;
const date = placeholder.date;
const number = '\\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]';
/** What is said after somebody's name where they are to stand a shift. */
const standing = '(?:值(?:班|守|夜班|夜)?|顶班?|替班?|代班?|上班?|接班?)';

/** `两小时`, `2个半小时`, `半小时`, `半天`. */
const lengths: readonly TokenReader<ShortLength>[] = [
  { pattern: /半(?:个)?(?:小时|钟头)(?!(?:以|之)?后)/uy, read: () => ({ hours: 0.5 }) },
  {
    pattern: new RegExp(`(${number})(?:个)?(半)?(?:小时|钟头)(半)?(?!(?:以|之)?后)`, 'uy'),
    read: (m) => ({ hours: readNumber(m[1]!) + (m[2] || m[3] ? 0.5 : 0) }),
  },
  { pattern: /(?:半天|半日|半个(?:白)?天)/uy, read: () => ({ isHalfDay: true }) },
  { pattern: /(?<![a-z])(\d{1,2}|an?|one|two|three) hours?(?![a-z])/uy, read: (m) => ({ hours: hoursInEnglish[m[1]!] ?? Number(m[1]) }) },
  { pattern: /(?<![a-z])half (?:a )?day(?![a-z])/uy, read: () => ({ isHalfDay: true }) },
];
const hoursInEnglish: { readonly [word: string]: number } = { a: 1, an: 1, one: 1, two: 2, three: 3 };

export const shiftChangeWords: ShiftChangeWords = {
  swap: /换(?![成为给])|对调|互调|[调倒](?:个|一下|一个|一次)?班|班[^,。;]{0,8}调到|(?<![a-z])(?:swap|switch|trade|exchange)(?![a-z])/u,
  mutual: new RegExp(
    `${self}[^,。;${other}]{0,14}(?:替|代|顶)${other}[^。;]{0,16}[,，][^。;]{0,6}(?:${other}|[他她])[^,。;]{0,14}(?:替|代|顶)${self}|(?:和|跟|与|同)${other}(?:换|对调|互调|倒|调)(?:一下|一次|个|一换)?(?:班)?[,，][^。;]{0,10}${date}?[^。;]*(?:${other}|[他她])值`,
    'u',
  ),
  and: /[和与跟同、他她]| and | for | with /u,
  offer: new RegExp(
    `(?:^|[,。;]|${self}|愿意|可以|明|后|今|天|日|晚)[^,。;${other}]{0,14}?(?:替|代|顶|帮)(?!${self}|班)[^${other}我]{0,3}${other}|给${other}(?:顶|替|代|值)|${other}[^。;?${other}]{0,24}(?<![替代顶帮给让由])${self}(?:来|去|可以|愿意|能)?(?:给|帮)?(?:[他她])?(?:来)?${standing}(?:[他她])?(?:${standing})?(?:吧|了)?(?:$|[,，。;])|(?:i|i'll|i'd|will|can|would|could|me) (?:[a-z]+ ){0,3}?(?:cover|take|stand|do)(?: in)?(?: for)? ?${other}|^(?:cover|take|stand in)(?: for)? ?${other}`,
    'u',
  ),
  cover: new RegExp(
    `${other}[^,。;?]{0,16}?(?:替|代|顶|帮)(?:一下|个)?${self}(?!.{0,6}(?:答|回|应|签|报|收))|${self}[^,。;?]{0,16}(?:替|代|顶)(?:一下)?${other}(?!.{0,8}(?:答|回|应|签|报|收|说|办))|(?:由|请|让|叫|找)${other}[^,。;?]{0,12}?(?:替|代|顶|值班|值守|(?:来|去)?(?:值|接|上)(?:吧|了|一下)?(?:$|[,，。;]))|${self}[^,。;?]{0,14}班[^,。;?]{0,3}(?:给|交给|让给|换给|转给|换成|改成|换为|改为|改由|换由)${other}|${self}?[^,。;?]{0,14}班?换给${other}|^(?!.*${other}.*班)[^,。;?]{0,14}班[^,。;?]{0,3}(?:给|交给|让给|转给)${other}(?:吧|了)?$|${other}[^。;?${other}]{0,24}(?<![替代顶帮给让由])${self}(?:来|去|可以|愿意|能)?(?:给|帮)?(?:[他她])?(?:来)?${standing}(?:[他她])?(?:${standing})?(?:吧|了)?(?:$|[,，。;])|(?:和|跟|与)${other}(?:换|调)到|${other}(?:'s)? (?:[a-z]+ ){0,2}?(?:covers?|stands? in|takes? over)(?: for)? (?:me|my)|(?:^|i |i'll |i'd |will |can )(?:like to |gladly )?(?:cover|take|stand in)(?: for)? ?${other}(?:'s)? ?(?:shift|duty|on|tomorrow|tonight|today|next)?`,
    'u',
  ),
  cannot: new RegExp(
    `^(?!.*${other}[^,，。;]{0,8}(?:值|来|上)不了)[^。;?]{0,40}?(?:(?:值|来|上|顶)不了|值不成|(?:不能|无法|没法|没办法|不能够)(?:来|去|再)?(?:值班|值守|值夜班|上班|到岗|值|当班)|不在(?:济南|市里|本地))`,
    'u',
  ),
  others: new RegExp(
    `(?<!找|跟|向|和|与|由|让|叫|给|替|帮|请|同意|批准|准|驳回|拒绝|撤销|撤回|取消|${self})${other}(?:同志)?[^我本俺${placeholder.self},，。;替代顶换${other}]{0,14}?(?:请(?!示|问)|休|销|[病事年婚产丧])[^,，。;我]{0,5}假|^[^我本俺${placeholder.self},，。;]{0,8}${other}(?:和|跟|与|同)${other}[^我本俺${placeholder.self}]{0,16}(?:换班|对调|互换|调班|换|倒班)|不是${self}[^,，。;]{0,6}假|${other}(?:来|去)?(?:替|代|顶|帮)(?:一下)?${other}`,
    'u',
  ),
  polite: new RegExp(
    `(?:能不能|可不可以|能否|可否|可以|能)(?:请|让|由|找)${other}[^,，。;?]{0,10}(?:替|代|顶|帮)(?:一下)?${self}|(?:请|让|由|找)${other}[^,，。;?]{0,10}(?:替|代|顶)(?:一下)?${self}[^,，。;?]{0,8}(?:行吗|可以吗|好吗|行不行|可不可以)`,
    'u',
  ),
  lengths,
  leave: /假|休息|(?<![a-z])(?:leave|off)(?![a-z])/u,
  until: /直到|到|至|(?<![a-z])(?:until|till) /u,
  list: new RegExp(`(?<!是)${date}+(?:(?: ?[、,，] ?|和|与|及|跟|还有|以及|,? and )${date}+)+`, 'u'),
  onwards: new RegExp(`${date}(?:以后|之后|过后|起|开始|往后)`, 'u'),
  rewritten: [[/(?<=[点时](?:钟|半|一刻)?)后/gu, '以后'] as const, [/(?<=\d:\d{2})后/gu, '以后'] as const],
  reasons: [
    /(?:因为?|由于)(.{2,40}?)(?=[,，。;；]|(?:需要?|要|想|特|申请|请)?(?:请|休)|\d|明天|后天|今天|今晚|明晚|下周|$)/u,
    /((?:病|事|年|婚|产|丧|公)假)/u,
    /(?:^|[,，。;；\s])((?:家里|家中|孩子|小孩|父母|老人|爱人|身体|生病|看病|发烧|感冒|住院|体检|出差|开会|培训)[^,，。;；]{0,30}?)(?=[,，。;；]|需?要?想?请|$)/u,
    /(?:because|as|since) (?:of )?([^,.;]{2,60})/u,
  ],
};

/** Tried before the other rules: what is taken back, and what is asked for, names what it is about. */
export const shiftChangeRules: readonly Rule[] = [
  {
    intent: 'swap',
    when: /班[^,，。;]{0,8}(?:换|调)到|(?:帮我|给我)?(?:找|安排)(?:个|一个)?(?:人|同事)(?:来)?(?:替|顶|代)/u,
    unless: /[不别没未]|谁|吗|\?|取消|撤|请.{0,3}假/u,
  },
  {
    intent: 'withdrawRequest',
    when: /(?<![不别没未勿被要用能])(?:撤销|撤回|撤消|收回|取消|作废)(?:了|一下)?(?:我的?|这个|那个|刚才的?|上一个)?.{0,8}(?:请假|休假|换班|调班|替班|代班|顶班|病假|事假|年假|值班申请)|^(?:撤销|撤回|撤消|取消)(?:我的?|这份|这个)?申请$|^(?:我的?|把|的|这个|那个|这次|刚才|之前|上次|申请)*(?:请假|休假|换班|调班|替班|代班|病假|事假|年假)(?:的)?(?:申请)?(?:我)?(?:先|就|都)?(?:取消|撤销|撤回|撤消|收回|撤了|撤掉|作废|不用了|不要了|算了)(?:了|吧|掉)?$|^(?:我)?(?:的)?假(?:我)?(?:先|就)?不(?:请|休)了$|销假|不请(?:这个|那个)?假了|不休假了|^(?:我)?(?:不用|不需要|不必|无需)(?:再)?(?:请假|换班|替班)了$|不换班?了|不(?:和|跟|与|同).{1,6}换(?:班)?了|不用.{0,6}替了|(?<![a-z])(?:withdraw|cancel|take back) (?:my |the |this )?(?:leave|swap|cover|request|shift request)(?![a-z])/u,
    unless:
      /延期|吗$|\?|^(?:领导|主任|局长|处长|科长|组长|他|她).{0,8}(?:撤|取消|收回|作废)|(?:被|给)(?:领导|主任|局长|处长|科长|组长)?.{0,4}(?:撤|取消)/u,
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
  yes: /^(?:好的?|嗯|行|可以|没问题|ok)?[,，!！。 ]?(?:我)?(?:同意|接受|答应|可以|愿意|没问题|能)(?:来)?(?:和|跟|与|同)?(?:你|他|她)?(?:替|顶|代|换|调|值|接)?(?:班|你|他|她)?(?:了|的|吧)?[。!！.]?$|^(?:好的?|嗯|行|可以|没问题|同意|愿意|ok)?[,，!！。 ]?我(?:来|去|可以|愿意|能)?(?:替|顶|代|值|换|接)(?:班|你|他|她)?(?:吧|了|好了)?[。!！.]?$|^(?:替班|换班|调班)?没问题[。!！.]?$|^(?:i )?(?:accept|agree|will do|can do|sure)(?: to (?:cover|swap))?[.!]?$/u,
  no: /^(?:抱歉|不好意思|对不起)?[,，]?(?:我)?(?:不同意|不接受|不答应|不愿意|不能|不可以|没法|无法|拒绝|不行|没空|不方便|有事)(?:替|顶|代|换|调)?(?:班|他|她)?(?:了|的)?(?:[,，。;；\s].*)?$|^(?:[^?？]{0,14}[,，。;；\s])?(?:我|那天|当天|当晚|到时候|也|恐怕|可能|实在|真的|还是)*(?:替|换|顶|代|调|来|值|接)不了(?:班|你|他|她)?(?:[,，。;；\s].*)?$|^(?:抱歉|不好意思|对不起|不行|不能)?[,，。 ]?(?:我)?(?:那天|当天|当晚|到时候)(?:也|正好|刚好)?(?:有事|出差|没空|不方便|不行|没时间|请假|请假了|要值班|在外地)(?:了)?[。!！.]?$|^(?:不愿意|没空|没时间|不方便)(?:[,，。;；\s].*)?$|^(?:sorry,? ?)?(?:i )?(?:decline|refuse|reject|can't|cannot|can not|no way|unable)(?![a-z]).*$/u,
} as const;
