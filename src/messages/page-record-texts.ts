/** What the page says of the records themselves in the ledger: settings, lists, accounts, what was taken away; in both languages. */

type Words = { readonly [key: string]: string };

export const recordEventsZh: Words = {
  CampaignChanged: '保障期设置已变更',
  CampaignRehearsed: '演练了保障期设置',
  RosterExported: '导出值班表',
  CalendarLinkReset: '重置了日历链接',
  AnswersListed: '登记了上级清单里的答复',
  IdentityBound: '绑定了通信账号',
  IdentityRevoked: '解绑了通信账号',
  BindingCodeSent: '发出了绑定码',
};

export const recordEventsEn: Words = {
  CampaignChanged: 'The settings of the campaign were changed',
  CampaignRehearsed: 'The settings of the campaign were rehearsed',
  RosterExported: 'Took away the duty sheet',
  CalendarLinkReset: 'Made a calendar link void',
  AnswersListed: 'Entered what the list of those above answers',
  IdentityBound: 'Bound an account',
  IdentityRevoked: 'Took an account away',
  BindingCodeSent: 'Sent a code to bind an account',
};
