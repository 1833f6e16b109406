import type { DraftWords } from '../domain/command/read-draft-rules.ts';
import { readNumber } from './vocabulary-dates.ts';

/** What the office says of a draft: rest, days in a row, who does not want a day, who is away. */

const number = '(\\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])';

export const draftRuleWords: DraftWords = {
  hint: /休息|间隔|相隔|连续|连排|连值|连上|不排|别排|不安排|不值|不想|不愿|不要排|不上|不在|请假|休假|出差|外出|学习|培训|住院|可以排|能排|想值|愿意|希望值|清除|去掉|(?<![a-z])(?:rest|row|off|away|wants?|clear)(?![a-z])/u,
  // Behind a date or a time a space is enough.
  between: /[,;。!?\n]+|(?<=[日号周月底天时]|不[排值在])\s+(?=\p{Script=Han}{2})/u,
  rest: [
    new RegExp(
      `(?:休息|间隔|相隔|隔开|隔)(?:时间)?(?:要有|要|应|为|满|够)?(?:不少于|不低于|至少|最少|不小于|>=?)? ?${number} ?个?(?:小时|钟头|h)`,
      'u',
    ),
    new RegExp(`(?:休息|间隔|相隔|隔开|隔)(?:时间)?(?:要有|要|应|为|满|够)?(?:不少于|不低于|至少|最少)? ?${number} ?(天)`, 'u'),
    new RegExp(`${number} ?个?小时(?:的)?(?:休息|间隔)`, 'u'),
    /(?<![a-z])(\d{1,3}) ?(?:hours?|h) (?:of )?rest(?![a-z])/u,
    /(?<![a-z])rest (?:of )?(?:at least )?(\d{1,3}) ?(?:hours?|h)(?![a-z])/u,
  ],
  inRow: [
    new RegExp(
      `(?:最多|至多|不超过|不得超过|不要超过|别超过)(?:只能|只)?(?:连续|连)(?:值班|值守|排班|上班|值|排|上)? ?${number} ?个?(?:天|班|次|日)`,
      'u',
    ),
    new RegExp(
      `(?:连续|连)(?:值班|值守|排班|上班|值|排|上)?(?:天数)?(?:最多|至多|不超过|不得超过|不要超过|不能超过|别超过) ?${number} ?个?(?:天|班|次|日)`,
      'u',
    ),
    /(?<![a-z])at most (\d{1,2}) (?:days? )?in a row(?![a-z])/u,
  ],
  unwanted:
    /(?:不排|别排|不要排|不用排|不安排|不值|不想值|不想上|不愿|不上|不能排|不能值|不方便值)(?!在)|(?<![a-z])(?:off|doesn't want|does not want)(?![a-z])/u,
  wanted: /(?:想值|愿意值|愿意排|希望值|希望排|要求值|主动值)|(?<![a-z])wants?(?![a-z])/u,
  free: /(?:可以|能|又能|又可以)(?:排|值|上)(?:了|班|值班)*$|取消不排|(?<![a-z])is free(?![a-z])/u,
  away: /不在|请假|休假|年假|病假|产假|婚假|出差|外出|出国|学习|培训|住院|抽调|离开|(?<![a-z])(?:away|on leave|not there)(?![a-z])/u,
  reset: /^(?:请)?(?:清除|取消|去掉|清空|不要)(?:所有|全部|这些|以上|上述)?的?(?:要求|条件|规则)$|^clear (?:all )?(?:rules|wishes)$/u,
  weekly: /每(?:个)?(?:周|星期|礼拜)([一二三四五六日天](?:[、和及]?(?:周|星期|礼拜)?[一二三四五六日天])*)/u,
  weekdays: { 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 日: 7, 天: 7 },
  weekends: /(?<![这本下上])(?:周末|双休日)/u,
  and: /^(?:\s*[、和及与跟,]\s*|\s+)$/u,
  readNumber,
};
