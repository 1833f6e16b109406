import type { RosterChangeWords } from '../domain/command/read-roster-change.ts';

/** Somebody is put on a shift in place of somebody; said by those who look after a roster. */

const who = '(?<in>[^,。;:!?]{1,40})';
/** Where nobody's shift is stood for them. */
const other = '(?<in>[^,。;:!?我俺替代顶]{1,40}?)';
const gone = '(?<out>[^,。;:!?]{1,40}?)';
/** What is said behind it. */
const why = '(?:[,。;!].{0,60})?';
const change =
  '(?:改为|改成|换成|换为|调整为|调整成|更换为|更换成|变更为|变更成|替换为|替换成|调换为|改由|换由|改派|改让|改安排|调整由|更改为)';

export const rosterChangeWords: RosterChangeWords = {
  patterns: [
    new RegExp(`由${gone}${change}${who}${why}$`, 'u'),
    new RegExp(`${change}(?:由|为)?${who}${why}$`, 'u'),
    new RegExp(`(?<![不别没未勿要])(?:安排|指派)${other}(?:来|去)?(?:(?:值班|值守|值夜班|带班|值|顶班|上班)(?:了|吧)?)?${why}$`, 'u'),
    new RegExp(`用${who}(?:替换|换下|换掉)${gone}${why}$`, 'u'),
    new RegExp(`(?<![a-z])(?:replace|swap out|substitute) ${gone} (?:with|by) ${who}[.!]?$`, 'u'),
    new RegExp(`(?<![a-z])(?:change|switch|set|reassign|assign|move) [^,;!?]{1,80}? to ${who}[.!]?$`, 'u'),
    new RegExp(`(?<![a-z])put ${who} (?:on|in) [^,;!?]{0,80}?(?:instead of|in place of|for) ${gone}[.!]?$`, 'u'),
    new RegExp(`(?<![a-z])put ${who} on (?:duty|post|the roster|the shift)(?![a-z])[^;!?]{0,80}$`, 'u'),
    new RegExp(`${who} instead of ${gone}[.!]?$`, 'u'),
  ],
  placed: [
    new RegExp(`(?<![不别没未勿要])(?:请|让|由|叫)${other}(?:来|去)?(?:值班|值守|值夜班|带班|值|顶班|上班)(?:了|吧)?${why}$`, 'u'),
    new RegExp(`(?:班|岗)(?:排|给|交给)(?!了)${other}${why}$`, 'u'),
  ],
  pairs: [/(?<in>[^,。;:!?]{2,40}?)(?:来)?(?:替|代替|接替|顶替)(?<out>[^,。;:!?]{2,40}?)(?:来)?(?:值|的|上)?[^,。;:!?]{0,12}班[。!]?$/u],
  own: /(?:^|[^a-z])(?:我(?!们|局|区|县|处|单位)|本人|俺|my|mine)(?![a-z])/u,
  name: /^ ?(?:由|让|请)?(\p{Script=Han}{2,4}?)(?:同志)?(?:来|去)?(?:值班|带班|值守|值夜班|担任|顶班|替班|负责|主班|副班)?(?:带班领导)?(?:了|吧)?$/u,
  self: /^ ?(?:由)?(?:我|本人|me|myself)(?:来|自己)?(?:值班|带班|值守)?$/u,
  roles: [
    { role: 'shiftLeader', when: /带班|值班领导|shift leader/u },
    { role: 'coDuty', when: /副班|第二值班|second officer/u },
    { role: 'onDuty', when: /主班|first officer/u },
  ],
};

/** `王主任`, `小李`, `老张`: the first group is the family name. */
export const calledByTitle =
  /^(?:[小老]?)(\p{Script=Han}{1,2}?)(?:(?:副)?(?:主任|局长|处长|科长|组长|书记|队长|站长|所长|部长|主席|经理)|总|工|老师|同志|姐|哥)$|^[小老](\p{Script=Han})$/u;

/** Asks which versions the roster has had; with a number in either group, for one of them. The whole message, without its marks. */
export const rosterVersionsAsked =
  /^(?:请|帮我)?(?:查看|看看|看一下|查一下|查询|看|查)?(?:排班表?|值班表|班表)的?(?:(?:历史|各个?|所有|全部)?(?:版本|历史记录|历史|变更记录|修改记录|调整记录)(?:列表|有哪些|记录)?|第 ?(\d{1,6}) ?版(?:本)?)$|^roster (?:versions|history|version (\d{1,6}))$/u;

/** A word that comes with a workbook and says that it is about who stands where, or how people are reached. */
export const aboutRosters = /值班|排班|班表|名单|通讯录|联络人|导入|更新|roster|rota|contact|import|schedule/iu;
