import type { PhaseWords } from '../domain/command/change-phase.ts';

/** What the office types when the inspection team comes or goes; written as texts are heard, without units and people. */
export const phaseWords: PhaseWords = {
  team: /(?:中央|国家|省级?)?(?:第[一二三四五六七八九十\d]{1,2})?(?:生态环境保护|生态环保|生态环境|环保)?(?:督察|督查|巡视|检查)(?:工作)?组|(?<![a-z])(?:the )?(?:central |provincial )?(?:environmental )?(?:inspection team|inspectors|inspection|team)(?![a-z])/gu,
  arrive:
    /下沉(?:至|到)?|(?:现?正)?在(?= |$)|抵达|到达|来到|前往|开展下沉|(?:要|将|会)?(?:去|赴|来)(?!年)|到(?![\d一二三四五六七八九十今明后大上下本这周星礼年月底])(?:了|访)?|(?<![a-z])(?:(?:is|are) )?(?:com(?:es?|ing)|arriv(?:es?|ed|ing)|go(?:es|ing)?|visits?|visiting|on site)(?: to| in| at)?(?![a-z])/gu,
  ended: /(?:下沉|进驻|入驻)(?:督察|检查)?(?:工作)?(?:已经?)?(?:全部)?(?:结束|完毕)|结束(?:下沉|进驻)/u,
  station: /(?:正式)?(?:进驻|入驻)|(?<![a-z])(?:(?:is|are) )?(?:moves? in|moving in|mov(?:es?|ing) into)(?![a-z])/gu,
  leave:
    /离开|离去|撤离|撤出|走了|下沉(?:督察|检查)?(?:工作)?(?:已经?)?(?:全部)?(?:结束|完毕)|结束下沉|(?<![a-z])(?:(?:is|are|has|have) )?(?:leaves?|left|leaving|departs?|departed|departing)(?: from)?(?![a-z])/gu,
  withdraw:
    /结束进驻|(?:进驻|入驻|督察)(?:督察|检查)?(?:工作)?(?:已经?)?(?:全部)?(?:结束|完毕)|离驻|撤点|(?<![a-z])(?:ends|has ended|is over|moves? out)(?![a-z])/gu,
  from: /(?:从|自|由)(?:现在的)?\s*$|(?<![a-z])from(?: the)?\s*$/u,
  to: /^[\s,]*(?:到|至|往|转至|转到|转战|前往|赴|to(?: the)?(?![a-z]))\s*$/u,
  filler:
    /^(?:将于|将要|将会|将|要|会|拟于|拟|计划|预计|已经|已于|已|正式|于|在|从|自|起|开始|现在|现|马上|即将|刚刚|刚|提前|推迟|改为|改在|检查|请|的|了|我市|我局|接通知|通知|请注意|各单位|开展|工作|督察|住建部门|住建局|和|与|及|will|be|is|are|has|have|on|in|at|to|the|from|it|please|note|starting|and| )+$/u,
  place: /^\p{Script=Han}{1,8}(?:区|县|市|镇|街道|新城|开发区)$|^[a-z]{3,20}(?: (?:district|county))?$/u,
};
