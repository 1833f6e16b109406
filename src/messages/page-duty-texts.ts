/** What the page says of leave, swaps and covers in the ledger, in both languages. */

type Words = { readonly [key: string]: string };

export const dutyEventsZh: Words = {
  RequestAsked: '申请{kind}',
  SubstituteNamed: '请人替班',
  SubstituteAccepted: '替班人答应',
  SubstituteDeclined: '替班人不能替',
  RequestApproved: '请假换班获批准',
  RequestRefused: '请假换班未通过',
  RequestTookEffect: '请假换班生效',
  RequestWithdrawn: '撤回申请',
  RequestExpired: '申请过期',
  RequestUndone: '取消请假换班，恢复原班',
  RosterProposed: '单位请求调整值班表',
  ProposalApplied: '同意单位调整值班表的申请',
  ProposalDeclined: '未同意单位调整值班表的申请',
  ProposalWithdrawn: '撤回调整值班表的申请',
  ProposalExpired: '调整值班表的申请已过期',
  RequestVoided: '值班表变更，请假换班的约定失效',
  RequestRevived: '请假换班的约定恢复有效',
  HolderKeptOn: '申请未获准，继续在岗',
  RosterOverridden: '值班表在原计划上调整',
  RosterRestored: '撤销导入，恢复原值班表',
  ShiftsReminded: '提醒即将值班的人员',
  UnreachableListed: '首班前联系不上的人员已报办公室',
};

export const dutyEventsEn: Words = {
  RequestAsked: 'Asked for {kind}',
  SubstituteNamed: 'Asked somebody to cover',
  SubstituteAccepted: 'The substitute accepted',
  SubstituteDeclined: 'The substitute declined',
  RequestApproved: 'Approved',
  RequestRefused: 'Refused',
  RequestTookEffect: 'Took effect',
  RequestWithdrawn: 'Withdrew the request',
  RequestExpired: 'The request expired',
  RequestUndone: 'Took it back: the roster is as before',
  RosterProposed: 'Proposed a change of the roster',
  ProposalApplied: 'Made the change that a unit proposed',
  ProposalDeclined: 'Declined what a unit proposed',
  ProposalWithdrawn: 'Took the proposal back',
  ProposalExpired: 'The proposal came to nothing in time',
  RequestVoided: 'The roster was changed: what was agreed has no effect any more',
  RequestRevived: 'What was agreed is in effect again',
  HolderKeptOn: 'Not granted yet: stays on duty',
  RosterOverridden: 'The roster was changed on top of the plan',
  RosterRestored: 'An import was undone: the roster is as before',
  ShiftsReminded: 'Reminded those whose shifts come',
  UnreachableListed: 'Who could not be reached ahead of a first shift was listed',
};

export const dutyKindsZh = {
  reachTest: '首班联通测试',
  rosterProposal: '调整值班表的申请',
  appeal: '申诉答复',
  report: '报告待发送',
  substitute: '替班答复',
  consent: '请假换班审批',
  leave: '请假',
  swap: '换班',
  cover: '替班',
};

export const dutyKindsEn: typeof dutyKindsZh = {
  reachTest: 'reach test',
  rosterProposal: 'proposed change of the roster',
  appeal: 'word about an appeal',
  report: 'report to be sent',
  substitute: 'answer about a cover',
  consent: 'consent',
  leave: 'leave',
  swap: 'a swap',
  cover: 'a cover',
};
