import type { RequestClockKind } from '../domain/escalation/obligation.ts';
import type { DutyRole } from '../domain/roster/roster.ts';
import type { ConsentRule, RequestKind, RequestStatus } from '../domain/shift-change/duty-request.ts';
import type { DutyRule } from '../domain/shift-change/proposal-rules.ts';
import type { RequestRefusal } from '../domain/shift-change/request-command.ts';
import { shiftChangeTextsEn } from './shift-change-texts-en.ts';

/** Why something was not done that stands beside the rules of requests themselves. */
export type DutyRefusal =
  | RequestRefusal
  | 'over'
  | 'dateUnreadable'
  | 'noneOpen'
  | 'nobodyFree'
  | 'noShiftThere'
  | 'unit'
  | 'ofOthers'
  | 'hours'
  | 'apart'
  | 'noneOfThem'
  | 'bothStand';

export type DutyNews =
  | 'RequestAsked'
  | 'SubstituteNamed'
  | 'SubstituteAccepted'
  | 'SubstituteDeclined'
  | 'RequestApproved'
  | 'RequestRefused'
  | 'RequestTookEffect'
  | 'RequestWithdrawn'
  | 'RequestExpired'
  | 'RequestUndone'
  | 'RequestVoided'
  | 'RequestRevived'
  | 'HolderKeptOn'
  | 'already';

export type DutyButton =
  | 'acceptDuty'
  | 'declineDuty'
  | 'approveDuty'
  | 'refuseDuty'
  | 'withdrawDuty'
  | 'undoDuty'
  | 'confirmDuty'
  | 'cancelDuty'
  | 'nameDuty'
  | 'oneSided'
  | 'later';

type Line =
  | 'what'
  | 'give'
  | 'take'
  | 'standing'
  | 'consent'
  | 'reason'
  | 'waits'
  | 'outside'
  | 'rulesKept'
  | 'load'
  | 'confirm'
  | 'deadline'
  | 'overdue'
  | 'ended'
  | 'endedBecause'
  | 'expiredNobody'
  | 'nobody'
  | 'row'
  | 'state'
  | 'more'
  | 'broken'
  | 'which'
  | 'voided'
  | 'voidedNobody';

/** The words of leave, swaps and covers. `{name}` is filled in; a line whose place stays empty is left out. */
export type ShiftChangeTexts = {
  /** For `Intl.DateTimeFormat`. */
  readonly locale: string;
  readonly kinds: { readonly [kind in RequestKind]: string };
  readonly roles: { readonly [role in DutyRole]: string };
  readonly statuses: { readonly [status in RequestStatus]: string };
  readonly rules: { readonly [rule in ConsentRule]: string };
  readonly broken: { readonly [rule in DutyRule]: string };
  readonly refusals: { readonly [reason in DutyRefusal]: string };
  readonly news: { readonly [event in DutyNews]: string };
  readonly owed: { readonly [kind in RequestClockKind | 'leave' | 'name' | 'offer']: string };
  readonly headings: {
    readonly [
      heading in 'propose' | 'person' | 'shift' | 'return' | 'substitute' | 'reason' | 'mine' | 'all' | 'choose' | 'refused'
    ]: string;
  };
  readonly asks: {
    readonly [ask in 'person' | 'unknownPerson' | 'shift' | 'noShift' | 'return' | 'substitute' | 'reason' | 'choose' | 'none']: string;
  };
  /** Why the rules ended it. */
  readonly endReasons: { readonly [reason in 'partGone' | 'rosterChanged']: string };
  readonly lines: { readonly [line in Line]: string };
  readonly buttons: { readonly [button in DutyButton]: string };
  readonly inputs: { readonly reason: string };
  readonly comma: string;
};

const zh: ShiftChangeTexts = {
  locale: 'zh-CN',
  kinds: { leave: '请假', swap: '换班', cover: '替班' },
  roles: { shiftLeader: '带班领导', onDuty: '主班', coDuty: '副班' },
  statuses: {
    asked: '待替班人答复',
    accepted: '待审批',
    effective: '已生效',
    refused: '未通过',
    withdrawn: '已撤回',
    expired: '已过期',
    undone: '已取消',
  },
  rules: { leader: '组长或主要负责人', principal: '主要负责人', shiftLeader: '带班领导', office: '局联络组办公室' },
  broken: {
    partGone: '值班表已变更，{person}不再值 {post} {at} 这一班。请按现行值班表重新申请。',
    sameShift: '{person}已在 {post} {at} 这一班上，不能一人顶两岗。请另选替班人。',
    twoPosts: '{person}同一时间在 {post}（{at}）值班，不能同时值两个岗。请另选替班人或时间。',
    inARow: '{person}将连续值班超过 {limit} 班（{post} {at}）。请另选替班人。',
    rest: '{person}两班之间休息不足 {rest} 小时（{post} {at}）。请另选替班人。',
    inactive: '{person}已停用，不能替班。请另选替班人。',
    away: '{person}在该时段已请假，不能替班。请另选替班人。',
    unreachable: '{person}已停止所有通知渠道，查岗联系不到，不能替班。请其恢复通知，或另选替班人。',
    rank: '{person}不是带班领导、主要负责人、联络人或组长，不能顶带班（{post} {at}）。请另选带班领导。',
  },
  refusals: {
    unknown: '没有找到这份申请。请回复“我的申请”查看。',
    ended: '这份申请已经结束。请回复“我的申请”查看，需要时重新申请。',
    notParty: '只有值班人本人或替班人可以这样做。请由本人提出。',
    notYours: '只有被请的人本人可以答复，不能代为答应。',
    ownConsent: '不能审批自己的请假、换班或替班。须由上一级审批。',
    notApprover: '这份申请不由您审批。逾期未批时由局联络组办公室处理。',
    already: '此前已经提交，不重复办理。请回复“我的申请”查看。',
    overlaps: '同一班次已有申请在办，或已获准请假。请先撤回，或等它办结；要换人请在原申请上另选替班人。',
    noDuty: '该时段没有您要交接的班次或联络职责，无需请假。请核对日期，例如“我的班”。',
    past: '所说的班次已经结束。请核对日期。',
    tooLong: '一次申请的班次太多。请分开申请。',
    samePerson: '不能自己替自己。请另选替班人。',
    noSubstitute: '还没有替班人，不能批准。请先由值班人选定替班人。',
    reasonWanted: '请写明不同意的原因，例如“不同意 因为人手不够”。',
    broken: '不符合值班规则：{rules}',
    begun: '第一班已经开始，不能取消。请重新申请换班。',
    passedOn: '所交的班次之后又有变更，不能取消。请先取消后面的变更，或重新申请。',
    over: '这张卡片已失效，请重新发送，例如“明天请假一天，由李强替班”。',
    dateUnreadable: '日期没有看懂，请写成“9月3日”这样的形式。',
    noneOpen: '没有等您答复或审批的事项。请假换班请回复“我的申请”查看，交办件请写明编号。',
    nobodyFree: '没有空闲的同事可以替班。请写明姓名，或联系局联络组办公室安排。',
    noShiftThere: '{person}在该时段没有班次。请核对日期，例如“我的班”。',
    unit: '请写明姓名。',
    ofOthers:
      '请假、换班由本人提出。要改值班表，请写明日期和换谁，例如“9月3日历下区由张三换成李强”；您要替人值班，请写“我替李强明天的班”。',
    hours: '请写明从几点到几点、上午还是下午，例如“明天下午2点到5点请假”。',
    apart: '您有联络职责，请假期间须有人代管。请把不相连的几天分开申请，例如“9月3日请假一天，由李强替班”。',
    bothStand: '换班已生效，双方都已改班，不能由一方取消。请由批准人或局联络组办公室取消，或重新申请换班。',
    noneOfThem: '没有等您答复或审批的{person}的申请。请回复“我的申请”查看。',
  },
  news: {
    RequestAsked: '申请已提交，等待答复',
    SubstituteNamed: '已请{substitute}替班，等待答复',
    SubstituteAccepted: '{holder}的{kind}：对方已答应，等待审批',
    SubstituteDeclined: '已答复：不能替班',
    RequestApproved: '{kind}已批准，等待对方答应',
    RequestRefused: '{kind}未通过',
    RequestTookEffect: '{kind}已生效',
    RequestWithdrawn: '{kind}申请已撤回',
    RequestExpired: '{kind}申请已过期',
    RequestUndone: '{kind}已取消，恢复原班',
    RequestVoided: '{holder}的{kind}失效：值班表已变更',
    RequestRevived: '{holder}的{kind}恢复有效',
    HolderKeptOn: '请继续在岗：{kind}尚未获准',
    already: '此前已办理，不重复记录（{kind}：{status}）',
  },
  owed: {
    substitute: '{holder}请您{kind}，请答复',
    leave: '{holder}请假，请您替班，请答复',
    offer: '{substitute}愿意替您值班，请答复',
    name: '请选定替班人',
    consent: '待审批：{holder}的{kind}',
  },
  headings: {
    propose: '请确认{kind}申请',
    person: '请问是哪一位？',
    shift: '请选择班次',
    return: '请选择换回的班次',
    substitute: '请选择替班人',
    reason: '请填写不同意的原因',
    mine: '我的申请',
    all: '请假换班申请',
    choose: '有多份申请，请选择',
    refused: '未办理',
  },
  asks: {
    person: '名叫{name}的有多位，请点选。',
    unknownPerson: '没有找到“{name}”，请在下列人员中点选，或写明姓名。',
    shift: '请点选要交出的班次。',
    noShift: '{person}在所说的时段没有班次，请在下列班次中点选。',
    return: '请点选您替{person}值的班次；不用换回请点“不换回”。',
    substitute: '请点选由谁替班，或回复姓名。以下同事该时段空闲，班次少的在前。',
    reason: '写明原因后提交，申请人会看到。',
    choose: '请点选要答复的申请；交办件请写明编号。',
    none: '没有申请。',
  },
  endReasons: {
    partGone: '值班表已变更，要交出的班次不再由本人值。请按现行值班表重新申请。',
    rosterChanged: '值班表或人员已变更，替班不再符合值班规则。请按现行值班表重新申请。',
  },
  lines: {
    what: '{kind}：{holder}，{substitute}替班',
    give: '交出：{post} {role} {span}（{hours} 小时）',
    take: '换回：{post} {role} {span}（{hours} 小时）',
    standing: '离岗期间：{span}，联系职责由{substitute}代管',
    consent: '审批：{approvers}（{rule}）',
    reason: '事由：{reason}',
    waits: '对方答应并且批准之前，{holder}仍在岗值班。',
    outside: '{substitute}不属于本单位，须局联络组办公室批准。',
    rulesKept: '规则核对：一人一岗、连续班次、休息间隔均符合。',
    load: '{person}前后七天共 {count} 班。',
    confirm: '确认后才会去问对方。确认请点按钮或回复“是”，放弃请回复“否”。',
    deadline: '请在 {at} 前答复。',
    overdue: '应于 {at} 前答复，{owes}仍未答复。',
    ended: '{person}于 {at} 办理。',
    endedBecause: '原因：{reason}',
    expiredNobody: '时段已过，未获准：{holder}一直在岗。',
    nobody: '（待定）',
    state: '{kind}：{status}',
    row: '{kind}：{holder} → {substitute}，{span}，{status}',
    more: '另有 {count} 份。',
    voided: '失效：{post} {span}，值班表改由 {people} 值，不再由 {substitute} 替班。需要时请重新申请。',
    voidedNobody: '失效：{post} {span}，值班表已无此班，不再由 {substitute} 替班。',
    broken: '目前不符合规则：{rules}',
    which: '{person}',
  },
  buttons: {
    acceptDuty: '答应',
    declineDuty: '不能替',
    approveDuty: '同意',
    refuseDuty: '不同意',
    withdrawDuty: '撤回申请',
    undoDuty: '取消，恢复原班',
    confirmDuty: '是，提交申请',
    cancelDuty: '否',
    nameDuty: '请{person}替',
    oneSided: '不换回',
    later: '先提交，之后再选',
  },
  inputs: { reason: '原因' },
  comma: '、',
};

/** By a BCP 47 tag; Chinese where it says nothing else. */
export const shiftChangeTextsFor = (locale: unknown): ShiftChangeTexts =>
  typeof locale === 'string' && locale.toLowerCase().startsWith('en') ? shiftChangeTextsEn : zh;
