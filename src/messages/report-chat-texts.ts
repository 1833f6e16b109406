/** What the chat says of reports and appeals. `{name}` is filled in. */
export type ReportChatTexts = typeof zh;

const zh = {
  draft: '{title}（草稿）',
  files: '附件（24小时内有效）：{kind} {url}',
  kinds: { pdf: 'PDF', xlsx: 'Excel', png: '图片' },
  send: '发送',
  sentTitle: '报告已发送',
  sentTo: '已发给：{names}。',
  nobody: '没有可以发送的对象：请先在通讯录中登记办公室负责人。',
  group: '工作群',
  office: '只有局联络组办公室可以起草和发送报告。',
  dates: '日期没有看懂，请写成“8月27日到9月3日的报告”。',
  gone: '这份草稿已失效，请重新起草。',
  appeal: {
    asked: '收到申诉',
    what: '{unit} 对 {at} 的查岗（{category}）提出申诉。',
    by: '申诉人：{name}',
    reason: '理由：{reason}',
    uphold: '认可申诉',
    reject: '不予认可',
    sent: '申诉已提交办公室',
    sentDetail: '{at} 的查岗（{category}）。办公室认可后，这一次不计入数据。',
    none: '近两周没有可以申诉的查岗结果。',
    why: '请写明理由，例如“申诉 手机没有收到通知”。',
    already: '这一次查岗已经申诉过，结果：{state}。',
    states: { asked: '等待办公室答复', upheld: '已认可', rejected: '未认可' },
    upheld: '申诉已认可',
    rejected: '申诉未认可',
    decided: '{unit} {at} 的查岗（{category}），由{name}答复。',
  },
};

const en: ReportChatTexts = {
  draft: '{title} (draft)',
  files: 'Files (for 24 hours): {kind} {url}',
  kinds: { pdf: 'PDF', xlsx: 'Excel', png: 'picture' },
  send: 'Send',
  sentTitle: 'The report was sent',
  sentTo: 'To: {names}.',
  nobody: 'There is nobody to send it to: register the head of the office in the contact list first.',
  group: 'the group chat',
  office: 'Only the office of the liaison group drafts and sends reports.',
  dates: 'The dates are not understood; write them as in “report from 8-27 to 9-3”.',
  gone: 'This draft no longer holds; ask for another.',
  appeal: {
    asked: 'An appeal',
    what: '{unit} appeals against the check of {at} ({category}).',
    by: 'By: {name}',
    reason: 'Reason: {reason}',
    uphold: 'Uphold',
    reject: 'Reject',
    sent: 'The appeal went to the office',
    sentDetail: 'The check of {at} ({category}). If the office upholds it, it leaves the figures.',
    none: 'There is no check of the last two weeks to appeal against.',
    why: 'Say why, as in “appeal the phone never rang”.',
    already: 'This check has been appealed against: {state}.',
    states: { asked: 'waiting for the office', upheld: 'upheld', rejected: 'rejected' },
    upheld: 'The appeal was upheld',
    rejected: 'The appeal was rejected',
    decided: '{unit}, the check of {at} ({category}), decided by {name}.',
  },
};

export const reportChatTextsFor = (locale: unknown): ReportChatTexts => (typeof locale === 'string' && locale.startsWith('en') ? en : zh);

/** What is asked for beside a period, in the words that people type. */
export const reportWords = {
  weekly: /周报|每周|weekly/u,
  campaign: /总结|全程|campaign/u,
  appeal: /^(?:申诉|appeal)(?:[\s:：，,]+(.*))?$/isu,
};
