import type { AppealStatus } from '../domain/figures/appeal.ts';

/** What is said of appeals against checks. `{name}` is filled in. */
export type AppealTexts = typeof zh;

const zh = {
  button: '申诉',
  buttonOf: '申诉 {at}',
  asked: '收到申诉',
  overdue: '申诉待答复，已逾期',
  what: '{unit} 对 {at} 的查岗（{category}）提出申诉。',
  by: '申诉人：{name}',
  reason: '理由：{reason}',
  due: '请在 {at} 前答复。',
  overdueSince: '应于 {at} 前答复。',
  uphold: '认可申诉',
  reject: '不予认可',
  show: '查看',
  sent: '申诉已提交办公室',
  sentDetail: '{at} 的查岗（{category}）。办公室认可后，这一次不计入数据。',
  none: '近两周没有可以申诉的查岗结果。',
  notYours: '这次查岗不计入您单位的数据，或已超过两周，不能申诉。',
  whyTitle: '请写明申诉理由',
  why: '{unit} {at} 的查岗（{category}）。也可直接回复理由。',
  whyRejectedTitle: '请写明不予认可的理由',
  whyRejected: '理由将告知申诉单位。也可直接回复理由。',
  reasonLabel: '理由',
  mayTitle: '可以申诉的查岗结果',
  may: '点一项写明理由；或回复“申诉 理由”，对最近一次申诉。',
  waitingTitle: '待答复的申诉',
  waitingNone: '没有待答复的申诉。',
  row: '{unit} {at}（{category}）',
  already: '这一次查岗已经申诉过，结果：{state}。',
  withdraw: '撤回申诉',
  withdrawOf: '撤回 {at} 的申诉',
  withdrawn: '申诉已撤回',
  withdrawnDetail: '{unit} {at} 的查岗（{category}），由{name}于 {when} 撤回。',
  withdrawnByNobody: '{unit} {at} 的查岗（{category}），已于 {when} 撤回。',
  countsAgain: '这一次照常计入数据；自查岗起两周内可以重新申诉。',
  withdrawTitle: '要撤回哪一条申诉',
  withdrawNone: '没有等待答复的申诉，无需撤回。',
  withdrawLate: '办公室已经答复，不能撤回。结果：{state}。',
  states: { asked: '等待办公室答复', upheld: '已认可', rejected: '未认可', withdrawn: '已撤回' } satisfies {
    readonly [status in AppealStatus]: string;
  },
  upheld: '申诉已认可',
  rejected: '申诉未认可',
  upheldDetail: '这一次不再计入数据。',
  decided: '{unit} {at} 的查岗（{category}），由{name}于 {when} 答复。',
  decidedByNobody: '{unit} {at} 的查岗（{category}），已于 {when} 答复。',
  verdict: '不予认可的理由：{reason}',
  own: '本人提出的申诉，请由办公室其他人员答复。',
  office: '申诉由局联络组办公室答复。',
  gone: '没有这条申诉。',
};

const en: AppealTexts = {
  button: 'Appeal',
  buttonOf: 'Appeal {at}',
  asked: 'An appeal',
  overdue: 'An appeal waits, and is overdue',
  what: '{unit} appeals against the check of {at} ({category}).',
  by: 'By: {name}',
  reason: 'Reason: {reason}',
  due: 'A word is wanted by {at}.',
  overdueSince: 'A word was wanted by {at}.',
  uphold: 'Uphold',
  reject: 'Reject',
  show: 'Show',
  sent: 'The appeal went to the office',
  sentDetail: 'The check of {at} ({category}). If the office upholds it, it leaves the figures.',
  none: 'There is no check of the last two weeks to appeal against.',
  notYours: 'This check does not count against your unit, or is more than two weeks old.',
  whyTitle: 'Why do you appeal?',
  why: '{unit}, the check of {at} ({category}). You may also just write the reason.',
  whyRejectedTitle: 'Why is it rejected?',
  whyRejected: 'The unit is told the reason. You may also just write it.',
  reasonLabel: 'Reason',
  mayTitle: 'Checks that you may appeal against',
  may: 'Press one and say why; or write “appeal” and the reason: it is about the newest.',
  waitingTitle: 'Appeals that wait',
  waitingNone: 'No appeal waits.',
  row: '{unit}, {at} ({category})',
  already: 'This check has been appealed against: {state}.',
  withdraw: 'Take back',
  withdrawOf: 'Take back {at}',
  withdrawn: 'The appeal was taken back',
  withdrawnDetail: '{unit}, the check of {at} ({category}), taken back by {name} at {when}.',
  withdrawnByNobody: '{unit}, the check of {at} ({category}), taken back at {when}.',
  countsAgain: 'The check counts as before; for two weeks after it you may appeal anew.',
  withdrawTitle: 'Which appeal is taken back?',
  withdrawNone: 'No appeal of yours waits: there is none to take back.',
  withdrawLate: 'The office has decided; it cannot be taken back. It was {state}.',
  states: { asked: 'waiting for the office', upheld: 'upheld', rejected: 'rejected', withdrawn: 'taken back' },
  upheld: 'The appeal was upheld',
  rejected: 'The appeal was rejected',
  upheldDetail: 'The check has left the figures.',
  decided: '{unit}, the check of {at} ({category}), decided by {name} at {when}.',
  decidedByNobody: '{unit}, the check of {at} ({category}), decided at {when}.',
  verdict: 'Why it was rejected: {reason}',
  own: 'Nobody decides their own appeal: somebody else of the office must.',
  office: 'Appeals are decided by the office of the liaison group.',
  gone: 'There is no such appeal.',
};

export const appealTextsFor = (locale: unknown): AppealTexts => (typeof locale === 'string' && locale.startsWith('en') ? en : zh);

/** `申诉 理由`; without a reason it asks which. */
export const appealWords = /^(?:我要|我们要|提出)?(?:申诉|appeal)(?:列表|情况|s)?(?:[\s:：，,]+(.*))?$/isu;

/** `撤回申诉`, and which where there are several: its unit, its day or what it counted as. */
export const withdrawalWords =
  /^(?:我要|我们要|请)?(?:(?:撤回|撤销|撤消|取消)(?:我的|我们的|这个|这条|刚才的)?申诉|(?:withdraw|take back|cancel)(?: the| my| our| this)? appeal)(?:[\s:：，,]+(.*?))?[。.!！]?$/isu;

/** A form that is answered in words begins with its button: `不予认可 理由：…`. */
export const rejectionWords = /^(?:不予认可|reject)[\s:：，,]+(.+)$/isu;

export const reasonLabel = /^[·•\-*\s]*(?:理由|reason)\s*[:：]\s*/iu;
