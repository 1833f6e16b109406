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
  HolderKeptOn: '申请未获准，继续在岗',
  RosterOverridden: '值班表按获准的申请调整',
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
  HolderKeptOn: 'Not granted yet: stays on duty',
  RosterOverridden: 'The roster follows what was granted',
};

export const dutyKindsZh: Words = { substitute: '替班答复', consent: '请假换班审批', leave: '请假', swap: '换班', cover: '替班' };

export const dutyKindsEn: Words = {
  substitute: 'answer about a cover',
  consent: 'consent',
  leave: 'leave',
  swap: 'a swap',
  cover: 'a cover',
};
