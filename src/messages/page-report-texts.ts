/** What the page says of appeals and reports in the ledger, in both languages. */

type Words = { readonly [key: string]: string };

export const reportEventsZh: Words = {
  AppealAsked: '对查岗结果提出申诉',
  AppealUpheld: '认可申诉，不计入数据',
  AppealRejected: '未认可申诉',
  AppealWithdrawn: '撤回申诉',
  ReportDrafted: '起草{report}',
  ReportSent: '发送{report}',
  ReportDropped: '决定不发送{report}',
  FiguresExported: '导出{report}',
};

export const reportEventsEn: Words = {
  AppealAsked: 'Appealed against a check',
  AppealUpheld: 'Upheld the appeal: it leaves the figures',
  AppealRejected: 'Rejected the appeal',
  AppealWithdrawn: 'Took back the appeal',
  ReportDrafted: 'Drafted the {report}',
  ReportSent: 'Sent the {report}',
  ReportDropped: 'Decided not to send the {report}',
  FiguresExported: 'Took away the {report}',
};

/** Kinds of report, as rows of the ledger have them. */
export const reportNamesZh: Words = {
  daily: '日报',
  zero: '零报告',
  weekly: '周报',
  campaign: '总结',
  period: '情况报告',
  picture: '数据图片',
};

export const reportNamesEn: Words = {
  daily: 'daily report',
  zero: 'zero report',
  weekly: 'weekly report',
  campaign: 'final report',
  period: 'report',
  picture: 'picture of a chart',
};
