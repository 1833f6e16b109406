import type { ItemAsk, ItemVocabulary } from '../domain/items/item-words.ts';
import type { ItemActionType } from '../domain/items/next-actions.ts';

const act = (action: ItemActionType): ItemAsk => ({ ask: 'act', action });

const item = '(?:这个|该|此|本)?(?:件|交办件?|转办件?|信访件?|任务|事项|资料)?';
const politely = '(?:请|麻烦|帮我|我要|我想|查看?|看看?|列出|显示|统计)?(?:一下)?';

/** What the office and the units type about items. Asking how something is done is not doing it. */
const rules: ItemVocabulary['rules'] = [
  {
    ask: { ask: 'more' },
    when: /^(?:看|显示|查看)?(?:更多|下一?页|后面的?|继续看)(?:的?(?:件|内容))?$|^(?:show )?(?:more|next(?: page)?)$/u,
  },
  {
    ask: { ask: 'acceptAll' },
    when: /(?:报告|报送|报表|日报|零报|件|整改|清单|资料|的).{0,4}(?:全部|都|一并|统一|一键|批量)(?:给)?(?:予以|准予)?(?:审核|验收)?(?:通过|接收|验收|销号|同意)(?:了)?$|^(?:全部|一键|批量|统一)(?:予以|准予)?(?:审核)?(?:通过|接收|验收|销号).{1,20}$|^accept (?:all|every)(?![a-z]).{0,40}$|^accept .{1,40} all$/u,
    unless: /未|没|不|别|谁|怎|何时|能否|是否|[?]|延期|请假|换班|申请/u,
  },
  {
    ask: { ask: 'explain' },
    when: /(?:为什么|为何|怎么算|咋算|凭什么|依据).{0,24}(?:到期|期限|截止|时限|期)|(?:到期|期限|截止|时限).{0,10}(?:为什么|为何|怎么算|咋算|依据|怎么来)|^why.{0,40}(?:due|deadline)/u,
  },
  {
    ask: { ask: 'add' },
    when: /^(?:我要)?(?:新增|添加|录入|登记|新建|补录|手工录入)(?:一[个件])?(?:交办|转办|信访|调阅|自查|整改|任务|事项|紧急报告|件)|^(?:add|new) (?:an? )?(?:item|task|case)/u,
  },
  { ask: act('urge'), when: /^(?:请)?(?:催办|催一下|催促|催一催|督办|催)|^(?:urge|chase)(?![a-z])/u, unless: /催办(?:情况|记录|次数)/u },
  {
    ask: { ask: 'byUnit' },
    when: new RegExp(
      `^${politely}(?:(?:各(?:个)?(?:区县?|县区|单位|部门|区市县)|分(?:单位|区)|按(?:单位|区县?|部门))的?(?:交办|办理|办件|整改|任务|逾期)?(?:件)?(?:情况|统计|汇总|进度|看|查|排名)?)$`,
      'u',
    ),
  },
  { ask: { ask: 'byUnit' }, when: /^(?:items |overdue )?by unit$/u },
  {
    ask: { ask: 'byKind' },
    when: new RegExp(
      `^${politely}(?:(?:各类|分类|按(?:类型|类别|种类|类))的?(?:交办|办理|办件|任务)?(?:件)?(?:情况|统计|汇总|看|查)?)$`,
      'u',
    ),
  },
  { ask: { ask: 'byKind' }, when: /^(?:items |overdue )?by kind$/u },
  {
    ask: { ask: 'allOverdue' },
    when: new RegExp(
      `^${politely}(?:全部|所有|全市|全局)(?:的)?(?:已)?(?:逾期|超期|过期|超时)(?:的)?(?:未办结)?(?:的)?${item}(?:有哪些|清单|列表|情况)?$|^(?:all|everything) overdue$`,
      'u',
    ),
  },
  {
    ask: { ask: 'overdue' },
    when: new RegExp(
      `^${politely}(?:我的|有|有哪些|哪些|还有哪些)?(?:已)?(?:逾期|超期|过期|超时)(?:了|未办|未办结)?(?:的)?${item}(?:有哪些|有吗|清单|列表|情况)?(?:\\?)?$|^overdue(?: items)?$`,
      'u',
    ),
  },
  {
    ask: { ask: 'unreceived' },
    when: new RegExp(
      `^${politely}(?:我的|有哪些|哪些)?(?:待|未|没)签收(?:的)?${item}(?:有哪些|清单|列表)?$|^(?:not received|unreceived)(?: items)?$`,
      'u',
    ),
  },
  { ask: act('receive'), when: /^(?:sign(?:ed)? for|receive|received)$/u, needs: 'item' },
  { ask: { ask: 'receiveAll' }, when: /^(?:我)?(?:全部|都|一并|全都|统一)(?:给我)?签收(?:了)?$|^receive all$/u },
  {
    ask: act('moveOuter'),
    when: /(?:移动|调整|变更|修改|延长|顺延|推迟|放宽).{0,6}(?:外部时限|外限|上级期限|(?:督察组|省级?|市级?|局级?)的?(?:时限|期限))|^move (?:the )?outer limit/u,
  },
  {
    ask: act('withdrawItem'),
    when: /^(?:撤回|撤销|撤消|取消)(?:该|此|这个|本)?(?:交办|转办|信访|调阅|任务|事项|件)|^withdraw(?: item)?(?![a-z])/u,
  },
  { ask: act('withdrawItem'), when: /^(?:撤回|撤销|撤消)/u, needs: 'item' },
  { ask: act('longTerm'), when: /^(?:申请|转为?|列为?|设为?|标为?)?长期(?:整改|推进|任务|坚持)?(?:项|事项)?|^long[- ]?term/u },
  { ask: act('split'), when: /^(?:任务)?(?:拆分|分解|分工|拆解)|^定人定责|^split(?: up)?(?![a-z])/u },
  { ask: act('reassign'), when: /^(?:分项)?(?:改派|转派|换人办)|^reassign(?![a-z])/u },
  { ask: act('draft'), when: /^(?:申请|报送?|现)?阶段性办结(?:了)?$|^done for now$/u },
  { ask: act('check'), when: /^(?:数据)(?:已)?(?:审核|复核|核对)|^(?:审核|复核|核对)数据|^(?:data )?check(?:ed)?(?: data)?$/u },
  {
    ask: act('sign'),
    when: /^(?:登记|补登)?(?:主要负责人)?(?:签字|签章|签名|盖章|签字盖章|签批)|^(?:register )?(?:the )?sign(?:ature|ed)?(?: and seal)?$/u,
  },
  { ask: act('submit'), when: new RegExp(`^(?:正式)?(?:报送|提交|上报|报出)${item}(?:了)?$|^submit(?: it)?$`, 'u') },
  { ask: act('followUp'), when: /^(?:登记|开展|做)?(?:后督察|回头看|复查)|^follow[- ]?up/u },
  { ask: act('return'), when: /^退回/u },
  {
    ask: act('accept'),
    when: new RegExp(`^(?:验收|验收通过|审核通过|准予验收|接收报送|同意验收)${item}(?:了)?$|^accept(?:ed)?(?: it)?$`, 'u'),
  },
  { ask: act('close'), when: new RegExp(`^(?:准予|同意)?(?:销号|销案)${item}(?:了)?$|^strike off$`, 'u') },
  {
    ask: act('finishSubtask'),
    when: /^(?:我的)?分项\d{0,3}(?:任务)?(?:已)?(?:经)?(?:完成|办完|做完|好)|^(?:已?完成|做完)(?:了)?(?:我的)?分项|^(?:my )?part \d{0,3} ?(?:is )?done/u,
    unless: /未|没|不|尚/u,
  },
  {
    ask: { ask: 'ofUnit' },
    when: /(?:交办|转办|信访|调阅|任务|事项|办理|整改|逾期|超期)(?:件|情况|进度|进展)?|(?:的|有哪些|有什么)件|(?<![a-z])(?:items|cases|tasks)(?![a-z])/u,
    unless: /新增|催/u,
    needs: 'unit',
  },
  { ask: { ask: 'mine' }, when: new RegExp(`^${politely}(?:我的|我们的|本单位的?)(?:交办|转办|信访|调阅)${item}$`, 'u') },
  {
    ask: { ask: 'show' },
    when: new RegExp(
      `^${politely}(?:的)?(?:办理)?(?:情况|详情|状态|到哪一?步了?|怎么样了?|进度|信息|内容)?(?:如何|\\?)?$|^(?:show|status(?: of)?|details(?: of)?)$`,
      'u',
    ),
    needs: 'item',
  },
];

const amounts = '年月日号时点分米吨元个件家次升处';

export const itemVocabulary: ItemVocabulary = {
  tail: new RegExp(`(?<![\\d.:/\\-年月])\\d{4}(?!\\d|[.:/\\-]|\\s*[${amounts}])`, 'u'),
  leading: new RegExp(
    `^\\s*(?:[dx]\\s?\\d{0,2}\\s?(?:[a-z]{2})?\\s?\\d[\\d-]{2,24}(?![a-z\\d])|\\d{4}(?!\\d|[.:/\\-]|\\s*[${amounts}]))[\\s,，、:：]*`,
    'iu',
  ),
  returning: /^(?:退回|return)/iu,
  faults: [
    { fault: 'false', when: /虚假|造假|作假|弄虚|不实|失实|编造|伪造|假的|(?<![a-z])(?:false|untrue|forged)(?![a-z])/iu },
    { fault: 'incomplete', when: /不全|不完整|不齐|缺|漏|未附|没有?附|补充|补齐|补报|(?<![a-z])(?:incomplete|missing|lacks?)(?![a-z])/iu },
  ],
  splitting: /^(?:任务)?(?:拆分|分解|分工|拆解|定人定责)(?:到人|任务|一下|如下)*|^split(?: up)?(?![a-z])/iu,
  by: /^(?:\s|之前|以前|前|内|[,，、:：]|by(?![a-z])|before(?![a-z]))+|(?:\s|[,，、:：]|(?<![a-z])by|(?<![a-z])before|于|在)+$/giu,
  adding: /^\S{0,2}(?:新增|添加|录入|登记|新建|补录|手工录入|add|new)\S{0,8}\s*/iu,
  rules,
  progress:
    /^(?:(?:最新|工作|办理|整改|汇报|报告)?(?:进展|进度)(?:情况|汇报|报告|如下)?(?:\s*[:：,，]\s*|\s+)|progress(?: report)?\s*[:：]\s*)(?=\S)/iu,
  subtask: /(?:分项|part )\s*(\d{1,3})/iu,
  because: /因为|由于|(?:原因|理由)(?:(?:是|为|如下)\s*[:：]?|\s*[:：]|\s)|(?<![a-z])because(?: of)?(?![a-z])|(?<=[\s,，\d])因(?![此而])/iu,
  verbs:
    /^(?:我)?(?:不同意|不予同意|不批准|不批|驳回|拒绝|退回|否决|撤回|撤销|撤消|取消|reject|return|withdraw)(?:延期|申请|该件|此件|交办件?|件)?/iu,
  question: /[?？]\s*$|[吗么嘛呢]\s*[。.]*$|(?:怎么样|如何|怎样|到哪一?步?)了?\s*[。.]*$/u,
  unsure:
    /[?？]|吗|么$|怎么|如何|怎样|咋|能不能|可不可以|是不是|是否|没有?签收|未签收|别|不要|(?<![a-z])(?:how|can i|should i|don't|not)(?![a-z])/iu,
};
