import type { Guards, Rule, Vocabulary } from '../domain/command/vocabulary.ts';
import { handoverDelayed, handoverLog } from './vocabulary-handover.ts';

export const guards: Guards = {
  question:
    /\?|吗|么$|么[,.。!;]|嘛|是不是|是否|有没有|(?<!现)在不在|能不能|可不可以|谁|哪|什么|啥|怎|如何|多少|几点|几个|几时|何时|为何|没有$|没$|^(?:who|what|when|where|which|why|how|is|are|am|do|does|did|can|could|should|would|will|has|have)(?![a-z])/u,
  how: /怎么|怎样|如何|咋|(?<![a-z])how (?:do|to|can|does)(?![a-z])/u,
  negation:
    /不要|不用|不必|不想|不会|不再|不能|不准|不得|不需|不是|不存在|无需|无须|没|未|别(?!人|的|处|忘)|勿|严禁|禁止|(?<![a-z])(?:don'?t|do not|not|never|no)(?![a-z])/u,
  conditional: /如果|要是|假如|倘若|万一|的话|(?<!相)若(?!干)|等.{0,10}[再就]|(?<![a-z])(?:if|unless|in case)(?![a-z])/u,
  echo: /(?<!\d)1(?!\d).{1,24}(?<!\d)2(?!\d).{1,24}(?<!\d)3(?!\d)/u,
  quotation:
    /求援.{0,4}请立即响应|calls for help\. respond at once|请(?:在.{1,12}内)?回复|回复.{1,8}(?:表示|即可)|["“”„「」『』《》«»]|(?:^|[\s:,])'|'(?:$|[\s,.])/u,
};

const surnames =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许吕施张孔曹严华金魏陶姜戚谢邹喻柏苏潘葛范彭郎鲁韦马苗俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕罗毕郝邬傅齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄臧戴宋茅庞熊纪舒屈祝董梁杜阮蓝闵席季贾江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍万柯卢莫房丁邓洪包左石崔吉龚程邢裴陆翁曲储靳段焦巴牧谷侯秋仲宫宁仇刘景詹龙叶司黎白蒲邰索赖卓池乔温翟谭劳申冉桑桂牛燕冀尚农柴瞿阎习艾古易廖耿寇殷沃越巩聂辛简饶曾沙丰荆游竺逯盖桓娄仝';
const surname = `(?:诸葛|欧阳|司马|上官|司徒|东方|端木|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|夏侯|[${surnames}安单连关方何从于常路车项])`;
const title = '(?:副?局长?|副?处长?|副?科长?|主任|副主任|组长|队长|书记|工|总|哥|姐|师傅|老师|同志|部长|所长|站长)';

/** He, she, 小王, 老李, 王科长, and an unknown name that an acknowledgement follows. */
export const thirdPersons: readonly RegExp[] = [
  /[他她它]们?(?:都)?|(?<![a-z])(?:he|she|they)(?:'s|'re| is| are)?(?![a-z])/gu,
  new RegExp(`[小老阿大]${surname}`, 'gu'),
  new RegExp(`(?<![\\p{Script=Han}])${surname}${title}`, 'gu'),
  new RegExp(
    `(?<![\\p{Script=Han}])(?!马上|尚|时)${surname}[^\\P{Script=Han}不没未无经来常时是就都已也正在到岗]{1,2}?(?=同志|[已也都]?(?:经)?(?:在|到|收到|值班))`,
    'gu',
  ),
  /(?<=^|[ ,])(?!who|what|where|there|this|that|it|here)[a-z]{2,15}(?:'s| is)(?= (?:here|on|present|at))/gu,
  /(?<=\u{E002})(?: is|'s|同志)/gu,
  /(?:我?(?:同事|同志|副班|主班|搭档|徒弟|领导))(?=也?[在到])/gu,
];

export const addressees: readonly RegExp[] = [new RegExp(`(?<![\\p{Script=Han}])${surname}${title}(?=[ ,.!、。])`, 'gu')];

/** The first group names whoever is to stand in or swap. */
export const substitutes: readonly RegExp[] = [
  new RegExp(
    `(?:由|和|跟|与|同|请|找|让|叫|给|替|帮|转给)(?!安排)(${surname}\\p{Script=Han}{1,2}?)(?=替|代|顶|换|接|调|值|来|对调|互换|的|同志|$|[ ,.。!])`,
    'u',
  ),
  new RegExp(`([小老]${surname}|${surname}${title})(?=替|代|顶|换|接|调|值|来|的|在|$|[ ,.。!])`, 'u'),
  /(?<![a-z])(?:with|for|by) ([a-z]{2,20}(?: [a-z]{2,20})?)(?= (?:on|to|instead|will|covers?)|$|[,.])/u,
];

const self = '(?:我|本人|我们|我这边|俺)?';
const nowWord = '(?:现在|目前|暂时|此刻|刚好|正好|今天|人|还|都|已经|已|正|正在|确实|真)';
const place = '(?:岗位上?|岗上|岗|位|单位|办公室|值班室|班上|现场|这里|这儿|那里|那儿|局里|跟前|电脑旁)';
const sorry = '(?:抱歉|不好意思|对不起|报告领导|报告|领导|嗯|哦|啊)?';
const amount = '(?:[一二两三四五六七八九十几]{1,3}|半|\\d{1,3})';
const span = `${amount}(?:多|来)?个?(?:半)?(?:分钟|分|小时|钟头|刻钟|min(?:ute)?s?|h)`;
const arrive =
  '(?:到岗|到位|到达|到单位|到那|到这|到|赶到|赶回|回来|回去|回岗|回|返岗|返回|上岗|过来|过去|来|赶来|赶过来|赶过去|赶回来|赶回去)';
const soon =
  '(?:马上|立刻|立即|这就|就|一会儿?|等会儿?|等一会儿?|等一下|等下|待会儿?|稍后|稍等|随后|很快|快|即将|尽快|正在|正往|正|在|过会儿?|过一会儿?|晚点|晚些|晚一点|差不多|预计|快要|将|会|赶紧)';
const ending = '(?:单位|岗上|岗|班|值班室|现场)?(?:了|啦|的|呢|啊|哦|哈|吧|中)?';

/** Each is a whole part of a message: the speaker is not at the post now. Another day, another person, a past are not this. */
const notOnPost: readonly RegExp[] = [
  new RegExp(`^${sorry}${self}${nowWord}{0,3}(?:不在|没在|未在|没有在|不再)${place}?${ending}$`, 'u'),
  new RegExp(`^${sorry}${self}${nowWord}{0,3}(?:没|未|没有|尚未|还未)(?:到岗|到位|到单位|到班上|到|上岗|回来|赶到)${ending}$`, 'u'),
  new RegExp(`^${sorry}${self}${nowWord}{0,2}${soon}{1,4}${arrive}${ending}$`, 'u'),
  new RegExp(
    `^${sorry}${self}(?:大概|大约|约|差|预计|估计|还要|还有|还得|还需要?|再|再过|再有|需要?|得|要|可能){0,3}${span}(?:左右)?(?:后|以后|之后|内|之内|以内)?(?:左右)?(?:就|能|可以|才|才能|准|肯定|一定)?${arrive}${ending}$`,
    'u',
  ),
  new RegExp(`^${sorry}${self}${nowWord}{0,3}在?(?:来|去|回|赶来|赶回|赶去|上班|回来|过来|回单位|回岗|赶往单位)?的?路上${ending}$`, 'u'),
  new RegExp(`^${sorry}${self}${nowWord}{0,3}(?:往回赶|往单位赶|往回走|赶回|赶过来|赶来|赶回来)${ending}$`, 'u'),
  new RegExp(
    `^${sorry}${self}${nowWord}{0,3}(?:离岗|脱岗|离开|离开了?岗位|离开了?单位|外出|出差|出去|下楼|出门|回家|堵车|被堵|堵在路上|临时离岗|临时外出|空岗)${ending}$`,
    'u',
  ),
  new RegExp(
    `^${sorry}${self}${nowWord}{0,3}在(?:外面?|外地|外边|家里?|医院|[^在不没未谁哪什]{1,8}(?:出差|学习|培训|看病|办事))${ending}$`,
    'u',
  ),
  new RegExp(
    `^${sorry}${self}${nowWord}{0,2}(?:去不了|来不了|到不了|回不去|回不来|赶不到|赶不过来|赶不回来|不能到岗|无法到岗|不能在岗|无法在岗|到岗不了)${ending}$`,
    'u',
  ),
  /^(?:sorry ?)?(?:i am |i'm |im )?(?:currently |still )?(?:not (?:here|there|on post|on duty|at my post|at my desk|in|present|available|yet|there yet|here yet)|away|absent|out|out of (?:the )?office|off post|on my way|on the way|running late|coming|stuck in traffic)(?: now| right now| yet| at the moment)?$/u,
  /^(?:sorry ?)?(?:i will |i'll |ill )?(?:be )?(?:right |back |there |here |on post )?(?:there|here|back|in|on post)? ?(?:soon|shortly|in a (?:minute|moment|bit)|in ?\d{1,3} ?(?:min(?:ute)?s?|hours?|h))$/u,
  /^(?:omw|brb|be right (?:there|back)|i(?:'ll| will) be right (?:there|back)|\d{1,3} ?min(?:ute)?s?(?: away| out)?|left (?:my|the) post|i left|stepped out)$/u,
];

const helpOpening = '(?:我们?|这里|这边|现场|紧急|请|快|赶紧|赶快|立即|马上|需要|要|向上级|向局里|向办公室|报告|呼叫|发出){0,4}';

const help: readonly RegExp[] = [
  new RegExp(
    `^${helpOpening}(?:求援|求救|求助|求支援|救命|救救我们?|救我|快来救我们?|快来人|来人|救人|请求支援|请求援助|请求增援|请求救援|支援|需要支援|需要救援|需要增援|sos|mayday)(?:啊|了|呀|快|吧|救命){0,2}$`,
    'u',
  ),
  /^(?:救命|救命啊|sos|mayday|求援){1,4}$/u,
  /^(?:(?:please )?send (?:help|backup)|(?:we |i )?need (?:backup|help now|urgent help|help urgently|immediate help)|call for help|urgent help|sos|mayday|(?:mayday ){1,3}mayday|(?:sos ){1,3}sos)$/u,
];

const helpMentioned: readonly RegExp[] = [
  /求援|求救|救命|紧急求助|求助|请求支援|请求增援|需要支援|出事了|出人命|着火了|起火了|爆炸|有人受伤|塌方|坍塌|出大事|帮帮我|帮帮忙|需要帮助|需要帮忙|请帮忙|快帮/u,
  /(?<![a-z])(?:sos|mayday|emergency|help me|need help|help us|please help|help!|send help)(?![a-z])/u,
];

export const clauses: Vocabulary['clauses'] = { notOnPost, help, helpMentioned };

const not = guards.negation;

/** Only what is said of the asking itself: the reason that follows is mostly that something is not ready. */
const notAsked =
  /(?:延期|延长|宽限|展期|延后|推迟|顺延)(?:申请|请求)?(?:还|也|都|又|就|已)?(?:没|未|不|别|被)|[不没未别][^,。;]{0,3}(?:延期|延长|宽限|展期|延后|推迟|顺延)|[吗么嘛?]$|(?:没有?|不行|不成|与否)$|(?<![a-z])(?:not|no|don't)(?![a-z])/u;

/** Tried in order on the message without spaces; those about units, days and people have these taken out before. */
export const rules: readonly Rule[] = [
  {
    intent: 'undo',
    when: /(?:按|点|发|打|弄|搞|回|选|输)错|误(?:按|点|触|发|报|操作)|撤销|撤回|撤消|收回(?:刚才|上一)|取消(?:刚才|上一|求援|求助|警报|操作)|解除(?:求援|求助|警报)|警报解除|虚惊一场|(?<![a-z])(?:undo|take (?:it|that) back|false alarm|by mistake|my mistake|all clear|cancel (?:that|it|help))(?![a-z])/u,
    unless:
      /不要撤|别撤|勿撤|不撤|不[用必]撤|无[需须]撤|不能撤|无法撤|没有?(?:按|点|发|打|弄|搞|选)错|不会(?:按|点|发)错|值班表|排班|日历|日程|人员名单|谎报误报/u,
  },
  {
    intent: 'usage',
    when: /(?:怎么|怎样|如何|咋).{0,6}(?:用|操作|使用|请假|换班|查岗|点名|撤销|签收|办结|延期|求援|设置|回复|交班|接班|查询|查值班|填|报进展)|能做什么|会做什么|能干什么|会什么|有(?:什么|哪些)(?:功能|命令|指令)|使用(?:说明|方法|手册|帮助)|(?<![a-z])(?:how (?:do|to|can) |what can (?:you|i) )/u,
    isQuery: true,
  },
  {
    intent: 'closeItem',
    when: /办结|办完|已完成|完成了|结案|办理完毕|整改完成|整改完毕|完结|(?<![a-z])(?:closed?|done|resolved|finished|completed)(?![a-z])/u,
    unless: /未|没|阶段性|还|尚|不|无法|预计|将|前办|前完成|争取|力争|计划|准备|明天|后天|下周|(?<![a-z])(?:not|will|soon|by)(?![a-z])/u,
    needsItem: true,
  },
  {
    intent: 'requestExtension',
    when: /延期|延长|宽限|展期|延后|推迟|顺延|缓\d?[一二三两几]?天|(?<![a-z])(?:extend|extension|more time)(?![a-z])/u,
    unless: notAsked,
    needsItem: true,
  },
  {
    intent: 'receiveItem',
    when: /签收|接收|领取|已领|收件|收到|接件|收下|(?<![a-z])(?:sign for|signed for|received?|accept(?:ed)?)(?![a-z])/u,
    unless: not,
    needsItem: true,
  },
  {
    intent: 'reportProgress',
    when: /进展|进度|正在|阶段性|现场|核查|核实|整改|处理|调查|约谈|督促|已|完成|预计|(?<![a-z])(?:progress|update|working on|investigat\w{1,6}|in hand)(?![a-z])/u,
    needsItem: true,
  },
  {
    intent: 'standIn',
    when: /(?<![交现时年近])(?:替|代|帮)(?!我|忙|表|班|码|理|价).{0,8}?(?:答到|答收到|应答|答复|答|回复|回|收到|签到|报到|报岗|点到|点名|在岗|到岗|报个到)|让我.{0,5}(?:回|答|说|报).{0,4}(?:收到|在岗|到|一声)|代答|代(?:为|其)(?:应答|回复|答复)|(?<![a-z])(?:answering|replying|responding|checking in|reply|answer|confirming) (?:for|on behalf of)(?![a-z])|on behalf of/u,
    unless: /不要|不能|不得|不准|不许|不可|不允许|别(?!人)|勿|禁止|严禁|没|无|待|请你?(?:替|帮|代)/u,
  },
  {
    intent: 'leave',
    when: /请(?:一下|个|了|[一二两三四五六七八九十半\d]{1,2}个?[天日]的?|[一二两三四五六七八九十半\d]{1,2}个?半?(?:小时|钟头)的?|几天)?(?:病|事|年|婚|产|丧|公)?假|休(?:病|事|年|产)?假|(?:病|事|年|产|婚)假|调休|(?<![a-z])(?:(?:take|ask for|request|need|apply for|want|on|sick|annual) (?:a |some )?(?:leave|day off|days off|time off)|day off|days off|leave (?:request|tomorrow|today|on|from|for))(?![a-z])|^leave$/u,
    unless:
      /不请.{0,2}假|没.{0,3}请.{0,2}假|别请假|不[准得许能让允]{1,2}请假|不[想打算准备要]{1,3}请假|不用请假|不是我|严禁|禁止|一律|请假(?:制度|规定|条例|名单|情况|条|流程|手续|单)|取消|撤[销回了掉]|作废|销假|假不[请休批准]|不休假|没休假|也请.{0,2}假|请过.{0,2}假|假的|假[^,，。]{0,3}(?:不批|没批|不准|不同意)|(?:同意|批准|准了?|批了|答应)(?:了)?我|^(?:同意|批准|准|不同意|驳回|拒绝|approve|reject)/u,
  },
  {
    intent: 'swap',
    when: /[换调倒](?:个|一下|一个|一次)?班|对调|互换.{0,8}班|替班|顶班|代班|替(?!我|他|她).{0,3}(?:值|上|顶).{0,6}班|[换调替顶代].{0,20}(?:的|个|一下)(?:班|夜班|白班)|(?:和|跟|与).{1,14}(?:对调|互换|换|调)(?:.{0,20}班|$)|由.{1,10}(?:替|顶|代|值班|值守)|(?<![a-z])(?:swap|switch shifts?|trade shifts?|cover for|cover my|covers? my shift)(?![a-z])/u,
    unless:
      /不换|别换|不用换|没换|不对调|交接班|不要换|替班人员|(?:换班|替班|代班|调班)(?:申请)?(?:取消|撤|作废|不用了|没问题)|^(?:我|我们)?(?:同意|批准|准|不同意|驳回|拒绝|approve|reject)/u,
  },
  {
    intent: 'myShifts',
    when: /我.{0,10}(?:什么时候|什么时间|啥时候|何时|哪天|哪几天|哪些天|几号|几点|下次|下一次|下一班|下个班|还有几).{0,10}(?:班|值|岗)|(?:什么时候|啥时候|哪天|哪几天|几号|何时|多久).{0,6}(?:轮到我|我值|到我|我的班)|轮到我|(?:我的(?:值班|班)|我的?(?:班次|排班|值班表|值班安排|值班时间|班表|下一班|下个班))(?:表|是|有哪些|查询)?(?:吗|么|嘛|呢)?[?。!.]?$|我(?:有|还有|要|该|是不是|是否|用不用|需不需要)?.{0,6}值班(?:吗|么|嘛|没|不|\?)|我.{0,4}有没有班|(?<![a-z])my (?:next )?(?:shifts?|roster|rota|duty|duties|schedule)(?![a-z])|(?<![a-z])(?:when|do|what days) (?:am|do) i(?![a-z])|am i on (?:duty|post|shift)/u,
    unless: /谁替|谁接|替我|接我/u,
    isQuery: true,
  },
  {
    intent: 'pauseChannel',
    when: /^(?:请|麻烦)?(?:帮我)?(?:停止|暂停|停用|关闭|关掉|停掉)(?:(?:此|本|这个|该)(?:渠道|通道|账号))?(?:上?的|给我|向我|对我)?(?:发送?)?(?:通知|提醒|推送)(?:吧|了|谢谢)?$|^(?:please ?)?(?:stop|pause|mute)(?: sending)?(?: me)?(?: the| all)? ?(?:notifications?|notices|messages|alerts)(?: here| over this channel| on this channel)?$/u,
  },
  {
    intent: 'resumeChannel',
    when: /^(?:请|麻烦)?(?:帮我)?(?:恢复|重新?开启|重新启用|打开|开启)(?:(?:此|本|这个|该)(?:渠道|通道|账号))?(?:上?的|给我|向我|对我)?(?:发送?)?(?:通知|提醒|推送)(?:吧|了|谢谢)?$|^(?:please ?)?(?:start|resume|unmute)(?: sending)?(?: me)?(?: the| all)? ?(?:notifications?|notices|messages|alerts)(?: here| over this channel| on this channel)?$/u,
  },
  {
    intent: 'assignReadiness',
    when: /^(?:请|麻烦)?(?:现在|立即|立刻|马上)?(?:布置|部署|下达|下发|安排|启动)(?:一下|好)?(?:各(?:有关)?(?:单位|区县?|部门)|全市|\p{Script=Han}{1,8}(?:区|县|处|中心|单位))?(?:的)?(?:做好)?(?:的)?(?:进驻前|迎检|迎督|督察)?(?:的)?(?:准备|建档|归档|备查)(?:工作|任务|事项|材料|清单)?(?![\p{Script=Han}]*(?:情况|进度|进展|了吗|没有))|^(?:please ?)?(?:assign|hand out|start)(?: the)? ?(?:readiness|preparations?)(?![a-z])/u,
    unless: /\?|吗$|没有$|了没/u,
  },
  {
    intent: 'readiness',
    when: /^(?:请|麻烦)?(?:查看?|看看?|查询|统计|汇总)?(?:一下)?(?:各(?:单位|区县?|部门)|全市|本单位|我们?(?:单位|区|县)?)?的?(?:进驻前|迎检|迎督|督察)?的?(?:准备|完备|备查|建档|归档)(?:工作)?的?(?:情况|进度|进展|程度|率|怎么样|如何)(?:怎么样|如何)?\??$|(?<![a-z])(?:readiness|preparedness)(?![a-z])|^(?:how ready are (?:we|they|the units)|are we ready)\??$/u,
    isQuery: true,
  },
  {
    intent: 'dashboard',
    when: /看板|大屏|总览|概览|态势|(?:查岗|点名|在岗|应答|值守|抽查)的?(?:情况|结果|统计|状态|汇总|率)|(?:谁|哪个|哪些|哪里|几个|多少).{0,8}(?:没|未|不)(?:在岗|在|应答|回应|回复|答复|回|答)|(?:没|未)(?:应答|回复|回应)的|(?<![a-z])(?:dashboard|overview|control room|the wall|show status)(?![a-z])|^status$/u,
    isQuery: true,
  },
  {
    intent: 'whoIsOnDuty',
    when: /(?:谁|哪位|哪个|哪些|哪几|什么人|何人|有人|几个人).{0,14}(?:值班|值守|值夜|值夜班|当班|当值|在岗|带班|顶班|上班|守着|在班|值白班)|^谁(?:值|在值|在)$|(?:值班|值守|当班|当值|带班|在岗|主班|副班)(?:员|人员|的人|的领导|领导|的同志|的)?(?:现在|今晚|今天)?(?:是|都是|都有|有|分别是)?(?:谁|哪位|哪个|哪些|什么人|叫什么|名字)|(?:值班|带班|当班|值守)(?:员|人|人员|室|领导)?的?(?:电话|手机|号码|联系方式)|在岗(?:人员)?的?名单|^(?:查|查询|看|查一下|看一下|看看)?(?:的)?(?:现在|当前)?(?:值班领导|带班领导|值班员|值班人员?|值班人员情况|当班人员|在岗人员|值班情况)$|(?<![a-z])(?:who|who's|whos|anybody|anyone|someone).{0,24}(?:duty|on post|on call|on shift|on watch)(?![a-z])|(?<![a-z])(?:the )?duty officers?(?![a-z])|on duty (?:now|tonight|today|tomorrow)\?/u,
    unless: /收到|查岗|点名|请假|换班|替班|培训|制度/u,
    isQuery: true,
  },
  {
    intent: 'whoIsOnDuty',
    when: /(?:值班|在岗|当班|值守|当值|带班|on duty|on post).{0,6}(?:吗|么|嘛|没有|没|\?)/u,
    unless: /收到|我|你|i on/u,
    isQuery: true,
    needsPerson: true,
  },
  {
    // Dates behind the word ask for a roster to be made; dates before it ask what it says.
    intent: 'draftRoster',
    when: /^(?:请|帮我|重新|重|给)?(?:自动|智能)?排班(?!表|情况|安排).{0,30}(?:\d|[一二三四五六七八九十]+[月日号]|下个?月|下个?周|本月|本周|明天|后天)|(?:自动|智能|重新)排班|^(?:请|帮我)?(?:生成|编排|拟定|拟|编制|制定|安排).{0,30}(?:值班表|排班表?|班表|值班安排)$|^(?:please )?(?:draft|generate|make|create|plan) (?:a |the )?(?:new )?(?:roster|rota|duty schedule|duty roster)(?![a-z])/u,
    unless: /不要|别|谁|吗|错|发布|取消|(?<![a-z])(?:who|don't|not)(?![a-z])/u,
  },
  {
    // The office's own reports; units hand theirs in, and that is said with a verb.
    intent: 'report',
    when: /^(?:请|帮我|给我)?(?:起草|生成|出|拟|看|看看|查看)?.{0,24}?(?:日报|周报|零报告|工作总结|值守总结|情况报告|值守报告)$|^总结$|^.{0,30}(?:到|至|的|-).{0,20}报告$|^(?:please )?(?:draft |show |make )?(?:the |a )?(?:daily |weekly |campaign )?report(?: from .{3,40}| of .{3,30})?$/u,
    unless: /通过|提交|报送|上报|交了|收到|没|不|谁|吗|整改|撤回|(?<![a-z])(?:who|not|submit|hand)(?![a-z])/u,
    isQuery: true,
  },
  {
    intent: 'resetCalendarLink',
    when: /^(?:重置|更换|撤销|作废|重新生成)(?:我的|本单位的?|全局的?|值班)?(?:日历|日程)(?:订阅)?(?:链接|地址)?$|^(?:reset|revoke|renew) (?:my |the )?calendar(?: link| feed)?$/u,
  },
  {
    intent: 'calendarLink',
    when: /^(?:我的|订阅|导出|值班|本单位)?(?:的)?(?:值班)?日历(?:订阅)?(?:链接|地址)?$|^日历$|^(?:my |the )?(?:duty )?calendar(?: link| feed)?$/u,
    isQuery: true,
  },
  {
    intent: 'roster',
    when: /值班表|排班|值班(?:安排|名单|计划|一览|日程|顺序)|轮值表?|轮班表|班表|(?<![a-z])(?:roster|rota|duty schedule|duty list|shift schedule|schedule)(?![a-z])/u,
    unless:
      /上传|导入|修改|更新|调整|更正|录入|删除|错了|有误|不对|不全|没收到|收到|发布|制定|编制|重排|(?<![a-z])(?:upload|import|change|update|edit|wrong)(?![a-z])/u,
    isQuery: true,
  },
  {
    intent: 'myItems',
    when: /我(?:的|有|手上|手头|名下|这边|负责).{0,8}(?:件|任务|待办|事项|工单|交办)|^(?:查|看|查看|查询)?待办(?:事项|件|清单|列表)?$|^(?:待|未)办(?:结)?的?件$|(?<![a-z])my (?:open )?(?:items|tasks|cases|todos?|to-dos?)(?![a-z])|^(?:todo|to do|tasks)$/u,
    unless: /条件|文件|邮件|零件|事件的/u,
    isQuery: true,
  },
  {
    intent: 'closeItem',
    when: /^(?:我?的?|本|此|该|这个|这|那个|案)?件?(?:已经?|都已?|全部|现已){0,2}(?:办结|办理完毕|办完|结案|完结)(?:了|啦|的)?$|^申请办结$|^(?:item|case) (?:is )?(?:closed|done|resolved)$|^close (?:the )?(?:item|case)$/u,
  },
  {
    intent: 'requestExtension',
    when: /^(?:我?(?:想|要|需要)?|特)?(?:申请|请求|请|要求|办理)?(?:延期|延长|宽限|展期|延后|顺延)|(?<![a-z])(?:request (?:an )?extension|extend (?:the )?deadline|more time)(?![a-z])/u,
    unless: notAsked,
  },
  {
    intent: 'receiveItem',
    when: /^(?:我)?(?:已|已经|现在|现|确认|现已)?(?:签收|接件|领件|接收交办件|接收)(?:了|交办件|转办件|该件|此件|本件|件)?$|^sign for (?:it|the item)$/u,
  },
  {
    intent: 'reportProgress',
    when: /^(?:我)?(?:来|要|想)?(?:汇报|报告|上报|填报|报|更新|反馈|报送)(?:一下|下)?(?:工作|办理|整改|最新|处理)?的?(?:进展|进度)|^(?:最新|工作|办理|整改)?(?:进展|进度)(?:情况|汇报|报告|如下|:)|(?<![a-z])(?:report|update|post) progress(?![a-z])|^progress(?: report|:)/u,
    unless: not,
  },
  { intent: 'handover', isQuery: true, when: handoverLog },
  { intent: 'handover', when: handoverDelayed },
  {
    intent: 'handover',
    when: /交接?班|接班(?!人)|^(?:交接|交班)备注$|交接(?:完|了|完成|完毕|工作)?$|接岗|交岗|(?<![a-z])(?:hand(?:ing)? ?over|take over (?:the |my )?shift|taking over the shift)(?![a-z])/u,
    unless: /不|没|未|别(?!人)|记录|制度|表|时间|之前|以后|明天|后天/u,
  },
  {
    intent: 'reject',
    when: /^(?:请假|换班|替班|申请)?(?:的)?(?:申请)?不批(?:准)?$|^(?:我)?(?:不同意|不批准|不批|不予批准|不予同意|不准假|不准|不通过|驳回|拒绝|退回|否决)|(?<![a-z])(?:reject(?:ed)?|den(?:y|ied)|declined?|not approved|refused?|disapproved?)(?![a-z])/u,
  },
  {
    intent: 'approve',
    when: /^(?:我|予以|领导)?(?:同意|批准|准予|核准|准假|审批通过|准了|批了)(?:了|该|其|他的?|她的?|的)?(?:请假|换班|调班|替班|延期|申请|休假|假|换|的请求){0,3}(?:申请)?[。!.]?$|^(?:i )?(?:approve|agree)d?(?: (?:it|the request|the leave|the swap|leave|swap|this|that))?[.!]?$/u,
  },
  {
    intent: 'passOn',
    when: /^(?:打不通|联系不上|没人接|无人接听|电话没人接|我?不方便|我?有事|我接不了|接不了|处理不了)?,?(?:请|就|那就|帮忙|麻烦)?(?:转|换|找|叫|联系|通知|改找|改叫|转给|传给|转到|呼叫|请)(?:给|到)?(?:下一?个?(?:人|位)|下一?个|副班|副班员|备班|备勤|别人|其他人|另一个人|同事|第二个人|第二联系人|联系人|联络人)(?:吧|来|处理|接)?[。!.]?$|^下一?(?:个|位|人)(?:人)?$|(?<![a-z])(?:pass (?:it |this )?on|ask (?:someone|somebody) else|next person|pass to next|try (?:someone|somebody) else)(?![a-z])/u,
  },
  { intent: 'passOn', when: /^(?:请|就)?(?:转|转给|找|换|联系)$/u, needsPerson: true },
];
